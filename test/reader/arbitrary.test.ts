/** Feeds spoilt at random places, read to their end: from bytes to items and what they say of themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { openSteps } from '../../src/reader/steps.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { signalsOf } from '../../src/stories/signals.ts';
import { canonicalUrl } from '../../src/text/url.ts';
import { source } from '../stories/builders.ts';

const folder = new URL('../cases/parse/', import.meta.url);
const sound = readdirSync(folder)
  .filter((name) => !/\.expected\.json$/.test(name))
  .map((name) => readFileSync(new URL(name, folder)));
const own = source('https://feed.example/feed', { name: 'Feed' });
const directory = openDirectory([own], []);
const now = Date.UTC(2026, 10, 20);
const noHints = { page: undefined, areGuidsShared: false };

const again = (html: SafeHtml): SafeHtml =>
  cleanHtml({ html, base: undefined, lang: undefined }, 'https://elsewhere.example/').html;

/** Characters that come of a byte at the most: a link that is written as one letter becomes a whole address. */
const mostGrowth = 60;

async function readAll(body: Uint8Array): Promise<void> {
  const steps = openSteps();
  const document = await steps.read({ body, contentType: undefined, url: own.url }, noHints, undefined);
  if (document.kind !== 'feed') return;
  const guids = document.names.map(({ guid }) => guid);
  const about = { name: own.name, lang: undefined, hosts: [], tags: [], future: 'show' as const };
  const made = await steps.normalise(guids, { source: about, now });
  if (made.kind === 'failed') throw new Error('too heavy');
  expect(new Set(made.items.map(({ guid }) => guid)).size).toBe(made.items.length);
  for (const item of made.items) {
    expect(again(item.html)).toBe(item.html);
    for (const url of item.urls) expect(canonicalUrl(url)).toBe(url);
    expect(item.title).not.toMatch(/[\n\t]|^\s|\s$/);
    expect(item.published ?? 0).toBeLessThanOrEqual(now);
    signalsOf(item, own, document.feed.home, directory);
  }
  const written = JSON.stringify(made.items);
  expect(written).not.toMatch(/\\u00[01]|\\ud[89a-f]/); // controls but tab and line ends, lone surrogates
  expect(written.length).toBeLessThan(body.length * mostGrowth + 20_000);
}

const changes = fc.array(
  fc.record({
    at: fc.nat(3_000),
    length: fc.nat(40),
    what: fc.constantFrom('cut', 'double', 'noise', 'markup'),
    noise: fc.uint8Array({ maxLength: 6 }),
    markup: fc.constantFrom(
      ...[
        '<p>',
        '&lt;table&gt;&lt;b&gt;',
        '&lt;a href="x"&gt;',
        '<![CDATA[<i>',
        ']]>',
        '<br/>',
        '&amp;#x202e;',
        '\u0301',
      ],
      ...['<link>//h/</link>', '<guid>1</guid>', '<item>', '</item>', 'xml:base="//b/"', '&lt;svg&gt;&lt;title&gt;'],
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

test('every item is clean, named once, and no larger than what it was made of allows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sound), changes, async (original, wanted) => {
      let body = original;
      for (const { at, length, what, noise, markup } of wanted) {
        const from = at % body.length;
        const piece = body.subarray(from, from + length);
        const middle = { cut: [], double: [piece, piece], noise: [Buffer.from(noise)], markup: [Buffer.from(markup)] };
        body = Buffer.concat([body.subarray(0, from), ...middle[what], body.subarray(from + length)]);
      }
      await readAll(body);
    }),
    { numRuns: 400 },
  );
});

test('sound feeds, as they are', async () => {
  for (const body of sound) await readAll(body);
});
