/**
 * Archives of any size, in either kind of database, without a visit for each item: rows and imprints are written by hand, and the
 * index of fingerprints by itself or, in PostgreSQL, all at once. Fingerprints are nobody's words: each item has as many as a text
 * of 390 words.
 */
import { join } from 'node:path';
import type { SafeHtml, Source } from '../src/model.ts';
import { openStore, type Storage } from '../src/storage.ts';
import { Sqlite } from '../src/store/database.ts';
import type { Engine } from '../src/store/engine.ts';
import { emptyImprint, openImprints, periodOf } from '../src/store/imprints.ts';
import { openPostgres } from '../src/store/postgres-opening.ts';
import { openSession, placeOf, type Session } from '../src/store/postgres-session.ts';
import { sqliteEngine } from '../src/store/sqlite-engine.ts';
import { diceOf } from '../test/dice.ts';

const printsAnItem = 134;
const dayMs = 86_400_000;
/** Ten years of archive. */
const yearsMs = 10 * 365 * dayMs;
const rowsAtOnce = 500;
const indexMs = 3_600_000;

const vocabulary = Array.from({ length: 8_000 }, (_, at) =>
  [...at.toString(20).padStart(3, 'k')].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 36))).join(''),
);

/** The text of a number: words of which some are frequent. */
export function textFor(number: number, words = 390): string {
  const dice = diceOf(number);
  return Array.from({ length: words }, () => vocabulary[Math.floor(dice.next() ** 2 * vocabulary.length)]).join(' ');
}

export interface FillOptions {
  /** Items, each a story of its own. */
  readonly stored: number;
  /** Instant of the newest but for a day. */
  readonly until: number;
  /** In each text; 0 for none. */
  readonly words: number;
}

interface Filled {
  readonly id: number;
  readonly sourceKey: string;
  readonly date: number;
  readonly prints: Int32Array;
}

export async function fillArchive(storage: Storage, sources: readonly Source[], options: FillOptions): Promise<void> {
  await (await openStore(storage)).close();
  if (storage.database !== undefined) return await fillServer(storage.database, sources, options);
  const sqlite = new Sqlite(join(storage.folder, 'relais.db'));
  sqlite.pragma('synchronous = OFF');
  sqlite.pragma('cache_size = -400000');
  const engine = sqliteEngine(sqlite);
  const { writing } = openImprints(engine);
  for (const batch of batches(sources, options)) {
    sqlite.exec('begin');
    await writeRows(engine, batch, options.words);
    for (const { id, sourceKey, date, prints } of batch)
      await writing.imprint({ id, sourceKey, published: { from: date, to: date } }, { ...emptyImprint, prints });
    sqlite.exec('commit');
  }
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Its index is made once everything is there: item by item it would take an hour. */
async function fillServer(address: string, sources: readonly Source[], options: FillOptions): Promise<void> {
  const { engine, session } = await openPostgres(placeOf(address), 'bench');
  try {
    const { rows } = await session.say(
      `select indexdef from pg_indexes where schemaname = current_schema() and indexname = 'print_lists_by_print'`,
    );
    await session.say('drop index print_lists_by_print');
    for (const batch of batches(sources, options)) {
      await engine.begin();
      await writeRows(engine, batch, options.words);
      await writePrints(session, batch);
      await session.ask('commit', []);
    }
    for (const table of ['items', 'stories']) await engine.countOnFrom(table);
    await index(address, String(rows[0]?.indexdef));
  } finally {
    await session.close();
  }
}

async function index(address: string, definition: string): Promise<void> {
  const session = openSession(placeOf(address), 'bench', indexMs);
  try {
    await session.say("set maintenance_work_mem = '1GB'");
    await session.say(definition);
    await session.say('vacuum analyze');
  } finally {
    await session.close();
  }
}

function* batches(sources: readonly Source[], { stored, until }: FillOptions): Generator<readonly Filled[]> {
  const dice = diceOf(7);
  for (let from = 1; from <= stored; from += rowsAtOnce)
    yield Array.from({ length: Math.min(rowsAtOnce, stored + 1 - from) }, (_, at): Filled => {
      const id = from + at;
      return {
        id,
        sourceKey: sources[id % sources.length]?.key ?? '',
        date: until - Math.floor((1 - id / stored) * yearsMs) - dayMs,
        prints: Int32Array.from({ length: printsAnItem }, () => Math.floor(dice.next() * 2 ** 32) | 0),
      };
    });
}

/** In the order of their dates. */
async function writeRows({ db }: Engine, batch: readonly Filled[], words: number): Promise<void> {
  await db
    .insertInto('stories')
    .values(
      batch.map(({ id, date }) => ({
        id,
        uid: `s${id}`,
        created: date,
        changed: date,
        date,
        original_item: id,
        confidence: 'said',
        original_source: null,
        original_name: null,
        original_url: null,
        jointly: null,
      })),
    )
    .execute();
  await db
    .insertInto('items')
    .values(
      batch.map(({ id, sourceKey, date }) => {
        const text = textFor(id, words);
        return {
          id,
          source: sourceKey,
          guid: `g${id}`,
          hash: '',
          story: id,
          role: 'original',
          urls: '[]',
          cites: '[]',
          title: text.slice(0, 40),
          html: (words === 0 ? '' : `<p>${text}</p>`) as SafeHtml,
          text,
          is_excerpt: 0,
          authors: '[]',
          lang: 'en',
          dir: 'ltr',
          published: date,
          date,
          seen: date,
          categories: '[]',
          enclosures: '[]',
          is_settled: 1,
        };
      }) as never,
    )
    .execute();
}

async function writePrints(session: Session, batch: readonly Filled[]): Promise<void> {
  const { prints: _, ...marks } = emptyImprint;
  const ids = batch.map(({ id }) => id);
  const periods = batch.map(({ date }) => periodOf({ from: date, to: date }));
  await session.say(
    `insert into imprints (item, source, period, prints, marks)
       select item, source, period, prints, $5 from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bytea[]) as p (item, source, period, prints)`,
    [
      ids,
      batch.map(({ sourceKey }) => sourceKey),
      periods,
      batch.map(({ prints }) => Buffer.from(prints.buffer)),
      JSON.stringify(marks),
    ],
  );
  await session.say(
    `insert into print_lists (item, period, prints)
       select item, period, prints::int[] from unnest($1::bigint[], $2::bigint[], $3::text[]) as p (item, period, prints)`,
    [ids, periods, batch.map(({ prints }) => `{${prints.join()}}`)],
  );
}
