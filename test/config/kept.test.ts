import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keepConfig } from '../../src/config/kept.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/model.ts';

const folder = mkdtempSync(join(tmpdir(), 'relais-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = 'site: { title: Before }\nsections:\n  calais:\n    - https://a.example/feed\n';
let count = 0;

function place(written: string): { file: string; keep: { path: string; build: string } } {
  count += 1;
  const file = join(folder, `${count}.yaml`);
  writeFileSync(file, written);
  return { file, keep: { path: join(folder, `data-${count}`, 'settings.kept'), build: 'one' } };
}

async function titleOf(file: string, keep: { path: string; build: string }, env = {}): Promise<string> {
  const read = await loadConfig(file, env, keep);
  return read.kind === 'config' ? read.config.site.title : read.problems.map(({ happened }) => happened).join();
}

/** What is kept says After: whoever takes it is known by that, and whoever reads the file by Before. */
async function placeOfAnother(): Promise<ReturnType<typeof place>> {
  const placed = place(text);
  const read = await loadConfig(placed.file, {}, placed.keep);
  if (read.kind !== 'config') throw new Error('the settings are in order');
  const other: Config = { ...read.config, site: { ...read.config.site, title: 'After' } };
  await keepConfig({ file: placed.file, text }, other, placed.keep);
  return placed;
}

test('what is kept is what was read, to the last setting', async () => {
  const { file, keep } = place(readFileSync(new URL('../../sources.yaml', import.meta.url), 'utf8'));
  const configOf = async (...from: Parameters<typeof loadConfig>): Promise<Config | undefined> => {
    const read = await loadConfig(...from);
    return read.kind === 'config' ? read.config : undefined;
  };
  const first = await configOf(file, {}, keep);
  expect(first).toBeDefined();
  expect(existsSync(keep.path)).toBe(true);
  expect(await configOf(file, {}, keep)).toEqual(first);
  expect(await configOf(file, {})).toEqual(first);
});

test('the same file is not read again; another one, or by another program, is', async () => {
  const { file, keep } = await placeOfAnother();
  expect(await titleOf(file, keep)).toBe('After');
  expect(await titleOf(file, { ...keep, build: 'two' })).toBe('Before');
  const moved = place(text).file;
  expect(await titleOf(moved, (await placeOfAnother()).keep)).toBe('Before');
  const edited = await placeOfAnother();
  writeFileSync(edited.file, `${text}# a word more\n`);
  expect(await titleOf(edited.file, edited.keep)).toBe('Before');
});

test('a mistake in the file is told each time', async () => {
  const { file, keep } = place('sections: []\n');
  const told = await titleOf(file, keep);
  expect(told).not.toBe('');
  expect(await titleOf(file, keep)).toBe(told);
  expect(existsSync(keep.path)).toBe(false);
});

test('whatever has happened to what is kept, it is read anew', async () => {
  const { file, keep } = await placeOfAnother();
  const whole = readFileSync(keep.path);
  for (let at = 0; at < whole.length; at += 7) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(keep.path, damaged);
    expect(await titleOf(file, keep), `byte ${at}`).toBe('Before');
    writeFileSync(keep.path, whole.subarray(0, at));
    expect(await titleOf(file, keep), `cut at ${at}`).toBe('Before');
  }
});

test('secrets are kept nowhere, and expressions are compiled each time', async () => {
  const secret = place(`sections:\n  calais:\n    - https://a.example/feed?key=\${KEY}\n`);
  expect(await titleOf(secret.file, secret.keep, { KEY: 'a-long-secret' })).toBe('Relais');
  expect(existsSync(secret.keep.path)).toBe(false);
  expect(await titleOf(secret.file, secret.keep)).toContain('KEY');
  const filtered = place('sections:\n  calais:\n    - { url: https://a.example/feed, only: { title: /manche/i } }\n');
  for (const _visit of [1, 2]) {
    const read = await loadConfig(filtered.file, {}, filtered.keep);
    const [term] = (read.kind === 'config' && read.config.sources[0]?.filters[0]?.only[0]?.title) || [];
    expect(typeof term === 'object' && term.test('La Manche')).toBe(true);
  }
});

test('where nothing can be kept the settings are read all the same', async () => {
  const { file } = place(text);
  writeFileSync(join(folder, 'in-the-way'), '');
  expect(await titleOf(file, { path: join(folder, 'in-the-way', 'settings.kept'), build: 'one' })).toBe('Before');
});
