/** A view that has been made is given again, and all come in the order in which they were asked for. */
import { expect, test } from 'vitest';
import type { SafeHtml } from '../../src/model.ts';
import { rememberingViews } from '../../src/publish/remembered-views.ts';
import { story } from './pages-views.ts';

const gone = new Set([7]);

/** @param length of the text of each */
function open(length: (id: number) => number): { readonly uids: typeof uids; readonly read: number[][] } {
  const read: number[][] = [];
  const views = rememberingViews(async (ids) => {
    read.push([...ids]);
    const there = ids.filter((id) => !gone.has(id));
    return there.map((id) => story(`s${id}`, { story: id, body: 'x'.repeat(length(id)) as SafeHtml }));
  });
  const uids = async (...ids: number[]): Promise<string[]> => (await views(ids)).map(({ uid }) => uid);
  return { uids, read };
}

test('whatever is asked for, in whatever order, again or for the first time', async () => {
  const { uids, read } = open(() => 10);
  expect(await uids(3, 1, 7, 2)).toEqual(['s3', 's1', 's2']);
  expect(await uids(2, 5, 3)).toEqual(['s2', 's5', 's3']);
  expect(await uids(7)).toEqual([]);
  expect(read).toEqual([[3, 1, 7, 2], [5], [7]]);
});

test('a book is made anew each time, and what was asked for long ago', async () => {
  const { uids, read } = open((id) => (id === 4 ? 300_000 : 100_000));
  await uids(1, 4);
  expect(await uids(4, 1)).toEqual(['s4', 's1']);
  expect(read).toEqual([[1, 4], [4]]);
  for (let id = 1_000; id < 1_200; id++) await uids(id, 2);
  expect(await uids(1_199, 2)).toEqual(['s1199', 's2']);
  const before = read.length;
  expect(await uids(1)).toEqual(['s1']);
  expect(await uids(1_000)).toEqual(['s1000']);
  expect(read.slice(before)).toEqual([[1], [1_000]]);
});
