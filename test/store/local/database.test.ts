import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCommits } from '../../../src/store/commits.ts';
import { Sqlite, whyNotBuilt } from '../../../src/store/database.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { type OpenDatabase, openDatabase } from '../../../src/store/opening.ts';
import { sqliteEngine } from '../../../src/store/sqlite-engine.ts';
import { haltOnDiskTrouble } from '../../../src/store/trouble.ts';
import { item, source } from '../../stories/builders.ts';
import {
  memoryOf,
  noon,
  nothingAsked,
  openTestLibrary,
  problemOf,
  quietPlan,
  settleNothing,
  temporaryFolder,
} from '../open.ts';
import { serve } from '../serve.ts';
import { canMount, mountReadOnly, mountSmall, unmount } from './disks.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'relais.db');
});
afterEach(() => folder.remove());

const cms = source('https://cms.example/feed');

/** A library with enough in it to have many pages, closed. */
async function fill(): Promise<void> {
  const library = await openTestLibrary(folder.path);
  const items = Array.from({ length: 60 }, (_, n) => item(`${n}`, { html: `<p>${`word ${n} `.repeat(200)}</p>` }));
  await serve(library, cms, items, { sources: [cms] });
  await library.close();
}

/** Opening must fail, and leave the file as it is. */
async function refused(opening: () => Promise<unknown>): ReturnType<typeof problemOf> {
  const before = readFileSync(file);
  const problem = await problemOf(opening());
  expect(readFileSync(file).equals(before)).toBe(true);
  return problem;
}

test('machine code of another Node is known by what the loader says', () => {
  const other = Object.assign(new Error('The module was compiled against\nNODE_MODULE_VERSION 115.'), {
    code: 'ERR_DLOPEN_FAILED',
  });
  expect(whyNotBuilt(other)).toBe(`it was built for another one than ${process.version}`);
  expect(whyNotBuilt(Object.assign(new Error('wrong ELF class\nx'), { code: 'ERR_DLOPEN_FAILED' }))).toBe(
    'wrong ELF class',
  );
  expect(whyNotBuilt(new Error('disk I/O error'))).toBeUndefined();
});

describe('opening the database', () => {
  test('a new one is whole at once, marked as ours, and durable: every commit on disk before it counts', async () => {
    const open = await openDatabase(file);
    expect(open.sqlite.pragma('synchronous', { simple: true })).toBe(2);
    expect(open.sqlite.pragma('busy_timeout', { simple: true })).toBe(10_000);
    expect(open.sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(open.sqlite.pragma('user_version', { simple: true })).toBe(migrations.length);
    await open.close();
    expect(readFileSync(file).toString('latin1', 68, 72)).toBe('RELA');
    expect(readdirSync(folder.path)).toEqual(['relais.db']);
  });

  test('two processes that make it at once use the same one', async () => {
    const [one, two] = await Promise.all([openDatabase(file), openDatabase(file)]);
    one.sqlite.exec("insert into meta values ('a', 'b')");
    expect(two.sqlite.prepare('select * from meta').all()).toHaveLength(1);
    await Promise.all([one.close(), two.close()]);
    expect(readdirSync(folder.path)).toEqual(['relais.db']);
  });

  test('a WAL that a lost database has left is not played into a new one', async () => {
    const library = await openTestLibrary(folder.path);
    await library.remember(memoryOf('old.example'));
    const wal = readFileSync(`${file}-wal`);
    await library.close();
    const other = temporaryFolder();
    writeFileSync(join(other.path, 'relais.db-wal'), wal);
    const fresh = await openTestLibrary(other.path);
    expect(await fresh.memories()).toEqual(new Map());
    await fresh.close();
    expect(readdirSync(other.path).sort()).toEqual(['relais.db', 'relais.db-wal-left-behind']);
    other.remove();
  });

  test('a database of a newer Relais is refused and left alone', async () => {
    await (await openDatabase(file, [...migrations, { name: 'next', up: () => Promise.resolve() }])).close();
    expect(await refused(() => openDatabase(file))).toMatchObject({ code: 'store/newer-schema' });
    expect(existsSync(join(folder.path, 'backup'))).toBe(false);
  });

  test.each([
    ['a shopping list', 'milk, bread, salt and a new pair of scissors\n'.repeat(40)],
    ['a few bytes', 'x'],
    ['an empty file', ''],
  ])('%s in its place', async (_what, content) => {
    writeFileSync(file, content);
    const { code, happened, todo } = await refused(() => openDatabase(file));
    expect(code).toBe('store/damaged');
    expect(happened).toMatch(
      /^the database is damaged: relais\.db \(it is (no database|empty)\)\. There is no whole copy/,
    );
    expect(todo).toContain('relais restore');
  });

  test('a folder in its place', async () => {
    mkdirSync(file);
    expect((await problemOf(openDatabase(file))).code).toBe('store/not-writable');
  });

  test('another program’s database', async () => {
    for (const mark of [0, 0x0f055112]) {
      const other = new Sqlite(file);
      other.exec('create table if not exists recipes (name text)');
      other.pragma(`application_id = ${mark}`);
      other.close();
      expect(await refused(() => openDatabase(file))).toMatchObject({ code: 'store/not-ours' });
    }
  });

  test('a database with our tables and another program’s mark', async () => {
    const { sqlite, close } = await openDatabase(file);
    sqlite.pragma('application_id = 7');
    await close();
    expect(await refused(() => openDatabase(file))).toMatchObject({ code: 'store/not-ours' });
  });

  test('a folder that cannot be made', async () => {
    writeFileSync(join(folder.path, 'taken'), '');
    expect((await problemOf(openDatabase(join(folder.path, 'taken', 'relais.db')))).code).toBe('store/not-writable');
  });

  test('a link to a disk that is not there', async () => {
    symlinkSync(join(folder.path, 'unmounted'), join(folder.path, 'data'));
    const { code, happened } = await problemOf(openDatabase(join(folder.path, 'data', 'relais.db')));
    expect([code, happened]).toEqual(['store/not-writable', expect.stringContaining('what it links to is not there')]);
  });
});

describe('a damaged database is left as it is, and the newest whole copy named', () => {
  beforeEach(fill);

  test('cut off', async () => {
    truncateSync(file, readFileSync(file).length - 5_000);
    expect((await refused(() => openTestLibrary(folder.path))).happened).toMatch(/relais\.db \(it is cut off: \d+ of/);
  });

  test('pages overwritten', async () => {
    const library = await openTestLibrary(folder.path);
    for (const day of [20, 21, 22]) await library.backup(join(folder.path, 'backup'), `relais-2026-11-${day}.db`);
    await library.close();
    writeFileSync(join(folder.path, 'backup', 'relais-2026-11-22.db'), 'this copy has rotted');
    const bytes = readFileSync(file);
    for (let page = 40; page < bytes.length / 4_096; page++) bytes.fill(0xa5, page * 4_096, page * 4_096 + 64);
    writeFileSync(file, bytes);
    const { code, happened } = await refused(() => openTestLibrary(folder.path));
    expect(code).toBe('store/damaged');
    expect(happened).toContain('The newest whole copy is backup/relais-2026-11-21.db');
  });

  test('while it is open', async () => {
    const library = await openTestLibrary(folder.path);
    expect(await library.check('quick')).toEqual({ damage: undefined });
    expect(await library.check('full')).toEqual({ damage: undefined });
    await library.close();
    const open = await openDatabase(file);
    open.sqlite.exec("pragma foreign_keys = off; insert into story_aliases values ('x', 999)");
    await open.close();
    const again = await openTestLibrary(folder.path);
    expect(await again.check('quick')).toEqual({ damage: undefined });
    expect((await again.check('full')).damage).toContain(
      'relais.db (a row of story_aliases belongs to one that is not',
    );
    await again.close();
  });
});

describe('a full disk', () => {
  test('that undoes a transaction by itself is what is told of', async () => {
    const open = await openDatabase(file);
    open.sqlite.pragma('max_page_count = 100');
    const work = open.db.transaction().execute(async (trx) => {
      await trx
        .insertInto('meta')
        .values({ name: 'a', value: 'y'.repeat(500_000) })
        .execute();
    });
    await expect(work).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await open.close();
  });

  const long = (n: number) => item(`long-${n}`, { html: `<p>${'much '.repeat(100_000)}</p>` });

  test('undoes the commit in hand, and nothing else', async () => {
    const open = await openDatabase(file);
    const commits = openCommits(sqliteEngine(open.sqlite, open.db), async () => {});
    open.sqlite.pragma('max_page_count = 100');
    const run = (n: number): Promise<void> =>
      haltOnDiskTrouble(file, () =>
        commits.commit(async (db) => {
          await db
            .insertInto('meta')
            .values({ name: `${n}`, value: n % 4 === 0 ? 'x' : 'y'.repeat(500_000) })
            .execute();
        }),
      );
    await run(0);
    const problems = await Promise.all([1, 2, 3].map((n) => problemOf(run(n))));
    expect(problems.map((one) => one.code)).toEqual(Array(3).fill('store/disk-full'));
    open.sqlite.pragma('max_page_count = 10000');
    await run(4);
    expect(open.sqlite.prepare('select name from meta').pluck().all()).toEqual(['0', '4']);
    await open.close();
  });

  test.skipIf(!canMount)(
    'really full: memory and items go together or not at all (needs the right to mount)',
    async () => {
      const disk = join(folder.path, 'disk');
      mountSmall(disk, 2_500_000);
      try {
        const library = await openTestLibrary(disk);
        const run = (n: number) =>
          serve(library, source(`https://${n}.example/`), n % 4 === 0 ? [item(`${n}`)] : [long(n)], { sources: [] });
        await run(0);
        await problemOf(Promise.all([1, 2, 3, 5, 6, 7].map(run)));
        expect(await problemOf(library.backup(join(disk, 'backup'), 'relais-2026-11-20.db'))).toMatchObject({
          code: 'store/disk-full',
        });
        expect(readdirSync(join(disk, 'backup'))).toEqual([]);
        const stored = (await library.stories((await library.changedSince(0)).ids)).flatMap((story) => story.items);
        expect(stored.map((one) => one.sourceKey).sort()).toEqual([...(await library.memories()).keys()].sort());
        expect(await library.check('full')).toEqual({ damage: undefined });
        await library.close();
      } finally {
        unmount(disk);
      }
    },
  );
});

describe.skipIf(!canMount)('a read-only disk (needs the right to mount)', () => {
  test.each([true, false])('with a database on it: %s', async (isThere) => {
    if (isThere) await fill();
    mountReadOnly(folder.path);
    try {
      expect((await problemOf(openTestLibrary(folder.path))).code).toBe('store/not-writable');
      expect(readdirSync(folder.path)).toEqual(isThere ? ['relais.db'] : []);
    } finally {
      unmount(folder.path);
    }
  });
});

describe('a locked database', () => {
  let open: OpenDatabase;
  beforeEach(async () => {
    open = await openDatabase(file);
  });
  afterEach(() => open.close());

  test('is said in a sentence, and written to once it is free', async () => {
    const other = new Sqlite(file);
    other.exec('begin immediate');
    open.sqlite.pragma('busy_timeout = 0');
    const commits = openCommits(sqliteEngine(open.sqlite, open.db), async () => {});
    const note = (): Promise<void> =>
      haltOnDiskTrouble(file, () =>
        commits.commit(async (db) => {
          await db.insertInto('meta').values({ name: 'a', value: 'b' }).execute();
        }),
      );
    const problems = await Promise.all([problemOf(note()), problemOf(note())]);
    expect(problems.map((one) => one.code)).toEqual(['store/locked', 'store/locked']);
    other.exec('rollback');
    other.close();
    await note();
  });

  test('is locked before anything is read, so that no transaction has to begin again', async () => {
    await open.db.transaction().execute(async () => {
      const other = new Sqlite(file, { timeout: 0 });
      expect(() => other.exec('begin immediate')).toThrow('locked');
      other.close();
    });
  });
});

describe('state never runs ahead of items', () => {
  test('what was waiting is on the disk when the library is closed', async () => {
    const library = await openTestLibrary(folder.path);
    const records = Array.from({ length: 200 }, (_, n) =>
      library.record({ sourceKey: `${n}`, ...nothingAsked }, () => quietPlan(memoryOf(`${n}`), noon), settleNothing),
    );
    await library.close();
    await Promise.all(records);
    const again = await openTestLibrary(folder.path);
    expect((await again.memories()).size).toBe(200);
    await again.close();
  });
});
