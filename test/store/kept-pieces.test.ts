/** Pieces of filters in a place for few of them: what is answered is what was read, whoever had to make room. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeptFilter, openKeptPieces } from '../../src/store/kept-pieces.ts';
import { blockBytes, pieceBytes } from '../../src/store/print-filter.ts';

const pieces = 6;
const room = 5;
/** Tells which piece of which segment it is, and is of that many blocks; the last piece of each is missing. */
const stored = (segment: number, piece: number): Uint8Array | undefined =>
  piece === pieces - 1 ? undefined : new Uint8Array((piece + 1) * blockBytes).fill(segment * 10 + piece + 1);

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ segment: fc.nat(3), piece: fc.nat(pieces - 1) }) },
  { weight: 1, arbitrary: fc.record({ gone: fc.nat(3) }) },
);

test('each is told as it is stored', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
      const filters = new Map<number, KeptFilter>();
      let reads = 0;
      const kept = openKeptPieces((segment, piece) => {
        reads++;
        return stored(segment, piece);
      }, room);
      for (const one of steps) {
        if ('gone' in one) {
          kept.keepOnly((segment) => segment !== one.gone);
          filters.delete(one.gone);
          continue;
        }
        const { segment, piece } = one;
        const filter = kept.filterOf(segment, pieces);
        filters.set(segment, filter);
        const [wasThere, before] = [(filter.slots[piece] ?? 0) > 0, reads];
        const slot = kept.slotOf(filter, segment, piece);
        expect(reads - before).toBe(wasThere ? 0 : 1);
        expect(slot > 0).toBe(stored(segment, piece) !== undefined);
        for (const [whose, { slots, blocks }] of filters)
          for (const [which, at] of slots.entries()) {
            if (at === 0) continue;
            const bytes = kept
              .bits()
              .subarray((at - 1) * pieceBytes)
              .subarray(0, (blocks[which] ?? 0) * blockBytes);
            if (Buffer.compare(bytes, stored(whose, which) ?? Buffer.of()) !== 0)
              expect.fail(`${whose}/${which} is another`);
          }
        const held = [...filters.values()].flatMap(({ slots }) => [...slots]).filter((at) => at > 0);
        expect(new Set(held).size).toBe(held.length);
        expect(held.length).toBeLessThanOrEqual(room);
      }
    }),
    { numRuns: 300 },
  );
});

test('what is asked for again and again stays', () => {
  const reads: string[] = [];
  const kept = openKeptPieces((segment, piece) => {
    reads.push(`${segment}/${piece}`);
    return stored(segment, piece);
  }, room);
  const ask = (segment: number, piece: number): void =>
    void kept.slotOf(kept.filterOf(segment, pieces), segment, piece);
  for (let round = 0; round < 50; round++) {
    ask(0, 0);
    ask(1 + (round % 3), round % 5);
  }
  expect(reads.filter((name) => name === '0/0').length).toBeLessThan(5);
  expect(reads.length).toBeGreaterThan(room);
});
