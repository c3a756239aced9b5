/** An item of an entry that says the same words wherever an entry can say anything. */
import type { Item } from '../../src/model.ts';
import { normaliseEntry, type ReadingContext } from '../../src/normalise/normalise.ts';
import { entryOf, raw } from './entry.ts';

export const page = 'https://partner.example/2026/post/';
const context: ReadingContext = {
  feed: { lang: undefined, home: 'https://partner.example/', rights: undefined, authors: [], format: 'rss' },
  source: { name: 'Partner', lang: undefined, hosts: [], tags: [], future: 'show' },
  sourceTitle: 'Partner',
  documentUrl: 'https://partner.example/feed',
  now: Date.UTC(2026, 2, 10),
  guid: 'guid',
  hash: 'hash',
};

export function saidEverywhere(payload: string): Item {
  const result = normaliseEntry(
    entryOf({
      title: raw(payload),
      content: raw(payload),
      summary: raw(payload),
      links: [
        { href: page, rel: 'alternate' },
        { href: payload, rel: 'alternate' },
        { href: payload, rel: 'via' },
      ],
      authors: [{ name: payload }, { email: payload, url: payload }],
      categories: [{ term: payload }],
      enclosures: [{ url: 'https://partner.example/a.mp3', type: payload, title: payload }, { url: payload }],
      source: { title: payload, feedUrl: payload, home: payload },
      origLink: payload,
      rights: payload,
      lang: payload,
      publishedText: payload,
    }),
    context,
  );
  if (result.kind === 'dropped') throw new Error(result.problem.happened);
  return result.item;
}
