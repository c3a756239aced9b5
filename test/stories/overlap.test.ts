/** What two lists of fingerprints have in common comes to the same as if each were asked about each. */
import { expect, test } from 'vitest';
import { type Cover, coverOf, overlapOf, type Side, sideOf, type Where } from '../../src/stories/overlap.ts';
import { diceOf } from '../dice.ts';

function plainly(a: Side, b: Side): Cover & Where {
  const isCounted = (print: number): boolean => !a.uncounted.has(print) && !b.uncounted.has(print);
  const [one, other] = [a, b].map(({ prints }) => [...prints].filter(isCounted)) as [number[], number[]];
  const places = (own: readonly number[], beside: readonly number[]): number[] =>
    own.flatMap((print, at) => (beside.includes(print) ? [at] : []));
  const place = (at: readonly number[], length: number): readonly [number, number] =>
    at.length === 0 ? [0, 0] : [(at[0] ?? 0) / length, ((at.at(-1) ?? 0) + 1) / length];
  const part = (some: number, all: number): number => (all === 0 ? 0 : some / all);
  const [inA, inB] = [places(one, other), places(other, one)];
  const longer = one.length >= other.length ? inA : inB;
  return {
    shared: inA.length,
    countA: one.length,
    countB: other.length,
    coverA: part(inA.length, one.length),
    coverB: part(inB.length, other.length),
    placeA: place(inA, one.length),
    placeB: place(inB, other.length),
    lead: part(longer.filter((at) => at < 28).length, Math.min(28, Math.max(one.length, other.length))),
  };
}

test('for any two texts, with any of their fingerprints counting for nothing', () => {
  const dice = diceOf(4);
  let met = 0;
  for (let round = 0; round < 500; round++) {
    const most = [1, 8, 60, 400][round % 4] ?? 1;
    const some = (): Side => {
      const prints = Int32Array.from(
        new Set(Array.from({ length: dice.roll(most + 1) }, () => dice.roll(2 * most) - most)),
      );
      const share = dice.pick([0, 0.1, 0.9]);
      return sideOf(prints, new Set([...prints].filter(() => dice.chance(share))));
    };
    const [a, b] = [some(), some()];
    const { placeA: _a, placeB: _b, lead: _l, ...cover } = plainly(a, b);
    const { where, ...rest } = overlapOf(a, b);
    expect({ ...rest, ...where() }).toEqual(plainly(a, b));
    expect(coverOf(a, b)).toEqual(cover);
    if (cover.shared > 0 && cover.countA < a.counted) met++;
  }
  expect(met).toBeGreaterThan(50);
});
