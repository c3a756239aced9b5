/** What is written down is true: generated pages are current, and every command in the README exists. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
    expect(readme.split('\n').length).toBeLessThanOrEqual(100);
  });

  test('is one screen to success, with a picture of the result', () => {
    const beginning = readme.slice(0, readme.indexOf('## What to read'));
    expect(beginning.split('\n').length).toBeLessThanOrEqual(60);
    const [, picture = ''] = /!\[[^\]]{20,}\]\(([^)]+)\)/.exec(beginning) ?? [];
    expect(existsSync(new URL(picture, root)), picture).toBe(true);
  });

  test('leads to every page of docs', () => {
    const pages = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));
    expect(pages.filter((name) => !readme.includes(`(docs/${name}`))).toEqual([]);
  });

  test('names scripts of package.json only', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  });
});

const made = new Set(['docs/commands.md', 'docs/problems.md', 'docs/settings.md']);
const written = readdirSync(new URL('docs', root))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
  .filter((name) => !made.has(name));
/** Pages of which half is samples to copy. */
const samples: Readonly<Record<string, number>> = {
  'docs/digest.md': 110,
  'docs/look.md': 120,
  'docs/serving.md': 170,
};

const helps = new Map<string, string>();
/** Of a command, by its words. */
function help(...command: string[]): string {
  const known = helps.get(command.join(' '));
  if (known !== undefined) return known;
  const said = execFileSync(process.execPath, ['bin/relais.js', ...command, '--help'], { cwd: root, encoding: 'utf8' });
  helps.set(command.join(' '), said);
  return said;
}

/** Commands as they are to be typed, in blocks and between back quotes. */
function typedIn(page: string): string[] {
  return [...page.matchAll(/```(?:sh)?\n(.*?)```|`([^`\n]+)`/gs)]
    .flatMap(([, block, span]) => (block ?? span ?? '').split('\n'))
    .flatMap((line) => line.replace(/ #.*/, '').split(/ && |; | \|\| |: /))
    .map((command) => /(?:^|sudo |run --rm |[*] +|^npx )relais ([a-z].*)|bin\/relais\.js (.*)/.exec(command.trim()))
    .flatMap((found) => found?.[1] ?? found?.[2] ?? []);
}

describe.each([...written, 'README.md'])('%s', (name) => {
  const page = read(name);

  test('is short', () => {
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(samples[name] ?? 92);
  });

  test('tells only to type commands and options that there are', () => {
    for (const one of typedIn(page)) {
      const [command = '', ...words] = one.trim().split(/\s+/);
      expect(help(), one).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
      for (const option of words.filter((word) => /^--[a-z]/.test(word)))
        expect(help(command), one).toContain(option.replace(/[=,.:;].*/, ''));
    }
  });

  test('links to files, and headings, that there are', () => {
    const links = [...page.matchAll(/\]\(([^)#:\s]*)(?:#([^)]+))?\)/g)];
    for (const [, link = '', heading] of links) {
      const file = new URL(link === '' ? name : link, new URL(name, root));
      expect(existsSync(file), `${name} links to ${link}`).toBe(true);
      if (heading === undefined || link === '') continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, '')
          .replaceAll(' ', '-'),
      );
      expect(headings, `${name} links to ${link}#${heading}`).toContain(heading);
    }
  });
});

/** What a page shows of sources.yaml, made whole; what is cut short (…), or belongs to another program, is left out. */
const shownSettings = [...written, 'README.md'].flatMap((name) =>
  [...read(name).matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, block = '']) => block)
    .filter((block) => !block.includes('…') && !block.startsWith('on:'))
    .map((block) => {
      const section = 'sections:\n  calais:\n';
      if (block.startsWith('    - ')) return { name, text: section + block };
      return { name, text: /^sections:/m.test(block) ? block : `${block}${section}    - https://example.org/feed\n` };
    }),
);

test.each(shownSettings)('settings that $name shows are in order', ({ name, text }) => {
  const result = readConfig(text, name, (secret) => (secret === 'RELAIS_DATABASE_URL' ? undefined : 's3cret'));
  expect(result.kind === 'problems' ? result.problems.map(({ happened }) => happened) : []).toEqual([]);
});

test('commands are found where they are shown', () => {
  expect(written.flatMap((name) => typedIn(read(name))).length).toBeGreaterThan(60);
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
