/** Which segments become one, over a simulated import: there are few to ask however many are stored, and little is written again. */
import { describe, expect, test } from 'vitest';
import { nextMerge, postingsIn, type Sized, shortestMade } from '../../../src/store/merge-choice.ts';
import { diceOf } from '../../dice.ts';

type Made = { -readonly [Key in keyof Sized]: Sized[Key] };

const aFlush = 65_536;
const aStep = 2_000;
const stepsAFlush = 205;

/** Flush after flush, each spread over so many periods, with the steps that go with it. */
function imported(flushes: number, periods: number): { mostOfAPeriod: number; writtenAPosting: number } {
  const dice = diceOf(3);
  let segments: Made[] = [];
  let [id, written, mostOfAPeriod] = [0, 0, 0];
  const add = (period: number, postings: number, nextPiece: number | undefined): number => {
    segments.push({ id: ++id, period, postings, nextPiece, mergedInto: undefined });
    return id;
  };
  const step = (): void => {
    const target = shortestMade(segments);
    const sources = nextMerge(segments);
    if (sources.length > 0 && (target === undefined || postingsIn(sources) < target.postings)) {
      const into = add(sources[0]?.period ?? 0, postingsIn(sources), 0);
      for (const source of sources) source.mergedInto = into;
    } else if (target !== undefined) {
      written += aStep;
      target.nextPiece = (target.nextPiece ?? 0) + aStep; // in postings, here
      if (target.nextPiece < target.postings) return;
      target.nextPiece = undefined;
      segments = segments.filter(({ mergedInto }) => mergedInto !== target.id);
    }
  };
  for (let flush = 0; flush < flushes; flush++) {
    for (let period = 0; period < periods; period++)
      add(period, Math.round((aFlush + dice.roll(300)) / periods), undefined);
    for (let left = stepsAFlush; left > 0; left--) step();
    mostOfAPeriod = Math.max(mostOfAPeriod, segments.length / periods);
  }
  return { mostOfAPeriod, writtenAPosting: written / (flushes * aFlush) };
}

describe('an import', () => {
  test.each([
    [256, 1],
    [128, 30],
  ])('of %i flushes into %i periods asks few segments', (flushes, periods) => {
    const [first, second] = [imported(flushes / 4, periods), imported(flushes, periods)];
    // Four times as much is one size more: four segments, and each posting written once again.
    expect(second.mostOfAPeriod - first.mostOfAPeriod).toBeLessThanOrEqual(4);
    expect(second.writtenAPosting - first.writtenAPosting).toBeLessThan(1.5);
    expect(second.mostOfAPeriod).toBeLessThan(16);
  });
});

const sized = (id: number, postings: number, more: Partial<Sized> = {}): Sized => ({
  id,
  period: 1,
  postings,
  nextPiece: undefined,
  mergedInto: undefined,
  ...more,
});

test('what is in the making or already taken is not taken again', () => {
  const four = [1, 2, 3, 4].map((id) => sized(id, aFlush));
  expect(nextMerge(four)).toEqual(four);
  expect(nextMerge(four.slice(1))).toEqual([]);
  expect(nextMerge([sized(1, aFlush, { mergedInto: 9 }), ...four.slice(1)])).toEqual([]);
  expect(nextMerge([sized(1, aFlush, { nextPiece: 0 }), ...four.slice(1)])).toEqual([]);
  expect(nextMerge([sized(1, aFlush, { period: 2 }), ...four.slice(1)])).toEqual([]);
});

test('a period at rest becomes one segment, and not while one of it is in the making', () => {
  const resting = [sized(1, 2_000_000), sized(2, aFlush)];
  const later = sized(80, aFlush, { period: 2 });
  expect(nextMerge(resting)).toEqual([]);
  expect(nextMerge([...resting, later])).toEqual(resting);
  expect(nextMerge([...resting, sized(3, 500, { nextPiece: 0 }), sized(4, 500, { mergedInto: 3 }), later])).toEqual([]);
});
