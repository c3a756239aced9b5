/** `relais preview`, as a person types it: what it says, that it stores nothing, what it refuses. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { relais } from './relais.ts';

let folder: string;
let partner: Partner;
const before = process.env.TMPDIR;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relais-preview-'));
  mkdirSync(join(folder, 'tmp'));
  process.env.TMPDIR = join(folder, 'tmp');
  process.env.FEED_KEY = 'tr0mpette9';
  const item = (number: number, title: string, html: string): string =>
    `<item><guid>https://harbour.example/${number}</guid><title>${title}</title><link>https://harbour.example/${number}?utm_source=rss</link><pubDate>${new Date(Date.now() - number * 3_600_000).toUTCString()}</pubDate><description><![CDATA[${html}]]></description></item>`;
  const feed = `<rss version="2.0"><channel><title>Harbour \u001b[31mWatch</title><link>https://harbour.example/</link><language>en</language>${item(1, 'Fences \u001b]0;at the harbour', '<p>Text of it.</p><script>steal()</script>')}${item(2, 'Football', '<p>A match, tr0mpette9.</p>')}</channel></rss>`;
  const upsideDown = `<rss version="2.0"><channel><title>Quay</title>${item(9, 'Nine', 'Long ago.')}${item(3, 'Three', 'Of today.')}${item(5, 'Five', 'Between.')}</channel></rss>`;
  partner = await startPartner((request, response) => {
    if (request.url?.startsWith('/feed') === true) response.end(feed);
    else if (request.url === '/upside-down') response.end(upsideDown);
    else response.writeHead(404).end();
  });
  write();
});
afterEach(async () => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  delete process.env.FEED_KEY;
  await partner.close();
  rmSync(folder, { recursive: true });
});

function write(): void {
  writeFileSync(
    join(folder, 'sources.yaml'),
    `network: { allow: [127.0.0.1], spacing: 0s } # ours\nsections:\n  calais:\n    skip: { title: football }\n    sources: [ { url: "${partner.url}/feed", name: Harbour, show: link } ]\n  dover: { only: { title: dover }, sources: [ "https://dover.example/feed" ] }\n  kept: [ { url: "${partner.url}/feed?key=\${FEED_KEY}", name: Kept } ]\n`,
  );
}

function snapshot(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files.map((name) => {
      const path = join(folder, name);
      const bytes = statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder';
      return [name, `${bytes} ${statSync(path).mtimeMs}`];
    }),
  );
}

const preview = (...words: readonly string[]): ReturnType<typeof relais> => relais(folder, 'preview', ...words);

test('shows each item within eighty columns, and moves no terminal', async () => {
  const { exitCode, out, err } = await preview('Harbour');
  expect([exitCode, err]).toEqual([0, '']);
  expect(out).toMatch(/^Harbour\n {2}rss, en, 2 items listed; the newest 2 of them:\n/);
  expect(out).toContain('link “https://harbour.example/1?utm_source=rss”');
  expect(out).toMatch(/ {13}https:\/\/harbour\.example\/1\n/);
  expect(out).toMatch(/cleaned +3 words; left out: 1 script/);
  expect(out).toContain('en (its feed says en); new');
  expect(out).toMatch(/terms +link; no licence is stated/);
  expect(out).toMatch(/sections +calais: taken, it takes everything/);
  expect(out).toMatch(/sections +calais: left, skip has football in the title: \[Football\]/);
  expect(out).not.toContain('\u001b');
  expect(out).not.toContain('<script>');
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('says of a source that is paused that no run would ask it', async () => {
  expect((await preview('Harbour')).out).not.toContain('A run does not ask it');
  const file = join(folder, 'sources.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('show: link', 'show: link, paused: they move'));
  const { exitCode, out } = await preview('Harbour');
  expect(exitCode).toBe(0);
  expect(out).toContain('A run does not ask it: it is paused (they move). It was asked now because you named it.');
});

test('says so of one that was stopped', async () => {
  await relais(folder, 'run');
  await relais(folder, 'stop', 'Harbour');
  expect((await preview('Harbour')).out).toMatch(/A run does not ask it: it has been stopped since \d{4}-/);
});

describe('stores nothing', () => {
  test('where nothing was stored yet', async () => {
    const then = snapshot();
    await preview('Harbour');
    await relais(folder, '--json', 'preview', `${partner.url}/feed`);
    expect(Object.keys(snapshot())).toEqual(Object.keys(then));
    expect(snapshot()['sources.yaml']).toBe(then['sources.yaml']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  test('beside a database: every byte stays, and the next run still gets the items', async () => {
    await relais(folder, 'run', '--now', 'Harbour');
    const of = (files: Record<string, string>): [string, string][] =>
      Object.entries(files).filter(([name]) => !name.startsWith('tmp'));
    const then = of(snapshot());
    const { out } = await preview('Harbour');
    expect(out).toContain('known since');
    await preview('Kept');
    expect(of(snapshot())).toEqual(then);
    const { out: ran } = await relais(folder, '-v', '--json', 'run', '--now', 'Kept');
    expect(JSON.parse(ran).outcomes).toMatchObject([{ newItems: 2 }]);
  });
});

test('--section: what a section would take that does not list the source yet', async () => {
  const { out } = await preview('Harbour', '--section', 'dover', '--items', '1');
  expect(out).toMatch(/sections +dover: left, only wants dover in the title\n/);
  expect(out).not.toContain('calais:');
});

test('an address that is no source yet is shown under the settings that it would get there', async () => {
  const { out, exitCode } = await preview(`${partner.url}/feed?other`, '--section', 'calais');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/sections +calais: left, skip has football/);
  expect(out).toMatch(/terms +excerpt/);
});

test('--verbose shows the markup before and after', async () => {
  const { out } = await relais(folder, '-v', 'preview', 'Harbour');
  const [, beforeAfter = ''] = out.split('   before\n');
  expect(beforeAfter).toMatch(
    /^ {5}<p>Text of it\.<\/p><script>steal\(\)<\/script>\n {3}after\n {5}<p>Text of it\.<\/p>\n/,
  );
});

test('--json is one document, without secrets', async () => {
  const { out } = await relais(folder, '--json', 'preview', 'Kept');
  expect(out).not.toContain('tr0mpette9');
  expect(JSON.parse(out)).toMatchObject({
    listed: 2,
    items: [
      {
        guid: 'https://harbour.example/1',
        isNew: true,
        written: { links: expect.any(Array) },
        item: { url: 'https://harbour.example/1' },
        sections: [{ section: 'kept', isShown: true, isWanted: true }],
      },
      {},
    ],
  });
});

test('a source that does not answer: why, and exit code 1', async () => {
  const { exitCode, err } = await preview(`${partner.url}/nothing-here`);
  expect(exitCode).toBe(1);
  expect(err).toContain('404');
});

test.each([
  [['Harbor'], 'Did you mean “Harbour”?'],
  [['Harbour', '--section', 'lille'], 'There is no section "lille". There are: calais, dover, kept.'],
  [['Kept', '--section', 'dover'], 'its address holds a secret'],
  [['http://'], 'is not an address that can be asked'],
  [['Harbour', '--items', 'many'], 'Write a number from 1 to 200.'],
])('%j is refused', async (words, why) => {
  const { exitCode, out, err } = await preview(...words);
  expect([exitCode, out]).toEqual([2, '']);
  expect(err).toContain(why);
});

test('shows the newest, wherever the feed lists them', async () => {
  const { out } = await preview(`${partner.url}/upside-down`, '--items', '2', '--json');
  const { items } = JSON.parse(out) as { items: readonly { guid: string }[] };
  expect(items.map(({ guid }) => guid)).toEqual(['https://harbour.example/3', 'https://harbour.example/5']);
});
