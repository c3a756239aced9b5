/** `relais backup` and `relais restore`, as a person meets them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backup, sizeOf } from '../../src/cli/backup.ts';
import type { Printer } from '../../src/cli/print.ts';
import { restore } from '../../src/cli/restore.ts';
import { openStore } from '../../src/storage.ts';
import { storageIn } from '../storage.ts';
import { memoryOf, problemOf, temporaryFolder } from '../store/open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let said: string[];
let shown: unknown[];
let data: string;

const printer: Printer = {
  isTerminal: false,
  width: 80,
  line: (text = '') => void said.push(text),
  alarm: (text) => void said.push(`! ${text}`),
  json: (value) => void shown.push(JSON.parse(JSON.stringify(value))),
};
const options = () => ({ config: join(folder.path, 'sources.yaml') });

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  said = [];
  shown = [];
  writeFileSync(options().config, 'sections: {}\n');
});
afterEach(() => folder.remove());

async function remember(key: string): Promise<void> {
  const library = await openStore(storageIn(data));
  await library.remember(memoryOf(key));
  await library.close();
}

async function keys(): Promise<string[]> {
  const library = await openStore(storageIn(data));
  const known = [...(await library.memories()).keys()];
  await library.close();
  return known;
}

describe('relais backup', () => {
  test('makes a dated pair, also while a run holds the lease', async () => {
    await remember('a');
    const library = await openStore(storageIn(data));
    await library.takeLease(Date.UTC(2026, 10, 20));
    expect(await backup(options(), printer)).toBe(0);
    expect(await library.fact('backed-up')).toMatch(/^\d+$/); // for `relais status`
    await library.close();
    expect(said[0]).toMatch(/data\/backup\/relais-\d{4}-\d\d-\d\d\.db {2}\d+ kB, read through and found whole$/);
    expect(readFileSync(said[1] ?? '', 'utf8')).toBe('sections: {}\n');
    expect(said[1]).toMatch(/sources-\d{4}-\d\d-\d\d\.yaml$/);
  });

  test('elsewhere, for a program to read', async () => {
    await remember('a');
    const to = join(folder.path, 'stick');
    expect(await backup({ ...options(), to, json: true }, printer)).toBe(0);
    const [{ backup: made }] = shown as [{ backup: { database: string; bytes: number; settings: string } }];
    expect(made.database.startsWith(to) && existsSync(made.settings)).toBe(true);
    expect(made.bytes).toBe(readFileSync(made.database).length);
    expect(said).toEqual([]);
  });

  test('of nothing makes nothing', async () => {
    expect(await problemOf(backup(options(), printer))).toMatchObject({ code: 'store/backup-failed' });
    expect(existsSync(data)).toBe(false);
  });

  test('to a place that is taken', async () => {
    await remember('a');
    const to = options().config;
    expect(await backup({ ...options(), to }, printer)).toBe(2);
    expect(said).toEqual([expect.stringContaining('sources.yaml is no folder, and a copy needs one')]);
  });

  test.skipIf(process.platform !== 'linux')(
    'to a place where nothing can be made, without going on for ever',
    async () => {
      await remember('a');
      const { code } = await problemOf(backup({ ...options(), to: '/proc/x/y' }, printer));
      expect(code).toMatch(/^store\//);
    },
  );

  test('sizes are for people', () => {
    expect([1, 999_999, 12_345_678].map(sizeOf)).toEqual(['1 kB', '1000 kB', '12.3 MB']);
  });
});

async function lastBackup(): Promise<number> {
  const library = await openStore(storageIn(data));
  const at = Number(await library.fact('backed-up'));
  await library.close();
  return at;
}

describe('relais restore', () => {
  test('says in plain words what was done and how to undo it, and the undoing works', async () => {
    await remember('a');
    await backup({ ...options(), quiet: true }, printer);
    await remember('b');
    expect(await restore(undefined, options(), printer)).toBe(0);
    expect(await keys()).toEqual(['a']);
    expect(Date.now() - (await lastBackup())).toBeLessThan(600_000);
    const undo = /To undo this: {2}relais restore (\S+)/.exec(said.join('\n'))?.[1];
    expect(said.join('\n')).toMatch(/backup\/relais-\S+\.db was read through, found whole, and is the database now\./);
    expect(await restore(undo, { ...options(), json: true }, printer)).toBe(0);
    expect(await keys()).toEqual(['a', 'b']);
    expect(shown).toMatchObject([{ restored: { copy: undo, aside: expect.stringContaining('before-restore') } }]);
  });

  test('lists what there is, and takes a name from the list', async () => {
    await restore(undefined, { ...options(), list: true }, printer);
    expect(said.splice(0)).toEqual([`There are no copies in ${join(data, 'backup')} yet.`]);
    await remember('a');
    await backup({ ...options(), quiet: true }, printer);
    await remember('b');
    await restore(undefined, { ...options(), list: true }, printer);
    expect(said).toEqual([expect.stringMatching(/^relais-\S+\.db +\d{4}-\d\d-\d\d \d\d:\d\d UTC +\d+ kB$/)]);
    expect(await restore(said[0]?.split(' ')[0], options(), printer)).toBe(0);
    expect(await keys()).toEqual(['a']);
    await restore(undefined, { ...options(), list: true, json: true }, printer);
    expect(shown).toMatchObject([{ backups: [{ name: expect.any(String), bytes: expect.any(Number) }] }]);
  });

  test('waits while a run holds the lease: 75, and nothing changed', async () => {
    await remember('a');
    await backup({ ...options(), quiet: true }, printer);
    const library = await openStore(storageIn(data));
    await library.takeLease(Date.now());
    expect(await restore(undefined, options(), printer)).toBe(75);
    await library.close();
    expect(said.join('\n')).toMatch(new RegExp(`process ${process.pid} on .*\\n.*Nothing was changed`, 's'));
  });

  test('a folder is no copy', async () => {
    expect(await problemOf(restore(folder.path, options(), printer))).toMatchObject({
      code: 'store/bad-copy',
      happened: expect.stringContaining(`${folder.path} is no file. Name the copy in it`),
    });
  });

  test('without a copy says so', async () => {
    expect(await problemOf(restore(undefined, options(), printer))).toMatchObject({ code: 'store/bad-copy' });
    expect(existsSync(data)).toBe(false);
  });
});
