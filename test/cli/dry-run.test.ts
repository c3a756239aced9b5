/** `relais run --dry-run`, as a person types it: what it says, that it leaves nothing, also when it is interrupted. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { relais, start } from './relais.ts';

let folder: string;
let partner: Partner;
let isSilent: boolean;
const before = process.env.TMPDIR;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-dry-'));
  mkdirSync(join(folder, 'tmp'));
  process.env.TMPDIR = join(folder, 'tmp');
  isSilent = false;
  const item = `<item><guid>1</guid><title>Fences \u001b[31mat the harbour</title><link>https://harbour.example/1</link><pubDate>${new Date(Date.now() - 3_600_000).toUTCString()}</pubDate><description>Text of it.</description></item>`;
  partner = await startPartner((_request, response) => {
    if (!isSilent)
      response.end(
        `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${item}</channel></rss>`,
      );
  });
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.1], spacing: 0s }\nsections:\n  calais: [ { url: "${partner.url}/feed", name: Harbour } ]\n`,
  );
});
afterEach(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await partner.close();
  rmSync(folder, { recursive: true });
});

test('says what would come and be published, and leaves nothing', async () => {
  const { exitCode, out } = await relais(folder, 'run', '--dry-run');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/✓ Harbour +1 item, 1 new/);
  expect(out).toContain('Stories: 1 new, 0 joined by another text, 0 changed');
  expect(out).toMatch(/\+ “Fences .*at the harbour” {2}Harbour, /);
  expect(out).not.toContain('\u001b');
  expect(out).toMatch(/ calais\/ +\d+ new/);
  expect(out).toContain('This was a dry run: nothing was stored, published or sent.');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(readdirSync(folder).sort()).toEqual(['sources.yaml', 'tmp']);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});

test('--json is one document, with every file', async () => {
  const { out } = await relais(folder, '--json', 'run', '--dry-run');
  expect(JSON.parse(out)).toMatchObject({
    isDry: true,
    stories: [{ what: 'new', items: [{ sourceKey: expect.stringContaining('/feed'), isNew: true }] }],
    files: { added: expect.arrayContaining(['index.html', 'calais/feed.xml']), changed: [], removed: [] },
  });
});

test('interrupted, it leaves nothing either', async () => {
  isSilent = true;
  const started = start(folder, 'run', '--dry-run');
  await started.until('1 source due');
  expect(readdirSync(join(folder, 'tmp'))).toHaveLength(1);
  started.stop('SIGINT');
  const { exitCode } = await started.ended;
  expect(exitCode).toBe(75);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('interrupted twice, it ends at once and leaves nothing', async () => {
  isSilent = true;
  const started = start(folder, 'run', '--dry-run');
  await started.until('1 source due');
  started.stop('SIGINT');
  started.stop('SIGTERM');
  expect((await started.ended).exitCode).toBe(75);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
});
