/** What elements and addresses say, from the bytes of a document to evidence: no signal may be lost on the way. */
import { describe, expect, test } from 'vitest';
import type { Evidence, Item, Source } from '../../src/model.ts';
import { normaliseEntry } from '../../src/normalise/normalise.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { signalsOf } from '../../src/stories/signals.ts';
import { item, source, url } from './builders.ts';

const alpha = source('https://alpha.example/feed', { name: 'Alpha Collective' });
const beta = source('https://beta.example/feed', { name: 'Beta Relay' });
const wire = source('https://wire.example/feed', { name: 'Harbour Newswire', role: 'newswire' });
const directory = openDirectory([alpha, beta, wire], []);
const now = Date.UTC(2026, 10, 29);

async function itemsIn(text: string, contentType: string): Promise<Item[]> {
  const parsed = await parseDocument(
    { body: Buffer.from(text), contentType, url: 'https://beta.example/feed' },
    undefined,
  );
  if (parsed.kind !== 'feed') throw new Error(parsed.kind);
  const { feed } = parsed;
  return feed.entries.map((entry) => {
    const made = normaliseEntry(entry, {
      feed,
      source: beta,
      sourceTitle: feed.title,
      documentUrl: 'https://beta.example/feed',
      now,
      guid: entry.guid ?? 'guid',
      hash: 'hash',
    });
    if (made.kind !== 'item') throw new Error(made.kind);
    return made.item;
  });
}

function evidenceOf(one: Item, from: Source = beta): readonly Evidence[] {
  return signalsOf(one, from, undefined, directory).statements;
}

const namespaces =
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"';

async function fromRss(inside: string): Promise<readonly Evidence[]> {
  const xml = `<rss version="2.0" ${namespaces}><channel><title>Beta Relay</title><item><title>Eviction</title>${inside}</item></channel></rss>`;
  const [one] = await itemsIn(xml, 'application/rss+xml');
  if (one === undefined) throw new Error('no item');
  return evidenceOf(one);
}

const ownLink = '<link>https://beta.example/1</link>';

describe('RSS', () => {
  test.each([
    ['source-element', 4, '<source url="https://alpha.example/feed">Alpha</source>'],
    [
      'source-element',
      4,
      '<source><title>Alpha</title><link rel="alternate" href="https://alpha.example/"/><link rel="self" href="https://alpha.example/feed"/></source>',
    ],
    ['source-element', 2, '<dc:source>Alpha Collective</dc:source>'],
    ['via-link', 2, '<dc:source>https://alpha.example/1</dc:source>'],
    ['via-link', 4, '<atom:link rel="via" href="https://alpha.example/1"/>'],
    ['canonical-link', 4, '<atom:link rel="canonical" href="https://alpha.example/1"/>'],
    [
      'foreign-link',
      3,
      `<atom:link rel="alternate" href="https://beta.example/2"/><atom:link rel="alternate" href="https://alpha.example/1"/>`,
    ],
    ['foreign-guid', 2, '<guid isPermaLink="false">https://alpha.example/?p=1</guid>'],
    ['foreign-guid', 2, '<guid>https://alpha.example/?p=1</guid>'],
  ])('%s of strength %i: %s', async (kind, strength, element) => {
    const evidence = await fromRss(ownLink + element);
    expect(evidence).toMatchObject([{ kind, strength, says: 'original', targetSource: alpha.key }]);
  });

  test('a link to another group', async () => {
    expect(await fromRss('<link>https://alpha.example/1</link>')).toMatchObject([
      { kind: 'foreign-link', targetSource: alpha.key },
    ]);
  });

  test('FeedBurner’s real address is the item’s own: it says nothing of anybody', async () => {
    const burnt =
      '<link>https://feeds.example/~r/1</link><feedburner:origLink>https://beta.example/1</feedburner:origLink>';
    expect(await fromRss(burnt)).toEqual([]);
  });

  test('the group’s own elements say nothing', async () => {
    const own = '<source url="https://beta.example/feed">Beta</source><guid>https://beta.example/1</guid>';
    expect(await fromRss(ownLink + own)).toEqual([]);
  });

  test('a newswire is where it was found', async () => {
    expect(await fromRss(`${ownLink}<source url="https://wire.example/feed">Wire</source>`)).toMatchObject([
      { kind: 'source-element', says: 'via', targetSource: wire.key },
    ]);
  });
});

test('Atom’s source and via', async () => {
  const xml = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Beta</title><entry><id>tag:beta.example,2026:1</id><title>T</title>
    <link href="https://beta.example/1"/><link rel="via" href="https://alpha.example/1"/>
    <source><id>https://alpha.example/feed</id><title>Alpha</title><link rel="self" href="https://alpha.example/feed"/></source></entry></feed>`;
  const [one] = await itemsIn(xml, 'application/atom+xml');
  expect(one && evidenceOf(one).map(({ kind, strength, targetSource }) => [kind, strength, targetSource])).toEqual([
    ['source-element', 4, alpha.key],
    ['via-link', 4, alpha.key],
  ]);
});

test.each([
  ['an address', '<a class="u-repost-of" href="https://alpha.example/1">Alpha</a>'],
  ['a cite', '<div class="u-repost-of h-cite"><a class="u-url" href="https://alpha.example/1">Alpha</a></div>'],
])('an h-entry’s repost-of: %s', async (_, repost) => {
  const page = `<html><body><article class="h-entry"><h2 class="p-name">Eviction</h2><a class="u-url" href="/1">1</a>${repost}<p class="e-content">Text.</p></article></body></html>`;
  const [one] = await itemsIn(page, 'text/html');
  expect(one && evidenceOf(one)).toMatchObject([
    { kind: 'via-link', strength: 4, targetUrl: 'https://alpha.example/1' },
  ]);
});

describe('the first and the last link out of a text', () => {
  const linking = (html: string, title = 'Police clear the camp at the harbour'): readonly Evidence[] =>
    evidenceOf(item('1', { title, url: url('https://beta.example/1'), html }));
  const link = (href: string, text: string): string => `<p><a href="${href}">${text}</a></p>`;
  const text = '<p>The police came at dawn.</p>';

  test.each([
    ['by its words', link('https://alpha.example/?p=1', 'Police clear the camp')],
    ['by its address', link('https://alpha.example/2026/police-clear-the-camp-at-the-harbour.html', 'more')],
  ])('lead to a page that is called alike, %s', (_, last) => {
    const said = [{ kind: 'outbound-link', strength: 2, says: 'original', targetSource: alpha.key }];
    expect(linking(text + last)).toMatchObject(said);
    expect(linking(last + text)).toMatchObject(said);
  });

  test.each([
    ['to a page called otherwise', text + link('https://alpha.example/about-us', 'About us')],
    ['to a home page', text + link('https://alpha.example/', 'Police clear the camp at the harbour')],
    [
      'inside a quotation',
      `${text}<blockquote>${link('https://alpha.example/1', 'Police clear the camp')}</blockquote>`,
    ],
    [
      'between two others',
      `${link('https://a.example/1', 'a')}${link('https://alpha.example/1', 'Police clear the camp')}${link('https://b.example/1', 'b')}`,
    ],
    ['to a page of its own', text + link('https://beta.example/0', 'Police clear the camp at the harbour')],
  ])('say nothing where they lead %s', (_, html) => {
    expect(linking(html)).toEqual([]);
  });
});

describe('a name at the end', () => {
  test.each([
    ['of the title', 'Police clear the camp – Alpha Collective', '<p>Text.</p>'],
    ['of the last line', 'Camp', '<p>Text.</p><p>In Police clear the camp (Alpha Collective)</p>'],
  ])('%s', (_, title, html) => {
    expect(evidenceOf(item('1', { title, html }))).toMatchObject([{ kind: 'closing-name', targetSource: alpha.key }]);
  });

  test('of nobody, of oneself, or with nothing before it', () => {
    const titles = ['Police clear the camp – at last', 'Police clear the camp – Beta Relay', 'Alpha Collective'];
    expect(titles.flatMap((title) => evidenceOf(item('1', { title, html: '<p>Text.</p>' })))).toEqual([]);
  });
});

test('“View original post” under an own text is no credit', () => {
  const own = item('1', {
    url: url('https://old.beta.example/1'),
    html: '<p>Text.</p><p><a href="https://old.beta.example/1">View original post</a></p>',
  });
  expect(evidenceOf(own)).toEqual([]);
});

test('a stranger credited outright is told with the line to add', () => {
  const one = item('1', { html: '<p>Reposted from The Lighthouse Keepers;</p><p>Text.</p>' });
  const { problems, statements } = signalsOf(one, beta, undefined, directory);
  expect(problems).toMatchObject([
    { code: 'stories/unknown-credit', todo: expect.stringContaining('aliases: ["The Lighthouse Keepers"]') },
  ]);
  expect(statements).toMatchObject([
    { targetName: 'The Lighthouse Keepers', quote: 'Reposted from The Lighthouse Keepers;' },
  ]);
});

test('the words of a footer that names another blog are no part of what is compared', () => {
  const text = `<p>${'The police came at dawn and took the tents of all who slept there. '.repeat(5)}</p>`;
  const footer = '<p>The post Eviction appeared first on Alpha Collective.</p>';
  const keysOf = (html: string): readonly string[] =>
    signalsOf(item('1', { html }), beta, undefined, directory)
      .keys.filter(({ kind }) => kind === 'text')
      .map(({ key }) => key);
  expect(keysOf(text + footer)).toEqual(keysOf(text));
  expect(keysOf(text)).toHaveLength(1);
});
