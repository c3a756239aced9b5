/** Arbitrary bytes, and sound feeds spoilt at random places: there is always an answer, and it is clean. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../../src/parse/parse.ts';

const folder = new URL('../cases/parse/', import.meta.url);
const sound = readdirSync(folder)
  .filter((name) => !name.endsWith('.expected.json'))
  .map((name) => readFileSync(new URL(name, folder)));
const url = 'https://feed.example/feed';
const contentTypes = [
  undefined,
  'text/xml; charset=utf-16',
  'text/html; charset=koi8-r',
  ';;charset=',
  'application/json',
];

async function answer(body: Uint8Array, contentType: string | undefined): Promise<void> {
  for (const page of [undefined, { item: 'li', title: 'a' }]) {
    const parsed = await parseDocument({ body, contentType, url }, page);
    expect(['feed', 'page', 'failed']).toContain(parsed.kind);
    const texts = JSON.stringify(parsed);
    expect(texts).not.toMatch(/\\u00[01]|\\ud[89a-f]/); // controls but tab and line ends, lone surrogates
  }
}

test('arbitrary bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...contentTypes), (bytes, contentType) =>
      answer(bytes, contentType),
    ),
    { numRuns: 200 },
  );
});

test('tags, references and names thrown together', async () => {
  const pieces =
    '<rss> <rss version="2.0"> <channel> <item> </item> </channel> </rss> <feed> <entry> </entry> <title> </title> <rdf:RDF <link <content type="xhtml"> <![CDATA[ ]]> <!-- --> <? & &# &nbsp; &#x1; " \' < > / = xmlns="http://www.w3.org/2005/Atom" xml:base="a" __proto__ \ufffe { } [ <!DOCTYPE <br> <p> </p> <html> é'.split(
      ' ',
    );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (chosen) =>
      answer(Buffer.from(chosen.join(' ')), undefined),
    ),
    { numRuns: 300 },
  );
});

test('sound feeds with pieces cut out, doubled and overwritten', async () => {
  const change = fc.record({
    at: fc.nat(3_000),
    length: fc.nat(40),
    what: fc.constantFrom('cut', 'double', 'noise'),
    noise: fc.uint8Array({ maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sound),
      fc.array(change, { minLength: 1, maxLength: 5 }),
      async (original, changes) => {
        let body = original;
        for (const { at, length, what, noise } of changes) {
          const from = at % body.length;
          const piece = body.subarray(from, from + length);
          const middle = what === 'cut' ? [] : what === 'double' ? [piece, piece] : [Buffer.from(noise)];
          body = Buffer.concat([body.subarray(0, from), ...middle, body.subarray(from + length)]);
        }
        await answer(body, undefined);
      },
    ),
    { numRuns: 300 },
  );
});
