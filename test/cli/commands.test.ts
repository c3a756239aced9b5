/** What holds for every command there is: help with an example, and no half-understood input. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relais } from './relais.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every command by its words, from the help itself. */
async function commandsBelow(...words: readonly string[]): Promise<string[][]> {
  const { out } = await relais(folder, ...words, '--help');
  const names = [...out.matchAll(/^ {2}([a-z][a-z-]+)(?: \[options\])?(?: [[<][^\n]*?)?(?: {2,}|$)/gm)].map(
    ([, name = '']) => name,
  );
  const inGroups = out.includes('Commands:') || words.length === 0;
  if (!inGroups) return [];
  const below = names.filter((name) => name !== 'help' && name !== 'relais');
  const deeper = await Promise.all(below.map((name) => commandsBelow(...words, name)));
  return [...below.map((name) => [...words, name]), ...deeper.flat()];
}

test('each has help with an example that begins with itself, and the options that all have', async () => {
  const commands = await commandsBelow();
  expect(commands.length).toBeGreaterThan(25);
  for (const words of commands) {
    const { exitCode, out } = await relais(folder, ...words, '--help');
    expect(exitCode, words.join(' ')).toBe(0);
    expect(out, words.join(' ')).toMatch(new RegExp(`Examples?:\\n(?:.*\\n)*? .*relais ${words[0]}`));
    expect(out, words.join(' ')).toContain('--json');
  }
}, 120_000);

describe('what is understood by half is refused, with the nearest word, and nothing is done', () => {
  test.each([
    [['stauts'], 'status'],
    [['run', '--nwo'], '--now'],
    [['check', 'sources.yml'], 'too many arguments'],
    [['log', '--last', 'ten'], 'A number'],
    [['start', '--port', '99999'], 'A port is a number'],
    [['explain'], "missing required argument 'item'"],
    [['completion', 'tcsh'], 'bash, zsh, fish'],
    [['run', '--quiet', '--verbose'], 'cannot be used with'],
    [['digest', 'calais', '--send', '--test', 'me@example.org'], 'cannot be used with'],
    [['status', '--config'], 'argument missing'],
  ])('relais %j', async (words, said) => {
    const { exitCode, out, err } = await relais(folder, ...words);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('relais alone says what to do next', () => {
  test('in an empty folder, with mistakes, before the first run', async () => {
    expect((await relais(folder)).out).toContain('relais init');
    writeFileSync(join(folder, 'sources.yaml'), 'sections:\n  calais:\n    - htps://x\n');
    expect((await relais(folder)).out).toContain('relais check');
    writeFileSync(join(folder, 'sources.yaml'), 'sections:\n  calais:\n    - https://x.example\n');
    const { exitCode, out } = await relais(folder);
    expect(exitCode).toBe(0);
    expect(out).toContain('1 source in 1 section');
    expect(out).toContain('relais run');
  });
});

test('alone, it sees the file that an editor has called otherwise', async () => {
  const beside = mkdtempSync(join(tmpdir(), 'relais-commands-'));
  try {
    expect((await relais(beside)).out).toMatch(
      /^There is no sources\.yaml in this folder yet\.\nTo begin: {2}relais init/,
    );
    writeFileSync(join(beside, 'sources.yaml.txt'), '');
    expect((await relais(beside)).out).toMatch(
      /^There is no sources\.yaml in this folder, but there is sources\.yaml\.txt\. Give that the name sources\.yaml\.$/m,
    );
    renameSync(join(beside, 'sources.yaml.txt'), join(beside, 'sources.yaml'));
    expect((await relais(beside)).out).toContain('sources.yaml has mistakes. To see them:  relais check');
  } finally {
    rmSync(beside, { recursive: true });
  }
});

test('what is mistyped leads to the help', async () => {
  const { exitCode, err } = await relais(folder, 'runn');
  expect(exitCode).toBe(2);
  expect(err).toMatch(/Did you mean run\?[\s\S]*relais COMMAND --help/);
});
