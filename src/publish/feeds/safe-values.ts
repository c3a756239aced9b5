/**
 * Partner text, addresses, dates and languages into the forms that `feed` and XML take without harm. Each function
 * closes a hole that was found by running the library; the hole stands beside it.
 */
import type { Instant, Language } from '../../model.ts';
import { plainLine, xmlText } from '../../text/safe.ts';
import { linkUrl } from '../../text/url.ts';

/**
 * One line of text for an element that `feed` writes.
 * Hole: it turns `&amp;` back into `&` before it escapes, so a title about `&amp;` would lose it; escaping the ampersand
 * once here is undone there, exactly. Hole: control characters and lone surrogates pass through it.
 */
export function elementText(text: string): string {
  return plainLine(text, Number.POSITIVE_INFINITY).replaceAll('&', '&amp;');
}

/**
 * One line of text for an attribute that `feed` writes.
 * Hole: of `&`, `<` and `"` it escapes the last only.
 */
export function attributeText(text: string): string {
  return plainLine(text, Number.POSITIVE_INFINITY).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/**
 * Safe HTML for a CDATA section that `feed` writes, of any length.
 * Hole: it breaks up the first `]]>` and lets a second one end the section. In HTML `]]&gt;` says the same.
 */
export function cdataHtml(html: string): string {
  return xmlText(html).replaceAll(']]>', ']]&gt;');
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
  return `${url.protocol}//${url.host}${encode(url.pathname)}${encode(url.search)}${fragment}`;
}

/** RFC 3339 has four digits for the year; `feed` throws a RangeError, or writes "Invalid Date", for what is no date. */
const firstInstant = Date.parse('0001-01-01T00:00:00Z');
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
