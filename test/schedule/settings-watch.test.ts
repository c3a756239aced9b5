/** A running daemon takes up what has changed in sources.yaml, and in the folders beside it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type SettingsWatch, watchSettings } from '../../src/schedule/settings-watch.ts';

let folder: string;
let configFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-watch-'));
  configFile = join(folder, 'sources.yaml');
  writeFileSync(configFile, 'sections: { c: [ "https://a.example/feed" ] }\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function watch(): Promise<SettingsWatch> {
  const readSettings = (): ReturnType<typeof loadConfig> => loadConfig(configFile, {});
  const first = await readSettings();
  if (first.kind !== 'config') throw new Error('the settings are in order');
  return watchSettings(first.config, { configFile, readSettings }, quiet, systemClock);
}

test.each([
  ['a message file', 'messages', 'el.yaml'],
  ['a file of the look', 'look', 'style.css'],
])('%s that comes, changes or goes is a change of the settings', async (_what, own, name) => {
  const settings = await watch();
  const hashes = [settings.current().hash];
  const path = join(folder, own, name);
  const changes = [
    () => {
      mkdirSync(join(folder, own));
      writeFileSync(path, 'readers: { later: "a" }');
    },
    () => writeFileSync(path, 'readers: { later: "beta" }'),
    () => rmSync(path),
  ];
  for (const change of changes) {
    expect(settings.hasChanged()).toBe(false);
    change();
    expect(settings.hasChanged()).toBe(true);
    hashes.push((await settings.read()).hash);
  }
  expect(new Set(hashes.slice(0, 3)).size).toBe(3);
  expect(hashes[3]).toBe(hashes[0]);
});
