/** Work that arrives together shares a commit, and nothing else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Commits, openCommits } from '../../src/store/commits.ts';
import { type Hand, openHand } from './hands.ts';
import { temporaryFolder } from './open.ts';

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

const note = (name: string): Promise<string> =>
  commits.commit(async (db) => {
    await db.insertInto('meta').values({ name, value: '' }).execute();
    return name;
  });

/** As another process sees it: what is committed. */
const seen = async (): Promise<string[]> =>
  (await other.engine.db.selectFrom('meta').select('name').orderBy('name').execute()).map(({ name }) => name);

test('many share one commit, and each is told once it is durable', async () => {
  const counted = await other.countCommits();
  const told: string[] = [];
  const notes = ['a', 'b', 'c'].map(async (name) => {
    told.push(await note(name));
    expect(await seen()).toEqual(['a', 'b', 'c']);
  });
  await Promise.all(notes);
  expect(told).toEqual(['a', 'b', 'c']);
  expect(await counted()).toBe(1);
});

test('what arrives while others wait joins them', async () => {
  const counted = await other.countCommits();
  const first = note('a');
  await Promise.resolve();
  const second = note('b');
  await Promise.all([first, second]);
  expect(await counted()).toBe(1);
});

test('an error undoes its own work and no other', async () => {
  const half = commits.commit(async (db) => {
    await db.insertInto('meta').values({ name: 'half', value: '' }).execute();
    throw new Error('a mistake');
  });
  const results = await Promise.allSettled([note('a'), half, note('b'), note('a'), note('c')]);
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await seen()).toEqual(['a', 'b', 'c']);
});

describe('who may not write', () => {
  test('writes nothing, and the next does when it may', async () => {
    let mayWrite = false;
    commits = openCommits(own.engine, async () => {
      if (!mayWrite) throw new Error('not now');
    });
    expect(await Promise.allSettled([note('a'), note('b')])).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    mayWrite = true;
    await note('c');
    expect(await seen()).toEqual(['c']);
  });

  test('a closed database says so', async () => {
    await own.close();
    await expect(note('a')).rejects.toThrow();
    await commits.settled();
  });
});
