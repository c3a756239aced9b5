/** Relais reads what it has written itself: whose a text is, who passed it on from where, on what terms, in each format. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { renderArchive, renderFeeds } from '../../src/publish/feeds/feeds.ts';
import type { FeedView, StoryView } from '../../src/publish/views.ts';
import { at, original, section, site, story } from './feeds-story.ts';

const licence = 'https://creativecommons.org/licenses/by-sa/4.0/';
const reposts: StoryView['reposts'] = [
  ['Channel Info', 'https://channel.example/?p=7&lang=fr'],
  ['Sea & Shore', 'https://shore.example/9'],
].map(([name = '', url]) => ({
  group: { name, url: undefined },
  url,
  date: at('2026-11-04T08:00Z'),
  isDated: true,
  via: undefined,
  isBefore: undefined,
  because: [],
}));
const chained = story({ reposts, licence, title: 'Use <b>bold</b> & &amp; at the harbour', lang: 'fr', langs: ['fr'] });
const stranger = story({
  id: 'tag:news.example,2026:story/2',
  reposts,
  original: {
    ...original,
    group: { name: 'Lantern Street', url: 'https://lantern.example/' },
    feed: undefined,
    isHeld: false,
  },
});
const nobody = story({ id: 'tag:news.example,2026:story/3', reposts, original: { ...original, isGuess: true } });

async function read(body: string, contentType: string): Promise<readonly Entry[]> {
  const document = { body: new TextEncoder().encode(body), url: 'https://news.example/calais/feed', contentType };
  const read = await parseDocument(document, undefined);
  if (read.kind !== 'feed') throw new Error('it is no feed');
  expect(read.problems).toEqual([]);
  expect(read.feed.generator).toBe('Relais');
  return read.feed.entries;
}

const formats: readonly [string, (feed: FeedView) => Promise<readonly Entry[]>][] = [
  ['RSS', (feed) => read(renderFeeds(site(), feed).rss, 'application/rss+xml')],
  ['Atom', (feed) => read(renderFeeds(site(), feed).atom, 'application/atom+xml')],
  ['JSON Feed', (feed) => read(renderFeeds(site(), feed).json, 'application/feed+json')],
  [
    'a document of the archive',
    (feed) => read(renderArchive(site(), feed, { number: 2, previous: 1, next: 3 }).atom, 'application/atom+xml'),
  ],
];

describe.each(formats)('%s', (_name, readBack) => {
  let whole: Entry | undefined;
  let ofStranger: Entry | undefined;
  let guessed: Entry | undefined;
  beforeAll(async () => {
    [whole, ofStranger, guessed] = await readBack(section([chained, stranger, nobody]));
  });
  const vias = (entry: Entry | undefined): unknown[] =>
    (entry?.links ?? []).filter(({ rel }) => rel === 'via').map(({ href }) => href);

  test('the original: its page, its group, its feed', () => {
    expect(whole?.links.find(({ rel }) => rel === 'alternate')?.href).toBe(original.url);
    expect(whole?.authors[0]?.name).toBe('Harbour Watch');
    expect(whole?.source).toMatchObject({ title: 'Harbour Watch', feedUrl: 'https://harbour.example/feed/' });
  });

  test('the chain: who passed it on, and where', () => {
    expect(vias(whole)).toEqual(reposts.map(({ url }) => url));
    expect(whole?.contributors.map(({ name }) => name)).toEqual(['Channel Info', 'Sea & Shore']);
  });

  test('the licence, the language, the dates, the name', () => {
    expect(whole?.rights).toBe(licence);
    expect(whole?.lang).toBe('fr');
    expect(Date.parse(whole?.publishedText ?? '')).toBe(at('2026-11-02T09:00Z'));
    expect(whole?.guid).toBe('tag:news.example,2026:story/abc123');
  });

  test('a stranger who is credited', () => {
    expect(ofStranger?.source?.title).toBe('Lantern Street');
    expect(ofStranger?.authors[0]?.name).toBe('Lantern Street');
  });

  test('nobody, where only dates speak', () => {
    expect(guessed?.source).toBeUndefined();
    expect(vias(guessed)).toEqual([]);
  });
});
