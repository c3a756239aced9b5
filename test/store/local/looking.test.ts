/** Libraries on disks that take nothing any more: what is stored must still be seen, and nothing be harmed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sqlite } from '../../../src/store/database.ts';
import { type LookedInto, lookInto } from '../../../src/store/library.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/opening.ts';
import { edges, holder, memoryOf, openTestLibrary, problemOf, temporaryFolder } from '../open.ts';
import { canMount, fillUp, mountSmall, remountReadOnly, unmount } from './disks.ts';

let folder: ReturnType<typeof temporaryFolder>;
let disk: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  disk = join(folder.path, 'disk');
  file = join(disk, 'relais.db');
});
afterEach(() => folder.remove());

const look = (): Promise<LookedInto> => lookInto(file, holder(), edges());

async function seen(): Promise<{ sources: readonly string[]; trouble: string | undefined; words: string | undefined }> {
  const { library, trouble } = await look();
  try {
    const sources = [...(await library.memories()).keys()].sort();
    return { sources, trouble: trouble?.code, words: trouble?.happened };
  } finally {
    await library.close();
  }
}

async function store(key: string): Promise<void> {
  const library = await openTestLibrary(disk);
  await library.remember(memoryOf(key));
  await library.close();
}

/** Stored by a process that is killed before it can put the WAL away. */
function storeAndDie(key: string): void {
  const words = `
    const db = new (require('${Number.parseInt(process.versions.node, 10) < 22 ? 'better-sqlite3' : 'better-sqlite3-13'}'))(${JSON.stringify(file)});
    const names = db.prepare('select * from sources').columns().map(({ name }) => name).filter((name) => name !== 'key');
    db.exec("insert into sources (key, " + names.join(', ') + ") select '${key}', " + names.join(', ') + " from sources limit 1");
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['-e', words], { cwd: new URL('../../..', import.meta.url).pathname });
  expect(existsSync(`${file}-wal`)).toBe(true);
}

test('on a disk that is well it is opened as ever, and nothing is told', async () => {
  disk = folder.path;
  file = join(disk, 'relais.db');
  await store('a');
  expect(await seen()).toEqual({ sources: ['a'], trouble: undefined, words: undefined });
});

describe.skipIf(!canMount)('(needs the right to mount)', () => {
  beforeEach(async () => {
    mountSmall(disk, 4_000_000);
    await store('a');
  });
  afterEach(() => unmount(disk));

  describe('a full disk', () => {
    test('is called full when somebody wants to write', async () => {
      fillUp(disk);
      expect(await problemOf(openTestLibrary(disk))).toMatchObject({ code: 'store/disk-full' });
    });

    test('is called full where there is no database yet, and where it has no room for another file', async () => {
      fillUp(disk);
      rmSync(file);
      fillUp(disk);
      expect(await problemOf(openTestLibrary(disk))).toMatchObject({ code: 'store/disk-full' });
      const small = join(folder.path, 'small');
      mountSmall(small, 4_000_000, 3);
      try {
        writeFileSync(join(small, 'one'), '');
        writeFileSync(join(small, 'two'), '');
        expect(await problemOf(openTestLibrary(small))).toMatchObject({ code: 'store/disk-full' });
      } finally {
        unmount(small);
      }
    });

    test.each([
      ['after a run that ended', () => {}, ['a']],
      ['after a run that was killed', () => storeAndDie('b'), ['a', 'b']],
      [
        'where only the WAL of that run is left',
        () => {
          storeAndDie('b');
          rmSync(`${file}-shm`);
        },
        ['a', 'b'],
      ],
    ])('shows everything %s, and keeps it', async (_what, before, sources) => {
      before();
      fillUp(disk);
      for (let time = 0; time < 2; time++) expect((await seen()).sources).toEqual(sources);
      for (const name of readdirSync(disk)) if (name.startsWith('fill')) rmSync(join(disk, name));
      const library = await openTestLibrary(disk);
      expect([...(await library.memories()).keys()].sort()).toEqual(sources);
      await library.remember(memoryOf('c'));
      await library.close();
    });

    test('shows what a process that is at work has stored', async () => {
      const library = await openTestLibrary(disk);
      await library.remember(memoryOf('b'));
      fillUp(disk);
      expect((await seen()).sources).toEqual(['a', 'b']);
      await library.close();
    });

    test('says that it is full, and refuses to write', async () => {
      fillUp(disk);
      const { library, trouble } = await look();
      expect(trouble).toMatchObject({
        code: 'store/read-only',
        happened: expect.stringContaining('the disk is full: '),
      });
      expect((await problemOf(library.remember(memoryOf('b')))).code).toMatch(/^store\/(disk-full|not-writable)$/);
      await library.close();
    });
  });

  describe('a read-only disk', () => {
    test('shows what is stored after a run that ended', async () => {
      remountReadOnly(disk);
      const words = expect.stringMatching(
        /^the database can only be looked at: cannot write to the data folder: [^;]*$/,
      );
      expect(await seen()).toEqual({ sources: ['a'], trouble: 'store/read-only', words });
    });

    test('shows what is stored after a run that was killed', async () => {
      storeAndDie('b');
      remountReadOnly(disk);
      expect((await seen()).sources).toEqual(['a', 'b']);
    });

    test('shows what is stored where only the WAL of a killed run is left, and that there is more', async () => {
      storeAndDie('b');
      rmSync(`${file}-shm`);
      remountReadOnly(disk);
      const words = expect.stringContaining('; what was stored last is still in relais.db-wal and is not shown');
      expect(await seen()).toEqual({ sources: ['a'], trouble: 'store/read-only', words });
    });

    test('a full one that has become read-only', async () => {
      fillUp(disk);
      await problemOf(openTestLibrary(disk));
      remountReadOnly(disk);
      expect((await seen()).sources).toEqual(['a']);
    });

    test('shows nothing of a database that would have to be migrated, that is not ours, or is damaged', async () => {
      const whole = new Sqlite(file);
      whole.pragma(`user_version = ${migrations.length - 1}`);
      whole.close();
      remountReadOnly(disk);
      expect((await problemOf(look())).code).toBe('store/not-writable');
      remountReadOnly(disk, false);
      const other = new Sqlite(file);
      other.pragma('application_id = 7');
      other.close();
      remountReadOnly(disk);
      expect((await problemOf(look())).code).toBe('store/not-ours');
      remountReadOnly(disk, false);
      writeFileSync(file, 'milk, bread, salt and a new pair of scissors\n'.repeat(40));
      remountReadOnly(disk);
      expect((await problemOf(look())).code).toBe('store/damaged');
    });

    test('there is nothing to see where there is no database', async () => {
      rmSync(file);
      remountReadOnly(disk);
      expect((await problemOf(look())).code).toBe('store/not-writable');
      expect(readdirSync(disk)).toEqual([]);
    });
  });
});

test('a folder in its place', async () => {
  file = folder.path;
  expect((await problemOf(look())).code).toBe('store/not-writable');
});

test('a newer one is refused', async () => {
  disk = folder.path;
  file = join(disk, 'relais.db');
  await (await openDatabase(file, [...migrations, { name: 'next', up: () => Promise.resolve() }])).close();
  expect((await problemOf(look())).code).toBe('store/newer-schema');
});
