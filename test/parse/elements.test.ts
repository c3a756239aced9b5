/** The tree of a document: what stands in it under whatever name, and what is told of markup that XML does not allow. */
import { describe, expect, test } from 'vitest';
import type { Parsed } from '../../src/model.ts';
import { parseDocument } from '../../src/parse/parse.ts';
import { expectLinear } from '../expect-linear.ts';

const read = async (xml: string): Promise<Parsed & { kind: 'feed' }> => {
  const parsed = await parseDocument(
    { body: Buffer.from(xml), contentType: undefined, url: 'https://feed.example/feed' },
    undefined,
  );
  if (parsed.kind !== 'feed') throw new Error(parsed.kind);
  return parsed;
};
const rss = (item: string): string =>
  `<rss version="2.0"><channel>\n<title>T</title>\n<item>${item}<title>Call</title></item></channel></rss>`;

describe('attributes', () => {
  test('without quotes or value, or with a < in one, are read, and told with their line', async () => {
    for (const tag of [
      '<enclosure url=https://a.example/x.mp3 length=3 />',
      `<enclosure url='https://a.example/x.mp3' length="3" hidden/>`,
      '<enclosure url="https://a.example/x.mp3" length="3" title="a < b"/>',
    ]) {
      const { feed, problems } = await read(rss(tag));
      expect(feed.entries[0]?.enclosures).toMatchObject([{ url: 'https://a.example/x.mp3', bytes: 3 }]);
      expect(problems).toMatchObject([{ code: 'parse/repaired', subject: { line: 3 } }]);
    }
  });

  test('written as XML wants them are no mistake; of two with one name the first counts', async () => {
    const { feed, problems } = await read(
      rss(`<enclosure\n url = 'https://a.example/x.mp3'\tlength="3" length="4" title="&gt; &#39;" ></enclosure>`),
    );
    expect(feed.entries[0]?.enclosures).toMatchObject([{ bytes: 3, title: "> '" }]);
    expect(problems).toEqual([]);
  });

  test.each([' ', ' a', ' a=', ' a="', ' a="b"', "='", ' a = "" '])('time is linear in “%s”', (part) =>
    expectLinear((size) => read(rss(`<x${part.repeat(size)}>`)).catch(() => undefined), 4_000),
  );
});

test('names that every object has are names like others', async () => {
  const odd = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', '$', '_'];
  const elements = odd.map((name) => `<${name} ${name}="x">y</${name}>`).join('');
  const { feed } = await read(rss(`${elements}<guid constructor="z">1</guid>`));
  expect(feed.entries).toMatchObject([{ guid: '1', title: { html: 'Call' } }]);
  expect(Object.getPrototypeOf({})).not.toHaveProperty('x');
});

test('a feed without a channel has no entries, and is none the worse for it', async () => {
  const { feed, problems } = await read('<rss version="2.0"></rss>');
  expect(feed.entries).toEqual([]);
  expect(problems).toEqual([]);
});
