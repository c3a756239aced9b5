/**
 * A document's long texts kept from the parser and given back behind it: it takes some ten times as long over a letter as
 * finding the end of the text does, and articles are nearly all there is in a feed.
 */
import { xmlText } from '../../text/safe.ts';
import { decodeReferences } from './references.ts';

/** Shorter ones cost less where they are. */
const longText = 64;

/**
 * XML does not allow it, so it stands in no document that comes here; nor is it one that a sound reference makes. Those that
 * are not sound can: whoever decodes them before texts are kept takes it out (`withoutMarks`).
 */
const mark = '\ufffe';
const marked = /\ufffe(\d+)\ufffe/;

/** A text that names none of the kept ones: a name costs a few letters, and what it brings back may be a megabyte each time. */
export function withoutMarks(text: string): string {
  return text.includes(mark) ? text.replaceAll(mark, '') : text;
}

/** A document in whose long texts' place stand marks. */
export interface Shortened {
  readonly xml: string;
  /** Puts the texts back into one that was read out of it. @returns XML text, as `xmlText` in text/safe.ts makes it */
  readonly restore: (text: string) => string;
}

/** Long texts of one document, while they are out of it. */
export interface KeptTexts {
  /** @param text XML text. @returns what stands in the document in its place */
  keep(text: string): string;
  readonly restore: Shortened['restore'];
}

/** None yet. */
export function keepTexts(): KeptTexts {
  const kept: string[] = [];
  return {
    keep: (text) => `${mark}${kept.push(text) - 1}${mark}`,
    restore(value) {
      if (!value.includes(mark)) return xmlText(value);
      const alone = value.endsWith(mark) ? kept[Number(value.slice(1, -1))] : undefined;
      if (alone !== undefined) return alone;
      const parts = value.split(marked); // every second is a place
      return parts.map((part, at) => (at % 2 === 0 ? xmlText(part) : (kept[Number(part)] ?? ''))).join('');
    },
  };
}

/** True for a text worth the trouble. White space between elements is looked for as such, and stays. */
export function isLong(text: string, start: number, end: number): boolean {
  if (end - start < longText) return false;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > 32) return true;
  return false;
}

/** Where such a text stands in the document: a CDATA section's inside, or all that is between two tags. */
export interface LongText {
  readonly start: number;
  readonly end: number;
  readonly isCdata: boolean;
}

/**
 * Takes long texts out.
 * @param text the document, XML text
 * @param start of the root element
 * @param end behind it
 * @param longTexts in order; their references are sound
 */
export function shorten(text: string, start: number, end: number, longTexts: readonly LongText[]): Shortened {
  const { keep, restore } = keepTexts();
  let xml = '';
  let at = start;
  for (const one of longTexts) {
    const inside = text.slice(one.start, one.end);
    xml += text.slice(at, one.start) + keep(one.isCdata ? inside : decodeReferences(inside));
    at = one.end;
  }
  return { xml: xml + text.slice(at, end), restore };
}
