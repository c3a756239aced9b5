/** What is said of the rights in a text: by its element, by a link in it, or by its feed for those that say nothing. */
import { expect, test } from 'vitest';
import { normaliseEntry } from '../../src/normalise/normalise.ts';
import { licencesOf } from '../../src/normalise/rights.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { source } from '../stories/builders.ts';
import { raw } from './entry.ts';

const url = 'https://group.example/feed';
const by = 'https://creativecommons.org/licenses/by/4.0/';
const nd = 'https://creativecommons.org/licenses/by-nd/4.0/';

async function rightsIn(
  document: string,
  page?: { readonly item?: string; readonly title?: string },
): Promise<(string | undefined)[]> {
  const parsed = await parseDocument({ body: Buffer.from(document), contentType: undefined, url }, page);
  if (parsed.kind !== 'feed') throw new Error(JSON.stringify(parsed));
  const { feed } = parsed;
  return feed.entries.map((entry, at) => {
    const context = {
      feed,
      source: source(url),
      sourceTitle: undefined,
      documentUrl: url,
      now: 0,
      guid: `g${at}`,
      hash: '',
    };
    const read = normaliseEntry(entry, context);
    return read.kind === 'item' ? read.item.rights : 'dropped';
  });
}

const rss = (channel: string, ...items: readonly string[]): string =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:cc="http://creativecommons.org/ns#" xmlns:old="http://web.resource.org/cc/" xmlns:creativeCommons="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel><title>G</title>${channel}${items.map((inside, at) => `<item><title>T${at}</title>${inside}</item>`).join('')}</channel></rss>`;
const linked = `<description><![CDATA[<p>Words. <a rel="license nofollow" href="${nd}">Licence</a></p>]]></description>`;

test.each<[string, string, readonly (string | undefined)[]]>([
  [
    'an item’s own word, else the channel’s',
    rss('<copyright>All rights reserved</copyright>', `<cc:license>${by}</cc:license>`, ''),
    [by, 'All rights reserved'],
  ],
  [
    'every vocabulary',
    rss(
      '',
      `<old:license rdf:resource="${nd}"/>`,
      `<creativeCommons:license>${nd}</creativeCommons:license>`,
      `<dcterms:license>${nd}</dcterms:license>`,
      '<dcterms:rights>Mine</dcterms:rights>',
      '<copyright>Mine</copyright>',
      '<dc:rights>Mine</dc:rights>',
    ),
    [nd, nd, nd, 'Mine', 'Mine', 'Mine'],
  ],
  [
    'a link in the text, beside an element',
    rss(`<copyright>Theirs</copyright>`, linked, `<dc:rights>Mine</dc:rights>${linked}`),
    [nd, `Mine ${nd}`],
  ],
  [
    'Atom',
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><id>g</id><rights>Theirs</rights><entry><id>1</id><title>T</title><link rel="license" href="${nd}"/></entry><entry><id>2</id><title>T</title><rights>Mine</rights></entry><entry><id>3</id><title>T</title></entry></feed>`,
    [nd, 'Mine', 'Theirs'],
  ],
  [
    'JSON Feed, and another Relais',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'G',
      copyright: 'Theirs',
      items: [
        { id: '1', title: 'T', _relais: { licence: { url: nd, text: 'CC BY-ND 4.0' } } },
        { id: '2', title: 'T', license: by },
        { id: '3', title: 'T' },
      ],
    }),
    [`CC BY-ND 4.0 ${nd}`, by, 'Theirs'],
  ],
  [
    'h-entry',
    `<html><head><link rel="license" href="${by}"></head><body><div class="h-entry"><h2 class="p-name">T</h2><a class="u-license" href="${nd}">L</a></div><div class="h-entry"><h2 class="p-name">U</h2></div></body></html>`,
    [nd, by],
  ],
])('%s', async (_what, document, expected) => {
  expect(await rightsIn(document, document.startsWith('<html>') ? {} : undefined)).toEqual(expected);
});

test('a page read by selectors', async () => {
  const page = `<html><body><article><h2><a href="/1">One</a></h2><a rel="license" href="${nd}">L</a></article><article><h2><a href="/2">Two</a></h2><figure><a rel="license" href="${nd}">photo</a></figure></article><footer><a rel="license" href="${by}">all</a></footer></body></html>`;
  expect(await rightsIn(page, { item: 'article', title: 'h2' })).toEqual([nd, by]);
});

test('links of a text: absolute, of the web, of the text and not of its pictures, and no more than three', () => {
  const read = (html: string): readonly string[] => licencesOf(raw(html), 'https://group.example/post/');
  expect(read('<a rel="license" href="../terms">x</a>')).toEqual(['https://group.example/terms']);
  expect(read('<a rel="license" href="javascript:alert(1)">x</a><a rel="licensed" href="/x">y</a>')).toEqual([]);
  expect(read(`<figure><a rel="license" href="${by}">photo</a></figure><a rel="license" href="${nd}">x</a>`)).toEqual([
    nd,
  ]);
  expect(read(Array.from({ length: 50 }, (_, at) => `<a rel=license href="/${at}">x</a>`).join(''))).toHaveLength(3);
});
