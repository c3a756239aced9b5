/** A view that has been made is given again, and all come in the order in which they were asked for. */
import { expect, test } from 'vitest';
import { rememberingViews } from '../../src/publish/remembered-views.ts';
import type { StoryView } from '../../src/publish/views.ts';

test('whatever is asked for, in whatever order, again or for the first time', async () => {
  const read: number[][] = [];
  const gone = new Set([7]);
  const views = rememberingViews(async (ids) => {
    read.push([...ids]);
    return new Map(ids.filter((id) => !gone.has(id)).map((id) => [id, { uid: `s${id}` } as StoryView]));
  });
  const uids = async (...ids: number[]): Promise<string[]> => (await views(ids)).map(({ uid }) => uid);
  expect(await uids(3, 1, 7, 2)).toEqual(['s3', 's1', 's2']);
  expect(await uids(2, 5, 3)).toEqual(['s2', 's5', 's3']);
  expect(await uids(7)).toEqual([]);
  expect(read).toEqual([[3, 1, 7, 2], [5], [7]]);
  for (let from = 100; from < 3_000; from += 100) await views(Array.from({ length: 100 }, (_, at) => from + at));
  expect(await uids(3)).toEqual(['s3']); // asked for too long ago to be kept
  expect(read.at(-1)).toEqual([3]);
});
