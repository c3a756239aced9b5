import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-config-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function mistakeIn(file: string): Promise<string> {
  const read = await loadConfig(file, {});
  if (read.kind === 'config') return 'none';
  return read.problems.map(({ code, happened }) => `${code}: ${happened}`).join('\n');
}

const withSecret = `sections:\n  calais:\n    - https://a.example/feed?key=\${KEY}\n`;

test('a file that cannot be read says why', async () => {
  expect(await mistakeIn(join(folder, 'none.yaml'))).toBe('config/no-file: cannot be read: there is no such file');
  await mkdir(join(folder, 'folder.yaml'));
  expect(await mistakeIn(join(folder, 'folder.yaml'))).toBe('config/unreadable: cannot be read: it is a folder');
  const latin1 = await fileWith('latin1.yaml', Buffer.from('# Passeurs d’hospitalité', 'latin1'));
  expect(await mistakeIn(latin1)).toBe('config/unreadable: cannot be read: it is not saved as UTF-8');
});

test.each(['relay.yml', 'relay.yaml.txt', 'Relay.yaml'])('a file that is called %s is pointed at', async (name) => {
  const beside = await mkdtemp(join(folder, 'named-'));
  await writeFile(join(beside, name), withSecret);
  expect(await mistakeIn(join(beside, 'relay.yaml'))).toBe(
    `config/no-file: cannot be read: there is no such file, but there is ${name}. Give that the name relay.yaml`,
  );
});

test('the file may be 1 MiB and no more', async () => {
  const text = 'sections: { calais: [ https://a.example ] }\n#';
  const largest = await fileWith('largest.yaml', text.padEnd(1024 * 1024, '#'));
  expect(await mistakeIn(largest)).toBe('none');
  const larger = await fileWith('larger.yaml', text.padEnd(1024 * 1024 + 1, '#'));
  expect(await mistakeIn(larger)).toBe('config/unreadable: cannot be read: it is larger than 1024 kB');
});

test('a secret comes from the environment, else from the file that is named there', async () => {
  const file = await fileWith('secret.yaml', withSecret);
  const secret = await fileWith('key', 'from-file\n');
  const urls = async (env: Record<string, string>): Promise<string> => {
    const read = await loadConfig(file, env);
    return read.kind === 'config' ? (read.config.sources[0]?.url ?? '') : (read.problems[0]?.happened ?? '');
  };
  expect(await urls({ KEY: 'from-env', KEY_FILE: secret })).toBe('https://a.example/feed?key=from-env');
  expect(await urls({ KEY_FILE: secret })).toBe('https://a.example/feed?key=from-file');
  expect(await urls({ KEY_FILE: join(folder, 'none') })).toContain(`\${KEY} is not set`);
  expect(await urls({ KEY: '' })).toContain(`\${KEY} is not set`);
  expect(await urls({})).toContain('KEY_FILE');
});
