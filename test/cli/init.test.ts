/** `relais init`: from an empty folder to a sources.yaml in order, online and offline, by questions and by flags. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InitOptions, init } from '../../src/cli/init.ts';
import { html, now, openEdges, posts, rss } from '../discovery/sites.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { personTyping } from './person.ts';
import { relais } from './relais.ts';

let folder: string;
let partner: Partner;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-init-'));
  partner = await startPartner({
    '/': html('<link rel="alternate" type="application/rss+xml" href="/feed/">'),
    '/feed/': rss('Some Group » Feed', posts(3)),
  });
});
afterEach(async () => {
  await partner.close();
  rmSync(folder, { recursive: true });
});

const file = (): string => join(folder, 'sources.yaml');
const clock = { now: () => now, wait: () => Promise.resolve() };

async function ask(
  answers: readonly (string | undefined)[],
  options: Partial<InitOptions> = {},
  locale = 'en-GB',
): Promise<{ exitCode: number; said: string; json: unknown }> {
  const { printer, questions, said, json } = personTyping(...answers);
  const edges = openEdges();
  const open = () => Promise.resolve({ ...edges, close: () => edges.reader.close() });
  const timezone = 'Europe/Paris';
  const exitCode = await init({ config: file(), ...options }, printer, { clock, questions, open, timezone, locale });
  return { exitCode, said: said(), json: json() };
}

test('three questions, and what is written is in order', async () => {
  const { exitCode, said } = await ask(['', 'Harbour: News', 'no address', 'news.example', 'harbour', partner.url]);
  expect(said).toMatch(/A site needs a name[\s\S]*“no address” is no address[\s\S]*“harbour” is not a web address/);
  expect(exitCode).toBe(0);
  const text = readFileSync(file(), 'utf8');
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./sources.schema.json');
  expect(text).toContain('title: "Harbour: News"');
  expect(text).toContain('url: https://news.example/');
  expect(text).toContain('timezone: Europe/Paris');
  expect(text).toContain(`      - { url: ${partner.url}/feed/, name: Some Group, lang: en }\n`);
  expect(text).not.toContain('placeholder');
  expect(JSON.parse(readFileSync(join(folder, 'sources.schema.json'), 'utf8'))).toMatchObject({ type: 'object' });
  expect(said).toMatch(/Next, .* {2}relais run/);
  expect(await relais(folder, 'check')).toMatchObject({ exitCode: 0, err: '' });
});

test('its address may be left empty, and what is given as a flag is not asked for', async () => {
  const { exitCode, said } = await ask([''], { name: 'News', partner: `${partner.url}/feed/` });
  expect(exitCode).toBe(0);
  expect(said).not.toContain('What is your site called?');
  expect(readFileSync(file(), 'utf8')).toContain('# url: https://news.example.org/');
});

test.each([
  ['de-CH', 'de'],
  ['fr', 'fr'],
  ['nl-BE', 'en'],
  ['en-US-u-va-posix', 'en'],
])('pages begin in the language of the machine where it is spoken: %s', async (locale, lang) => {
  await ask([''], { name: 'News', partner: `${partner.url}/feed/` }, locale);
  expect(readFileSync(file(), 'utf8')).toMatch(new RegExp(`^  lang: ${lang} +# language of the pages`, 'm'));
});

test('an address with a secret is for later', async () => {
  const { exitCode, said } = await ask([], { name: 'N', partner: `${partner.url}/feed/?key=\${KEY}`, yes: true });
  expect(exitCode).toBe(2);
  expect(said).toContain(`--partner: An address with a secret in it comes later, by  relais add '${partner.url}`);
});

test('whoever leaves has nothing written', async () => {
  for (const answers of [[undefined], ['News', undefined], ['News', '', undefined]]) {
    expect((await ask(answers)).exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('nothing is overwritten', async () => {
  writeFileSync(file(), 'mine');
  const { exitCode, said } = await ask([], { name: 'N', partner: partner.url, yes: true });
  expect(exitCode).toBe(2);
  expect(said).toMatch(/is there already, and stays as it is.*relais add/s);
  expect(readFileSync(file(), 'utf8')).toBe('mine');
  rmSync(file());
  writeFileSync(join(folder, 'sources.schema.json'), 'mine too');
  expect((await ask([], { name: 'N', partner: partner.url, yes: true })).exitCode).toBe(0);
  expect(readFileSync(join(folder, 'sources.schema.json'), 'utf8')).toBe('mine too');
});

test('a file in which nothing is set yet has room; its notes stay', async () => {
  for (const [before, end] of [
    ['', ''],
    ['\ufeff# ours, one day\n\n  # perhaps\n', '\n# ours, one day\n\n  # perhaps\n'],
  ] as const) {
    writeFileSync(file(), before);
    expect((await relais(folder, 'add', 'https://group.invalid', '--yes')).err).toContain('relais init');
    expect((await ask([], { name: 'N', partner: partner.url, yes: true })).exitCode).toBe(0);
    const text = readFileSync(file(), 'utf8');
    expect(text).toContain(`${partner.url}/feed/`);
    expect(text.endsWith(end)).toBe(true);
    expect(await relais(folder, 'check')).toMatchObject({ exitCode: 0, err: '' });
  }
});

test('a link that leads nowhere is told as one', async () => {
  symlinkSync('gone.yaml', file());
  const { exitCode, said } = await ask([], { name: 'N', partner: partner.url, yes: true });
  expect([exitCode, said]).toEqual([2, expect.stringContaining('is a link to something that is not there')]);
  const { err } = await relais(folder, 'check');
  expect(err).toContain('it is a link to gone.yaml, which is not there');
  expect(err).not.toContain('Give that the name');
});

test('a partner that does not answer is written all the same, and that is said', async () => {
  const silent = await startPartner({});
  const { exitCode, said } = await ask([], { name: 'N', partner: `${silent.url}/nothing/`, yes: true });
  await silent.close();
  expect(exitCode).toBe(1);
  expect(said).toMatch(/404 Not Found[\s\S]*Its address is in the file all the same/);
  expect(readFileSync(file(), 'utf8')).toContain(`      - ${silent.url}/nothing/\n`);
});

test('JSON, and nothing beside it', async () => {
  const { exitCode, said, json } = await ask([], { name: 'N', partner: partner.url, json: true });
  expect([exitCode, said]).toEqual([0, '']);
  expect(json).toMatchObject({ written: true, source: { url: `${partner.url}/feed/` } });
});

test('from a script, without a network: which flags are missing is said, and the file is in order', async () => {
  const missing = await relais(folder, 'init', '--name', 'News');
  expect(missing).toMatchObject({ exitCode: 2, err: expect.stringMatching(/--partner https:/) as unknown });
  expect(missing.err).not.toContain('--name "');
  const wrong = await relais(folder, 'init', '--name', 'News', '--partner', 'x@y.example');
  expect(wrong).toMatchObject({ exitCode: 2, err: expect.stringMatching(/^--partner: .*mail address/) as unknown });
  expect(existsSync(file())).toBe(false);
  const { exitCode, out, err } = await relais(folder, 'init', '--name', 'News', '--partner', 'https://group.invalid');
  expect(exitCode).toBe(1);
  expect(err).toContain('https://group.invalid/ could not be reached');
  expect(out).toContain('relais run');
  expect(await relais(folder, 'check')).toMatchObject({ exitCode: 0, err: '' });
});
