/** Message files beside sources.yaml: found, read, and part of what the site is made from. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { readMessageFiles } from '../../src/config/messages.ts';
import type { Config } from '../../src/model.ts';

const root = mkdtempSync(join(tmpdir(), 'relais-messages-'));
afterAll(() => rmSync(root, { recursive: true }));

function place(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(root, 'place-'));
  mkdirSync(join(folder, 'messages'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'messages', name), content);
  const file = join(folder, 'sources.yaml');
  writeFileSync(file, 'sections: { c: [ "https://a.example/feed" ] }\n');
  return file;
}

async function load(file: string, keep?: Parameters<typeof loadConfig>[2]): Promise<Config> {
  const read = await loadConfig(file, {}, keep);
  if (read.kind !== 'config') throw new Error('the settings are in order');
  return read.config;
}

test('files are read in the order of their names, whatever else lies there', async () => {
  const file = place({ 'fr.yaml': 'b', 'el.yaml': 'a', 'README.txt': 'x', '.el.yaml.swp': 'x', 'uk.yml': 'c' });
  mkdirSync(join(file, '..', 'messages', 'old.yaml'));
  const files = await readMessageFiles(file);
  expect(files.map(({ name, text }) => [name, text])).toEqual([
    ['el.yaml', 'a'],
    ['fr.yaml', 'b'],
    ['uk.yml', 'c'],
  ]);
});

test('what cannot be read says why and stops nothing', async () => {
  const file = place({ 'it.yaml': Buffer.from([0xff]), 'de.yaml': 'x'.repeat(256 * 1024 + 1) });
  symlinkSync('nowhere', join(file, '..', 'messages', 'es.yaml'));
  const { site } = await load(file);
  expect(site.messages?.map(({ name, text, mistake }) => [name, text, mistake])).toEqual([
    ['de.yaml', '', 'it is larger than 256 kB'],
    ['es.yaml', '', 'there is no such file'],
    ['it.yaml', '', 'it is not saved as UTF-8'],
  ]);
});

test('the hash of the settings knows them, also where the settings themselves were kept', async () => {
  const none = await load(place({}));
  expect(none.site.messages).toBeUndefined();
  const file = place({ 'el.yaml': 'a' });
  const keep = { path: join(file, '..', 'data', 'settings.kept'), build: 'one' };
  const first = await load(file, keep);
  expect(first.hash).not.toBe(none.hash);
  writeFileSync(join(file, '..', 'messages', 'el.yaml'), 'b');
  const second = await load(file, keep);
  expect(second.site.messages?.[0]?.text).toBe('b');
  expect(second.hash).not.toBe(first.hash);
  expect((await load(file)).hash).toBe(second.hash);
});
