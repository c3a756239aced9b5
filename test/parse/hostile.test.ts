/** Documents made to hang, to exhaust or to confuse: each is answered quickly, and costs no more than itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Feed, Parsed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { expectLinear } from '../expect-linear.ts';

const parse = (text: string, page?: { item: string }): Promise<Parsed> =>
  parseDocument({ body: Buffer.from(text), contentType: undefined, url: 'https://feed.example/feed' }, page);

async function parseFeed(text: string): Promise<Feed> {
  const parsed = await parse(text);
  if (parsed.kind !== 'feed') throw new Error(JSON.stringify(parsed));
  return parsed.feed;
}

const item = (inside: string): string => `<item>${inside}</item>`;
const rss = (inside: string): string =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>${inside}</channel></rss>`;
const entry = (at: number): string =>
  item(`<title>Entry ${at}</title><guid>g${at}</guid><description>Text of ${at} &amp; more</description>`);

// Libraries load on first use; what is measured below is parsing.
beforeAll(async () => {
  await parse(rss(item('<title>a & b <br></title>')));
});

describe('texts that make regular expressions backtrack', () => {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const pieces = [
    'a<h',
    '<p',
    '<a href="',
    '&#1',
    '&a',
    '<b ',
    '@',
    'a@',
    '<!--',
    '<![CDATA[',
    '( ',
    '<meta ',
    '<?xml ',
    'domain a.b ',
    'Warning: in /',
    '<title>domain ',
    ' | ',
    '<!ENTITY a "',
    '{"a',
    '[[',
    '/*',
  ];
  const bomb = (piece: string, size: number): string => piece.repeat(Math.ceil(size / piece.length));

  test.each(pieces)('%s, in every text', async (piece) => {
    const texts = 'title description content:encoded author category guid link pubDate source'.split(' ');
    await expectLinear((size) => {
      const text = escaped(bomb(piece, size));
      return parse(rss(item(texts.map((name) => `<${name}>${text}</${name}>`).join(''))));
    }, 20_000);
    await expectLinear((size) => {
      const text = escaped(bomb(piece, size));
      const elements = ['title', 'summary', 'content', 'id', 'updated', 'rights', 'subtitle'].map(
        (name) => `<${name} type="html">${text}</${name}>`,
      );
      return parse(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${elements.join('')}</entry></feed>`);
    }, 20_000);
  });

  test.each(pieces)('%s, in the open', async (piece) => {
    await expectLinear((size) => parse(rss(item(`<description>${bomb(piece, size)}</description>`))), 20_000);
    await expectLinear((size) => parse(bomb(piece, size)), 40_000);
    await expectLinear((size) => parse(`<html><head>${bomb(piece, size)}`), 20_000);
    await expectLinear((size) => parse(`{"version":"https://jsonfeed.org/version/1","x":${bomb(piece, size)}`), 40_000);
    await expectLinear((size) => parse(`<!DOCTYPE rss [${bomb(piece, size)}]>${rss('')}`), 40_000);
  });
});

describe('size and depth', () => {
  test('elements nested a hundred thousand deep are refused at once', async () => {
    const deep = (depth: number): string => rss(item(`${'<x>'.repeat(depth)}${'</x>'.repeat(depth)}`));
    expect(await parse(deep(100_000))).toMatchObject({ kind: 'failed', problem: { code: 'parse/broken-xml' } });
    await expectLinear((depth) => parse(deep(depth)), 25_000);
  });

  test('a title of twenty megabytes is cut', async () => {
    const feed = await parseFeed(rss(`${item(`<title>${'x'.repeat(20_000_000)}</title>`)}${entry(2)}`));
    expect(feed.entries.map(({ title }) => title?.html.length)).toEqual([5_000, 7]);
  });

  test('two hundred levels inside an article are read', async () => {
    const feed = await parseFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">${'<div>'.repeat(200)}x${'</div>'.repeat(200)}</content></entry></feed>`,
    );
    expect(feed.entries[0]?.content?.html).toContain('x');
  });

  test('more than half a million elements are refused', async () => {
    expect(await parse(rss('<a/>'.repeat(500_100)))).toMatchObject({
      kind: 'failed',
      problem: { code: 'parse/broken-xml' },
    });
  });

  test.each([
    ['with values', (at: number) => ` a${at}="x > y"`],
    ['without quotes', (at: number) => ` a${at}=x`],
    ['without values', (at: number) => ` a${at}`],
  ])('more than 256 attributes on one element are refused, %s', async (_, attribute) => {
    const tag = (count: number): string =>
      rss(`<item><title>One</title><link${Array.from({ length: count }, (_, at) => attribute(at)).join('')}/></item>`);
    expect((await parse(tag(256))).kind).toBe('feed');
    expect(await parse(tag(257))).toMatchObject({
      kind: 'failed',
      problem: { code: 'parse/broken-xml', happened: expect.stringContaining('more than 256 attributes') },
    });
  });

  test.each([
    ['one long name', (size: number) => 'a'.repeat(size)],
    ['one long unfinished value', (size: number) => `a="${'b'.repeat(size)}`],
    ['many names', (size: number) => 'a '.repeat(size / 2)],
    ['many attributes', (size: number) => 'a="b" '.repeat(size / 6)],
    ['many signs', (size: number) => '= '.repeat(size / 2)],
    ['much space', (size: number) => `a${' '.repeat(size)}`],
    ['a vocabulary of slashes', (size: number) => `xmlns:x="a${'/'.repeat(size)}b"`],
  ])('%s in a tag, at a cost that grows with its length', async (_, inside) => {
    await expectLinear((size) => parse(`<rss version="2.0" ${inside(size)}><channel/></rss>`), 60_000);
    await expectLinear((size) => parse(rss(`<item><link ${inside(size)} xmlns:a="b"/></item>`)), 60_000);
  });

  test('of 1,200 entries without a date the first thousand are kept', async () => {
    const parsed = await parse(rss(Array.from({ length: 1_200 }, (_, at) => entry(at)).join('')));
    expect(parsed).toMatchObject({ kind: 'feed', problems: [{ code: 'parse/too-many-entries' }] });
    expect(parsed.kind === 'feed' && parsed.feed.entries.map(({ guid }) => guid)).toEqual(
      Array.from({ length: 1_000 }, (_, at) => `g${at}`),
    );
  });

  test('JSON nested 100,000 deep is answered', async () => {
    const parsed = await parse(
      `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    );
    expect(parsed.kind).not.toBe('page');
  });

  test('a page of 50,000 open elements is answered', async () => {
    const open = (count: number): string => Array.from({ length: count }, (_, at) => `<b id="${at}">`).join('');
    await expectLinear((count) => parse(`<html><body>${open(count)}<li>x`, { item: 'li' }), 12_500);
  });

  test('texts are cut at a mebibyte, titles at five thousand characters', async () => {
    const feed = await parseFeed(
      rss(item(`<title>${'é'.repeat(9_000)}</title><description>${'d'.repeat(2_000_000)}</description>`)),
    );
    expect(feed.entries[0]?.title?.html).toHaveLength(5_000);
    expect(feed.entries[0]?.summary?.html).toHaveLength(1_048_576);
  });

  test('an attribute of 100,000 characters costs that attribute', async () => {
    const feed = await parseFeed(
      rss(item(`<guid>g</guid><enclosure url="data:${'x'.repeat(100_000)}"/><title>kept</title>`)),
    );
    expect(feed.entries[0]).toMatchObject({ guid: 'g', title: { html: 'kept' } });
  });
});

describe('names and entities', () => {
  test('a billion laughs stay references', async () => {
    const levels = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
    const feed = await parseFeed(
      `<!DOCTYPE rss [<!ENTITY l0 "ha">${levels}]>${rss(item('<title>&l10;</title><guid>g</guid>'))}`,
    );
    expect(feed.entries[0]?.title?.html).toBe('&l10;');
  });

  test('an external entity names no file', async () => {
    const feed = await parseFeed(
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss(item('<title>&x;</title>'))}`,
    );
    expect(feed.entries[0]?.title?.html).toBe('&amp;x;');
  });

  test('elements and members named like parts of a prototype are nothing special', async () => {
    const inside =
      '<__proto__><guid>evil</guid></__proto__><constructor>c</constructor><toString>t</toString><hasOwnProperty/><guid>g</guid>';
    const feed = await parseFeed(rss(`${item(inside)}<__proto__ polluted="yes"/>`));
    expect(feed.entries.map(({ guid }) => guid)).toEqual(['g']);
    const json = await parse(
      '{"version":"https://jsonfeed.org/version/1","__proto__":{"title":"x"},"items":[{"id":"1","__proto__":{"polluted":1}}]}',
    );
    expect(json).toMatchObject({ kind: 'feed', feed: { title: undefined, entries: [{ guid: '1' }] } });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('characters that XML does not allow reach no text', async () => {
    const feed = await parseFeed(
      rss(item('<title>a\u0000b\u0007c\ufffed&#1;&#xD83D;\u009d</title><guid>g\u001b[31m</guid>')),
    );
    expect(feed.entries[0]).toMatchObject({ title: { html: 'abcd' }, guid: 'g[31m' });
  });
});

describe('one bad entry costs itself', () => {
  test('in RSS and Atom: bad dates, links without address, nothing at all', async () => {
    const atom = await parse(`<feed xmlns="http://www.w3.org/2005/Atom">
      <entry><id>1</id><updated>never</updated><link/><link rel="alternate"/><title/></entry><entry/><entry><id>3</id></entry></feed>`);
    expect(atom).toMatchObject({
      feed: { entries: [{ guid: '1', updatedText: 'never', links: [] }, { guid: '3' }] },
      problems: [{ code: 'parse/entry-skipped', subject: { entry: 'number 2' } }],
    });
    const two = await parse(rss(`${item('')}${entry(2)}`));
    expect(two).toMatchObject({ feed: { entries: [{ guid: 'g2' }] }, problems: [{ code: 'parse/entry-skipped' }] });
  });

  test('a document cut anywhere keeps the entries that are whole, and no half ones', async () => {
    const whole = `<?xml version="1.0"?>${rss([1, 2, 3].map(entry).join('\n'))}`;
    const ends = [1, 2, 3].map((at) => whole.indexOf('</item>', whole.indexOf(`Text of ${at} `)) + '</item>'.length);
    for (let length = whole.indexOf('<item>'); length < whole.length; length += 7) {
      const parsed = await parse(whole.slice(0, length));
      const complete = ends.filter((end) => end <= length).length;
      const guids = parsed.kind === 'feed' ? parsed.feed.entries.map(({ guid }) => guid) : [];
      expect(guids, `cut at ${length}`).toEqual(['g1', 'g2', 'g3'].slice(0, complete));
    }
  });
});

describe('documents that are no feed are named', () => {
  test.each([
    ['', 'parse/empty', ''],
    [' \n\u0000 ', 'parse/empty', ''],
    ['GIF89a....', 'parse/not-a-feed', 'an image'],
    ['%PDF-1.7', 'parse/not-a-feed', 'a PDF document'],
    [
      '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
      'parse/not-a-feed',
      'a sitemap',
    ],
    ['<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>', 'parse/not-a-feed', 'a SOAP message'],
    [
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
      'parse/not-a-feed',
      'an RDF document without a channel',
    ],
    ['{"error": "gone"}', 'parse/not-a-feed', 'an error message in JSON (gone)'],
    ['{"error": "Cannot open /srv/www/feed.db"}', 'parse/not-a-feed', ': an error message in JSON'],
    ['{"error": {"code": 404}}', 'parse/not-a-feed', 'an error message in JSON'],
    ['{"errors": ["no"]}', 'parse/not-a-feed', 'an error message in JSON'],
    ['{"message": "Not Found"}', 'parse/not-a-feed', 'JSON that is no JSON Feed'],
    ['{"error": false, "code": "x"}', 'parse/not-a-feed', 'JSON that is no JSON Feed'],
    ['{"version": "https://jsonfeed.org/version/1", "items": <p>', 'parse/broken-json', ''],
    ['Service unavailable', 'parse/not-a-feed', 'plain text'],
  ])('%s', async (text, code, named) => {
    const parsed = await parse(text);
    expect(parsed).toMatchObject({ kind: 'failed', problem: { code } });
    expect(parsed.kind === 'failed' && parsed.problem.happened).toContain(named);
  });
});
