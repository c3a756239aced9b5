/** What of a transaction is seen while it is under way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Commits, openCommits } from '../../../src/store/commits.ts';
import { type Hand, openHand } from '../hands.ts';
import { temporaryFolder } from '../open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let own: Hand;
let other: Hand;
let commits: Commits;

beforeEach(async () => {
  folder = temporaryFolder();
  own = await openHand(folder.path);
  other = await openHand(folder.path);
  commits = openCommits(own.engine, async () => {});
});
afterEach(async () => {
  await own.close();
  await other.close();
  folder.remove();
});

const seen = async (): Promise<number> => (await other.engine.db.selectFrom('meta').select('name').execute()).length;

test('nothing of it, by others', async () => {
  await commits.commit(async (db) => {
    await db.insertInto('meta').values({ name: 'a', value: '' }).execute();
    expect(await seen()).toBe(0);
  });
  expect(await seen()).toBe(1);
});

test('a large piece of work does not keep the lock for all that wait behind it', async () => {
  const sizes: number[] = [];
  const large = (group: number): Promise<void> =>
    commits.commit(async (db) => {
      const values = Array.from({ length: 900 }, (_, n) => ({ name: `${group}-${n}`, value: '' }));
      await db.insertInto('meta').values(values).execute();
      sizes.push(await seen());
    });
  await Promise.all([0, 1, 2, 3].map(large));
  expect(sizes).toEqual([0, 0, 1_800, 1_800]);
});
