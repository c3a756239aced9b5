/** Copies of the database: made while it is in use, kept for a while, and put back. */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestsUnknownUntil } from '../../../src/digest-library.ts';
import type { Library } from '../../../src/library.ts';
import { listBackups, newestWhole, rotation } from '../../../src/store/backups.ts';
import { Sqlite } from '../../../src/store/database.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/opening.ts';
import { restoreDatabase } from '../../../src/store/restore.ts';
import { item, source } from '../../stories/builders.ts';
import { edges, holder, memoryOf, noon, openTestLibrary, problemOf, temporaryFolder } from '../open.ts';
import { serve } from '../serve.ts';

const day = 86_400_000;
const cms = source('https://cms.example/feed');

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let copies: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'relais.db');
  copies = join(folder.path, 'backup');
});
afterEach(() => folder.remove());

const nameOf = (at: number): string => `relais-${new Date(at).toISOString().slice(0, 10)}.db`;

describe('which copies may go', () => {
  const now = Date.UTC(2026, 10, 23, 4, 30); // a Monday

  test('night after night: seven of days, the newest of each of four weeks before', () => {
    let kept: string[] = [];
    for (let at = now - 100 * day; at <= now; at += day) {
      kept.push(nameOf(at));
      const gone = new Set(rotation(kept, at));
      kept = kept.filter((name) => !gone.has(name));
      expect(kept).toContain(nameOf(at));
    }
    const days = [23, 22, 21, 20, 19, 18, 17].map((n) => `relais-2026-11-${n}.db`);
    const weeks = ['2026-11-16', '2026-11-15', '2026-11-08', '2026-11-01'].map((date) => `relais-${date}.db`);
    expect(kept.sort().reverse()).toEqual([...days, ...weeks]);
  });

  test('what is not ours to judge stays', () => {
    const names = [
      'notes.txt',
      'relais-2026-13-45.db',
      'relais-old.db',
      'relais-2026-11-23.db.half-made-7',
      nameOf(now + 2 * day),
    ];
    expect(rotation(names, now)).toEqual([]);
  });

  test('few copies stay however old they are', () => {
    const names = Array.from({ length: 7 }, (_, n) => nameOf(now - (400 + 50 * n) * day));
    expect(rotation(names, now)).toEqual([]);
  });

  test('three from before migrations stay', () => {
    const names = [2, 10, 9, 11].map((n) => `before-step-${n}.db`);
    expect(rotation(names, now)).toEqual(['before-step-2.db']);
  });
});

describe('a copy', () => {
  let library: Library;
  beforeEach(async () => {
    library = await openTestLibrary(folder.path);
    const items = Array.from({ length: 40 }, (_, n) => item(`${n}`, { html: `<p>${`word ${n} `.repeat(2_000)}</p>` }));
    await serve(library, cms, items, { sources: [cms] });
  });
  afterEach(() => library.close());

  test('of one day gives way to the next of that day, and old ones go with their settings', async () => {
    mkdirSync(copies);
    const old = Array.from({ length: 60 }, (_, n) => noon - n * day);
    for (const at of old) writeFileSync(join(copies, nameOf(at)), 'old');
    writeFileSync(join(copies, 'sources-2026-10-01.yaml'), '');
    writeFileSync(join(copies, 'sources-2026-11-19.yaml'), '');
    await library.backup(copies, nameOf(noon));
    expect(readdirSync(copies).filter((name) => name.endsWith('.db'))).toHaveLength(11);
    expect(readdirSync(copies).filter((name) => name.endsWith('.yaml'))).toEqual(['sources-2026-11-19.yaml']);
    expect(newestWhole(copies)?.name).toBe(nameOf(noon));
  });

  test('elsewhere is the maintainer’s own: nothing there goes', async () => {
    const elsewhere = join(folder.path, 'stick');
    mkdirSync(elsewhere);
    for (let n = 1; n < 30; n++) writeFileSync(join(elsewhere, nameOf(noon - n * day)), 'old');
    await library.backup(elsewhere, nameOf(noon));
    expect(readdirSync(elsewhere)).toHaveLength(30);
  });

  test('that is killed half-way has no name, and its remains go with the next', async () => {
    const script = fileURLToPath(new URL('killed-while-copying.ts', import.meta.url));
    const cwd = fileURLToPath(new URL('../../..', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, file], { cwd });
    const signal = await new Promise((resolve) => child.on('close', (_code, name) => resolve(name)));
    expect(signal).toBe('SIGKILL');
    expect(readdirSync(copies)).toEqual([expect.stringContaining('half-made')]);
    expect(listBackups(copies)).toEqual([]);
    await library.backup(copies, 'relais-2026-11-20.db');
    expect(readdirSync(copies)).toEqual(['relais-2026-11-20.db']);
  });

  test('of a damaged database is not kept, and the one before stays', async () => {
    await library.backup(copies, 'relais-2026-11-20.db');
    const before = readFileSync(join(copies, 'relais-2026-11-20.db'));
    await library.tidy(noon); // everything is in the file itself from here
    const bytes = readFileSync(file);
    for (let page = 60; page < bytes.length / 4_096; page++) bytes.fill(0xa5, page * 4_096, page * 4_096 + 64);
    const handle = openSync(file, 'r+');
    writeSync(handle, bytes);
    closeSync(handle);
    const { code, happened } = await problemOf(library.backup(copies, 'relais-2026-11-20.db'));
    expect([code, happened]).toEqual(['store/damaged', expect.stringContaining('backup/relais-2026-11-20.db')]);
    expect(readdirSync(copies)).toEqual(['relais-2026-11-20.db']);
    expect(readFileSync(join(copies, 'relais-2026-11-20.db')).equals(before)).toBe(true);
  });

  test('room is given back to the disk when much of it is unused', async () => {
    await library.tidy(noon);
    const full = readFileSync(file).length;
    await library.expire([cms.key], noon + 1, noon);
    await library.tidy(noon);
    expect(readFileSync(file).length).toBeLessThan(full / 4);
    expect(existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`).length : 0).toBe(0);
    expect(await library.check('full')).toEqual({ damage: undefined });
  });
});

describe('putting a copy back', () => {
  const self = holder({ owner: 'restorer', pid: 99 });
  const restore = (copy?: string, given = edges()) => restoreDatabase(file, copy, self, given);
  const aside = 'relais-before-restore-2026-11-20-120000.db';

  /** A library that knows these sources. */
  async function keysNow(): Promise<string[]> {
    const library = await openTestLibrary(folder.path);
    const keys = [...(await library.memories()).keys()];
    await library.close();
    return keys;
  }

  async function remember(...keys: string[]): Promise<void> {
    const library = await openTestLibrary(folder.path);
    for (const key of keys) await library.remember(memoryOf(key));
    await library.close();
  }

  beforeEach(async () => {
    for (const [key, name] of [
      ['one', 'relais-2026-11-18.db'],
      ['two', 'relais-2026-11-19.db'],
    ] as const) {
      await remember(key);
      const library = await openTestLibrary(folder.path);
      await library.backup(copies, name);
      await library.close();
    }
    await remember('three');
  });

  test('the newest, and back again', async () => {
    const restored = await restore();
    expect(restored).toEqual({ copy: join(copies, 'relais-2026-11-19.db'), aside: join(folder.path, aside) });
    expect(await keysNow()).toEqual(['one', 'two']);
    expect(readdirSync(folder.path).sort()).toEqual(['backup', aside, 'relais.db'].sort());
    await restore(join(folder.path, aside));
    expect(await keysNow()).toEqual(['one', 'two', 'three']);
    expect(readdirSync(folder.path)).toContain(aside.replace('.db', '-2.db'));
  });

  test('a chosen one, whose lease is over', async () => {
    const library = await openTestLibrary(folder.path, holder({ host: 'elsewhere' }));
    await library.takeLease(noon);
    await library.backup(copies, 'relais-2026-11-20.db');
    await library.giveBackLease();
    await library.close();
    await restore(join(copies, 'relais-2026-11-20.db'));
    const again = await openTestLibrary(folder.path, holder({ owner: 'another' }));
    expect(await again.takeLease(noon)).toBeUndefined();
    await again.close();
  });

  test('the site is made anew: what has been published since is not what the copy remembers', async () => {
    const library = await openTestLibrary(folder.path);
    await library.published(new Map([['calais', { stamp: 'as it was', at: noon, paths: ['calais/index.html'] }]]));
    await library.backup(copies, 'relais-2026-11-20.db');
    await library.close();
    await restore(join(copies, 'relais-2026-11-20.db'));
    const again = await openTestLibrary(folder.path);
    expect((await again.publications()).get('calais')).toEqual({ stamp: '', at: noon, paths: ['calais/index.html'] });
    await again.close();
  });

  test('knows which digests have gone out since, so that none is mailed twice', async () => {
    const library = await openTestLibrary(folder.path);
    const digest = { section: 'calais', name: '2026-W47', start: noon - 7 * 86_400_000, end: noon };
    const mail = { address: 'list@lists.example', state: 'waiting', answer: undefined } as const;
    await library.closeDigest(digest, [1], [mail], noon);
    const [waiting] = await library.digestMailings();
    if (waiting !== undefined) await library.noteMailing({ ...waiting, state: 'sent' });
    await library.close();
    await restore();
    const again = await openTestLibrary(folder.path);
    expect(await again.digests()).toEqual([{ ...digest, isEmpty: false }]);
    expect((await again.digestMailings()).map(({ state }) => state)).toEqual(['sent']);
    expect(await again.fact(digestsUnknownUntil)).toBeUndefined();
    await again.close();
  });

  test('waits for nobody: while a run is on, nothing is changed', async () => {
    const library = await openTestLibrary(folder.path);
    await library.takeLease(noon);
    expect(await restore()).toEqual({ pid: 11, host: 'here', since: noon });
    await library.close();
    expect(await keysNow()).toEqual(['one', 'two', 'three']);
    expect(readdirSync(folder.path).sort()).toEqual(['backup', 'relais.db']);
  });

  test.each([
    ['damaged', () => truncateSync(file, 6_000)],
    ['empty', () => truncateSync(file, 0)],
    ['another program’s', () => writeFileSync(file, 'milk and bread '.repeat(99))],
  ])('in the place of one that is %s, which is kept', async (_what, spoil) => {
    spoil();
    const spoilt = readFileSync(file);
    expect(await restore()).toMatchObject({ isForgetful: true }); // it says nothing of withdrawals
    const library = await openTestLibrary(folder.path);
    expect(await library.fact(digestsUnknownUntil)).toBe(String(noon)); // nor of digests
    await library.close();
    expect(await keysNow()).toEqual(['one', 'two']);
    expect(readFileSync(join(folder.path, aside)).equals(spoilt)).toBe(true);
    expect(readdirSync(folder.path).sort()).toEqual(['backup', aside, 'relais.db'].sort());
  });

  test('in the place of one that a newer Relais has migrated: the copy from before that', async () => {
    await (await openDatabase(file, [...migrations, { name: 'next', up: () => Promise.resolve() }])).close();
    const before = join(copies, `before-step-${migrations.length + 1}.db`);
    expect(await restore()).toEqual({ copy: before, aside: join(folder.path, aside) });
    expect(await keysNow()).toEqual(['one', 'two', 'three']);
  });

  test('where there was none', async () => {
    const other = temporaryFolder();
    const restored = await restoreDatabase(
      join(other.path, 'relais.db'),
      join(copies, 'relais-2026-11-18.db'),
      self,
      edges(),
    );
    expect(restored).toMatchObject({ aside: undefined });
    other.remove();
  });

  test('a WAL that a killed process left goes aside with its database', async () => {
    const library = await openTestLibrary(folder.path);
    await library.remember(memoryOf('four'));
    const wal = readFileSync(`${file}-wal`);
    await library.close();
    truncateSync(file, 4_096);
    writeFileSync(`${file}-wal`, wal);
    await restore();
    expect(await keysNow()).toEqual(['one', 'two']);
    expect(readFileSync(join(folder.path, `${aside}-wal`)).equals(wal)).toBe(true);
  });

  test('of an older Relais, which is brought forward', async () => {
    const old = join(copies, 'before-step-2.db');
    await (await openDatabase(old, migrations.slice(0, 1))).close();
    await restore(old);
    expect(await keysNow()).toEqual([]);
  });

  test.each([
    ['that is not there', () => undefined, 'is not there'],
    ['cut off', (path: string) => truncateSync(path, 9_000), 'it is cut off'],
    ['that is no database', (path: string) => writeFileSync(path, 'x'.repeat(5_000)), 'it is no database'],
    ['of another program', makeOther, 'belongs to another program'],
    [
      'without tables',
      (path: string) => new Sqlite(path).exec('pragma user_version = 0; vacuum').close(),
      'it holds nothing',
    ],
    ['of a newer Relais', makeNewer, 'is at step'],
  ])('%s is refused, and nothing is changed', async (what, spoil, words) => {
    const copy = join(folder.path, 'copy.db');
    if (what === 'cut off') writeFileSync(copy, readFileSync(join(copies, 'relais-2026-11-19.db')));
    await spoil(copy);
    const { code, happened } = await problemOf(restore(copy));
    expect([code, happened]).toEqual(['store/bad-copy', expect.stringContaining(words)]);
    expect(await keysNow()).toEqual(['one', 'two', 'three']);
  });

  test('without any whole copy there is nothing to put back', async () => {
    for (const { name } of listBackups(copies)) truncateSync(join(copies, name), 100);
    expect((await problemOf(restore())).happened).toContain('there is no whole one in');
  });

  test('copies are listed newest first, by their names where the times are lost', () => {
    for (const name of readdirSync(copies)) utimesSync(join(copies, name), 0, 0);
    writeFileSync(join(copies, 'holiday.jpg'), '');
    expect(listBackups(copies).map(({ name, at }) => [name, new Date(at).getUTCDate()])).toEqual([
      ['relais-2026-11-19.db', 19],
      ['relais-2026-11-18.db', 18],
    ]);
    expect(listBackups(join(folder.path, 'nowhere'))).toEqual([]);
  });
});

function makeOther(path: string): void {
  const other = new Sqlite(path);
  other.exec('create table recipes (name text)');
  other.close();
}

async function makeNewer(path: string): Promise<void> {
  await (await openDatabase(path, [...migrations, { name: 'next', up: () => Promise.resolve() }])).close();
}
