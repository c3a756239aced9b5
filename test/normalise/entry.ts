/** Entries for tests: everything a partner can leave out is left out. */
import type { Category, Entry, RawHtml } from '../../src/model.ts';

export function raw(html: string, lang?: string): RawHtml {
  return { html, base: undefined, lang };
}

export function labels(...terms: readonly string[]): Category[] {
  return terms.map((term) => ({ term }));
}

export function entryOf(said: Partial<Entry>): Entry {
  return {
    guid: 'guid-1',
    guidIsUrl: false,
    title: undefined,
    links: [],
    summary: undefined,
    content: undefined,
    authors: [],
    contributors: [],
    publishedText: undefined,
    updatedText: undefined,
    categories: [],
    enclosures: [],
    pictures: [],
    place: undefined,
    events: [],
    source: undefined,
    origLink: undefined,
    rights: undefined,
    lang: undefined,
    ...said,
  };
}
