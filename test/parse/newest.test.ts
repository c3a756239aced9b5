/** Of a document with more entries than are taken, the newest: whatever its format, whatever its order. */
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/parse/parse.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const day = (n: number): string => new Date(noon + n * 86_400_000).toISOString();

async function guidsOf(text: string, most = 3, page?: { item: string }): Promise<(string | undefined)[]> {
  const document = { body: Buffer.from(text), contentType: undefined, url: 'https://feed.example/feed' };
  const parsed = await parseDocument(document, page, most);
  if (parsed.kind !== 'feed') throw new Error(JSON.stringify(parsed));
  expect(parsed.problems.map(({ code, happened }) => `${code}: ${happened}`)).toEqual([
    expect.stringMatching(/^parse\/too-many-entries: .*: \d+, and \d+ is the most$/),
  ]);
  return parsed.feed.entries.map((entry) => entry.guid ?? entry.links[0]?.href.replace(/^.*\//, ''));
}

const rssOf = (days: readonly (number | undefined)[], tag = 'pubDate'): string =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>${days
    .map((n, at) => {
      const date =
        n === undefined ? '' : `<${tag}>${tag === 'pubDate' ? new Date(day(n)).toUTCString() : day(n)}</${tag}>`;
      return `<item><guid>g${at}</guid><title>Entry ${at}</title>${date}</item>`;
    })
    .join('')}</channel></rss>`;

describe('oldest first', () => {
  const days = [1, 2, 3, 4, 5];
  test.each([
    ['RSS', rssOf(days)],
    ['RSS with dc:date', rssOf(days, 'dc:date')],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${days
        .map((n, at) => `<entry><id>g${at}</id><title>E</title><updated>${day(n)}</updated></entry>`)
        .join('')}</feed>`,
    ],
    [
      'JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        items: days.map((n, at) => ({ id: `g${at}`, title: 'E', date_published: day(n) })),
      }),
    ],
    [
      'RSS in JSON',
      JSON.stringify({
        rss: { channel: { title: 'T', item: days.map((n, at) => ({ guid: `g${at}`, title: 'E', pubDate: day(n) })) } },
      }),
    ],
  ])('%s', async (_format, text) => {
    expect(await guidsOf(text)).toEqual(['g2', 'g3', 'g4']);
  });

  test('a page', async () => {
    const articles = days.map(
      (n, at) => `<article><h2><a href="/g${at}">E</a></h2><time datetime="${day(n)}">x</time></article>`,
    );
    expect(await guidsOf(`<html><title>T</title>${articles.join('')}</html>`, 3, { item: 'article' })).toEqual([
      'g2',
      'g3',
      'g4',
    ]);
  });
});

test.each([
  ['newest first', [5, 4, 3, 2, 1], ['g0', 'g1', 'g2']],
  ['in no order, which is kept', [2, 5, 1, 4, 3], ['g1', 'g3', 'g4']],
  ['all of one date', [1, 1, 1, 1], ['g0', 'g1', 'g2']],
  ['without dates', [undefined, undefined, undefined, undefined], ['g0', 'g1', 'g2']],
  ['one without a date is as old as the one before it', [1, undefined, 4, undefined, 2], ['g2', 'g3', 'g4']],
  ['or behind it, where none stands before', [undefined, 9, 1, 2], ['g0', 'g1', 'g3']],
])('%s', async (_what, days, guids) => {
  expect(await guidsOf(rssOf(days))).toEqual(guids);
});

test('a date that is none is none, and one that cannot be read costs nothing', async () => {
  const text = rssOf([1, 2, 3, 4])
    .replace(/<pubDate>[^<]*21 Nov[^<]*/, '<pubDate>soon')
    .replace(/<pubDate>[^<]*22 Nov[^<]*/, `<pubDate>${'9'.repeat(100_000)}`);
  expect(await guidsOf(text)).toEqual(['g0', 'g1', 'g3']);
});
