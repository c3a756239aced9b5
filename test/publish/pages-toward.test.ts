/** The numbers of pages on one of them: few however many there are, and whoever follows them comes everywhere. */
import { expect, test } from 'vitest';
import { pagesToward } from '../../src/publish/pages/toward.ts';

/** Links to follow from the first page to the one that is farthest. */
function farthest(of: number): number {
  const steps = new Map([[1, 0]]);
  for (const [page, taken] of steps)
    for (const next of pagesToward({ page, of })) if (!steps.has(next)) steps.set(next, taken + 1);
  expect(steps.size).toBe(of);
  return Math.max(...steps.values());
}

test('a few are all there', () => {
  expect(pagesToward({ page: 3, of: 5 })).toEqual([1, 2, 3, 4, 5]);
  expect(pagesToward({ page: 1, of: 1 })).toEqual([1]);
});

test('of many there are the first, the last, the nearest, and some that are far', () => {
  expect(pagesToward({ page: 1, of: 3_000 })).toEqual([1, 2, 3, 11, 101, 1_001, 3_000]);
  expect(pagesToward({ page: 50, of: 60 })).toEqual([1, 40, 48, 49, 50, 51, 52, 60]);
});

test.each([13, 60, 999, 3_000])('of %i every one is reached in few steps', (of) => {
  expect(farthest(of)).toBeLessThan(20);
  for (let page = 1; page <= of; page++) {
    const numbers = pagesToward({ page, of });
    expect(numbers.length).toBeLessThan(16);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers).toContain(page);
  }
});
