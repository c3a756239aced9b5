/** `relais import` and `relais export`, with files on a disk, as a person types them. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { relais } from './relais.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-exchange-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const lay = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const file = (name: string): string => readFileSync(join(folder, name), 'utf8');

const opml = `<opml version="2.0"><head><title>Friends</title></head><body>
<outline text="Coast"><outline type="rss" text="Quay Watch" xmlUrl="https://quay.example/feed"/>
<outline type="rss" text="Mast" xmlUrl="https://mast.example/feed"/></outline>
<outline type="rss" text="Alone" xmlUrl="https://alone.example/feed"/></body></opml>`;

const settings = `# ours
sections:
  coast:      # the first
    - https://mast.example/feed   # since 2019

  inland:
    - { url: https://hill.example/feed, name: alone }
`;

test('where there is no sources.yaml yet, one is made that is in order', async () => {
  lay('friends.opml', opml);
  const { exitCode, out } = await relais(folder, 'import', 'friends.opml');
  expect([exitCode, out]).toEqual([0, expect.stringContaining('3 sources in 2 sections written into sources.yaml')]);
  expect(out).toContain('friends.opml:2  Quay Watch  → coast');
  expect((await relais(folder, 'check')).exitCode).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['friends.opml', 'sources.yaml']);
});

test('into what is there, text is put in: every other byte stays, and so do the rights of the file', async () => {
  lay('friends.opml', opml);
  lay('sources.yaml', settings);
  chmodSync(join(folder, 'sources.yaml'), 0o640);
  const { exitCode, out } = await relais(folder, '--verbose', 'import', 'friends.opml', '--section', 'inland');
  expect(exitCode, out).toBe(0);
  expect(file('sources.yaml')).toBe(
    settings
      .replace('# since 2019\n', '# since 2019\n    - { url: https://quay.example/feed, name: Quay Watch }\n')
      .concat('    - { url: https://alone.example/feed, name: Alone (alone.example) }\n'),
  );
  expect(statSync(join(folder, 'sources.yaml')).mode & 0o777).toBe(0o640);
  expect(out).toContain('friends.opml:3  Mast  stands there already, in coast');
  expect(out).toContain('Another source is called "Alone" already');
  expect((await relais(folder, 'check')).exitCode).toBe(0);
  const again = await relais(folder, 'import', 'friends.opml');
  expect([again.exitCode, again.out]).toEqual([
    0,
    expect.stringContaining('Nothing new for sources.yaml; 3 stood there'),
  ]);
});

test('a trial shows the new lines and writes nothing', async () => {
  lay('friends.opml', opml);
  lay('sources.yaml', settings);
  const { exitCode, out } = await relais(folder, 'import', 'friends.opml', '--dry-run');
  expect(exitCode).toBe(0);
  expect(out).toContain('+     - { url: https://quay.example/feed, name: Quay Watch }');
  expect(out).toContain('+   friends:');
  expect(out).toContain('Nothing was written.');
  expect(file('sources.yaml')).toBe(settings);
  expect(readdirSync(folder).sort()).toEqual(['friends.opml', 'sources.yaml']);
});

test('with --json nothing but JSON is printed, also of what is refused', async () => {
  lay('friends.opml', opml);
  lay('page.html', '<html><body/></html>');
  const { out, err } = await relais(folder, '--json', 'import', 'friends.opml', '--dry-run');
  expect(JSON.parse(out)).toMatchObject({ form: 'OPML', written: false, counts: { taken: 3, left: 0, sections: 2 } });
  expect(err).toBe('');
  const refused = await relais(folder, '--json', 'import', 'page.html');
  expect([refused.exitCode, JSON.parse(refused.out)]).toEqual([
    2,
    { file: 'page.html', error: expect.stringContaining('page.html:1  it is a web page') },
  ]);
});

test('an export takes the place of an earlier one, and of nothing else', async () => {
  writeFileSync(join(folder, 'sources.yaml'), 'sections: { sea: [ "https://one.example/feed" ] }\n');
  const before = readFileSync(join(folder, 'sources.yaml'), 'utf8');
  for (const words of [['export'], ['rule', 'export']]) {
    expect((await relais(folder, ...words, 'out')).exitCode).toBe(0);
    expect((await relais(folder, ...words, 'out')).exitCode).toBe(0);
    rmSync(join(folder, 'out'));
    const { exitCode, err } = await relais(folder, ...words, 'sources.yaml');
    expect(exitCode).toBe(2);
    expect(err).toContain(
      'sources.yaml is there already, holds something else, and stays as it is. Nothing was exported.',
    );
    expect(readFileSync(join(folder, 'sources.yaml'), 'utf8')).toBe(before);
  }
});

test.each([
  ['no file', ['import', 'gone.opml'], 'gone.opml cannot be imported: there is no such file. Nothing was imported.'],
  [
    'a short name that is none',
    ['import', 'friends.opml', '--section', 'North Sea'],
    '--section: "North Sea" is not a short name',
  ],
  ['a new file that is there', ['import', 'friends.opml', '--new', 'friends.opml'], 'friends.opml is there already'],
])('%s: one sentence, and nothing is written', async (_what, argv, words) => {
  lay('friends.opml', opml);
  const { exitCode, err } = await relais(folder, ...argv);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(words)]);
  expect(readdirSync(folder)).toEqual(['friends.opml']);
});

test('a sources.yaml with mistakes is left alone, and they are named', async () => {
  lay('friends.opml', opml);
  lay('sources.yaml', 'sectoins:\n  a:\n    - https://a.example/feed\n');
  const { exitCode, err } = await relais(folder, 'import', 'friends.opml');
  expect([exitCode, err]).toEqual([2, expect.stringContaining('sources.yaml:1:1')]);
  expect(file('sources.yaml')).toContain('sectoins');
});

const ours = `site: { title: Ours }
sections:
  coast:
    lang: fr
    sources:
      - { url: "https://quay.example/feed?key=\${QUAY_KEY}", name: Quay, show: full }
      - https://mast.example/feed
`;

test('an export comes back elsewhere as it was, and asks for secrets only where that is allowed', async () => {
  lay('sources.yaml', ours);
  process.env.QUAY_KEY = 'lantern';
  try {
    const { exitCode, out } = await relais(folder, 'export', 'ours.opml');
    expect([exitCode, out]).toEqual([0, 'ours.opml: 2 sources in 1 folder.\n']);
    expect(file('ours.opml')).not.toContain('lantern');
    const shy = await relais(folder, 'import', 'ours.opml', '--new', 'shy.yaml');
    expect(shy.out).toContain('Its address would be sent your secret QUAY_KEY');
    expect(file('shy.yaml')).not.toContain('QUAY_KEY');
    await relais(folder, 'import', 'ours.opml', '--with-secrets', '--new', 'whole.yaml');
    expect((await relais(folder, '-c', 'whole.yaml', 'check')).exitCode).toBe(0);
    expect(file('whole.yaml')).toContain(
      `{ url: "https://quay.example/feed?key=\${QUAY_KEY}", name: Quay, show: full }`,
    );
    expect((await relais(folder, '-c', 'whole.yaml', 'export')).out).toBe(file('ours.opml'));
    const plain = await relais(folder, 'export', '--plain');
    expect(plain.out).not.toMatch(/relais:|QUAY|lantern/);
    expect(plain.out).toContain('xmlUrl="https://mast.example/feed"');
  } finally {
    delete process.env.QUAY_KEY;
  }
});

test('titles of a stranger cannot steer the terminal', async () => {
  lay(
    'odd.opml',
    '<opml><body><outline text="a&#27;[2J&#x202e;b" xmlUrl="https://odd.example/feed"/><outline text="&#27;c" xmlUrl="gopher://x"/></body></opml>',
  );
  const { out, err } = await relais(folder, 'import', 'odd.opml');
  expect(out + err).not.toMatch(/[\u001b\u202e]/);
});
