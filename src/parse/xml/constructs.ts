/** What a feed says in a text element, in any of the ways feeds have of saying it, to raw HTML or plain text. */
import { isUtf8 } from 'node:buffer';
import type { Language, RawHtml } from '../../model.ts';
import { foldSpace, htmlToText } from '../../text/html.ts';
import { escapeMarkup, plainLine, xmlText } from '../../text/safe.ts';
import { attribute, type RawNode, type Scope, scopeOf, textOf } from './node.ts';

/** Characters kept of a title or another short text, and of a body. */
export const maxTitle = 5_000;
export const maxSubtitle = 2_000;
export const maxContent = 1024 * 1024;

/** A tag of HTML that people write into titles and names, or a reference. `a < b` and `List<T>` are none. */
const titleMarkup =
  /<\/?(?:a|abbr|acronym|b|big|blink|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|nobr|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]{0,2000})?\/?>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;
/** Markup that nobody writes as text by accident. */
const bodyMarkup =
  /<\/(?:a|b|blockquote|div|em|figure|h[1-6]|i|li|ol|p|pre|span|strong|table|ul)\s*>|<(?:br|hr|img|p)(?:\s[^<>]{0,2000})?\/?>/i;

/** Text that may be HTML or not, as RSS 2.0 leaves open for titles: HTML where it has tags or references, else escaped. */
function htmlOfTitle(text: string): string {
  return titleMarkup.test(text) ? text : escapeMarkup(text);
}

/** One line of plain text out of a title, name or label that may hold HTML. */
export function plainOf(text: string, maxLength = 500): string | undefined {
  if (text === '') return undefined;
  const short = cut(text, maxTitle);
  const plain = plainLine(titleMarkup.test(short) ? foldSpace(htmlToText(short)) : short, maxLength);
  return plain === '' ? undefined : plain;
}

/** Cuts a text, never through a character. */
export function cut(text: string, maxLength: number): string {
  return text.length <= maxLength
    ? text
    : text
        .slice(0, maxLength)
        .toWellFormed()
        .replace(/\ufffd$/, '');
}

/** A declared language; undefined for what is no BCP 47 tag (RFC 5646 §2.1, loosely). */
export function languageOf(written: string | undefined): Language | undefined {
  const tag = written?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,6}$/i.test(tag)) return undefined;
  const [primary = '', ...rest] = tag.split('-');
  return [primary.toLowerCase(), ...rest].join('-');
}

/** Makes raw HTML of markup that is in hand; undefined for an empty one. */
export function rawHtml(html: string, scope: Scope, maxLength = maxContent): RawHtml | undefined {
  return rawHtmlOf(xmlText(html).trim(), scope, maxLength);
}

/** The same of what `textOf` has given, which is nearly all there is in a document: it is clean. */
function rawHtmlOf(html: string, scope: Scope, maxLength = maxContent): RawHtml | undefined {
  const clean = cut(withoutCdataMarks(html), maxLength);
  if (clean === '') return undefined;
  return { html: clean, base: scope.isAssumed === true ? undefined : scope.base, lang: languageOf(scope.lang) };
}

/** Marks of a CDATA section inside a text are a section inside a section, which XML does not have: HTML would hide it. */
function withoutCdataMarks(html: string): string {
  return html.includes('<![CDATA[') ? html.replaceAll('<![CDATA[', '').replaceAll(']]>', '').trim() : html;
}

/** An RSS text that is HTML by custom: `description`, `content:encoded`. */
export function rssBody(node: RawNode | undefined, outer: Scope): RawHtml | undefined {
  return rawHtmlOf(textOf(node), scopeOf(node, outer));
}

/** An RSS title (and other short texts). */
export function rssTitle(node: RawNode | undefined, outer: Scope): RawHtml | undefined {
  return rawHtml(htmlOfTitle(cut(textOf(node), maxTitle)), scopeOf(node, outer), maxTitle * 2);
}

/**
 * An Atom text construct or content (RFC 4287 §3.1, §4.1.3; Atom 0.3 `mode`). Markup as child elements has become
 * `type="html"` in repair.ts before.
 * @returns undefined for content that is no text: an image in base64. Of foreign XML the markup, of which a cleaner keeps
 *   the words
 */
export function atomText(node: RawNode | undefined, outer: Scope, maxLength: number): RawHtml | undefined {
  const scope = scopeOf(node, outer);
  const written = textOf(node);
  const type = (attribute(node, 'type') ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
  const mode = attribute(node, 'mode')?.toLowerCase();
  if (/^(?:image|audio|video|font)\//.test(type) && mode !== 'escaped') return undefined;
  if (/[/+]xml$/.test(type) && !type.includes('xhtml')) return rawHtml(cut(written, maxLength), scope, maxLength);
  const isKnownText =
    type === '' ||
    type === 'text' ||
    type === 'html' ||
    type === 'xhtml' ||
    type.startsWith('text/') ||
    type === 'application/xhtml+xml';
  const decoded = mode === 'base64' || !isKnownText ? base64Text(written) : undefined;
  if (!isKnownText && decoded === undefined && type.startsWith('application/')) return undefined;
  const text = cut(decoded ?? written, maxLength);
  return rawHtml(isHtml(type, mode, text) ? text : escapeMarkup(text), scope, maxLength * 2);
}

function isHtml(type: string, mode: string | undefined, text: string): boolean {
  if (type === 'html' || type === 'text/html') return mode !== 'xml';
  if (type === 'text' || type === 'xhtml') return false;
  // Without a type it is text by the book; by its looks it often is not.
  return bodyMarkup.test(text);
}

function base64Text(written: string): string | undefined {
  const compact = written.replace(/\s+/g, '');
  if (compact === '' || !/^[a-z0-9+/]+={0,2}$/i.test(compact)) return undefined;
  const bytes = Buffer.from(compact, 'base64');
  return isUtf8(bytes) ? xmlText(bytes.toString('utf8')) : undefined;
}

/** Plain text of an element that may hold HTML. */
export function plainText(node: RawNode | undefined, maxLength = 500): string | undefined {
  return plainOf(textOf(node), maxLength);
}

/** Plain text of an Atom text construct. */
export function atomPlain(node: RawNode | undefined, maxLength = 500): string | undefined {
  const read = atomText(node, { base: undefined, lang: undefined }, maxTitle);
  if (read === undefined) return undefined;
  const plain = plainLine(htmlToText(read.html), maxLength);
  return plain === '' ? undefined : plain;
}
