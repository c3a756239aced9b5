/** HTML to a flat row of events (text, tag opened, tag closed) in one pass. Nothing is balanced or judged here. */
import { tellOpen, tokenise } from './tokenise.ts';

/** Attribute values by lower-case name, entities decoded; the first of two with one name, as browsers do. */
export type Attributes = ReadonlyMap<string, string>;

/** Who listens to the events. Names are lower-case; entities are decoded; comments and declarations are left out. */
export interface MarkupListener {
  text(text: string): void;
  /** @param at index of the tag's name in the HTML */
  open(name: string, attributes: Attributes, at: number): void;
  close(name: string): void;
}

/** Elements that have no content and no closing tag (HTML Living Standard §13.1.2, obsolete ones included). */
export const voidElements: ReadonlySet<string> = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
);

/** Elements whose content the tokeniser never reads as markup. */
const rawText: ReadonlySet<string> = new Set(
  'script style title textarea xmp iframe noembed noframes plaintext'.split(' '),
);

/** Elements whose content is no text for readers. */
export const silentElements: ReadonlySet<string> = new Set([
  ...rawText,
  ...'template noscript object svg select option head listing button annotation annotation-xml mphantom'.split(' '),
]);

/**
 * Reads HTML and tells the listener what stands there, in order; before each word of a formula a space. Linear in the length
 * of the HTML. A tag that the end of the HTML cuts off is left out.
 *
 * Most of all markup is texts and tags that can be read in one way only: those are taken as they are found, at a fifth of the
 * price. Anything else goes to the tokeniser: a text or a tag by itself where it is whole, else all that follows.
 */
export function readMarkup(html: string, listener: MarkupListener): void {
  for (let at = 0; at < html.length; ) {
    const found = html.indexOf('<', at);
    const start = found < 0 ? html.length : found;
    if (start > at) readText(html.slice(at, start), listener);
    if (start === html.length) return;
    at = readTag(html, start, listener);
    if (at < 0) {
      tokenise(html.slice(start), start, listener);
      return;
    }
  }
}

const plainReference = /&(?:(amp|lt|gt|quot|nbsp)|#(\d{2,5}));/y;
const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** The character that a reference means; undefined for one that must be looked up, or that HTML changes. */
function characterOf({ 1: name = '', 2: digits }: RegExpExecArray): string | undefined {
  if (digits === undefined) return references[name];
  const code = Number(digits);
  return (code > 31 && code < 127) || (code > 159 && code < 0xd800) ? String.fromCharCode(code) : undefined;
}

function readText(text: string, listener: MarkupListener): void {
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    plainReference.lastIndex = at;
    const reference = plainReference.exec(text);
    const character = reference === null ? undefined : characterOf(reference);
    if (character === undefined) {
      tokenise(text.slice(from), 0, listener);
      return;
    }
    if (at > from) listener.text(text.slice(from, at));
    listener.text(character);
    from = plainReference.lastIndex;
  }
  if (from < text.length) listener.text(from === 0 ? text : text.slice(from));
}

const noAttributes: Attributes = new Map();
const plainAttribute = /[ \n\t\f\r]+([a-z][\w:.-]*)(?:="([^"]*)"|='([^']*)'|(?=[ \n\t\f\r/>]))/iy;
const tagEnd = /[ \n\t\f\r]*\/?>/y;

/** In a value, a name before `=` is a parameter's and no reference (HTML §13.2.5.73). */
const oddInValue = /&(?!amp;|#0?38;|[a-z\d]+=|[^a-z#])/i;

/** @returns where the tag that starts here ends; -1 where it is not one that can be read in one way only */
function readTag(html: string, start: number, listener: MarkupListener): number {
  if (html.startsWith('<!--', start)) return endOfComment(html, start + 4);
  const isClosing = html.charCodeAt(start + 1) === slash;
  const nameStart = isClosing ? start + 2 : start + 1;
  const nameEnd = endOfName(html, nameStart);
  if (nameEnd === nameStart) return -1;
  const name = html.slice(nameStart, nameEnd).toLowerCase();
  if (isClosing) {
    if (html.charCodeAt(nameEnd) !== greater) return -1;
    listener.close(name);
    return nameEnd + 1;
  }
  const isRaw = rawText.has(name);
  if (html.charCodeAt(nameEnd) === greater && !isRaw) {
    tellOpen(listener, name, noAttributes, nameStart);
    return nameEnd + 1;
  }
  const attributes = new Map<string, string>();
  let at = nameEnd;
  let isOdd = false;
  for (;;) {
    plainAttribute.lastIndex = at;
    const attribute = plainAttribute.exec(html);
    if (attribute === null) break;
    at = plainAttribute.lastIndex;
    const key = (attribute[1] ?? '').toLowerCase();
    const written = attribute[2] ?? attribute[3] ?? '';
    const hasReferences = written.includes('&');
    isOdd ||= hasReferences && oddInValue.test(written);
    if (!attributes.has(key)) attributes.set(key, hasReferences ? written.replace(/&(?:amp|#0?38);/g, '&') : written);
  }
  tagEnd.lastIndex = at;
  if (!tagEnd.test(html)) return -1;
  const end = isRaw ? endOfRaw(html, tagEnd.lastIndex, name) : tagEnd.lastIndex;
  if (end < 0) return -1;
  if (isOdd || isRaw) tokenise(html.slice(start, end), start, listener);
  else tellOpen(listener, name, attributes, nameStart);
  return end;
}

/** -1 for those that end in an unusual way. */
function endOfComment(html: string, from: number): number {
  const end = html.indexOf('--', from);
  const first = html.charAt(from);
  return end > from && first !== '-' && first !== '>' && html.charCodeAt(end + 2) === greater ? end + 3 : -1;
}

/** Behind the closing tag of an element in which no other tag is; -1 where it is never closed. */
function endOfRaw(html: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}[ \\n\\t\\f\\r/>]`, 'gi');
  closing.lastIndex = from;
  const end = closing.test(html) && name !== 'plaintext' ? html.indexOf('>', closing.lastIndex - 1) : -1;
  return end < 0 ? -1 : end + 1;
}

const slash = 47;
const greater = 62;

/** ASCII letters, then digits too; whatever else a name may hold is left to the tokeniser. */
function endOfName(html: string, at: number): number {
  let end = at;
  for (; end < html.length; end++) {
    const code = html.charCodeAt(end);
    const lower = code | 0x20;
    if ((lower < 97 || lower > 122) && (end === at || code < 48 || code > 57)) break;
  }
  return end;
}

/** Keeps count of elements that hide what stands in them. */
export interface Silence {
  /** True while inside a hiding element. */
  holds(): boolean;
  /** To be told every opening tag and its place. @returns true when the tag hides or is hidden */
  opened(name: string, at: number): boolean;
  /** To be told every closing tag. @returns true when the tag ends the hiding or is hidden */
  closed(name: string): boolean;
}

/**
 * A fresh count. An element that never closes hides nothing, so that one forgotten closing tag does not cost the rest
 * of a text; but after an unclosed script the tokeniser sees no tag any more, and all of it is code.
 * @param html what is being read
 * @param names the elements that hide their content
 */
export function silenceIn(html: string, names: ReadonlySet<string>): Silence {
  const lastClose = new Map<string, number>();
  let hiding = '';
  let depth = 0;
  const lastCloseOf = (name: string): number => {
    const known = lastClose.get(name);
    if (known !== undefined) return known;
    let last = -1;
    for (const match of html.matchAll(new RegExp(`</${name}`, 'gi'))) last = match.index;
    lastClose.set(name, last);
    return last;
  };
  return {
    holds: () => depth > 0,
    opened(name, at) {
      if (depth > 0) {
        if (name === hiding) depth++;
        return true;
      }
      if (!names.has(name) || (!rawText.has(name) && lastCloseOf(name) < at)) return false;
      hiding = name;
      depth = 1;
      return true;
    },
    closed(name) {
      if (depth === 0) return names.has(name);
      if (name === hiding) depth--;
      return true;
    },
  };
}
