/** Both readers at the same documents; and the one beside us at documents that never end, weigh too much, or kill. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { EntryContext, NormalisedEntries, OpenDocument, Reader } from '../../src/edges.ts';
import type { PageSelectors } from '../../src/model.ts';
import { openReaderBeside, type ReaderLimits } from '../../src/reader/beside.ts';
import { openInlineReader } from '../../src/reader/inline.ts';

/** Built by test/build.ts: node starts no TypeScript. */
const built = new URL('../../dist/', import.meta.url);
const ample = { deadlineMs: 20_000, heapMb: 128, idleMs: 60_000 };
const context: EntryContext = {
  source: { name: undefined, lang: undefined, hosts: ['feed.example'], tags: ['calais'], future: 'show' },
  now: Date.UTC(2026, 10, 23),
};

const opened: Reader[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((reader) => reader.close()));
});
const folder = mkdtempSync(join(tmpdir(), 'relais-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));

function beside(limits: Partial<ReaderLimits> = {}, program = new URL('child.js', built)): Reader {
  const reader = openReaderBeside({ ...ample, ...limits }, program);
  opened.push(reader);
  return reader;
}

function read(reader: Reader, text: string, url = 'https://feed.example/feed', page?: PageSelectors) {
  return reader.read({ body: Buffer.from(text), contentType: undefined, url }, { page, areGuidsShared: false });
}

async function readAll(reader: Reader, text: string): Promise<OpenDocument | NormalisedEntries> {
  const document = await read(reader, text);
  if (document.kind !== 'feed') return document;
  return await document.normalise(guidsOf(document), context);
}

function guidsOf(document: OpenDocument): string[] {
  return document.kind === 'feed' ? document.names.map(({ guid }) => guid) : [];
}

const rss = (inside: string): string => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const entry = (guid: string): string =>
  `<item><guid>${guid}</guid><title>Entry ${guid}</title><description>Text of ${guid}</description></item>`;
const feed = rss(entry('a') + entry('b') + entry('c'));
/** Items inside items, each searched to its end for a heading that is not there: seconds for a fifth of a megabyte. */
const slowPage = `<html><body>${'<li>'.repeat(450)}${'<b>x</b>'.repeat(30_000)}`;
/** Half a million elements come to ten times the heap of the reader that gets them. */
const heavyFeed = rss(`<item>${'<a b="c"><d>x</d></a>'.repeat(245_000)}</item>`);

describe('both readers', () => {
  const cases = new URL('../cases/parse/', import.meta.url);
  const there = openReaderBeside(ample, new URL('child.js', built));
  afterAll(() => there.close());
  const names = readdirSync(cases).filter((name) => !name.endsWith('.expected.json'));

  test.each(names)('%s', async (name) => {
    const wanted = JSON.parse(readFileSync(new URL(name.replace(/\.\w+$/, '.expected.json'), cases), 'utf8')) as {
      url?: string;
      contentType?: string;
      page?: PageSelectors;
    };
    const url = wanted.url ?? 'https://document.example/feed';
    const document = { body: readFileSync(new URL(name, cases)), contentType: wanted.contentType, url };
    const [expected, actual] = await Promise.all(
      [openInlineReader(), there].map(async (reader) => {
        const read = await reader.read(document, { page: wanted.page, areGuidsShared: false });
        const written = read.kind === 'feed' ? await read.written(guidsOf(read)) : undefined;
        const made = read.kind === 'feed' ? await read.normalise(guidsOf(read), context) : undefined;
        return { read: { ...read, written, normalise: undefined, close: undefined }, made };
      }),
    );
    expect(expected?.read.kind).toMatch(/feed|page|failed/);
    expect(actual).toEqual(expected);
  });

  test.each([
    ['in this process', openInlineReader],
    ['beside it', (entries: () => number) => beside({ entries })],
  ])('%s: takes as many entries as the settings want now', async (_, open) => {
    let most = 2;
    const reader = open(() => most);
    const namesOf = async (): Promise<string[]> => {
      const document = await read(reader, feed);
      if (document.kind !== 'feed') throw new Error('no feed');
      document.close();
      return document.names.map(({ guid }) => guid);
    };
    expect(await namesOf()).toEqual(['a', 'b']);
    most = 3;
    expect(await namesOf()).toEqual(['a', 'b', 'c']);
    await reader.close();
  });

  test.each([
    ['in this process', () => openInlineReader()],
    ['beside it', () => beside()],
  ])('%s: names every entry, makes items of those wanted, one document after the other', async (_, open) => {
    const reader = open();
    const first = await read(reader, feed);
    const second = read(reader, rss(entry('z')));
    if (first.kind !== 'feed') throw new Error('no feed');
    expect(first).toMatchObject({ feed: { title: 'T', format: 'rss', entryCount: 3 }, problems: [] });
    expect('entries' in first.feed).toBe(false);
    expect(first.names).toEqual([
      { guid: 'a', hash: expect.stringMatching(/^[0-9a-f]{32}$/) },
      { guid: 'b', hash: expect.any(String) },
      { guid: 'c', hash: expect.any(String) },
    ]);
    const made = await first.normalise(['c', 'a', 'unheard of'], context);
    expect(made).toMatchObject({
      items: [
        { guid: 'a', text: 'Text of a', categories: ['calais'] },
        { guid: 'c', text: 'Text of c' },
      ],
      problems: [{ code: 'normalise/no-date' }, { code: 'normalise/no-date' }],
    });
    const next = await second;
    first.close();
    await expect(first.normalise(['a'], context)).rejects.toThrow('the document is closed');
    expect(next.kind === 'feed' && (await next.normalise(['z'], context))).toMatchObject({ items: [{ guid: 'z' }] });
    const unread = await read(reader, feed);
    if (unread.kind === 'feed') unread.close();
    expect(await readAll(reader, 'no feed')).toMatchObject({ kind: 'failed', problem: { code: 'parse/not-a-feed' } });
    expect(await readAll(reader, feed)).toMatchObject({ kind: 'items' });
  });

  test('refuse items that come to gigabytes', async () => {
    const links = '&lt;a href=x>y&lt;/a> '.repeat(700);
    const base = `https://feed.example/${'a'.repeat(1_500)}/`;
    const items = Array.from(
      { length: 60 },
      (_, at) => `<item><guid>${at}</guid><description>${links}</description></item>`,
    );
    const feed = rss(items.join('')).replace('<channel>', `<channel xml:base="${base}">`);
    expect(await readAll(beside(), feed)).toMatchObject({ kind: 'failed', problem: { code: 'parse/too-heavy' } });
  });
});

describe('beside us, at the cost of one document', () => {
  test('one that takes too long, while this process goes on', async () => {
    const reader = beside({ deadlineMs: 1_000 });
    await readAll(reader, feed);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const slow = read(reader, slowPage, 'https://page.example/', { item: 'li' });
    const waiting = readAll(reader, feed);
    expect(await slow).toMatchObject({
      kind: 'failed',
      problem: { code: 'parse/too-slow', happened: expect.stringContaining('more than 1 seconds') },
    });
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(500);
    expect(await waiting).toMatchObject({ kind: 'items', items: [{ guid: 'a' }, { guid: 'b' }, { guid: 'c' }] });
  });

  test('one that fills the heap', async () => {
    const reader = beside({ heapMb: 64 });
    const [heavy, waiting] = await Promise.all([readAll(reader, heavyFeed), readAll(reader, feed)]);
    expect(heavy).toMatchObject({
      kind: 'failed',
      problem: { code: 'parse/too-heavy', happened: expect.stringContaining('more than 64 MB') },
    });
    expect(waiting).toMatchObject({ kind: 'items' });
  });

  test('one that fills the heap in a single call of V8’s, which would end us if it happened in a thread', async () => {
    const reader = beside({ heapMb: 64 });
    const json = `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[${'{},'.repeat(3_000_000)}{}]}`;
    expect(await readAll(reader, json)).toMatchObject({ kind: 'failed', problem: { code: 'parse/too-heavy' } });
    expect(await readAll(reader, feed)).toMatchObject({ kind: 'items' });
  });

  test.each(['read', 'normalise'])('one whose reader is killed in the middle of its %s', async (step) => {
    const program = join(folder, `dies-at-${step}.mjs`);
    writeFileSync(
      program,
      `import '${new URL('child.js', built).href}';
       process.prependListener('message', (question) => {
         const name = question.document?.url ?? question.context.source.name;
         if (question.step === '${step}' && name === 'https://dies.example/') process.kill(process.pid, 'SIGKILL');
       });`,
    );
    const reader = beside({}, new URL(`file://${program}`));
    const document = await read(reader, feed, step === 'read' ? 'https://dies.example/' : undefined);
    const named = { ...context, source: { ...context.source, name: 'https://dies.example/' } };
    const failed = document.kind === 'feed' ? await document.normalise(['a'], named) : document;
    expect(failed).toMatchObject({
      kind: 'failed',
      problem: { code: 'parse/too-heavy', happened: expect.stringContaining('was ended by SIGKILL') },
    });
    expect(await readAll(reader, feed)).toMatchObject({ kind: 'items' });
  });

  test('a mistake of ours is no problem of the partner’s', async () => {
    const program = join(folder, 'mistaken.mjs');
    writeFileSync(program, 'process.on("message", () => process.exit(1));');
    await expect(read(beside({}, new URL(`file://${program}`)), feed)).rejects.toThrow('ended with exit code 1');
    const context = { now: 0 } as EntryContext;
    const document = await read(beside(), feed);
    if (document.kind !== 'feed') throw new Error('no feed');
    await expect(document.normalise(['a'], context)).rejects.toThrow(/TypeError/);
  });

  test('ends with us, without being closed; and when nothing has come for a while', async () => {
    const program = `
      const { openReaderBeside } = await import('${new URL('beside.js', built).href}');
      const reader = openReaderBeside();
      const body = Buffer.from('${rss(entry('a'))}');
      const { names } = await reader.read({ body, contentType: undefined, url: 'https://feed.example/' }, {});
      console.log(names.length);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).toBe('1\n');
    const reader = beside({ idleMs: 1 });
    for (let at = 0; at < 3; at++) expect(await readAll(reader, feed)).toMatchObject({ kind: 'items' });
  });

  test('items of many megabytes cost us little more than themselves on their way', async () => {
    const program = `
      const { openReaderBeside } = await import('${new URL('beside.js', built).href}');
      const reader = openReaderBeside();
      const item = (at) => '<item><guid>' + at + '</guid><description>' + 'word '.repeat(3_300) + '</description></item>';
      const body = Buffer.from('<rss version="2.0"><channel>' + Array.from({ length: 900 }, (_, at) => item(at)).join('') + '</channel></rss>');
      const document = await reader.read({ body, contentType: undefined, url: 'https://feed.example/' }, {});
      const context = { source: { name: undefined, lang: undefined, hosts: [], tags: [], future: 'show' }, now: 0 };
      const before = process.resourceUsage().maxRSS;
      const { items } = await document.normalise(document.names.map(({ guid }) => guid), context);
      const characters = items.reduce((sum, one) => sum + one.html.length + one.text.length, 0);
      console.log(JSON.stringify([items.length, characters, (process.resourceUsage().maxRSS - before) * 1_024]));`;
    const shares: number[] = [];
    for (const _time of [1, 2, 3]) {
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
      const [count = 0, characters = 0, grownBy = 0] = JSON.parse(stdout) as number[];
      expect(count).toBe(900);
      expect(characters).toBeGreaterThan(28 * 1_048_576);
      shares.push(grownBy / characters);
    }
    // The collector of garbage comes late when the machine is busy; in one message they cost four times themselves each time.
    expect(Math.min(...shares)).toBeLessThan(2);
  });

  test('closed in the middle, the document is nobody’s fault, and another can be read', async () => {
    const reader = beside();
    const slow = read(reader, slowPage, 'https://page.example/', { item: 'li' });
    await Promise.all([
      expect(slow).rejects.toThrow('was closed'),
      new Promise(setImmediate).then(() => reader.close()),
    ]);
    expect(await readAll(reader, feed)).toMatchObject({ kind: 'items' });
  });
});
