/** Every way to get sources.yaml wrong that we have met or thought of: NAME.yaml, and beside it what is said about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';

const folder = join(import.meta.dirname, '../cases/config');
const files = readdirSync(folder);
const ending = /\.(yaml|expected\.txt)$/;
const names = [...new Set(files.map((file) => file.replace(ending, '')))];
const secrets = (name: string): string | undefined => (name === 'RELAIS_TEST_SET' ? 's3cret' : undefined);

test('every case is a pair of files, and there are many', () => {
  expect(files.filter((file) => !ending.test(file))).toEqual([]);
  const halves = names.filter((name) => !files.includes(`${name}.yaml`) || !files.includes(`${name}.expected.txt`));
  expect(halves).toEqual([]);
  expect(names.length).toBeGreaterThanOrEqual(25);
});

describe('a mistake in sources.yaml is named with its place', () => {
  test.each(names)('%s', (name) => {
    const read = readConfig(readFileSync(join(folder, `${name}.yaml`), 'utf8'), `${name}.yaml`, secrets);
    const problems = read.kind === 'problems' ? read.problems : [];
    const said = problems.map(({ subject, happened }) => `${subject.line}:${subject.column} ${happened}\n`).join('');
    expect(said).toBe(readFileSync(join(folder, `${name}.expected.txt`), 'utf8'));
    expect(said).not.toBe('');
    expect(problems.every(({ subject }) => subject.file === `${name}.yaml`)).toBe(true);
    expect(said).not.toContain('s3cret');
  });
});

test.each([
  ['misspelt-setting', 'config/unknown-setting'],
  ['length-of-time', 'config/wrong-type'],
  ['no-sections', 'config/missing'],
  ['empty-file', 'config/missing'],
  ['same-source-twice-in-a-section', 'config/duplicate'],
  ['name-given-twice', 'config/duplicate'],
  ['source-described-twice', 'config/contradiction'],
  ['indented-with-a-tab', 'config/syntax'],
  ['two-documents', 'config/syntax'],
  ['cron-field-wrong', 'config/wrong-type'],
])('%s has the code %s', (name, code) => {
  const read = readConfig(readFileSync(join(folder, `${name}.yaml`), 'utf8'), 'sources.yaml', secrets);
  const codes = read.kind === 'problems' ? read.problems.map((problem) => problem.code) : [];
  expect(new Set(codes)).toEqual(new Set([code]));
});

/** What a slip costs must not grow with the square of the file, nor end the process. */
test.each([
  ['open brackets', `a: ${'['.repeat(500_000)}`],
  ['hyphens', '- '.repeat(500_000)],
  ['steps', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['open quotation marks', 'a: "x\n'.repeat(10_000)],
  ['blanks', `a: [\n${`${' '.repeat(250)}- - - x y\n`.repeat(2_000)}`],
  ['hyphens and blanks', `${`${'- '.repeat(40)}${' '.repeat(200)}=\n`.repeat(2_000)}a: [`],
  ['tabs', '\ta: 1\n'.repeat(100_000)],
  ['one key many times', 'a: 1\n'.repeat(20_000)],
])('many %s are refused quickly', (_, text) => {
  const started = performance.now();
  const read = readConfig(text, 'sources.yaml', secrets);
  expect(read.kind).toBe('problems');
  expect(performance.now() - started).toBeLessThan(8_000);
});

test('strange signs in a text are nobody’s mistake', () => {
  const text = [
    'site:',
    '  title: “Quai – nouvelles”',
    'sections:',
    '  calais:',
    '    about: |',
    '      // a = b',
    '      \u00a0• one',
    '      ```',
    '    sources:',
    '      - { url: https://one.example/feed, name: « Un » }',
  ].join('\n');
  expect(readConfig(text, 'sources.yaml', secrets).kind).toBe('config');
});
