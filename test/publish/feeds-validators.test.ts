/** What validators refuse stands in no feed, whatever partners write; and a judge that would not notice is none. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderArchive, renderFeeds } from '../../src/publish/feeds/feeds.ts';
import { anySite, anyStory } from './any-story.ts';
import { complaints, ruleNames } from './feed-judge.ts';
import { original, section, site, story } from './feeds-story.ts';

const rssOf = (inItem: string, inChannel = ''): string =>
  `<rss version="2.0"><channel><title>T</title><description>D</description>${inChannel}<item><title>I</title><description>d</description><content:encoded>c</content:encoded>${inItem}</item></channel></rss>`;
const atomOf = (inEntry: string, inFeed = ''): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a.example,2026:f</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>${inFeed}<entry><id>tag:a.example,2026:e</id><title>E</title><updated>2026-01-01T00:00:00Z</updated><author><name>A</name></author><content type="html">c</content>${inEntry}</entry></feed>`;

/** A document that breaks each rule. */
const broken: Readonly<Record<string, string>> = {
  InvalidContact: rssOf('<author>Amal</author>'),
  'MissingAttribute term': atomOf('<category label="x"/>'),
  InvalidLanguage: rssOf('', '<language>ckb</language>'),
  UndefinedElement: rssOf('<atom:source/>'),
  DuplicateElement: rssOf('<dc:language>en</dc:language><dc:language>fr</dc:language>'),
  'DuplicateValue, DuplicateEntries': rssOf('<guid>1</guid>').replace(
    '</channel>',
    '<item><guid>1</guid></item></channel>',
  ),
  NeedDescriptionBeforeContent: rssOf('').replace('<description>d</description>', ''),
  DuplicateItemSemantics: rssOf('<pubDate>x</pubDate><dc:date>y</dc:date>'),
  MissingElement: atomOf('').replace('<author><name>A</name></author>', ''),
  MissingSourceElement: atomOf('<source><title>x</title></source>'),
  UnknownNamespace: rssOf('<x:y xmlns:x="https://x.example/"/>'),
  AvoidNamespacePrefix: atomOf('<atom:link xmlns:atom="http://www.w3.org/2005/Atom"/>'),
  'ContainsRelRef, SecurityRisk, DangerousStyleAttr': rssOf('').replace('>c<', '>&lt;p style="position:fixed"&gt;<'),
  ContainsHTML: rssOf('').replace('>I<', '>&lt;b&gt;I&lt;/b&gt;<'),
  ContainsEmail: atomOf('').replace('>A<', '>A &lt;a@b.example&gt;<'),
  DuplicateEnclosure: rssOf('<enclosure url="https://a.example/"/><enclosure url="https://a.example/"/>'),
  InvalidURLAttribute: rssOf('<enclosure url="https://localhost/x"/>'),
  InvalidFullLink: rssOf('<link>https://a.example/[x]</link>'),
  NonCanonicalURI: atomOf('<source><id>https://a.example/%7e</id></source>'),
  ImplausibleDate: rssOf('<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>'),
  BadCharacters: rssOf('\ufffd'),
  NotBlank: rssOf('<category> </category>'),
  DuplicateAtomLink: atomOf(
    '<link rel="alternate" href="https://a.example/"/><link rel="alternate" href="https://b.example/"/>',
  ),
  'MisplacedItem, MisplacedMetadata': rssOf('').replace(
    '</channel>',
    '<atom:link href="https://a.example/"/></channel>',
  ),
  'ArchiveIncomplete, MissingCurrentInArchive': atomOf(
    '',
    '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>',
  ),
  sniffing: `<?xml version="1.0"?><!--${' '.repeat(600)}-->${rssOf('')}`,
  SelfDoesntMatchLocation: rssOf('', '<atom:link rel="self" href="https://b.example/"/>'),
};

describe('the judge', () => {
  test('has a document that breaks each of its rules', () => {
    expect(Object.keys(broken).sort()).toEqual(ruleNames().sort());
  });

  test.each(Object.entries(broken))('notices %s', (name, xml) => {
    expect(complaints(xml, name === 'SelfDoesntMatchLocation' ? 'https://a.example/' : undefined)).toContainEqual(
      expect.stringMatching(new RegExp(`^${name}: `)),
    );
  });
});

const schema = JSON.parse(readFileSync(new URL('json-feed.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true }).compile(schema);

function faultsOfJson(json: string): string[] {
  return validate(JSON.parse(json)) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

describe('no feed of ours breaks a rule', () => {
  const judged = (where: ReturnType<typeof site>, one: ReturnType<typeof section>): string[] => {
    const { rss, atom, json } = renderFeeds(where, one);
    const self = (file: string): string | undefined =>
      where.site.url === undefined ? undefined : new URL(`calais/${file}`, where.site.url).href;
    return [...complaints(rss, self('feed.xml')), ...complaints(atom, self('atom.xml')), ...faultsOfJson(json)];
  };

  test('whatever partners write', () => {
    fc.assert(
      fc.property(anySite, fc.array(anyStory, { maxLength: 3 }), (where, stories) => {
        const numbered = stories.map((one, index) => ({ ...one, id: `tag:news.example,2026:story/${index}` }));
        expect(judged(where, section(numbered))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, Parameters<typeof story>[0]]>([
    ['a group without a feed', { original: { ...original, feed: undefined, isHeld: false } }],
    [
      'a stranger of whom only the name is known',
      { original: { ...original, group: { name: 'Lantern Street', url: undefined }, feed: undefined, isHeld: false } },
    ],
    [
      'a feed whose address is escaped',
      { original: { ...original, feed: { url: 'https://a.example/%e4', title: '' } } },
    ],
    ['a title that is markup', { title: 'Use <b>bold</b>, &amp; and &#60;', heading: 'x' }],
    ['a text in two languages', { lang: 'ckb', langs: ['ckb', 'prs'] }],
    ['a file on a host without a dot', { enclosures: [{ url: 'http://intranet/a.mp3' }] }],
    ['an author with a mail address', { original: { ...original, authors: ['Amal <amal@example.org>'] } }],
  ])('%s', (_what, changes) => {
    expect(judged(site(), section([story(changes)]))).toEqual([]);
  });

  test('the schema notices what is missing', () => {
    expect(
      faultsOfJson('{"version":"https://jsonfeed.org/version/1","title":"T","items":[{"id":"1","author":{}}]}').length,
    ).toBeGreaterThan(4);
  });

  test('a document of an archive', () => {
    const place = { number: 2, previous: 1, next: 3 };
    const { atom, json } = renderArchive(site(), section([story()]), place);
    expect(complaints(atom, 'https://news.example/calais/archive/2.xml')).toEqual([]);
    expect(faultsOfJson(json)).toEqual([]);
    expect(JSON.parse(json)).toMatchObject({
      feed_url: 'https://news.example/calais/archive/2.json',
      next_url: 'https://news.example/calais/archive/1.json',
    });
    const first = renderArchive(site(), section([story()]), { number: 1, previous: undefined, next: undefined });
    expect(complaints(first.atom, 'https://news.example/calais/archive/1.xml')).toEqual([]);
  });

  test('an empty feed', () => {
    expect(judged(site(), section([]))).toEqual([]);
  });
});
