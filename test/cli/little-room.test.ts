/** What a command lays or exports, where the disk ends in the middle of it: whole, or as it was before. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
