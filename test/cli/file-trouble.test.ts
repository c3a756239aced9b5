/** Files and folders as they are on bad days: each command says what stands in the way, and none of it is called a defect. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../src/storage.ts';
import { storageIn } from '../storage.ts';
import { relais } from './relais.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-trouble-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lay = (name: string, text: string): void => writeFileSync(join(folder, name), text);

test('the demo where a file has the name of its folder', async () => {
  lay('data', 'mine');
  const { exitCode, err } = await relais(folder, 'demo', '--once');
  expect([exitCode, err]).toEqual([
    3,
    expect.stringMatching(/^The demo cannot begin: .*data is there already, and is no folder/),
  ]);
  expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('mine');
});

test('copies where a file has the name of their folder', async () => {
  lay('sources.yaml', 'sections: { sea: [ "https://one.example/feed" ] }\n');
  await (await openStore(storageIn(join(folder, 'data')))).close();
  const backup = await relais(folder, 'backup', '--to', 'sources.yaml');
  expect([backup.exitCode, backup.err]).toEqual([
    2,
    expect.stringMatching(/sources\.yaml is no folder, and a copy needs one/),
  ]);
  lay('data/backup', '');
  for (const words of [['restore', '--list'], ['restore']]) {
    const { exitCode, err } = await relais(folder, ...words);
    expect([exitCode, err]).toEqual([
      3,
      expect.stringMatching(/data\/backup is no folder, so there are no copies in it/),
    ]);
  }
});

test('an import where the folder for temporary files is none', async () => {
  lay('list.txt', 'https://one.example/feed\n');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(folder, 'none');
  try {
    const { exitCode, err } = await relais(folder, 'import', 'list.txt');
    expect([exitCode, err]).toEqual([
      2,
      expect.stringMatching(/none, cannot be written: there is no such folder\. Let TMPDIR/),
    ]);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});
