/** Databases of earlier Relais, brought forward: with what is in them, after a copy, or not at all. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Sqlite } from '../../../src/store/database.ts';
import type { Migration } from '../../../src/store/migrations/migration.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/opening.ts';
import { item, source, url } from '../../stories/builders.ts';
import { noon, openTestLibrary, temporaryFolder } from '../open.ts';
import { serve } from '../serve.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'relais.db');
});
afterEach(() => folder.remove());

const first = migrations.slice(0, 1);

/** As Relais 0.1 left it: one story of two items, with all that hangs on them. The mark is not there yet. */
async function makeOld(): Promise<void> {
  const { sqlite, close } = await openDatabase(file, first);
  sqlite.pragma('application_id = 0');
  sqlite.exec(`
    insert into meta values ('tag-prefix', 'tag:news.example,2026:');
    insert into sources values ('cms.example/feed', null, '"e"', 'then', 'hash', 'CMS', 'https://cms.example/', 'en',
      ${noon}, ${noon - 5}, ${noon - 5}, ${noon - 9}, 2, ${noon - 7}, '{"code":"fetch/timeout"}', 0);
    insert into stories values (7, 'abcdef', ${noon - 9}, ${noon - 8}, ${noon - 9}, 1, null, null, null);
    insert into story_aliases values ('old-name', 7);
    insert into leases values ('run', 'o', 1, 'h', 1, 2);
    insert into publications values ('front', 'stamp', ${noon}, '["index.html"]');`);
  const insert = sqlite.prepare(
    `insert into items values (?, ?, 'g', 'hash', 7, ?, null, 'https://cms.example/1', '["https://cms.example/1"]', '[]', null,
      'Title', '<p>Text</p>', 'Text', 0, '["A"]', 'en', 'ltr', null, null, null, ${noon - 9}, ${noon - 9}, null, '[]', '[]',
      null, 1, ?, ?)`,
  );
  insert.run(1, 'cms.example/feed', 'original', null, null);
  insert.run(2, 'host.example/rss', 'repost', noon - 1, 'a mistake');
  sqlite.exec(`
    insert into item_keys values ('url', 'cms.example/1', 1);
    insert into evidence values (2, 0, 'via-link', 4, 'via', 'q', 'cms.example/feed', null, null);
    insert into revisions values (1, ${noon - 3}, 'Old title', '<p>Old</p>', '[]', '[]', null);`);
  await close();
}

describe('from 0.1', () => {
  beforeEach(makeOld);

  test('everything is there afterwards, and what is new is blank', async () => {
    const library = await openTestLibrary(folder.path);
    expect((await library.memories()).get('cms.example/feed')).toMatchObject({
      validators: { etag: '"e"', lastModified: 'then' },
      failures: 2,
      problem: { code: 'fetch/timeout' },
      marks: undefined,
      held: undefined,
      rhythmMs: undefined,
      bodyUrl: undefined,
      waitUntil: undefined,
    });
    const [story] = await library.stories([7]);
    expect(story).toMatchObject({ uid: 'abcdef', changed: noon - 8, attribution: { original: { itemId: 1 } } });
    expect(story?.items).toMatchObject([
      { id: 1, title: 'Title', authors: ['A'], isFirstImport: false, withdrawn: undefined },
      { id: 2, withdrawn: { at: noon - 1, because: 'a mistake' } },
    ]);
    expect(story?.attribution.members[1]?.evidence).toMatchObject([{ kind: 'via-link', quote: 'q' }]);
    expect(await library.storiesOf(['cms.example/feed'])).toEqual([
      { id: 7, uid: 'abcdef', changed: noon - 8, date: noon - 9, firstImportOf: undefined, langs: ['en'] },
    ]);
    expect(await library.findStory('old-name')).toBe(7);
    expect(await library.fact('tag-prefix')).toBe('tag:news.example,2026:');
    expect((await library.publications()).get('front')?.paths).toEqual(['index.html']);
    expect(await library.heldItems()).toEqual(new Map());
    expect(await library.check('full')).toEqual({ damage: undefined });
    await library.close();
    const raw = new Sqlite(file, { readonly: true });
    expect(raw.pragma('application_id', { simple: true })).toBe(0x52454c41);
    expect(raw.prepare('select title from revisions').pluck().all()).toEqual(['Old title']);
    expect(raw.prepare('select * from leases').get()).toMatchObject({ owner: 'o', beats: 0, boot_id: null });
    raw.close();
  });

  test('what tied an item to others is in the way of nothing that it says of itself since', async () => {
    const old = await openDatabase(file, first);
    old.sqlite.exec("insert into evidence values (1, 0, 'same-text', 4, 'same', '', 'host.example/rss', null, null)");
    await old.close();
    const library = await openTestLibrary(folder.path);
    const cms = source('https://cms.example/feed');
    const cites = [{ rel: 'via' as const, url: url('https://elsewhere.example/1') }];
    const now = item('g', { title: 'Title', html: '<p>Text</p>', url: url('https://cms.example/1'), cites });
    await serve(library, cms, [now], { sources: [cms, source('https://host.example/rss')] });
    const [story] = await library.stories([7]);
    const evidence = story?.attribution.members.find(({ itemId }) => itemId === 1)?.evidence ?? [];
    expect(evidence.map(({ kind }) => kind)).toContain('via-link');
    await library.close();
  });

  test('what there was to say counts as said: nobody hears of years at once', async () => {
    const { sqlite, close } = await openDatabase(file, migrations.slice(0, 29));
    sqlite.exec(`
      update sources set held = '{"since":1,"reasons":[]}';
      insert into news (source, name, kind, at, words) values ('cms.example/feed', 'CMS', 'gone', 1, 'It went.');`);
    await close();
    const library = await openTestLibrary(folder.path);
    expect(await library.troubled()).toEqual([{ key: 'cms.example/feed', isFailingSaid: true, isHeldSaid: true }]);
    expect(await library.unsaid(['gone'])).toEqual([]);
    expect(await library.untold()).toHaveLength(1);
    await library.close();
  });

  test('a whole copy was made before, in one file, with what only the WAL held', async () => {
    const other = await openDatabase(file, first);
    other.sqlite.exec("insert into meta values ('only', 'in the WAL')");
    await (await openTestLibrary(folder.path)).close();
    await other.close();
    expect(readdirSync(join(folder.path, 'backup'))).toEqual(['before-step-2.db']);
    const copy = new Sqlite(join(folder.path, 'backup', 'before-step-2.db'), { readonly: true });
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare("select value from meta where name = 'only'").pluck().get()).toBe('in the WAL');
    copy.close();
  });
});

test('from 0.2, validators belong to the address asked, and who told us to wait is still left alone', async () => {
  const { sqlite, close } = await openDatabase(file, migrations.slice(0, 2));
  const insert = sqlite.prepare(
    'insert into sources (key, asked_url, next_due, failures, problem, is_gone) values (?, ?, ?, 0, ?, 0)',
  );
  insert.run('a.example', 'https://a.example/', noon, '{"code":"fetch/told-to-wait"}');
  insert.run('b.example', null, noon, '{"code":"fetch/timeout"}');
  await close();
  const library = await openTestLibrary(folder.path);
  const memories = await library.memories();
  expect(memories.get('a.example')).toMatchObject({ bodyUrl: 'https://a.example/', waitUntil: noon });
  expect(memories.get('b.example')).toMatchObject({ bodyUrl: undefined, waitUntil: undefined });
  await library.close();
});

test('what waits for its time from before there were events tells of none', async () => {
  const before = migrations.findIndex(({ name }) => name.endsWith('-events'));
  const { sqlite, close } = await openDatabase(file, migrations.slice(0, before));
  const { events: _, ...old } = item('g', { title: 'Ahead' });
  const signals = { keys: [], statements: [], isSettled: true, problems: [] };
  const insert = sqlite.prepare("insert into waiting_items values ('a.example', 'g', 'h', null, ?, ?, ?)");
  insert.run(JSON.stringify(old), JSON.stringify(signals), noon);
  await close();
  const library = await openTestLibrary(folder.path);
  const due = await library.itemsDue(noon, [{ key: 'a.example', future: 'wait' }]);
  expect(due.get('a.example')?.map((one) => one.item.events)).toEqual([[]]);
  await library.close();
});

const extra: Migration = {
  name: 'extra',
  up: async (db) => void (await sql`alter table sources add column extra text`.execute(db)),
};

/** Another process opens the database with one step more. @returns how it ended, and what it said */
async function openElsewhere(fate = 'spared'): Promise<unknown[]> {
  const script = fileURLToPath(new URL('open-with-step.ts', import.meta.url));
  const cwd = fileURLToPath(new URL('../../..', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, file, fate], { cwd });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said += words;
  });
  return await new Promise((resolve) => child.on('close', (code, signal) => resolve([code ?? signal, said])));
}

function columnsOf(path: string, table: string): string[] {
  const db = new Sqlite(path, { readonly: true });
  try {
    return (db.pragma(`table_info(${table})`) as { name: string }[]).map((one) => one.name);
  } finally {
    db.close();
  }
}

describe('a step forward', () => {
  test('is made once, and the copies of the last three are kept', async () => {
    const more = [1, 2, 3, 4].map((n) => ({
      name: `${n}`,
      up: async (db: Parameters<Migration['up']>[0]) =>
        void (await sql.raw(`alter table sources add column c${n} text`).execute(db)),
    }));
    await (await openDatabase(file)).close();
    for (const count of [1, 2, 3, 4, 4])
      await (await openDatabase(file, [...migrations, ...more.slice(0, count)])).close();
    expect(columnsOf(file, 'sources')).toEqual(expect.arrayContaining(['c1', 'c4']));
    const steps = [2, 3, 4].map((n) => `before-step-${migrations.length + n}.db`);
    expect(readdirSync(join(folder.path, 'backup')).sort()).toEqual(steps.sort());
  });

  test('of two processes at once is made by one, and copied before', async () => {
    await (await openDatabase(file)).close();
    const ended = await Promise.all([openElsewhere(), openElsewhere()]);
    expect(ended).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(columnsOf(file, 'sources')).toContain('extra');
    const copy = `before-step-${migrations.length + 1}.db`;
    expect(readdirSync(join(folder.path, 'backup'))).toEqual([copy]);
    expect(columnsOf(join(folder.path, 'backup', copy), 'sources')).not.toContain('extra');
  });

  test('that fails half-way leaves the old schema whole', async () => {
    await (await openDatabase(file)).close();
    const broken: Migration = {
      name: 'broken',
      async up(db) {
        await extra.up(db);
        throw new Error('a mistake of ours');
      },
    };
    await expect(openDatabase(file, [...migrations, broken])).rejects.toThrow('a mistake of ours');
    expect(columnsOf(file, 'sources')).not.toContain('extra');
    await (await openDatabase(file)).close();
  });

  test('in the middle of which we are killed leaves the old schema whole', async () => {
    await (await openDatabase(file)).close();
    expect(await openElsewhere('killed')).toEqual(['SIGKILL', '']);
    const library = await openTestLibrary(folder.path);
    expect(await library.check('full')).toEqual({ damage: undefined });
    await library.close();
    expect(columnsOf(file, 'sources')).not.toContain('extra');
    expect(columnsOf(file, 'news')).toContain('words');
    expect(existsSync(join(folder.path, 'backup', `before-step-${migrations.length + 1}.db`))).toBe(true);
  });
});
