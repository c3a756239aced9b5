import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { webAddress } from '../../src/publish/feeds/safe-values.ts';
import { noHtml, paragraph } from '../../src/text/safe-html.ts';
import { at, hasXmllint, original, section, site, story, tree, xmllint } from './feeds-story.ts';

const noAddress = site({ url: undefined });
const reposted = story({
  reposts: [
    {
      group: { name: 'Channel Info', url: 'https://channel.example/' },
      url: 'https://channel.example/?p=7&lang=fr',
      date: at('2026-11-04T08:00Z'),
      isDated: true,
      via: undefined,
      isBefore: undefined,
      because: [],
    },
    {
      group: { name: 'Sea & Shore', url: undefined },
      url: undefined,
      date: at('2026-11-05T08:00Z'),
      isDated: true,
      via: { name: 'Channel Info', url: undefined },
      isBefore: undefined,
      because: [],
    },
  ],
});

function jsonOf(text: string): Record<string, unknown> & { items: Record<string, unknown>[] } {
  return JSON.parse(text);
}

describe('an item leads to those who wrote it', () => {
  test('its link is the original’s page, its id ours', async () => {
    const { rss, atom, json } = renderFeeds(site(), section([story()]));
    const parser = new Parser();
    for (const feed of [await parser.parseString(rss), await parser.parseString(atom)]) {
      expect(feed.items.map((item) => item.link)).toEqual(['https://harbour.example/2026/11/eviction/']);
      expect(feed.items.map((item) => item.guid ?? item.id)).toEqual(['tag:news.example,2026:story/abc123']);
    }
    expect(tree(rss)('item > guid').attr('isPermaLink')).toBe('false');
    expect(jsonOf(json).items[0]).toMatchObject({
      id: 'tag:news.example,2026:story/abc123',
      url: 'https://harbour.example/2026/11/eviction/',
      external_url: 'https://harbour.example/2026/11/eviction/',
    });
  });

  test('without an original’s page it leads to ours, and without an address of ours nowhere', () => {
    const orphan = story({ url: undefined });
    const here = renderFeeds(site(), section([orphan]));
    expect(tree(here.rss)('item > link').text()).toBe('https://news.example/story/abc123/');
    expect(
      tree(here.atom)('entry > link')
        .toArray()
        .map((link) => link.attribs),
    ).toEqual([{ rel: 'alternate', href: 'https://news.example/story/abc123/' }]);
    expect(jsonOf(here.json).items[0]).not.toHaveProperty('external_url');

    const nowhere = renderFeeds(noAddress, section([orphan]));
    expect(tree(nowhere.rss)('item > link').length).toBe(0);
    expect(tree(nowhere.atom)('entry > link').length).toBe(0);
    expect(jsonOf(nowhere.json).items[0]).not.toHaveProperty('url');
  });

  test('where only dates speak, no format calls anybody the author', () => {
    const guess = story({ original: { ...original, isGuess: true } });
    const { rss, atom, json } = renderFeeds(site(), section([guess]));
    const names = [
      ...tree(rss)('item > dc\\:creator')
        .toArray()
        .map((one) => tree(rss)(one).text()),
      ...tree(atom)('entry > author > name')
        .toArray()
        .map((one) => tree(atom)(one).text()),
      ...jsonOf(json).items.flatMap(({ authors }) => (authors as { name: string }[]).map(({ name }) => name)),
    ];
    expect(names).toEqual(names.map(() => 'First seen at Harbour Watch'));
    expect(names).toHaveLength(3);
    const { _relais } = jsonOf(json).items[0] as { _relais: { original: unknown } };
    expect(_relais.original).toMatchObject({ group: 'Harbour Watch', guessed: true });
  });

  test('a reposter’s page is not given to programs as the page of a stranger who is credited', () => {
    const stranger = { ...original, group: { name: 'Lantern Street', url: undefined }, isHeld: false };
    const [repost] = reposted.reposts;
    if (repost === undefined) throw new Error('nobody reposts');
    const shown = story({ original: stranger, reposts: [{ ...repost, url: story().url }] });
    const { _relais } = jsonOf(renderFeeds(site(), section([shown])).json).items[0] as {
      _relais: { original: unknown };
    };
    expect(_relais.original).toEqual({ group: 'Lantern Street', held: false });
  });

  test('the group is the first author, people follow, reposters are contributors', () => {
    const { rss, atom, json } = renderFeeds(site(), section([reposted]));
    expect(
      tree(rss)('dc\\:creator')
        .toArray()
        .map((one) => tree(rss)(one).text()),
    ).toEqual(['Harbour Watch', 'Amal']);
    expect(
      tree(atom)('entry > author > name')
        .toArray()
        .map((one) => tree(atom)(one).text()),
    ).toEqual(['Harbour Watch', 'Amal']);
    expect(tree(atom)('entry > author > uri').text()).toBe('https://harbour.example/');
    expect(
      tree(atom)('entry > contributor > name')
        .toArray()
        .map((one) => tree(atom)(one).text()),
    ).toEqual(['Channel Info', 'Sea & Shore']);
    expect(jsonOf(json).items[0]?.authors).toEqual([
      { name: 'Harbour Watch', url: 'https://harbour.example/' },
      { name: 'Amal' },
    ]);
  });

  test('a group without a name goes by its host: Atom wants a name', () => {
    const nameless = story({ original: { ...original, group: { name: ' \u0007', url: undefined }, authors: [] } });
    expect(tree(renderFeeds(site(), section([nameless])).atom)('entry > author > name').text()).toBe('harbour.example');
  });

  test('the source is the original’s feed, and reposts stand as via', () => {
    const { rss, atom, json } = renderFeeds(site(), section([reposted]));
    expect(tree(rss)('item > source').attr('url')).toBe('https://harbour.example/feed/');
    expect(tree(rss)('item > source').text()).toBe('Harbour Watch');
    const source = tree(atom)('entry > source');
    expect(['id', 'title', 'updated'].map((name) => source.children(name).text())).toEqual([
      'https://harbour.example/feed/',
      'Harbour Watch',
      '2026-11-03T10:00:00.000Z',
    ]);
    expect(source.children('link[rel=alternate]').attr('href')).toBe('https://harbour.example/');
    const via = { rel: 'via', href: 'https://channel.example/?p=7&lang=fr', title: 'Channel Info' };
    expect(
      tree(atom)('entry > link[rel=via]')
        .toArray()
        .map((link) => link.attribs),
    ).toEqual([via]);
    expect(
      tree(rss)('item > atom\\:link[rel=via]')
        .toArray()
        .map((link) => link.attribs),
    ).toMatchObject([via]);
    expect(jsonOf(json).items[0]?._relais).toMatchObject({
      story: 'https://news.example/story/abc123/',
      original: { group: 'Harbour Watch', url: 'https://harbour.example/2026/11/eviction/', held: true },
      reposts: [
        { group: 'Channel Info', url: 'https://channel.example/?p=7&lang=fr', date: '2026-11-04T08:00:00.000Z' },
        { group: 'Sea & Shore' },
      ],
    });
  });

  test('our page about the story is related, unless the item leads there already', () => {
    const related = (feeds: { atom: string }): unknown[] =>
      tree(feeds.atom)('entry > link[rel=related]')
        .toArray()
        .map((link) => link.attribs.href);
    expect(related(renderFeeds(site(), section([story()])))).toEqual(['https://news.example/story/abc123/']);
    expect(related(renderFeeds(site(), section([story({ url: undefined })])))).toEqual([]);
    expect(related(renderFeeds(noAddress, section([story()])))).toEqual([]);
  });
});

describe('what stands in an item', () => {
  test('the credit is the first paragraph of the content, and of the description before it', () => {
    const { rss, atom, json } = renderFeeds(site(), section([story()]));
    const credit =
      '<p>From <a href="https://harbour.example/2026/11/eviction/" rel="noopener noreferrer nofollow ugc">Harbour Watch</a>, 2 November</p>';
    const full = `${credit}<p>They came at six.</p><p>Forty tents are gone.</p>`;
    expect(tree(rss)('item > content\\:encoded').text()).toBe(full);
    const address = 'https://harbour.example/2026/11/eviction/';
    const whole = `<p><a href="${address}" rel="noopener noreferrer nofollow ugc">Read the whole text at Harbour Watch</a></p>`;
    expect(tree(rss)('item > description').text()).toBe(`${credit}<p>They came at six.</p>${whole}`);
    expect(rss.indexOf('<description><![CDATA[')).toBeLessThan(rss.indexOf('<content:encoded>'));
    expect(tree(atom)('entry > content').text()).toBe(full);
    expect(tree(atom)('entry > content').attr('type')).toBe('html');
    expect(jsonOf(json).items[0]).toMatchObject({
      content_html: full,
      summary: `From Harbour Watch, 2 November\nThey came at six.\nRead the whole text at Harbour Watch: ${address}`,
    });
  });

  test('a link only still has its credit', () => {
    const bare = story({ show: 'link', body: noHtml, excerpt: '', title: '', heading: '' });
    const { rss, json } = renderFeeds(site(), section([bare]));
    expect(tree(rss)('item > description').text()).toContain('Harbour Watch</a>');
    expect(tree(rss)('item > title').text()).toBe('Harbour Watch');
    expect(jsonOf(json).items[0]?.content_html).toContain('Harbour Watch</a>');
  });

  test('right-to-left text brings its direction along', () => {
    const arabic = story({ lang: 'ar', dir: 'rtl', body: paragraph('وصلوا في السادسة') });
    const { atom } = renderFeeds(site(), section([arabic]));
    expect(tree(atom)('entry > content').text()).toMatch(
      /^<div dir="rtl" lang="ar"><p>From .*<p>وصلوا في السادسة<\/p><\/div>$/,
    );
  });

  test('a story without a title has its heading in RSS and Atom, and none in JSON', () => {
    const { rss, atom, json } = renderFeeds(site(), section([story({ title: '', heading: 'They came at…' })]));
    expect(tree(rss)('item > title').text()).toBe('They came at…');
    expect(tree(atom)('entry > title').length).toBe(1);
    expect(tree(atom)('entry > title').text()).toBe('They came at…');
    expect(jsonOf(json).items[0]).not.toHaveProperty('title');
  });

  test('dates: published and updated, RSS has the first', () => {
    const { rss, atom, json } = renderFeeds(site(), section([story()]));
    expect(tree(rss)('item > pubDate').text()).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
    expect(tree(atom)('entry > published').text()).toBe('2026-11-02T09:00:00.000Z');
    expect(tree(atom)('entry > updated').text()).toBe('2026-11-03T10:00:00.000Z');
    expect(jsonOf(json).items[0]).toMatchObject({
      date_published: '2026-11-02T09:00:00.000Z',
      date_modified: '2026-11-03T10:00:00.000Z',
    });
  });

  test('a licence with an address is a licence, without one it is a text', () => {
    const url = 'https://creativecommons.org/licenses/by-sa/4.0/';
    const linked = renderFeeds(site(), section([story({ licence: url })]));
    expect(tree(linked.rss)('creativeCommons\\:license').text()).toBe(url);
    expect(tree(linked.atom)('entry > link[rel=license]').attr('href')).toBe(url);
    expect(tree(linked.atom)('entry > rights').length).toBe(0);
    expect(tree(linked.atom)('entry > source > rights').text()).toBe(url);
    const written = renderFeeds(site(), section([story({ licence: '© Harbour Watch <2026> & friends' })]));
    expect(tree(written.rss)('creativeCommons\\:license').length).toBe(0);
    expect(tree(written.rss)('dc\\:rights').text()).toBe('© Harbour Watch <2026> & friends');
    expect(tree(written.atom)('entry > rights').text()).toBe('© Harbour Watch <2026> & friends');
  });

  test('enclosures: the first in RSS, all in Atom and JSON', () => {
    const enclosures = [
      { url: 'https://harbour.example/a b.mp3', bytes: 1200 },
      { url: 'javascript:alert(1)', type: 'audio/mpeg' },
      { url: 'https://harbour.example/plan?x=1&y=2', type: 'Application/PDF', title: 'Plan & map' },
    ];
    const { rss, atom, json } = renderFeeds(site(), section([story({ enclosures })]));
    expect(
      tree(rss)('enclosure')
        .toArray()
        .map((one) => one.attribs),
    ).toEqual([{ url: 'https://harbour.example/a%20b.mp3', type: 'audio/mpeg', length: '1200' }]);
    expect(
      tree(atom)('link[rel=enclosure]')
        .toArray()
        .map((one) => one.attribs),
    ).toEqual([
      { rel: 'enclosure', href: 'https://harbour.example/a%20b.mp3', type: 'audio/mpeg', length: '1200' },
      { rel: 'enclosure', href: 'https://harbour.example/plan?x=1&y=2', type: 'application/pdf', title: 'Plan & map' },
    ]);
    expect(jsonOf(json).items[0]?.attachments).toEqual([
      { url: 'https://harbour.example/a%20b.mp3', mime_type: 'audio/mpeg', size_in_bytes: 1200 },
      { url: 'https://harbour.example/plan?x=1&y=2', mime_type: 'application/pdf', title: 'Plan & map' },
    ]);
  });

  test('the language of each entry, in the form validators take; JSON keeps the exact one', () => {
    const stories = ['fr', 'ckb', 'prs', 'kmr', 'rhg', 'und', 'pt-BR'].map((lang, index) =>
      story({ lang, id: `tag:news.example,2026:story/${index}` }),
    );
    const { atom, rss, json } = renderFeeds(site(), section(stories));
    expect(
      tree(atom)('entry')
        .toArray()
        .map((entry) => entry.attribs['xml:lang']),
    ).toEqual(['fr', 'ku', 'fa', 'ku', 'und', 'und', 'pt-BR']);
    expect(
      tree(rss)('dc\\:language')
        .toArray()
        .map((one) => tree(rss)(one).text()),
    ).toEqual(['fr', 'ku', 'fa', 'ku', 'pt-BR']);
    expect(jsonOf(json).items.map((item) => item.language)).toEqual([
      'fr',
      'ckb',
      'prs',
      'kmr',
      'rhg',
      undefined,
      'pt-BR',
    ]);
  });

  test('a text in two languages says the first, and both where a format has room for them', () => {
    const { atom, rss, json } = renderFeeds(site(), section([story({ lang: 'ckb', langs: ['ckb', 'en'] })]));
    const inRss = tree(rss)('dc\\:language').toArray();
    expect(inRss.map((one) => tree(rss)(one).text())).toEqual(['ku']);
    expect(tree(atom)('entry').attr('xml:lang')).toBe('ku');
    expect(jsonOf(json).items[0]).toMatchObject({ language: 'ckb', _relais: { languages: ['ckb', 'en'] } });
  });

  test('a withdrawn story and a second one with the same id are left out', () => {
    const stories = [
      story(),
      story({ title: 'Again' }),
      story({ id: 'tag:news.example,2026:story/2', withdrawn: { at: 0 } }),
    ];
    const { rss, atom, json } = renderFeeds(site(), section(stories));
    expect(tree(rss)('item > title').text()).toBe('Eviction at the harbour');
    expect(tree(atom)('entry').length).toBe(1);
    expect(jsonOf(json).items.length).toBe(1);
  });
});

describe('what a feed says about itself', () => {
  test('title, page, own address, language and date', () => {
    const { rss, atom, json } = renderFeeds(site(), section([story()]));
    const [inRss, inAtom] = [tree(rss), tree(atom)];
    expect(inRss('channel > title').text()).toBe('Calais – No Borders News');
    expect(inRss('channel > link').text()).toBe('https://news.example/calais/');
    expect(inRss('channel > description').text()).toBe('News from the border at Calais');
    expect(inRss('channel > language').text()).toBe('en');
    expect(inRss('channel > generator').text()).toBe('Relais');
    expect(inRss('channel > lastBuildDate').text()).toBe('Tue, 03 Nov 2026 10:00:00 GMT');
    expect(inRss('channel > atom\\:link[rel=self]').attr('href')).toBe('https://news.example/calais/feed.xml');
    expect(inRss('channel > ttl').length).toBe(0);
    expect(inAtom('feed').attr('xml:lang')).toBe('en');
    expect(inAtom('feed > id').text()).toBe('tag:news.example,2026:feed/calais');
    expect(inAtom('feed > link[rel=self]').attr('href')).toBe('https://news.example/calais/atom.xml');
    expect(
      inAtom('feed > link[rel=alternate]')
        .toArray()
        .map((link) => link.attribs.href),
    ).toEqual(['', 'feed.xml', 'feed.json'].map((file) => `https://news.example/calais/${file}`));
    expect(inAtom('feed > updated').text()).toBe('2026-11-03T10:00:00.000Z');
    expect(jsonOf(json)).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Calais – No Borders News',
      home_page_url: 'https://news.example/calais/',
      feed_url: 'https://news.example/calais/feed.json',
      description: 'News from the border at Calais',
      language: 'en',
    });
  });

  test('while the site has no address: no self link, none to our pages, and stable ids', () => {
    const { rss, atom, json } = renderFeeds(noAddress, section([story()]));
    expect(`${rss}${atom}${json}`).not.toContain('undefined');
    expect(tree(rss)('channel > link, channel > atom\\:link, link[rel=self]').length).toBe(0);
    expect(tree(atom)('feed > link').length).toBe(0);
    expect(tree(atom)('feed > id').text()).toBe('tag:news.example,2026:feed/calais');
    expect(tree(atom)('entry > id').text()).toBe('tag:news.example,2026:story/abc123');
    expect(jsonOf(json)).not.toHaveProperty('feed_url');
  });

  test('an empty feed is whole and dated by nothing that moves', () => {
    const { rss, atom, json } = renderFeeds(site(), section([]));
    expect(tree(rss)('lastBuildDate').text()).toBe('Mon, 01 Jan 1990 00:00:00 GMT');
    expect(tree(atom)('feed > updated').text()).toBe('1990-01-01T00:00:00.000Z');
    expect(jsonOf(json).items).toEqual([]);
  });

  test('a section without a description still has the one that RSS wants', () => {
    const plain = section([story()]);
    const { rss } = renderFeeds(site(), { ...plain, about: undefined });
    expect(tree(rss)('channel > description').text()).toBe('Calais – No Borders News');
  });

  test('the same section gives the same bytes', () => {
    expect(renderFeeds(site(), section([reposted]))).toEqual(renderFeeds(site(), section([reposted])));
  });
});

describe('JSON Feed 1.1', () => {
  test('every member that the specification asks for, with the type it asks for', () => {
    const feed = jsonOf(
      renderFeeds(
        site(),
        section([reposted, story({ id: 'tag:news.example,2026:story/2', title: '', url: undefined })]),
      ).json,
    );
    expect(typeof feed.title).toBe('string');
    expect(feed).not.toHaveProperty('author');
    for (const item of feed.items) {
      expect(typeof item.id).toBe('string');
      expect(typeof item.content_html).toBe('string');
      expect(item).not.toHaveProperty('author');
      expect(Array.isArray(item.authors)).toBe(true);
      for (const name of ['url', 'external_url'])
        if (name in item) expect(webAddress(String(item[name]))).toBe(item[name]);
      for (const name of ['date_published', 'date_modified'])
        expect(item[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(new Set(feed.items.map((item) => item.id)).size).toBe(2);
  });
});

test.skipIf(!hasXmllint)('xmllint accepts the feeds (skipped where xmllint is not installed)', () => {
  const sections = [
    section([]),
    section([
      reposted,
      story({ id: 'tag:news.example,2026:story/2', licence: 'https://a.example/?b&c', categories: ['a<b', '"'] }),
    ]),
  ];
  const documents = sections.flatMap((one) =>
    [site(), noAddress].flatMap((where) => [renderFeeds(where, one).rss, renderFeeds(where, one).atom]),
  );
  expect(documents.length).toBe(8);
  expect(xmllint(documents)).toBe('');
});
