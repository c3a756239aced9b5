/**
 * HTML to a flat row of events (text, tag opened, tag closed) in one pass. Nothing is balanced or judged here, so deep
 * nesting costs no more than flat markup: htmlparser2's own Parser moves its whole stack for every tag, 100,000
 * unclosed elements take it seconds; its Tokenizer is linear.
 */
import { Tokenizer } from 'htmlparser2';

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

/** The words of a formula (MathML Core §3.2). They stand apart, or the half in one of them would be read as twelve. */
const formulaWords: ReadonlySet<string> = new Set('mi mn mo ms mtext'.split(' '));

/**
 * Reads HTML and tells the listener what stands there, in order; before each word of a formula a space. Linear in the length of the HTML. A tag that the end of
 * the HTML cuts off is left out.
 */
export function readMarkup(html: string, listener: MarkupListener): void {
  let name = '';
  let at = 0;
  let attributes = new Map<string, string>();
  let attribute = '';
  let value = '';
  const ignore = (): void => {};
  const open = (): void => {
    if (formulaWords.has(name)) listener.text(' ');
    listener.open(name, attributes, at);
  };
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => listener.text(html.slice(start, end)),
      ontextentity: (codePoint) => listener.text(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        at = start;
        attributes = new Map();
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata(start, end) {
        value += html.slice(start, end);
      },
      onattribentity(codePoint) {
        value += String.fromCodePoint(codePoint);
      },
      onattribend() {
        if (!attributes.has(attribute)) attributes.set(attribute, value);
      },
      onopentagend: open,
      onselfclosingtag: open, // HTML ignores the slash: <p/> opens a paragraph
      onclosetag: (start, end) => listener.close(html.slice(start, end).toLowerCase()),
      oncomment: ignore,
      oncdata: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
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
