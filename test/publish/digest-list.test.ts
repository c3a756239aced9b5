/** A section's digests as a feed in all three formats, and as the page that lists them. */
import { load } from 'cheerio';
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { digestListDocuments } from '../../src/publish/digest-list.ts';
import { inOrder } from '../../src/publish/digest-order.ts';
import type { DigestView } from '../../src/publish/views.ts';

import { hasXmllint, xmllint } from './feeds-story.ts';
import { arabic, at, calais, digestView, hostile, repost, siteView, story } from './pages-views.ts';

const end = at('2026-11-09T06:00Z');
const view: DigestView = {
  ...digestView(calais, []),
  ...inOrder(
    [
      story('two', { reposts: [repost('Cook & Together')], licence: 'CC BY-SA 4.0' }),
      arabic,
      hostile,
      story('left', { published: at('2026-11-01T09:00Z') }),
    ],
    { first: [], max: 3 },
  ),
  takenBack: [{ name: 'Sea <Rescue>', at: at('2026-11-05T10:00Z') }],
};
const digest = { section: 'calais', name: '2026-W45', start: view.start, end, isEmpty: false, stories: [1, 2, 3, 4] };
const documents = new Map(
  digestListDocuments(siteView(), calais, {
    newest: [{ view, updated: end + 5_000 }],
    list: [{ digest, count: 4 }],
    tagPrefix: 'tag:news.example,2026:',
  }).map(({ path, body }) => [path, body]),
);
const file = (name: string): string => documents.get(`calais/digest/${name}`) ?? '';

describe('the feed of digests', () => {
  test('brings each whole: credits, who else has it, how many more there are, what was taken back, the rule', async () => {
    for (const name of ['feed.xml', 'atom.xml']) {
      const [entry, ...others] = (await new Parser().parseString(file(name))).items;
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        title: 'Calais: Weekly digest, week 45 of 2026',
        link: 'https://news.example/calais/digest/2026-w45/',
      });
      const html = String(entry?.['content:encoded'] ?? entry?.content);
      for (const words of [
        'href="https://quay.example/two/"',
        'From <a',
        'Passed on by: <a href="https://cooktogether.example/copied/"',
        'Cook &amp; Together',
        'https://creativecommons.org/licenses/by-sa/4.0/',
        'and 1 more story',
        'A text of Sea &lt;Rescue&gt; was withdrawn on 5 November 2026.',
        'First what several groups published',
      ])
        expect(html, name).toContain(words);
      expect(html).toContain('dir="rtl"');
      expect(html).not.toMatch(/<script|href="javascript:/);
    }
  });

  test('names each by section and digest for good, and says when it changed', () => {
    const [item] = (JSON.parse(file('feed.json')) as { items: Record<string, unknown>[] }).items;
    expect(item).toMatchObject({
      id: 'tag:news.example,2026:digest/calais/2026-W45',
      url: 'https://news.example/calais/digest/2026-w45/',
      date_published: '2026-11-09T06:00:00.000Z',
      date_modified: '2026-11-09T06:00:05.000Z',
      language: 'en',
      authors: [{ name: 'Harbour News', url: 'https://news.example/' }],
    });
    expect(file('atom.xml')).toContain('<link rel="self" href="https://news.example/calais/digest/atom.xml"/>');
  });

  test.skipIf(!hasXmllint)('is well-formed', () => {
    expect(xmllint([file('feed.xml'), file('atom.xml')])).toBe('');
  });
});

test('the page lists them, and says where the feed is', () => {
  const $ = load(file('index.html'));
  expect($('main a[href="2026-w45/index.html"]').text()).toBe('Weekly digest, week 45 of 2026');
  expect(
    $('link[rel="alternate"]')
      .toArray()
      .map((one) => $(one).attr('href')),
  ).toEqual(['feed.xml', 'atom.xml', 'feed.json']);
  expect(
    $('main .doors a')
      .toArray()
      .map((one) => $(one).attr('href')),
  ).toEqual(['feed.xml', 'atom.xml', 'feed.json', '../index.html']);
});
