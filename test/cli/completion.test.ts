/** Completion, asked as shells ask: by the scripts themselves in bash, and in zsh and fish where they are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandShape, completions } from '../../src/cli/completing.ts';
import { wordsOf } from '../../src/cli/shells.ts';
import { relais } from './relais.ts';

const program = join(import.meta.dirname, '../../bin/relais.js');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-completion-'));
  writeFileSync(join(folder, 'relais'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(folder, 'relais'), 0o755);
  writeFileSync(
    join(folder, 'sources.yaml'),
    'sections:\n  calais:\n    - { url: https://a.example, name: Quay Watch }\n    - https://b.example:8443/feed\n  sea:\n    - { url: https://c.example, name: "Cap d\'Est: 24 h" }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const env = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${folder}:${process.env.PATH}`, HOME: folder });
const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** What bash would put in the place of the last word; `cut` as bash has cut the line. */
function inBash(line: string, cut: readonly string[]): string[] {
  const words = cut.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const script = `
    source <(relais completion bash)
    COMP_LINE='${line.replaceAll("'", "'\\''")}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=(${words}); COMP_CWORD=${cut.length - 1}
    _relais
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', script], { cwd: folder, env: env(), encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

describe.runIf(isThere('bash'))('bash', () => {
  test('commands, and those below them', () => {
    expect(inBash('relais sta', ['relais', 'sta'])).toEqual(['start', 'status']);
    expect(inBash('relais held ', ['relais', 'held', ''])).toEqual(['accept', 'refuse']);
  });

  test('names with blanks, open quotation marks and colons arrive as they can be typed', () => {
    expect(inBash('relais stop q', ['relais', 'stop', 'q'])).toEqual(['Quay\\ Watch']);
    expect(inBash('relais stop "Qu', ['relais', 'stop', '"Qu'])).toEqual(['Quay Watch']);
    expect(inBash('relais stop b.example:84', ['relais', 'stop', 'b.example', ':', '84'])).toEqual(['8443/feed']);
  });

  test('files are left to the shell', () => {
    expect(inBash('relais restore ', ['relais', 'restore', ''])).toEqual([]);
  });
});

test.runIf(isThere('fish'))('fish', () => {
  const ask = (line: string): string =>
    execFileSync('fish', ['-c', `relais completion fish | source; complete -C '${line}'`], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    });
  expect(ask('relais hel')).toMatch(/^held\ttexts that wait/m);
  expect(ask('relais digest s')).toMatch(/^sea\b/m);
});

test.runIf(isThere('zsh'))('zsh takes the script', () => {
  const script = `autoload -U compinit && compinit -u -d ${folder}/dump; source <(relais completion zsh); print $_comps[relais]`;
  const out = execFileSync('zsh', ['-f', '-c', script], { cwd: folder, env: env(), encoding: 'utf8' });
  expect(out.trim()).toBe('_relais');
});

test('options, their values, and what comes after them', async () => {
  const ask = async (...words: string[]): Promise<string[]> => {
    const { out } = await relais(folder, 'complete', '--', ...words);
    return out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
  };
  expect(await ask('run', '--n')).toEqual(['--now']);
  expect(await ask('run', '--now', 'ca')).toEqual(["Cap d'Est: 24 h"]);
  expect(await ask('run', '--now', 'Quay Watch', '')).toHaveLength(3);
  expect(await ask('-c', 'missing.yaml', 'digest', '')).toEqual([]);
  expect(await ask('-c', '')).toEqual([':files']);
  expect(await ask('completion', 'z')).toEqual(['zsh']);
  expect(await ask('check', '')).toEqual([]);
  expect(await ask('stop', '--', '--since')).toEqual([]);
});

test('a value written behind an equals sign', async () => {
  const source = { name: 'source', choices: [], isMany: false };
  const option = { flags: ['--from'], description: '', value: source, isValueOptional: false };
  const shape: CommandShape = { name: 'p', description: '', options: [option], arguments: [], commands: [] };
  const names = async () => ({ source: ['Quay Watch'], section: [] });
  expect(await completions(shape, ['--from=qu'], names)).toEqual([{ word: '--from=Quay Watch', description: '' }]);
});

test.each([
  ['relais stop "Quay W', ['relais', 'stop', 'Quay W']],
  ['relais stop Quay\\ W', ['relais', 'stop', 'Quay W']],
  ['relais  held ', ['relais', 'held', '']],
  [`relais a'b c'"d" ''`, ['relais', 'ab cd', '']],
])('a shell cuts %s', (line, words) => expect(wordsOf(line)).toEqual(words));
