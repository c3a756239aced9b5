/** What is known of stops is what the rows say, whatever was asked before and whatever has been written meanwhile. */
import { expect, test } from 'vitest';
import { everywhere, openKnownStops, type StopRow, scopeOf } from '../../../src/store/known-stops.ts';
import { diceOf } from '../../dice.ts';

test.each([
  ['with room for all', undefined],
  ['with room for few', 500],
])('as the rows themselves say, for as many as come, %s', (_, most) => {
  const dice = diceOf(7);
  const rows = new Map<number, Set<string>>();
  let asked = 0;
  const between = (from: number, to: number): StopRow[] => {
    asked++;
    return [...rows]
      .filter(([print]) => print >= from && print <= to)
      .sort(([a], [b]) => a - b)
      .flatMap(([print, sources]) => [...sources].map((source) => ({ print, source })));
  };
  const known = openKnownStops(between, most);
  const aPrint = (): number => Math.imul(dice.roll(4_000), 0x9e3779b1) | 0;
  let stopped = 0;
  for (let round = 0; round < 30_000; round++) {
    const print = aPrint();
    const sources = rows.get(print >>> 0);
    if (known.scope(print) !== undefined) stopped++;
    expect(known.scope(print)).toEqual(sources === undefined ? undefined : scopeOf([...sources]));
    if (!dice.chance(0.2)) continue;
    const other = aPrint();
    const before = rows.get(other >>> 0) ?? new Set();
    const source = dice.pick([everywhere, everywhere, 'a.example/feed', 'b.example/feed']);
    rows.set(other >>> 0, before.add(source));
    known.note(other, source);
    if (dice.chance(0.001)) known.clear();
  }
  expect(stopped).toBeGreaterThan(5_000);
  if (most !== undefined) return;
  const before = asked;
  for (let round = 0; round < 1_000; round++) known.scope(round << 4); // all of one stretch
  expect(asked - before).toBeLessThan(2);
});

test('what is written is not read again, and what is beyond the room is asked for alone', () => {
  const rows: StopRow[] = [];
  const asked: number[] = [];
  const known = openKnownStops((from, to) => {
    asked.push(to - from);
    return rows.filter(({ print }) => print >= from && print <= to);
  }, 20);
  const write = (print: number, source: string): void => {
    rows.push({ print, source });
    known.note(print, source);
  };
  known.scope(0);
  for (let print = 1; print <= 21; print++) {
    write(print, everywhere);
    expect(known.scope(print)).toEqual({ isEverywhere: true, sources: new Set() });
  }
  expect(asked).toEqual([65_535]);
  write(1 << 20, everywhere);
  expect(known.scope(1 << 20)?.isEverywhere).toBe(true);
  expect(known.scope((1 << 20) + 1)).toBeUndefined();
  expect(asked.slice(1)).toEqual([0, 0]);
});
