/** Every vocabulary that says a thing, in every family of feeds, under a prefix that nobody is used to. */
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/parse/parse.ts';

const families: Readonly<Record<string, (feed: string, entry: string) => string>> = {
  'RSS 0.90': (feed, entry) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel>${feed}</channel><item>${entry}</item></rdf:RDF>`,
  'RSS 0.91, Netscape': (feed, entry) =>
    `<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>${feed}<item>${entry}</item></channel></rss>`,
  'RSS 0.92': (feed, entry) => `<rss version="0.92"><channel>${feed}<item>${entry}</item></channel></rss>`,
  'RSS 1.0': (feed, entry) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel>${feed}</channel><item>${entry}</item></rdf:RDF>`,
  'RSS 2.0': (feed, entry) => `<rss version="2.0"><channel>${feed}<item>${entry}</item></channel></rss>`,
  'Atom 0.3': (feed, entry) =>
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#">${feed}<entry>${entry}</entry></feed>`,
  'Atom 1.0': (feed, entry) => `<feed xmlns="http://www.w3.org/2005/Atom">${feed}<entry>${entry}</entry></feed>`,
};

const atom10 = 'http://www.w3.org/2005/Atom';
const atom03 = 'http://purl.org/atom/ns#';
const dublin10 = 'http://purl.org/dc/elements/1.0/';
const dublin11 = 'http://purl.org/dc/elements/1.1/';
const itunes = 'http://www.itunes.com/DTDs/Podcast-1.0.dtd';
const terms = 'http://purl.org/dc/terms/';

/** One element of a vocabulary, its prefix declared on the spot. */
function say(uri: string, name: string, inside: string, attributes = ''): string {
  const children = inside.replaceAll(/<(\/?)(\w)/g, '<$1zz:$2');
  return `<zz:${name} xmlns:zz="${uri}" ${attributes}>${children}</zz:${name}>`;
}

type Row = readonly [what: string, element: string, wanted: unknown];

const ofEntries: readonly Row[] = [
  ...[dublin10, dublin11, atom03, atom10].map(
    (uri): Row => [uri, say(uri, 'title', 'Said'), { title: { html: 'Said' } }],
  ),
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'creator', 'Said'), { authors: [{ name: 'Said' }] }]),
  ...[atom03, atom10].map(
    (uri): Row => [
      uri,
      say(uri, 'author', '<name>Said</name><email>a@group.example</email>'),
      { authors: [{ name: 'Said', email: 'a@group.example' }] },
    ],
  ),
  ['itunes:author', say(itunes, 'author', 'Said'), { authors: [{ name: 'Said' }] }],
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'subject', 'Said'), { categories: [{ term: 'Said' }] }]),
  [
    'atom:category',
    say(atom10, 'category', '', 'term="s" label="Said"'),
    { categories: [{ term: 's', label: 'Said' }] },
  ],
  ['itunes:category', say(itunes, 'category', '', 'text="Said"'), { categories: [{ term: 'Said' }] }],
  ['itunes:keywords', say(itunes, 'keywords', 'Said, twice'), { categories: [{ term: 'Said' }, { term: 'twice' }] }],
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'description', 'Said'), { summary: { html: 'Said' } }]),
  ...[atom03, atom10].map((uri): Row => [uri, say(uri, 'summary', 'Said'), { summary: { html: 'Said' } }]),
  ...['summary', 'subtitle'].map(
    (name): Row => [`itunes:${name}`, say(itunes, name, 'Said'), { summary: { html: 'Said' } }],
  ),
  ...[atom03, atom10].map((uri): Row => [uri, say(uri, 'content', 'Said'), { content: { html: 'Said' } }]),
  [
    'content:encoded',
    say('http://purl.org/rss/1.0/modules/content/', 'encoded', 'Said'),
    { content: { html: 'Said' } },
  ],
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'date', '2025-03-01'), { publishedText: '2025-03-01' }]),
  ['dcterms:issued', say(terms, 'issued', '2025-03-01'), { publishedText: '2025-03-01' }],
  ['dcterms:created', say(terms, 'created', '2025-03-01'), { publishedText: '2025-03-01' }],
  ['dcterms:modified', say(terms, 'modified', '2025-03-01'), { updatedText: '2025-03-01' }],
  ['atom:published', say(atom10, 'published', '2025-03-01'), { publishedText: '2025-03-01' }],
  ['atom:updated', say(atom10, 'updated', '2025-03-01'), { updatedText: '2025-03-01' }],
  ['atom:issued', say(atom03, 'issued', '2025-03-01'), { publishedText: '2025-03-01' }],
  ['atom:created', say(atom03, 'created', '2025-03-01'), { publishedText: '2025-03-01' }],
  ['atom:modified', say(atom03, 'modified', '2025-03-01'), { updatedText: '2025-03-01' }],
  ...[atom03, atom10].map((uri): Row => [uri, say(uri, 'id', 'urn:said'), { guid: 'urn:said' }]),
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'identifier', 'urn:said'), { guid: 'urn:said' }]),
  ...[atom03, atom10].map(
    (uri): Row => [
      uri,
      say(uri, 'link', '', 'href="https://group.example/1"'),
      { links: [{ href: 'https://group.example/1', rel: 'alternate' }] },
    ],
  ),
  ['dc:contributor', say(dublin11, 'contributor', 'Said'), { contributors: [{ name: 'Said' }] }],
  ['atom:contributor', say(atom10, 'contributor', '<name>Said</name>'), { contributors: [{ name: 'Said' }] }],
  ['dc:rights', say(dublin11, 'rights', 'Said'), { rights: 'Said' }],
  ['dc:language', say(dublin11, 'language', 'ku'), { lang: 'ku' }],
];

const ofFeeds: readonly Row[] = [
  ...[dublin10, dublin11, atom03, atom10].map((uri): Row => [uri, say(uri, 'title', 'Said'), { title: 'Said' }]),
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'description', 'Said'), { subtitle: 'Said' }]),
  ['atom:subtitle', say(atom10, 'subtitle', 'Said'), { subtitle: 'Said' }],
  ['atom:tagline', say(atom03, 'tagline', 'Said'), { subtitle: 'Said' }],
  ...['summary', 'subtitle'].map((name): Row => [`itunes:${name}`, say(itunes, name, 'Said'), { subtitle: 'Said' }]),
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'language', 'en-GB'), { lang: 'en-GB' }]),
  ...[dublin10, dublin11].map((uri): Row => [uri, say(uri, 'creator', 'Said'), { authors: [{ name: 'Said' }] }]),
  ...[atom03, atom10].map(
    (uri): Row => [uri, say(uri, 'author', '<name>Said</name>'), { authors: [{ name: 'Said' }] }],
  ),
  ...[atom03, atom10].map(
    (uri): Row => [uri, say(uri, 'link', '', 'href="https://group.example/"'), { home: 'https://group.example/' }],
  ),
  ['atom:id', say(atom10, 'id', 'urn:said'), { id: 'urn:said' }],
  ['atom:icon', say(atom10, 'icon', 'https://group.example/i.png'), { icon: 'https://group.example/i.png' }],
  [
    'itunes:image',
    say(itunes, 'image', '', 'href="https://group.example/i.png"'),
    { image: 'https://group.example/i.png' },
  ],
  ['dc:rights', say(dublin11, 'rights', 'Said'), { rights: 'Said' }],
];

async function read(xml: string): Promise<unknown> {
  return await parseDocument(
    { body: Buffer.from(xml), contentType: undefined, url: 'https://group.example/f' },
    undefined,
  );
}

describe.each(Object.keys(families))('%s', (family) => {
  const write = families[family];
  test.each(ofEntries)('an entry: %s, %s', async (_, element, wanted) => {
    expect(await read(write?.('', element) ?? '')).toMatchObject({ feed: { entries: [wanted] } });
  });
  test.each(ofFeeds)('a feed: %s, %s', async (_, element, wanted) => {
    expect(await read(write?.(element, '<title>One</title>') ?? '')).toMatchObject({ feed: wanted });
  });
});
