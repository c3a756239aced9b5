import { describe, expect, test } from 'vitest';
import type { Entry, Item, Link } from '../../src/model.ts';
import { normaliseEntry, type ReadingContext } from '../../src/normalise/normalise.ts';
import { entryOf, labels, raw } from './entry.ts';

const now = Date.UTC(2026, 2, 10, 12);
const context: ReadingContext = {
  feed: { lang: 'en-US', home: 'https://harbour.example/', rights: undefined, authors: [], format: 'rss' },
  source: { name: 'Harbour Group', lang: undefined, hosts: [], tags: ['coast'], future: 'show' },
  sourceTitle: 'Harbour Group',
  documentUrl: 'https://harbour.example/feed/',
  now,
  guid: 'guid-1',
  hash: 'hash-1',
};

function read(said: Partial<Entry>, around: Partial<ReadingContext> = {}): { item: Item; codes: string[] } {
  const result = normaliseEntry(entryOf({ title: raw('A morning'), publishedText: '2026-03-09T08:00:00Z', ...said }), {
    ...context,
    ...around,
  });
  if (result.kind === 'dropped') throw new Error(result.problem.happened);
  return { item: result.item, codes: result.problems.map((problem) => problem.code) };
}

const alternate = (href: string, type?: string): Entry['links'][number] => ({ href, rel: 'alternate', type });

test('an ordinary entry becomes an item with nothing to report', () => {
  const { item, codes } = read({
    title: raw('Bread &amp; <b>soup</b>\n for all'),
    links: [alternate('https://harbour.example/2026/03/soup/?utm_source=rss')],
    content: raw(
      '<p>We <em>cook</em> <a href="/where">here</a>.</p><p>Come!</p><p>The post Bread appeared first on Harbour Group.</p>',
    ),
    authors: [{ name: 'Anna' }],
    categories: labels('Food'),
    rights: 'CC BY-SA',
  });
  expect(codes).toEqual([]);
  expect(item).toMatchObject({
    guid: 'guid-1',
    hash: 'hash-1',
    url: 'https://harbour.example/2026/03/soup/',
    urls: ['https://harbour.example/2026/03/soup/'],
    title: 'Bread & soup for all',
    html: '<p>We <em>cook</em> <a href="https://harbour.example/where" rel="noopener noreferrer nofollow ugc">here</a>.</p><p>Come!</p>',
    text: 'We cook here.\nCome!',
    isExcerpt: false,
    authors: ['Anna'],
    published: Date.UTC(2026, 2, 9, 8),
    publishedText: '2026-03-09T08:00:00Z',
    categories: ['Food', 'coast'],
    rights: 'CC BY-SA',
    dir: 'ltr',
  });
});

describe('what is dropped', () => {
  test('an entry with neither title nor text nor link, with a problem that names it', () => {
    const result = normaliseEntry(
      entryOf({ title: raw(' <script>x</script>'), content: raw('<p> </p>'), links: [alternate('javascript:x')] }),
      context,
    );
    expect(result).toMatchObject({
      kind: 'dropped',
      problem: { code: 'normalise/empty-entry', subject: { source: 'Harbour Group', entry: 'guid-1' } },
    });
  });

  test.each([
    ['title', { title: raw('T') }],
    ['link', { title: undefined, links: [alternate('https://harbour.example/a')] }],
    ['text', { title: undefined, content: raw('x') }],
    ['picture', { title: undefined, content: raw('<img src="/a.jpg">') }],
  ])('not one with only a %s', (_part, said) => {
    expect(read(said).item.guid).toBe('guid-1');
  });
});

describe('addresses', () => {
  test('origLink, then the page, then a guid that is one; each once', () => {
    const { item } = read({
      origLink: 'https://harbour.example/soup#x',
      links: [
        alternate('https://feeds.example/~r/soup'),
        alternate('https://harbour.example/soup.json', 'application/json'),
      ],
      guid: 'http://harbour.example/?p=7',
      guidIsUrl: true,
    });
    expect(item.urls).toEqual([
      'https://harbour.example/soup',
      'https://feeds.example/~r/soup',
      'http://harbour.example/?p=7',
    ]);
    expect(item.url).toBe(item.urls[0]);
  });

  test('a guid that is no address is none', () => {
    expect(read({ guid: 'https://harbour.example/?p=7', guidIsUrl: false }).item.urls).toEqual([]);
  });

  test('an unusable link costs the link and is reported', () => {
    const { item, codes } = read({ links: [alternate('javascript:alert(1)')] });
    expect(item.url).toBeUndefined();
    expect(codes).toEqual(['normalise/bad-link']);
    expect(read({ links: [alternate('javascript:x'), alternate('/a')] }).codes).toEqual([]);
  });

  test('where it came from is kept with the relation, its own address is not', () => {
    const { item } = read({
      links: [
        alternate('https://harbour.example/a'),
        { href: 'https://other.example/x?utm_source=a', rel: 'via' },
        { href: 'https://other.example/x', rel: 'via' },
        { href: 'https://harbour.example/a#top', rel: 'canonical' },
        { href: 'https://third.example/', rel: 'external' },
        { href: 'https://harbour.example/feed', rel: 'self' },
        { href: 'javascript:x', rel: 'related' },
      ],
      source: { title: ' Other\u202e  Group ', feedUrl: 'https://other.example/feed', home: 'javascript:x' },
    });
    expect(item.cites).toEqual([
      { rel: 'via', url: 'https://other.example/x' },
      { rel: 'external', url: 'https://third.example/' },
    ]);
    expect(item.source).toEqual({ title: 'Other Group', feedUrl: 'https://other.example/feed', home: undefined });
  });

  test('its pages in other languages are not its own', () => {
    const page = (path: string, hreflang?: string): Link => ({
      ...alternate(`https://harbour.example/${path}`),
      hreflang,
    });
    const other = (path: string): unknown => ({ rel: 'alternate', url: `https://harbour.example/${path}` });
    const both = [page('fr/a', 'fr'), page('en/a', 'en-GB')];
    const english = read({ links: both, lang: 'en' }).item;
    expect([english.urls, english.cites]).toEqual([['https://harbour.example/en/a'], [other('fr/a')]]);
    const unsaid = read({ links: both }).item;
    expect([unsaid.urls, unsaid.cites]).toEqual([['https://harbour.example/fr/a'], [other('en/a')]]);
    const plain = read({ links: [page('a'), page('ar/a', 'ar')], lang: 'en' }).item;
    expect([plain.urls, plain.cites]).toEqual([['https://harbour.example/a'], [other('ar/a')]]);
  });

  test('attachments: http(s), once, with believable type and size', () => {
    const url = 'https://harbour.example/a.mp3';
    const { item } = read({
      enclosures: [
        { url, type: 'Audio/MPEG', bytes: 12 },
        { url },
        { url: 'javascript:x' },
        { url: '/b.pdf', type: '"><script>', bytes: -1 },
      ],
    });
    expect(item.enclosures).toEqual([
      { url, type: 'audio/mpeg', bytes: 12, title: undefined },
      { url: 'https://harbour.example/b.pdf', type: undefined, bytes: undefined, title: undefined },
    ]);
  });

  test('relative links of a text belong to its page, unless the markup says otherwise', () => {
    const links = [alternate('https://harbour.example/2026/soup/')];
    expect(read({ links, content: raw('<img src="pot.jpg">') }).item.html).toContain(
      'https://harbour.example/2026/soup/pot.jpg',
    );
    expect(
      read({ links, content: { ...raw('<img src="pot.jpg">'), base: 'https://cdn.example/x/' } }).item.html,
    ).toContain('https://cdn.example/x/pot.jpg');
  });
});

describe('a title', () => {
  test.each([
    ['is no HTML', 'Camp <b>cleared</b> &amp; burnt', 'Camp cleared & burnt'],
    [
      'nor HTML that was escaped once too often',
      '&lt;b&gt;Camp&lt;/b&gt; cleared &amp;amp; burnt',
      'Camp cleared & burnt',
    ],
    ['nor references of the kind', 'Le camp de l&amp;#8217;été', 'Le camp de l’été'],
    ['keeps what only looks like it', 'Fewer than &lt; 5 tents, A&amp;B', 'Fewer than < 5 tents, A&B'],
    ['keeps what is written about it', 'Why we use &lt;details&gt; here', 'Why we use <details> here'],
    ['is empty where there is nothing to be seen', '\u200b&#8203;\u2800&shy;', ''],
  ])('%s', (_what, html, title) => {
    expect(read({ title: raw(html), content: raw('<p>x</p>') }).item.title).toBe(title);
  });

  test('is cut after a whole word, with a mark', () => {
    const { title } = read({ title: raw('Eviction '.repeat(100)) }).item;
    expect(title).toMatch(/^(Eviction )+Eviction…$/);
    expect(title.length).toBeLessThanOrEqual(500);
  });
});

describe('text', () => {
  test('the content comes before the summary; a summary stands in for an empty one', () => {
    expect(read({ content: raw('<p>full</p>'), summary: raw('short […]') }).item).toMatchObject({
      text: 'full',
      isExcerpt: false,
    });
    expect(read({ content: raw('<p>&nbsp;</p>'), summary: raw('short') }).item).toMatchObject({
      text: 'short',
      isExcerpt: false,
    });
  });

  test.each([
    ['a summary cut by a mark', { summary: raw('The first words [&#8230;]') }, true],
    ['a summary that ends in dots', { summary: raw('<p>The first words…</p>') }, true],
    [
      'a summary with a link to the rest',
      { summary: raw('<p>The first words</p><p><a href="/a">Read more</a></p>') },
      true,
    ],
    ['a summary that ends', { summary: raw('<p>All there is.</p>') }, false],
    ['a content that ends in dots for effect', { content: raw('<p>And so we wait…</p>') }, false],
    ['a content that is only a beginning', { content: raw('<p>The first words […]</p>') }, true],
  ])('%s', (_fact, said, isExcerpt) => {
    expect(read(said).item.isExcerpt).toBe(isExcerpt);
  });

  test('what a list page shows of a text is a beginning', () => {
    const feed = { ...context.feed, format: 'page' } as const;
    expect(read({ summary: raw('All there is.') }, { feed }).item.isExcerpt).toBe(true);
  });

  test('a footer that names another group stays: it says who wrote the text', () => {
    const footer = 'The post Bread appeared first on Another Group.';
    expect(read({ content: raw(`<p>x</p><p>${footer}</p>`) }).item.text).toBe(`x\n${footer}`);
  });
});

describe('people and labels', () => {
  test.each([
    [{ name: 'Anna' }, ['Anna']],
    [{ name: 'anna@harbour.example (Anna B.)' }, ['Anna B.']],
    [{ name: 'Anna B. <anna@harbour.example>' }, ['Anna B.']],
    [{ name: 'anna@harbour.example' }, []],
    [{ email: 'anna@harbour.example' }, []],
    [{ email: 'anna@harbour.example (Anna)' }, ['Anna']],
    [{ name: '@anna@social.example' }, ['@anna@social.example']],
    [{ name: ' \u202eAnna\n B ' }, ['Anna B']],
    [{ name: '' }, []],
  ])('%j', (person, names) => {
    expect(read({ authors: [person] }).item.authors).toEqual(names);
  });

  test('the feed’s authors stand in for missing ones; each once; not a crowd', () => {
    const feed = { ...context.feed, authors: [{ name: 'Harbour' }] };
    expect(read({}, { feed }).item.authors).toEqual(['Harbour']);
    expect(read({ authors: [{ name: 'Anna' }, { name: 'ANNA' }] }, { feed }).item.authors).toEqual(['Anna']);
    expect(
      read({ authors: Array.from({ length: 99 }, (_, index) => ({ name: `N${index}` })) }).item.authors,
    ).toHaveLength(20);
    expect(read({ authors: [{ name: 'x'.repeat(900) }] }).item.authors[0]?.length).toBeLessThanOrEqual(200);
  });

  test('thirty labels and the source’s own', () => {
    const { categories } = read({
      categories: labels('A', 'a', ' ', ...Array.from({ length: 60 }, (_, index) => `c${index}`)),
    }).item;
    expect(categories).toHaveLength(31);
    expect(categories.slice(0, 2)).toEqual(['A', 'c0']);
    expect(categories.at(-1)).toBe('coast');
  });
});

describe('dates', () => {
  const hour = 60 * 60 * 1_000;
  test.each([
    ['in the past', '2026-03-09T08:00:00Z', Date.UTC(2026, 2, 9, 8), []],
    ['a little ahead: now', '2026-03-10T14:00:00Z', now, []],
    ['more than a day ahead', '2026-03-12T14:00:00Z', undefined, ['normalise/future-date']],
    ['before there were feeds', 'Thu, 01 Jan 1970 00:00:00 GMT', undefined, ['normalise/no-date']],
    ['no date', 'soon', undefined, ['normalise/no-date']],
    ['missing', undefined, undefined, ['normalise/no-date']],
  ])('%s', (_fact, publishedText, published, problems) => {
    const { item, codes } = read({ publishedText });
    expect(item.published).toBe(published);
    expect(item.publishedText).toBe(publishedText);
    expect(codes).toEqual(problems);
  });

  test('the date of the last change stands in for a missing one, and is kept beside it', () => {
    const updatedText = '2026-03-09T09:00:00Z';
    expect(read({ publishedText: undefined, updatedText }).item).toMatchObject({
      published: now - 27 * hour,
      updated: now - 27 * hour,
    });
    expect(read({ publishedText: '2026-03-09T08:00:00Z', updatedText }).item).toMatchObject({
      published: now - 28 * hour,
      updated: now - 27 * hour,
    });
  });
});

describe('language', () => {
  const french = raw(
    '<p>Cette nuit la police a évacué le campement près du port. Nous demandons à toutes celles et ceux qui le peuvent d’apporter des vêtements secs.</p>',
  );
  const arabic = raw('<p>أخلت الشرطة الليلة الماضية المخيم القريب من الميناء وأخذت الخيام والبطانيات.</p>');

  test('what is heard beats the feed, and only the feed', () => {
    expect(read({ content: french }).item.lang).toBe('fr');
    expect(read({ content: french, lang: 'oc' }).item.lang).toBe('oc');
    expect(read({ content: french }, { source: { ...context.source, lang: 'br' } }).item.lang).toBe('br');
    expect(read({ content: { ...french, lang: 'oc' } }).item.lang).toBe('oc');
    expect(read({ content: { ...french, lang: 'en-US' } }).item.lang).toBe('fr'); // the feed's tag, handed down
  });

  test('what the entry says beats what is configured', () => {
    expect(read({ content: french, lang: 'fr_CA' }, { source: { ...context.source, lang: 'en' } }).item.lang).toBe(
      'fr-CA',
    );
  });

  test('a text too short to hear is what the feed says, or nothing', () => {
    expect(read({ content: raw('Calais') }).item.lang).toBe('en-US');
    expect(read({ content: raw('Calais') }, { feed: { ...context.feed, lang: undefined } }).item.lang).toBe('und');
  });

  test('Arabic is read from right to left whatever the feed says', () => {
    expect(read({ title: raw('المخيم'), content: arabic }).item).toMatchObject({
      lang: 'ar',
      dir: 'rtl',
      title: 'المخيم',
    });
  });

  test('what the settings say a source writes in is not believed of a text that is all in another', () => {
    const german = { source: { ...context.source, lang: 'de' } };
    expect(read({ title: raw('نداء'), content: arabic }, german).item).toMatchObject({
      lang: 'ar',
      langs: ['ar'],
      dir: 'rtl',
    });
    expect(read({ content: raw('Calais') }, german).item.langs).toEqual(['de']);
    expect(read({ content: { ...arabic, lang: 'de' } }, german).item.lang).toBe('de'); // said of this very text
  });

  test('a text in two languages is in both, and each paragraph in its own', () => {
    const { item } = read({ content: raw(`${french.html}${arabic.html}`) });
    expect(item).toMatchObject({ lang: 'fr', langs: ['fr', 'ar'], dir: 'ltr' });
    expect(item.html).toBe(`${french.html}${arabic.html.replace('<p>', '<p lang="ar" dir="rtl">')}`);
    expect(read({ content: french, lang: 'fr_CA' }).item.langs).toEqual(['fr-CA']);
  });
});
