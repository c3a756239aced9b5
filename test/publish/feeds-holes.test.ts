/** Each test is a hole of `feed` 6.0.0, found by running it, that the wrapper closes. */
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { feedLanguage, webAddress } from '../../src/publish/feeds/safe-values.ts';
import type { StoryView } from '../../src/publish/views.ts';
import { paragraph } from '../../src/text/safe-html.ts';
import { asRead, original, section, site, story, tree } from './feeds-story.ts';

const parser = new Parser();

async function titles(stories: readonly StoryView[]): Promise<string[][]> {
  const { rss, atom, json } = renderFeeds(site(), section(stories));
  const items: { title?: string }[] = JSON.parse(json).items;
  const feeds = [await parser.parseString(rss), await parser.parseString(atom), { items }];
  return feeds.map((feed) => feed.items.map((item) => asRead(item.title)));
}

const inAll = (title: string): string[][] => [[title], [title], [title]];

test(']]> stands in a title and a text as often as it likes', async () => {
  expect(await titles([story({ title: 'a ]]> b ]]> c ]]>' })])).toEqual(inAll('a ]]> b ]]> c ]]>'));
  // SafeHtml escapes `>` in text; a cleaner that did not must not break the feed.
  const raw = { ...story(), body: `<p>x ]]> y ]]> z</p>` } as unknown as StoryView;
  const { rss, atom } = renderFeeds(site(), section([raw]));
  for (const feed of [await parser.parseString(rss), await parser.parseString(atom)])
    expect(feed.items[0]?.['content:encoded'] ?? feed.items[0]?.content).toContain('<p>x ]]&gt; y ]]&gt; z</p>');
});

test('control characters, lone surrogates and noncharacters do not reach the document', async () => {
  const bad = 'a\u0000\u0001\u0008\u000b\u001f\u007f\u0085\ufdd0\ufffe\uffffb \ud800c';
  const raw = { ...story(), body: `<p>${bad}</p>`, creditHtml: bad } as unknown as StoryView;
  const { rss, atom, json } = renderFeeds(site(), section([raw]));
  expect(`${rss}${atom}${json}`).not.toMatch(/[\u0000-\u0008\u000b\u001f\u007f-\u009f\ufdd0\ufffe\uffff]|\\u|\p{Cs}/u);
  expect(
    await titles([
      story({ title: bad, body: paragraph(bad), excerpt: bad, credit: bad, categories: [bad], licence: bad }),
    ]),
  ).toEqual(inAll('a b c'));
});

test('a title about &amp; and <b> stays what it is, escaped once', async () => {
  const title = 'AT&amp;T & <b>bold</b> &lt; "quoted" \'too\'';
  expect(await titles([story({ title })])).toEqual(inAll(title));
});

test('attributes that go through the extension hook are escaped', () => {
  const tricky = story({
    original: { ...original, feed: { url: 'https://harbour.example/feed?a=1&b="<2>"', title: 'Tea & <milk>' } },
    reposts: [
      {
        group: { name: 'A & B "<c>"', url: undefined },
        url: 'https://ab.example/?x&y',
        date: 0,
        isDated: true,
        via: undefined,
        isBefore: undefined,
        because: [],
      },
    ],
  });
  const { rss } = renderFeeds(site(), section([tricky]));
  expect(tree(rss)('item > source').attr('url')).toBe('https://harbour.example/feed?a=1&b=%22%3C2%3E%22');
  expect(tree(rss)('item > source').text()).toBe('Tea & <milk>');
  expect(tree(rss)('atom\\:link[rel=via]').attr('title')).toBe('A & B "<c>"');
  expect(rss).toContain('title="A &#x26; B &quot;&#x3C;c>&quot;"');
});

test('a category may hold < and &, and Atom has it as a term', () => {
  const { rss, atom, json } = renderFeeds(
    site(),
    section([story({ categories: ['a < b & "c"', ' ', 'a < b & "c"'] })]),
  );
  expect(tree(rss)('item > category').text()).toBe('a < b & "c"');
  expect(
    tree(atom)('entry > category')
      .toArray()
      .map((one) => one.attribs),
  ).toEqual([{ term: 'a < b & "c"' }]);
  expect(JSON.parse(json).items[0].tags).toEqual(['a < b & "c"']);
});

describe('one bad item costs itself at most', () => {
  test.each<[string, Partial<StoryView>, number]>([
    ['a link that is no address', { url: 'http://' }, 2],
    ['a link that would run a script', { url: 'javascript:alert(1)' }, 2],
    ['an id that is no URI', { id: '123' }, 1],
    ['no date at all', { firstPublished: Number.NaN, updated: Number.POSITIVE_INFINITY }, 1],
    ['one date too many', { updated: Number.NaN }, 2],
    ['a date in the year 12000', { firstPublished: Date.UTC(12_000, 0), updated: Date.UTC(12_000, 0) }, 1],
    ['a group with a broken address', { original: { ...original, group: { name: 'X', url: 'http://a b' } } }, 2],
    ['a source without an address', { original: { ...original, feed: { url: '', title: '' } } }, 2],
    ['an enclosure without one', { enclosures: [{ url: 'x', type: '"><x>' }] }, 2],
  ])('%s', async (_what, changes, left) => {
    const bad = { ...story({ id: 'tag:news.example,2026:story/bad' }), ...changes };
    const { rss, atom, json } = renderFeeds(site(), section([story(), bad]));
    expect((await parser.parseString(rss)).items.length).toBe(left);
    expect((await parser.parseString(atom)).items.length).toBe(left);
    expect(JSON.parse(json).items.length).toBe(left);
    expect(`${rss}${atom}${json}`).not.toMatch(/Invalid Date|javascript:|undefined|NaN|\+0?12000/);
  });
});

test('without a change there is no other date: the clock is not read', () => {
  const { rss, atom } = renderFeeds(site(), section([]));
  const dates = [tree(rss)('lastBuildDate').text(), tree(atom)('feed > updated').text()];
  expect(dates.map(Date.parse)).toEqual([Date.UTC(1990, 0), Date.UTC(1990, 0)]);
});

test('RSS has no bare <author>, which must be a mail address', () => {
  const { rss } = renderFeeds(site(), section([story()]));
  expect(tree(rss)('author').length).toBe(0);
  expect(tree(rss)('item > dc\\:creator').length).toBe(2);
});

test('an enclosure has the type that the partner gave, not one made of its ending', () => {
  const { atom, rss } = renderFeeds(
    site(),
    section([
      story({
        enclosures: [{ url: 'https://a.example/listen.php', type: 'audio/ogg' }, { url: 'https://a.example/x' }],
      }),
    ]),
  );
  expect(
    tree(atom)('link[rel=enclosure]')
      .toArray()
      .map((one) => one.attribs.type),
  ).toEqual(['audio/ogg', undefined]);
  expect(tree(rss)('enclosure').attr('type')).toBe('audio/ogg');
});

test('further links of the channel do not push out its self link', () => {
  const links = tree(renderFeeds(site(), section([])).rss)('channel > atom\\:link')
    .toArray()
    .map((one) => [one.attribs.rel, one.attribs.href]);
  expect(links).toEqual([
    ['self', 'https://news.example/calais/feed.xml'],
    ['alternate', 'https://news.example/calais/atom.xml'],
    ['alternate', 'https://news.example/calais/feed.json'],
  ]);
});

test('a text that looks like the writer’s own XML is not taken for it', () => {
  const imitation = '<entry>\n        <title type="html"><![CDATA[\u0001]]></title><link href="about:blank"/></entry>';
  const { atom } = renderFeeds(
    site(),
    section([
      story({ title: imitation, body: paragraph(imitation), excerpt: imitation }),
      story({ id: 'tag:news.example,2026:story/2' }),
    ]),
  );
  expect(tree(atom)('entry').length).toBe(2);
  expect(asRead(tree(atom)('entry > title').first().text())).toBe(
    '<entry> <title type="html"><![CDATA[]]></title><link href="about:blank"/></entry>',
  );
  expect(tree(atom)('entry > link[rel=alternate]').length).toBe(2);
});

test.each([
  ['https://a.example/päge?q=ä&b=[1]|{2}^`\\', 'https://a.example/p%C3%A4ge?q=%C3%A4&b=%5B1%5D%7C%7B2%7D%5E%60%5C'],
  ['HTTPS://Üser:pw@Mädchen.example/100%#a#b c', 'https://xn--mdchen-bua.example/100%25#a%23b%20c'],
  ['https://a.example/%e4%zz', 'https://a.example/%e4%25zz'],
  ["https://a.example/it's(1)*;a=b,c!$@:", "https://a.example/it's(1)*;a=b,c!$@:"],
  ['ftp://a.example/', undefined],
  ['//a.example/', undefined],
  ['mailto:a@example.org', undefined],
])('the address %s', (written, expected) => {
  expect(webAddress(written)).toBe(expected);
  if (expected !== undefined) expect(webAddress(expected)).toBe(expected);
});

test.each([
  ['en', 'en'],
  ['fr-CA', 'fr-CA'],
  ['ckb-Arab', 'ku'],
  ['prs', 'fa'],
  ['rhg', 'und'],
  ['constructor', 'und'],
  ['', 'und'],
  ['en"><x', 'und'],
])('the language %j is %j in a feed', (lang, expected) => {
  expect(feedLanguage(lang)).toBe(expected);
});
