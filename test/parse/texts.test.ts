import { describe, expect, test } from 'vitest';
import type { Feed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { expectLinear } from '../expect-linear.ts';

const url = 'https://feed.example/feed';
const words = 'At dawn they came to the warehouse by the harbour, and this is what we saw of it. ';

async function read(xml: string): Promise<Feed> {
  const parsed = await parseDocument({ body: Buffer.from(xml), contentType: undefined, url }, undefined);
  if (parsed.kind !== 'feed') throw new Error(parsed.kind);
  return parsed.feed;
}

const rss = (item: string, attributes = ''): string =>
  `<rss version="2.0"${attributes}><channel><title>T</title><item>${item}</item></channel></rss>`;
/** A declaration for which a document is rewritten. */
const unusual = ' xmlns:x="http://purl.org/dc/elements/1.1/"';

describe.each([
  ['as it is', ''],
  ['rewritten', unusual],
])('a long text of a document that is read %s', (_, attributes) => {
  test.each([
    ['a section', `<![CDATA[${words}<b>&amp; ]] > more</b>]]>`, `${words}<b>&amp; ]] > more</b>`],
    ['escaped', `${words}&lt;b&gt;&amp;amp; &#8230;&#x2026;&quot;&apos;&lt;/b&gt;`, `${words}<b>&amp; ……"'</b>`],
    ['both', `${words}&lt;<![CDATA[${words}]]>&gt;${words}`, `${words}<${words}>${words.trim()}`],
    ['behind white space', `${' '.repeat(100)}<![CDATA[${words}]]>${'\n'.repeat(100)}`, words.trim()],
    ['beside a comment', `${words}<!-- ${words} <![CDATA[ -->${words}`, `${words}${words.trim()}`],
  ])('%s', async (_name, written, said) => {
    const { entries } = await read(rss(`<description>${written}</description><guid>1</guid>`, attributes));
    expect(entries.map(({ summary, guid }) => [summary?.html, guid])).toEqual([[said, '1']]);
  });

  test('no document can name a text that it does not hold', async () => {
    const { entries } = await read(
      rss(`<title>a\ufffe0\ufffe&#xfffe;0&#xfffe;b</title><description><![CDATA[${words}]]></description>`, attributes),
    );
    expect(entries[0]?.title?.html).toBe('a00b');
  });

  test.each([
    '<!-- <![CDATA[ --><title>a&#xfffe;0&#xfffe;b</title>',
    '<title x="<![CDATA[">a&#65534;0&#65534;b</title><guid y="]]>"/>',
    '<?x <![CDATA[ ?><title>a&#xFFFE;0&#x0FFFE;b</title>',
  ])('nor where it hides from those who mend references: %s', async (title) => {
    const { entries } = await read(rss(`${title}<description><![CDATA[${words}]]></description>`, attributes));
    expect(entries[0]?.title?.html).toBe('a0b');
  });

  test.each([
    ['controls', '\u0001\u007f\u0085', '\n'],
    ['references to controls', '&#1;&#127;&#129;&#x8d;', ''],
    ['references to noncharacters', '&#xfdd0;&#64991;&#xfffe;', ''],
    ['halves of characters', '&#56320;&#xd800;a', 'a'],
    ['in a section', '<![CDATA[\u0001&#1;]]>', '&#1;'],
    ['behind what hides a section', '<!-- <![CDATA[ -->&#xfdd0;&#1;&#129;', ''],
  ])('holds nothing that XML has no place for: %s', async (_name, written, left) => {
    const { entries } = await read(
      rss(`<description>${words}${written}${words}</description><title>a${written}b</title>`, attributes),
    );
    expect(entries[0]?.summary?.html).toBe(`${words}${left}${words.trim()}`);
    expect(entries[0]?.title?.html.replace('&amp;', '&')).toBe(`a${left}b`);
  });

  test('white space between elements is none of their text', async () => {
    const space = '\n'.repeat(200);
    const { entries } = await read(rss(`${space}<guid>1</guid>${space}<title>${space}</title>${space}`, attributes));
    expect(entries.map(({ guid, title }) => [guid, title])).toEqual([['1', undefined]]);
  });
});

test.each([
  '<![CDATA[',
  `<description><![CDATA[${words}]]></description>`,
  `<title>${words}&amp;</title>`,
  `${words}&lt;`,
])('time is linear in “%s”', (part) =>
  expectLinear(
    (size) => parseDocument({ body: Buffer.from(rss(part.repeat(size))), contentType: undefined, url }, undefined),
    2_000,
  ),
);

describe('what an address inside a text is relative to', () => {
  const text =
    '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">&lt;a href="#fn1"&gt;1&lt;/a&gt;</content:encoded>';
  const channel = (attributes: string): string =>
    `<rss version="2.0"${attributes}><channel><title>T</title><link>https://feed.example/</link><item><link>/2026/soup/</link>${text}</item></channel></rss>`;
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'T',
    home_page_url: 'https://feed.example/',
    items: [{ id: '1', url: '/2026/soup/', content_html: '<a href="#fn1">1</a>' }],
  });

  test.each([
    ['nobody says', channel(''), undefined],
    ['the feed says', channel(' xml:base="https://cdn.example/x/"'), 'https://cdn.example/x/'],
    ['JSON cannot say', json, undefined],
  ])('%s', async (_, document, base) => {
    const [entry] = (await read(document)).entries;
    expect(entry?.content?.base).toBe(base);
    expect(entry?.links.map(({ href }) => href)).toEqual([new URL('/2026/soup/', base ?? url).href]);
  });
});
