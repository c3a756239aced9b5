/** Postings sorted, cut, written and merged: nothing is lost on the way, and all of a key is in one chunk. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bytesOf,
  chunksOf,
  itemsIn,
  joined,
  mergePostings,
  type Postings,
  postingsOf,
  sortPostings,
} from '../../../src/store/postings.ts';
import {
  bitsFor,
  blockBytes,
  firstKeyOf,
  keyOf,
  makePiece,
  mayHold,
  piecesFor,
  placeIn,
  printOf,
} from '../../../src/store/print-filter.ts';
import { diceOf } from '../../dice.ts';

/** Some keys have thousands of postings, more than fit into a page. */
function somePostings(seed: number): Postings {
  const dice = diceOf(seed);
  const span = dice.pick([40, 70_000, 2 ** 26, 2 ** 32]);
  const items = dice.pick([3, 300, 70_000, 2 ** 31]);
  return sortPostings(
    Array.from({ length: dice.roll(3_000) }, () => ({
      item: 1 + dice.roll(items),
      keys: Uint32Array.from(new Set(Array.from({ length: 1 + dice.roll(4) }, () => dice.roll(span)))),
    })),
  );
}

const pairs = ({ keys, items }: Postings): string[] => [...keys].map((key, at) => `${key} ${items[at]}`);

test('what is cut into chunks and read again is the same, each key whole in one chunk', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const postings = somePostings(seed);
      const chunks = chunksOf(postings).map(bytesOf);
      expect(pairs(joined(chunks.map(postingsOf)))).toEqual(pairs(postings));
      const firsts = chunks.map((bytes) => postingsOf(bytes).keys[0] ?? 0);
      for (const key of postings.keys.filter((_, at) => at % 97 === 0)) {
        const chunk = chunks[firsts.findLastIndex((first) => first <= key)];
        const wanted = [...postings.items].filter((_, at) => postings.keys[at] === key);
        expect(chunk && itemsIn(chunk, key)).toEqual(wanted);
      }
      for (const [at, bytes] of chunks.entries())
        if (bytes.length > 4_060) expect(new Set(postingsOf(chunks[at] ?? bytes).keys).size).toBe(1);
    }),
    { numRuns: 30 },
  );
});

test('merged runs hold what each of them held, once, by key', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 5 }), (seed, count) => {
      const runs = Array.from({ length: count }, (_, at) => somePostings(seed + (at % 3)));
      const merged = mergePostings(runs);
      expect([...new Set(runs.flatMap(pairs))].sort()).toEqual(pairs(merged).sort());
      expect(merged.keys).toEqual(merged.keys.toSorted());
    }),
    { numRuns: 30 },
  );
});

test('a filter never denies what it holds, and seldom claims what it does not', () => {
  const dice = diceOf(5);
  const prints = Int32Array.from({ length: 20_000 }, () => (dice.next() ** 3 * 2 ** 32) | 0);
  const keys = Uint32Array.from(prints, keyOf).sort();
  const pieces = piecesFor(keys.length);
  const filter = Array.from({ length: pieces }, (_, piece) =>
    makePiece(
      keys.filter((key) => key >= firstKeyOf(piece, pieces) && key < firstKeyOf(piece + 1, pieces)),
      piece,
      pieces,
    ),
  );
  const claims = (key: number): boolean => {
    const place = placeIn(key, pieces);
    const bits = filter[Math.floor(place)] ?? new Uint8Array(0);
    return mayHold(bits, 0, bits.length / blockBytes, bitsFor(Uint32Array.of(key))[0] ?? 0, place % 1);
  };
  expect([...prints].map((print) => printOf(keyOf(print)))).toEqual([...prints]);
  expect([...keys].filter((key) => !claims(key))).toEqual([]);
  const strangers = Array.from({ length: 20_000 }, () => dice.roll(2 ** 32));
  expect(strangers.filter(claims).length).toBeLessThan(120);
});
