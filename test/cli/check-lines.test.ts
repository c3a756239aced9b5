/** `relais check`: every mistake with the line it stands in, a mark below the place, and what to write instead. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../src/cli/check.ts';
import { markedLine } from '../../src/cli/located.ts';
import type { Printer } from '../../src/cli/print.ts';
import { fitted, widthOf } from '../../src/cli/width.ts';

const cases = join(import.meta.dirname, '../cases/config');
const names = readdirSync(cases).filter((name) => name.endsWith('.yaml'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-lines-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function checked(config: string): Promise<{ readonly exitCode: number; readonly said: string }> {
  const lines: string[] = [];
  const say = (text = ''): void => void lines.push(text);
  const printer: Printer = { isTerminal: false, width: 80, line: say, alarm: say, json: () => undefined };
  return { exitCode: await check({ config }, printer), said: lines.join('\n') };
}

describe('a mistake ends with 2, with its line and a mark, and without a trace of our code', () => {
  test.each(names)('%s', async (name) => {
    const { exitCode, said } = await checked(join(cases, name));
    expect(exitCode).toBe(2);
    const [first = '', code = '', mark = ''] = said.split('\n');
    const [, line = '', column = ''] = /\.yaml:(\d+):(\d+) {2}\S/.exec(first) ?? [];
    if (!/only-comments|empty-file/.test(name)) {
      expect(code.trimStart().startsWith(`${line} | `)).toBe(true);
      if (Number(column) <= 40) expect(mark.indexOf('^')).toBe(9 + Number(column) - 1);
    }
    expect(said).toMatch(/mistakes?\. Nothing was run\.$/);
    expect(said).not.toMatch(/^\s+at |Error:|undefined|\[object/m);
  });

  test('there are forty ways and more', () => expect(names.length).toBeGreaterThan(60));
});

test('the mark is as long as the word, or the text in quotation marks, and stands below it whatever is in front', () => {
  expect(markedLine('      every: "2 hours" # often', 11, 14)).toEqual([
    '    11 |       every: "2 hours" # often',
    '       |              ^^^^^^^^^',
  ]);
  expect(markedLine('  nmae: Noël', 3, 3)[1]).toBe('       |   ^^^^');
  expect(markedLine('  写真: oui', 3, 7)[1]).toBe('       |         ^^^');
  expect(markedLine(`  - "${'long '.repeat(40)}": 1`, 3, 90).every((line) => widthOf(line) < 90)).toBe(true);
});

test('below Arabic there is no mark, since nobody knows where it would stand', () => {
  expect(markedLine('  name: هاتف الإنذار', 3, 9)).toHaveLength(1);
});

test('signs that move the cursor, and what may be a password, are not shown', () => {
  const [code = ''] = markedLine('  url: "https://a:hunter2@b.example/?token=12345678&x=1\u001b[2J"', 1, 8);
  expect(code).toContain('https://a:*******@b.example/?token=********&x=1');
  expect(code).not.toContain('\u001b');
});

test('a password or key in the file is told, without repeating it', async () => {
  const config = join(folder, 'sources.yaml');
  const secret = ['$', '{KEY}'].join('');
  process.env.KEY = 'known-elsewhere';
  writeFileSync(
    config,
    `site: { url: "https://n.example" }
report: { ping: "https://p.example/?page=12" , mail: { to: a@b.example, smtp: "smtps://me:hunter22@mail.example" } }
sections:
  calais:
    - https://members.example/feed?token=abcdef12345
    - https://spip.example/spip.php?page=backend&key=${secret}
    - { url: "https://me:hunter22@wiki.example/feed" }
`,
  );
  const { exitCode, said } = await checked(config);
  delete process.env.KEY;
  expect(exitCode).toBe(0);
  const places = [...said.matchAll(/sources\.yaml:(\d+):(\d+)/g)].map(([, line, column]) => `${line}:${column}`);
  expect(places).toEqual(['2:79', '5:7', '7:14']);
  expect(said).toContain(['$', '{MEMBERS_EXAMPLE_TOKEN}'].join(''));
  expect(said).not.toMatch(/hunter22|abcdef12345|known-elsewhere/);
});

test('a section that nothing feeds, and a source that stands nowhere, are told with their lines', async () => {
  const config = join(folder, 'sources.yaml');
  writeFileSync(
    config,
    `site: { url: "https://n.example" }
sections:
  calais:
    - https://a.example
    - url: https://b.example
      show: none
  sea:
    - { url: https://c.example, paused: asked them in June }
`,
  );
  const { said } = await checked(config);
  expect(said).toMatch(/sources\.yaml:6:13 {2}show: none: this source is asked, and stands nowhere/);
  expect(said).toMatch(/sources\.yaml:8:41 {2}paused: no source of the section "sea" is asked/);
});

test('filters that stand in each other’s way are told, once for a section', async () => {
  const config = join(folder, 'sources.yaml');
  writeFileSync(
    config,
    `site: { url: "https://n.example" }
sections:
  calais:
    only: { title: [ Calais, Dunkerque ] }
    skip: { title: calais }
    sources:
      - https://a.example
      - https://b.example
  sea:
    - { url: https://c.example, only: { text: [ "the sea", "SEA", /boat/ ] }, skip: { text: [ boats, /boat/ ] } }
    - { url: https://d.example, only: { text: Évros }, skip: { text: [ evros, river ] } }
    - { url: https://e.example, only: { text: port }, skip: { title: port } }
`,
  );
  const { said } = await checked(config);
  const told = said
    .split('\n')
    .filter((line) => line.includes('sources.yaml:'))
    .map((line) => line.replace(/^.*yaml:/, ''));
  expect(told).toEqual([
    '7:9  only: title: Calais is of no use: what has "Calais" in its title is left out by  skip: title: calais',
    '10:7  only: text: /boat/ is of no use: what has /boat/ in its text is left out by  skip: text: /boat/',
    '10:7  only: text: the sea finds nothing that SEA does not find',
    '11:7  only: text: the section "sea" takes nothing of this source: what has "Évros" in its text is left out by  skip: text: evros',
  ]);
});

test('columns are counted as terminals do', () => {
  expect(widthOf('e\u0301a写')).toBe(4);
  expect(fitted('写真写真', 5)).toBe('写真…');
  expect(fitted('ab', 4)).toBe('ab  ');
});
