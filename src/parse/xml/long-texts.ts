/**
 * A document's long texts kept from the parser and given back behind it: sax, under rss-parser, takes some ten times as long
 * over a letter as finding the end of the text does, and articles are nearly all there is in a feed.
 */
import { decodeReferences } from './references.ts';

/** Shorter ones cost less where they are. */
export const longText = 64;

/** Where such a text stands in the document: a CDATA section's inside, or all that is between two tags. */
export interface LongText {
  readonly start: number;
  readonly end: number;
  readonly isCdata: boolean;
}

/** XML does not allow it, so it stands in no document that comes here; nor is it one that a sound reference makes. */
const mark = '\ufffe';
const marked = /\ufffe(\d+)\ufffe/g;

/** A document in whose long texts' place stand marks, and what puts them back. */
export interface Shortened {
  readonly xml: string;
  readonly restore: (text: string) => string;
}

/**
 * Takes long texts out.
 * @param text the document
 * @param start of the root element
 * @param end behind it
 * @param longTexts in order; where texts are among them that are no sections, all references in the document are sound
 */
export function shorten(text: string, start: number, end: number, longTexts: readonly LongText[]): Shortened {
  const taken: LongText[] = [];
  let xml = '';
  let at = start;
  for (const one of longTexts) {
    if (one.end > end || isBlank(text, one)) continue; // white space between elements is looked for as such
    xml += `${text.slice(at, one.start)}${mark}${taken.length}${mark}`;
    taken.push(one);
    at = one.end;
  }
  const written = (place: string): string => {
    const one = taken[Number(place)];
    if (one === undefined) return '';
    const inside = text.slice(one.start, one.end);
    return one.isCdata ? inside : decodeReferences(inside);
  };
  return {
    xml: xml + text.slice(at, end),
    restore: (value) => (value.includes(mark) ? value.replace(marked, (_, place: string) => written(place)) : value),
  };
}

function isBlank(text: string, { start, end }: LongText): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}
