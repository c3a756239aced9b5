/** What is written down is true: generated pages are current, and every command in the README exists. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { problemsPage, schemaFile } from '../scripts/docs.ts';
import { problemTable } from '../src/problems.ts';

const root = new URL('../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8');

test.each([
  ['docs/problems.md', problemsPage],
  ['sources.schema.json', schemaFile],
])('%s is what npm run docs writes', (name, make) => {
  expect(read(name)).toBe(make());
});

describe('the README', () => {
  const readme = read('README.md');

  test('is short', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  });

  test('names every command that there is, and none besides', () => {
    const help = execFileSync(process.execPath, ['bin/relais.js', '--help'], { cwd: root, encoding: 'utf8' });
    const commands = [...help.matchAll(/^ {2}([a-z]+)(?: |$)/gm)]
      .map((match) => match[1])
      .filter((name) => name !== 'help');
    const named = [...readme.matchAll(/^\| `relais ([a-z]+)/gm)].map((match) => match[1]);
    expect([...new Set(named)].sort()).toEqual([...new Set(commands)].sort());
  });

  test('names scripts of package.json only', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([a-z]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });
});

test('every kind of problem can really happen', () => {
  const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => /\.tsx?$/.test(name) && name !== 'src/problems.ts')
    .map(read)
    .join('\n');
  expect(Object.keys(problemTable).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});
