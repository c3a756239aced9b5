/** With --json every command prints one JSON value on standard output, whatever becomes of it, and no word beside it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { posts, rss } from '../discovery/sites.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { relais } from './relais.ts';

let folder: string;
let empty: string;
let partner: Partner;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-json-'));
  empty = mkdtempSync(join(tmpdir(), 'relais-json-'));
  partner = await startPartner({ '/feed': rss('Quay', posts(2)), '/new': rss('New', posts(2)) });
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais: [ { url: "${partner.url}/feed", name: Quay } ]\n`,
  );
  writeFileSync(join(folder, 'list.txt'), 'https://one.example/feed\n');
  await relais(folder, 'run');
});
afterAll(async () => {
  await partner.close();
  for (const one of [folder, empty]) rmSync(one, { recursive: true });
});

/** Of a folder that has everything; those that change nothing before those that do. `@` is the partner. */
const lines = [
  'init', 'add no', 'add @/new --dry-run', 'add @/feed', 'check', 'check --online', 'run', 'run --dry-run', 'run --now nobody',
  'run --dry-run --now nobody', 'preview Quay', 'preview nobody', 'preview Quay --section none', 'status', 'digest calais',
  'digest none', 'digest calais --test me@example.org', 'digest calais --send', 'desk', 'held', 'stop nobody', 'stop Quay --since ever',
  'vanished', 'explain nothing', 'rule', 'rule list', 'rule same a b', 'rule undo', 'rule export', 'rule import nothing', 'withdraw nothing',
  'restore-item nothing', 'release nothing', 'log', 'import nothing', 'import list.txt --dry-run', 'export', 'export none/x.opml',
  'backup --to copies', 'restore --list', 'restore nothing', 'copy', 'copy --to none.db', 'copy --from nothing', 'messages fr', 'messages fr', 'messages ../x', 'messages', 'look', 'look',
  'schema', 'nothing', 'check --nothing', 'check check', 'held a', 'completion fish', 'completion csh', 'start --port 99999',
]; // biome-ignore format: one command after the other

describe('one JSON value', () => {
  test.each([...lines.entries()])('%d: %s', async (_, line) => {
    const { out, err } = await relais(folder, '--json', ...line.replace('@', partner.url).split(' '));
    expect(() => JSON.parse(out), `${line}\n${out}\n${err}`).not.toThrow();
  });

  test.each(
    [
      'init',
      'add https://a.example',
      'check',
      'check --online',
      'run',
      'run --dry-run',
      'start',
      'preview a',
      'status',
      'digest a',
    ].concat([
      'desk',
      'held',
      'stop a',
      'vanished',
      'explain a',
      'rule list',
      'withdraw a',
      'log',
      'export',
      'backup',
      'restore',
    ]),
  )('also where there is no sources.yaml: %s', async (line) => {
    const { out, err, exitCode } = await relais(empty, '--json', ...line.split(' '));
    expect(() => JSON.parse(out), `${line}\n${out}\n${err}`).not.toThrow();
    expect([2, 3]).toContain(exitCode);
  });
});
