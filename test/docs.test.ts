/** What is written down is true: generated pages are current, and every command in the README exists. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandsPage } from '../scripts/commands-page.ts';
import { problemsPage, schemaFile } from '../scripts/docs.ts';
import { settingsPage } from '../scripts/settings-page.ts';
import { readConfig } from '../src/config/read.ts';
import { problemTable } from '../src/problems.ts';
import { lookProblems } from '../src/publish/look-problems.ts';
import { dot, drawing, dressed } from './look/dress.ts';

const root = new URL('../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, root), 'utf8');

test.each([
  ['docs/problems.md', problemsPage],
  ['docs/settings.md', settingsPage],
  ['docs/commands.md', commandsPage],
  ['sources.schema.json', schemaFile],
])('%s is what npm run docs writes', (name, make) => {
  expect(read(name)).toBe(make());
});

describe('the README', () => {
  const readme = read('README.md');

  test('is short', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(160);
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
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });
});

describe.each(['docs/cron.md', 'docs/docker.md', 'docs/systemd.md', 'docs/desk.md'])('%s', (name) => {
  const page = read(name);
  const help = (...command: string[]): string =>
    execFileSync(process.execPath, ['bin/relais.js', ...command, '--help'], { cwd: root, encoding: 'utf8' });

  test('is short', () => {
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(90);
  });

  test('tells only to type commands that there are', () => {
    const typed = [...page.matchAll(/```sh\n(.*?)```|`([^`\n]+)`/gs)]
      .flatMap(([, block, span]) => (block ?? span ?? '').split('\n'))
      .flatMap((line) => line.replace(/ #.*/, '').split(/ && |; /))
      .map((command) => /(?:^|sudo |run --rm )relais ([a-z].*)|bin\/relais\.js (.*)/.exec(command))
      .flatMap((found) => found?.[1] ?? found?.[2] ?? []);
    expect(typed.length).toBeGreaterThan(3);
    for (const one of typed) {
      const [command = '', ...words] = one.trim().split(/\s+/);
      expect(help(), one).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
      for (const option of words.filter((word) => word.startsWith('--'))) expect(help(command), one).toContain(option);
    }
  });

  test('links to files that there are', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(new URL(link, new URL(name, root))))).toEqual([]);
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

test('the settings that docs/holding.md shows are in order', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/holding.md')) ?? [];
  expect(readConfig(yaml, 'sources.yaml', () => undefined)).toMatchObject({
    kind: 'config',
    config: { sections: [{ hold: { delayMs: 7_200_000, faces: true } }], sources: [{ picturesShowFaces: true }] },
  });
});

test('the files that docs/look.md shows are in order', () => {
  const page = read('docs/look.md');
  const shown = (kind: string): string[] =>
    [...page.matchAll(new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
  const [foot = '', frame = ''] = shown('html');
  const files = {
    'waves.svg': drawing,
    'stamp.png': dot,
    'foot.html': foot,
    'page.html': frame,
    'style.css': shown('css').join('\n'),
  };
  expect(shown('css')).toHaveLength(2);
  expect(frame).toContain('<relais-content>');
  expect(lookProblems({ look: dressed(files) })).toEqual([]);
});
