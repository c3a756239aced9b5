/** What a command lays or exports, where the disk ends in the middle of it: whole, or as it was before. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { relais, relaisOnLittleRoom } from './relais.ts';

const settings = (sources: number): string =>
  `sections:\n  sea:\n${Array.from({ length: sources }, (_, index) => `    - https://group-${index}.example/feed\n`).join('')}`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-room-'));
  lay('sources.yaml', settings(1));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lay = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('an export that finds no room leaves the earlier one whole', async () => {
  expect((await relais(folder, 'export', 'friends.opml')).exitCode).toBe(0);
  const before = text('friends.opml');
  lay('sources.yaml', settings(20));
  const { exitCode, err } = await relaisOnLittleRoom(folder, 1, 'export', 'friends.opml');
  expect([exitCode, err]).toEqual([
    2,
    expect.stringMatching(/^friends\.opml cannot be written: .*Nothing was exported/),
  ]);
  expect(text('friends.opml')).toBe(before);
  expect(readdirSync(folder).sort()).toEqual(['friends.opml', 'sources.yaml']);
  expect((await relais(folder, 'export', 'friends.opml')).exitCode).toBe(0);
  expect(text('friends.opml')).toContain('group-19');
});

test('an export through a link is in the file that the link names', async () => {
  lay('real.opml', '');
  symlinkSync('real.opml', join(folder, 'link.opml'));
  expect((await relais(folder, 'export', 'link.opml')).exitCode).toBe(0);
  expect(text('real.opml')).toContain('<opml');
});

test.each([
  ['messages/fr.yaml', ['messages', 'fr']],
  ['look/style.css', ['look']],
])('%s: what found no room is not there afterwards, and the next time it is laid', async (file, argv) => {
  const { exitCode, err } = await relaisOnLittleRoom(folder, 1, ...argv);
  expect([exitCode, err]).toEqual([3, expect.stringContaining(`${file} cannot be written: `)]);
  expect(existsSync(join(folder, file))).toBe(false);
  expect(await relais(folder, ...argv)).toMatchObject({ exitCode: 0, err: '' });
});

test('init on a full disk leaves no settings that are cut off; of the schema it only says that there is none', async () => {
  const argv = ['init', '--name', 'News', '--partner', 'https://group.invalid'];
  rmSync(join(folder, 'sources.yaml'));
  const cut = await relaisOnLittleRoom(folder, 1, ...argv);
  expect([cut.exitCode, cut.err]).toEqual([3, expect.stringContaining('sources.yaml cannot be written: ')]);
  expect(readdirSync(folder)).toEqual([]);
  const { exitCode, out, err } = await relaisOnLittleRoom(folder, 8, ...argv);
  expect([exitCode, err]).toEqual([1, expect.stringContaining('sources.schema.json cannot be written: ')]);
  expect(out).not.toContain('Beside it');
  expect(readdirSync(folder)).toEqual(['sources.yaml']);
  expect((await relais(folder, 'check')).exitCode).toBe(0);
});

test.each([
  ['look', ['look']],
  ['messages', ['messages', 'fr']],
])('a file where the folder %s belongs is named', async (name, argv) => {
  lay(name, '');
  const { exitCode, err } = await relais(folder, ...argv);
  expect([exitCode, err]).toEqual([3, expect.stringContaining(`${name} is there already, and is no folder`)]);
  expect(err).not.toContain('stays as it is');
});
