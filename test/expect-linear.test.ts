/** That the measure tells what it is asked: work that grows with the square of its size, in a process that holds little or much. */
import { afterAll, expect, test } from 'vitest';
import { expectLinear } from './expect-linear.ts';

let held: object[] = [];
afterAll(() => {
  held = [];
});

const made = (size: number): string => 'a word and another, '.repeat(size * 1_000);
const once = (text: string): number => [...text.matchAll(/\w+/g)].length;
const squared = (text: string): number => {
  const words = text.split(' ');
  let found = 0;
  for (let left = 0; left < words.length; left += 20)
    for (let right = 0; right < words.length; right += 2) if (words[left] === words[right]) found++;
  return found;
};

test.each([0, 2_000_000])('beside %d things that live', async (many) => {
  held = Array.from({ length: many }, (_, index) => ({ index, inside: { index } }));
  await expectLinear(once, 10, made);
  await expect(expectLinear(squared, 8, made)).rejects.toThrow('times the size costs more than');
  expect(held).toHaveLength(many);
});
