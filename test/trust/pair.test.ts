import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from '../../src/model.ts';
import { pairItems } from '../../src/trust/pair.ts';
import { expectLinear } from '../expect-linear.ts';
import { item, url } from '../stories/builders.ts';
import { day, now, stored, words } from './case.ts';

const hosts = new Set(['harbour.example', 'port.example']);

/** Items out of so few parts that most of them collide in something. */
const small = fc.record({
  host: fc.constantFrom('https://harbour.example', 'http://www.port.example', 'https://elsewhere.example'),
  path: fc.integer({ min: 0, max: 4 }),
  title: fc.integer({ min: 0, max: 3 }),
  day: fc.option(fc.integer({ min: 0, max: 3 })),
  text: fc.integer({ min: 0, max: 5 }),
});
const list = fc.array(small, { maxLength: 12 });

function made(parts: typeof small extends fc.Arbitrary<infer T> ? T : never, guid: string): Item {
  return item(guid, {
    url: url(`${parts.host}/${parts.path}`),
    title: parts.title === 0 ? '' : `Title ${parts.title}`,
    published: parts.day === null ? undefined : now + parts.day * day,
    text: words(parts.text),
  });
}

test('no stored item is paired twice, and no order makes another pairing', () => {
  fc.assert(
    fc.property(
      list,
      list,
      fc.constantFrom('all' as const, 'some' as const),
      fc.integer(),
      (news, olds, extent, seed) => {
        const items = news.map((parts, at) => made(parts, `new ${at}`));
        const samples = olds.map((parts, at) => stored(made(parts, `old ${at}`), at + 1));
        const pairs = pairItems(items, samples, hosts, extent);
        expect(new Set(pairs.values()).size).toBe(pairs.size);
        expect([...pairs.values()].every((id) => samples.some((sample) => sample.id === id))).toBe(true);
        const turned = <T>(of: readonly T[]): T[] =>
          of.map((_, at) => of[(at + Math.abs(seed)) % of.length] as T).reverse();
        expect(new Map([...pairItems(turned(items), turned(samples), hosts, extent)].sort())).toEqual(
          new Map([...pairs].sort()),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('what fits two is paired with neither', () => {
  const old = [1, 2].map((id) => stored(item(`old ${id}`, { title: 'Weekly', published: now, text: '' }), id));
  expect(pairItems([item('new', { title: 'Weekly', published: now, text: '' })], old, hosts, 'all')).toEqual(new Map());
  expect(pairItems([item('new', { title: 'Weekly', published: now, text: '' })], old.slice(1), hosts, 'all')).toEqual(
    new Map([['new', 2]]),
  );
});

test('posts that share a title are told apart by their days, and a zone that is wrong does no harm', () => {
  const weekly = (name: string, shift: number): Item[] =>
    [0, 7, 14].map((days) =>
      item(`${name} ${days}`, { title: 'Weekly', published: now + days * day + shift, text: '' }),
    );
  const samples = weekly('old', 0).map((one, at) => stored(one, at + 1));
  expect([...pairItems(weekly('new', -14 * 3_600_000), samples, hosts, 'all').values()]).toEqual([1, 2, 3]);
});

test('a thousand items that are all alike cost no more than a thousand that are not', async () => {
  const alike = (length: number): Item[] =>
    Array.from({ length }, (_, n) =>
      item(`n${n}`, { title: 'Same', published: now, text: words(1), url: url('https://harbour.example/one') }),
    );
  const pair = (items: Item[]): number => pairItems(items, items.slice(0, 200).map(stored), hosts, 'all').size;
  expect(pair(alike(1_000))).toBe(0);
  await expectLinear(pair, 1_000, alike);
});
