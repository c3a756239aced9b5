/**
 * Partner text, addresses, dates and languages into the forms that `feed` and XML take without harm. Each function
 * closes a hole that was found by running the library; the hole stands beside it.
 */
import { createHash } from 'node:crypto';
import type { Instant, Language } from '../../model.ts';
import { plainLine, xmlText } from '../../text/safe.ts';
import { linkUrl } from '../../text/url.ts';

/**
 * Stand for `&` and `<` until `feed` has written: then spelledOut() puts their references there. No text of a partner can
 * hold these characters, since xmlText() takes them away.
 * Hole: `feed` turns `&amp;` back into `&` before it escapes, and in attributes escapes neither.
 */
const ampersand = '\u0002';
const lessThan = '\u0003';
const hexadecimal: Readonly<Record<string, string>> = { '&': '&#x26;', '<': '&#x3C;', '>': '&gt;', '"': '&quot;' };

/** What the W3C validator takes for the end of an HTML element, wherever it stands in a plain text (`ContainsHTML`). */
const endTag = /<\/(?=\w+>)/g;
/** Takes no room and joins what is beside it: the words stay what they were for people, and for every Relais. */
const joiner = '\u2060';

/**
 * One line of partner text for plain-text elements and attributes of all formats.
 * Validators refuse U+FFFD (`BadCharacters`), which tells readers no more than nothing does.
 * @param maxLength in UTF-16 code units
 */
export function feedLine(text: string, maxLength = 500): string {
  return plainLine(text.includes('\ufffd') || !text.isWellFormed() ? withoutLost(text) : text, maxLength);
}

function withoutLost(text: string): string {
  return text.toWellFormed().replaceAll('\ufffd', '');
}

/** One line of text for an element or attribute that `feed` writes. */
export function elementText(text: string): string {
  const line = feedLine(text, Number.POSITIVE_INFINITY).replace(endTag, `<${joiner}/`);
  return line.replaceAll('&', ampersand).replaceAll('<', lessThan);
}

/** One line of text for an element or attribute that we write ourselves. */
export function markupText(text: string): string {
  const line = feedLine(text, Number.POSITIVE_INFINITY).replace(endTag, `<${joiner}/`);
  return line.replace(/[&<>"]/g, (character) => hexadecimal[character] ?? character);
}

/**
 * What `feed` has written, with references to `&` and `<` where elementText() has left room for them. In hexadecimal: by
 * that the RSS profile, and validators, know characters that are text from markup that was escaped once too often.
 */
export function spelledOut(written: string): string {
  return written.replaceAll(ampersand, '&#x26;').replaceAll(lessThan, '&#x3C;');
}

/**
 * Safe HTML for a CDATA section that `feed` writes, of any length.
 * Hole: it breaks up the first `]]>` and lets a second one end the section. In HTML `]]&gt;` says the same.
 */
export function cdataHtml(html: string): string {
  return xmlText(html.includes('\ufffd') || !html.isWellFormed() ? withoutLost(html) : html).replaceAll(
    ']]>',
    ']]&gt;',
  );
}

/** Not in RFC 3986's sets for path, query and fragment; what WHATWG leaves as it is, and validators of feeds refuse. */
const notInAddress = /[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%]+|%(?![0-9A-Fa-f]{2})/g;

/**
 * An address as every validator takes it: http(s), no credentials, everything unusual percent-encoded. Query and
 * fragment stay. Idempotent.
 * Hole: `feed` takes `javascript:`, and throws for the whole feed where it cannot read an address.
 * @returns undefined where there is no such address
 */
export function webAddress(written: string | undefined): string | undefined {
  if (written === undefined || linkUrl(written) === undefined) return undefined;
  const url = new URL(written.trim());
  const encode = (part: string): string => part.replace(notInAddress, encodeURIComponent);
  const fragment = url.hash === '' ? '' : `#${encode(url.hash.slice(1))}`;
  // Hosts that WHATWG takes and RFC 2396 does not, and addresses of IPv6, which validators know only without a path.
  if (!/^[\w.:~!$&'()*+,;=-]+$/.test(url.host)) return undefined;
  return `${url.protocol}//${url.host}${encode(url.pathname)}${encode(url.search)}${fragment}`;
}

/** A host as RSS wants it in an enclosure: with a dot, and nothing but letters, digits and hyphens. */
export function hasUsualHost(url: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*$/i.test(new URL(url).hostname);
}

/**
 * Before feeds there was nothing to feed: normalise/ lets no such date through, and validators believe none (`ImplausibleDate`).
 * An empty feed is dated by it, since without a date `feed` writes the present one, and the bytes change at every run.
 */
export const firstInstant = Date.UTC(1990, 0, 1);
/** RFC 3339 has four digits for the year; `feed` throws a RangeError, or writes "Invalid Date", for what is no date. */
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** True where the instant can be written as a date of RFC 3339 and of RFC 822. */
export function isWritable(instant: Instant): boolean {
  return Number.isFinite(instant) && instant >= firstInstant && instant <= lastInstant;
}

/**
 * Languages that RFC 5646 knows and the W3C feed validator refuses (`InvalidLanguage`), with the nearest it takes. Pages
 * and JSON Feed keep the exact one.
 */
const takenInstead: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ckb: 'ku', // Sorani
    kmr: 'ku', // Kurmanji
    sdh: 'ku', // southern Kurdish
    prs: 'fa', // Dari
    pes: 'fa', // Iranian Persian
    pbt: 'ps', // southern Pashto
    arb: 'ar', // standard Arabic
    mul: 'mul', // several at once
  }),
);

/**
 * The language of a feed or entry as RSS `<language>` and `xml:lang` take it.
 * @returns a two-letter language with its further subtags, `mul`, or `und`
 */
export function feedLanguage(lang: Language): string {
  const primary = lang.split('-', 1)[0]?.toLowerCase() ?? '';
  if (/^[a-z]{2}(-[a-z0-9]{2,8})*$/i.test(lang)) return lang;
  return takenInstead.get(primary) ?? 'und';
}

/** RFC 9562 version 8: a URI that stays, made of the only names there are. */
export function namelessId(...names: readonly string[]): string {
  const hex = createHash('sha256').update(names.join('\n')).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
