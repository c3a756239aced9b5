/** Pairs in doubt are told again at the end of a pass; where that is what fails, all else goes on. */
import { expect, test } from 'vitest';
import { Halt, problem } from '../../src/problems.ts';
import { settleDoubts } from '../../src/reconsidering.ts';
import { settleNothing } from '../store/open.ts';

const desk = { tellAgain: settleNothing };
const clock = { now: () => 0 };

test('all of them are told, a batch at a time', async () => {
  let left = 450;
  const tellAgain = async (most: number): Promise<number> => {
    const told = Math.min(most, left);
    left -= told;
    return told;
  };
  expect(await settleDoubts(desk, { library: { tellAgain }, clock })).toEqual([]);
  expect(left).toBe(0);
});

test('a bug of ours is reported and ends nothing else; a store that cannot be used ends the run', async () => {
  const failing = (error: Error) => ({ library: { tellAgain: () => Promise.reject(error) }, clock });
  const bug = new TypeError('undefined is no function');
  expect(await settleDoubts(desk, failing(bug))).toMatchObject([{ error: bug }]);
  const halt = new Halt(problem('store/damaged', {}, 'a page is gone'));
  await expect(settleDoubts(desk, failing(halt))).rejects.toBe(halt);
});
