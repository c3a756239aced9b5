/** Work that arrives together shares a commit, and nothing else. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Commits, openCommits } from '../../src/store/commits.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/opening.ts';
import { sqliteEngine } from '../../src/store/sqlite-engine.ts';
import { temporaryFolder } from './open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let open: OpenDatabase;
let other: OpenDatabase;
let commits: Commits;

beforeEach(async () => {
  folder = temporaryFolder();
  open = await openDatabase(join(folder.path, 'relais.db'));
  other = await openDatabase(join(folder.path, 'relais.db'));
  commits = openCommits(sqliteEngine(open.sqlite, open.db), async () => {});
});
afterEach(async () => {
  await open.close();
  await other.close();
  folder.remove();
});

const note = (name: string): Promise<string> =>
  commits.commit(async (db) => {
    await db.insertInto('meta').values({ name, value: '' }).execute();
    return name;
  });

/** As another process sees it: what is committed. */
const seen = (): unknown[] => other.sqlite.prepare('select name from meta order by name').pluck().all();
/** Grows by one with every commit (https://www.sqlite.org/pragma.html#pragma_data_version). */
const version = (): number => Number(other.sqlite.pragma('data_version', { simple: true }));

test('many share one commit, and each is told once it is durable', async () => {
  const before = version();
  const told: string[] = [];
  const notes = ['a', 'b', 'c'].map(async (name) => {
    told.push(await note(name));
    expect(seen()).toEqual(['a', 'b', 'c']);
  });
  expect(seen()).toEqual([]);
  await Promise.all(notes);
  expect(told).toEqual(['a', 'b', 'c']);
  expect(version()).toBe(before + 1);
});

test('what arrives while others wait joins them', async () => {
  const before = version();
  const first = note('a');
  await Promise.resolve();
  const second = note('b');
  await Promise.all([first, second]);
  expect(version()).toBe(before + 1);
});

test('an error undoes its own work and no other', async () => {
  const half = commits.commit(async (db) => {
    await db.insertInto('meta').values({ name: 'half', value: '' }).execute();
    throw new Error('a mistake');
  });
  const results = await Promise.allSettled([note('a'), half, note('b'), note('a'), note('c')]);
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(seen()).toEqual(['a', 'b', 'c']);
});

test('a large piece of work does not keep the lock for all that wait behind it', async () => {
  const sizes: number[] = [];
  const large = (group: number): Promise<void> =>
    commits.commit(async (db) => {
      const values = Array.from({ length: 900 }, (_, n) => ({ name: `${group}-${n}`, value: '' }));
      await db.insertInto('meta').values(values).execute();
      sizes.push(seen().length);
    });
  await Promise.all([0, 1, 2, 3].map(large));
  expect(sizes).toEqual([0, 0, 1_800, 1_800]);
});

describe('who may not write', () => {
  test('writes nothing, and the next does when it may', async () => {
    let mayWrite = false;
    commits = openCommits(sqliteEngine(open.sqlite, open.db), async () => {
      if (!mayWrite) throw new Error('not now');
    });
    expect(await Promise.allSettled([note('a'), note('b')])).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    mayWrite = true;
    await note('c');
    expect(seen()).toEqual(['c']);
  });

  test('a closed database says so', async () => {
    await open.close();
    await expect(note('a')).rejects.toThrow();
    await commits.settled();
  });
});
