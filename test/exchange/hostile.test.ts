/** A list from anybody: whatever is in it, there is an answer, soon. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImport } from '../../src/exchange/read.ts';
import { expectLinear } from '../expect-linear.ts';

const pieces = [
  '<opml>', '<body>', '</body>', '<outline ', '/>', '>', '</outline>', 'xmlUrl="http://a.example/"', "text='x", '&amp;', '&x;', '&#0;',
  '<![CDATA[', ']]>', '<!--', '-->', '<!DOCTYPE opml [<!ENTITY a "b">]>', 'xmlns:frss="https://freshrss.org/opml"', 'frss:xPathItem="//a[',
  '[Planet]', '[http://a.example/feed]', '\n', ' ', '=', ':', 'name', '%(name)s', 'feed = http://a.example/', 'sources:', '- href: ', '"', '{', '[',
  '\u0000', '\ud800', 'http://', `\${A}`, '\u202e', '__proto__', 'constructor',
]; // biome-ignore format: a list of scraps reads better in rows

test('scraps of every form come to an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }), async (scraps) => {
      const read = await readImport(Buffer.from(scraps.join('')));
      expect(['list', 'refused']).toContain(read.kind);
    }),
    { numRuns: 2_000 },
  );
});

test('so do bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(['list', 'refused']).toContain((await readImport(bytes)).kind);
    }),
  );
});

async function answer(text: string): Promise<string> {
  const read = await readImport(Buffer.from(text));
  return read.kind === 'refused' ? `${read.line}: ${read.why}` : read.list.sources.map(({ url }) => url).join(' ');
}

describe('what is meant badly', () => {
  test('an entity is never expanded, and no file is fetched', async () => {
    const bomb = '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const read = await readImport(
      Buffer.from(`${bomb}<opml><body><outline text="&b;&f;" xmlUrl="http://a.example/"/></body></opml>`),
    );
    expect(read.kind === 'list' && read.list.sources[0]?.settings.name).toBe('&b;&f;');
  });

  test('folders without end are refused, with their line', async () => {
    const text = `<opml><body>\n${'<outline text="a">\n'.repeat(100)}</body></opml>`;
    expect(await answer(text)).toMatch(/^6[0-9]: its folders are nested more than 64 deep/);
  });

  test('more outlines than anybody has are refused', async () => {
    const text = `<opml><body>${'<outline xmlUrl="http://a.example/"/>'.repeat(20_001)}</body></opml>`;
    expect(await answer(text)).toContain('more than 20000 outlines');
  });

  test.each([
    ['a feed', '<?xml version="1.0"?><rss version="2.0"><channel/></rss>', 'it is a feed and no list of feeds'],
    ['a page', '<!doctype html><html><body>x</body></html>', 'it is a web page and no list of feeds'],
    ['JSON', '{"feeds": []}', 'it is JSON'],
    ['our own file', 'sections:\n  a:\n    - https://a.example/\n', 'it is a sources.yaml itself'],
    ['nothing', '', 'no source is named in it'],
    ['prose', 'Dear all,\nhere is nothing.\n', 'no source is named in it'],
    ['broken YAML', 'sources:\n  - href: "https://a.example/\n', 'never closed'],
  ])('%s is said to be one', async (_what, text, why) => {
    expect(await answer(text)).toContain(why);
  });
});

describe('the cost grows with the size alone', () => {
  test.each([
    [
      'sections of an ini file',
      (size: number) => Array.from({ length: size }, (_, at) => `[http://a${at}.example/]\nname = A`).join('\n'),
    ],
    ['blanks in an ini file', (size: number) => `[a]\nname${' '.repeat(size * 20)}x\n`],
    ['brackets', (size: number) => '[\n'.repeat(size * 4)],
    ['outlines', (size: number) => `<opml><body>${'<outline text="a" xmlUrl="http://a.example/"/>'.repeat(size)}`],
    ['quotation marks', (size: number) => `<opml><outline ${'a="'.repeat(size)}`],
    [
      'an XPath',
      (size: number) =>
        `<opml xmlns:frss="https://freshrss.org/opml"><outline type="HTML+XPath" xmlUrl="http://a.example/" frss:xPathItem="//a${'[@b]'.repeat(size)}|${"contains('".repeat(size)}"/></opml>`,
    ],
    ['addresses', (size: number) => 'http://a.example/ "'.repeat(size)],
  ])('of %s', async (_what, make) => {
    await expectLinear((text) => readImport(Buffer.from(text)), 2_000, make);
  });
});
