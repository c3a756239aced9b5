/**
 * The search index as a database of its own beside the other (`search.db`): SQLite's FTS5 over bags of words. All of it can be made
 * anew from the stories, so it is in no backup; and what is taken out of it leaves no trace in its file.
 */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { IndexLost, type SearchEntry, type SearchLibrary, type SearchQuery } from '../search-library.ts';
import { makeFolder } from './copies.ts';
import { type Connection, connect } from './database.ts';
import { haltOnDiskTrouble } from './trouble.ts';

/** Raised when the tables or the folding of words change: an index of another form is made anew. */
const form = 4;

/**
 * What begins with each single letter is kept (`prefix`): to put that together from thousands of words for each question would let
 * anybody hold up our server for a third of a second, with eight letters.
 *
 * Not `detail = none`, though no place of a word is ever asked for: together with `secure-delete` SQLite 3.53 then does not find what
 * comes back after it was deleted.
 */
const tables = `
  create table entries (story integer primary key, uid text not null, published integer not null,
    sections text not null, line text not null);
  create index entries_by_uid on entries (uid);
  create virtual table words using fts5 (bag, detail = column, columnsize = 0, prefix = 1, tokenize = "unicode61 remove_diacritics 0");
  insert into words (words, rank) values ('secure-delete', 1);
  create table facts (name text primary key, value text not null) without rowid;
  pragma user_version = ${form};`;

/** What a hit needs beside its place. */
type Line = Pick<SearchEntry, 'heading' | 'group' | 'excerpt' | 'lang' | 'dir'>;

interface Row {
  readonly story: number;
  readonly uid: string;
  readonly published: number;
  readonly sections: string;
  readonly line: string;
  readonly bag: string;
}

/** What one batch of stories changes; SQLite's own sixteen megabytes are of no use to an index that is filled in order. */
const cacheKib = 6_000;

/** Of the file in the data folder. */
export const searchName = 'search.db';

/** @param file path; made when it is first asked, and made anew where it is damaged or of another form */
export function openSearchLibrary(file: string): SearchLibrary {
  let open: { readonly db: Connection; readonly inode: number } | undefined;
  /** The file that was written to last. */
  let written: typeof open;
  const connection = (): Connection => {
    // Another process may have made it anew; what is written to a file without a name is lost.
    if (open !== undefined && statSync(file, { throwIfNoEntry: false })?.ino !== open.inode) {
      open.db.close();
      open = undefined;
    }
    if (open === undefined) {
      const db = openOrMake(file);
      open = { db, inode: statSync(file).ino };
    }
    return open.db;
  };
  const discard = (): void => {
    open?.db.close();
    open = undefined;
    removeFiles(file);
  };
  const ask = <T>(work: (db: Connection) => T): Promise<T> =>
    haltOnDiskTrouble(file, () => {
      try {
        return work(connection());
      } catch (error) {
        if (!isUnusable(error)) throw error;
        discard(); // else it would keep everything from being published, and all of it can be made anew
        throw new IndexLost(error);
      }
    });
  const change = (work: (db: Connection) => void): Promise<void> =>
    ask((db) => {
      db.transaction(() => work(db)).immediate();
      written = open;
    });
  return {
    stamp: () => ask((db) => db.prepare<[], string>("select value from facts where name = 'stamp'").pluck().get()),
    keep: (entries, gone) => change((db) => write(db, entries, gone)),
    agree: (stamp) =>
      ask((db) => {
        // What was written before to another file is lost: this one agrees with nothing.
        if (written !== undefined && written !== open) return;
        db.prepare("insert or replace into facts values ('stamp', ?)").run(stamp);
      }),
    clear: () => change(empty),
    some: (stories) =>
      ask((db) =>
        db
          .prepare<[string], Row>(
            `select e.*, w.bag from entries e join words w on w.rowid = e.story
             where e.story in (select value from json_each(?)) order by e.published desc, e.uid`,
          )
          .all(JSON.stringify(stories))
          .map(entryOf),
      ),
    find: (query) => ask((db) => find(db, query)),
    close: () => Promise.resolve(void open?.db.close()),
  };
}

function openOrMake(file: string): Connection {
  try {
    if (existsSync(file)) {
      const db = prepared(connect(file));
      if (db.pragma('user_version', { simple: true }) === form) return db;
      db.close();
    }
  } catch (error) {
    if (!isUnusable(error)) throw error;
  }
  removeFiles(file);
  makeFolder(dirname(file));
  writeFileSync(file, '', { mode: 0o600 });
  const db = prepared(connect(file));
  db.transaction(() => db.exec(tables)).immediate();
  return db;
}

function removeFiles(file: string): void {
  for (const name of [file, `${file}-journal`]) rmSync(name, { force: true });
}

/** Without a write-ahead log, in which words would stay: pages that hold none any more are overwritten. */
function prepared(db: Connection): Connection {
  db.pragma('journal_mode = DELETE');
  db.pragma('secure_delete = on');
  db.pragma('synchronous = NORMAL');
  db.pragma(`cache_size = ${-cacheKib}`);
  return db;
}

function isUnusable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

function write(db: Connection, entries: readonly SearchEntry[], gone: readonly (number | string)[]): void {
  const storyOf = db.prepare<[string], number>('select story from entries where uid = ?').pluck();
  const dropEntry = db.prepare('delete from entries where story = ?');
  const dropWords = db.prepare('delete from words where rowid = ?');
  const drop = (story: number): void => {
    if (dropEntry.run(story).changes > 0) dropWords.run(story);
  };
  for (const name of gone) {
    const story = typeof name === 'number' ? name : storyOf.get(name);
    if (story !== undefined) drop(story);
  }
  const known = db.prepare<[number], Pick<Row, 'uid' | 'published' | 'sections' | 'line' | 'bag'>>(
    'select uid, published, sections, line, bag from entries join words on words.rowid = story where story = ?',
  );
  const addEntry = db.prepare('insert or replace into entries values (?, ?, ?, ?, ?)');
  const addWords = db.prepare('insert into words (rowid, bag) values (?, ?)');
  for (const entry of entries) {
    const { story, uid, published, heading, group, excerpt, lang, dir } = entry;
    const line = JSON.stringify({ heading, group, excerpt, lang, dir } satisfies Line);
    const sections = ` ${entry.sections.join(' ')} `;
    const bag = [...entry.words].sort().join(' '); // in no order that a sentence could be read from
    const before = known.get(story);
    // To take words out without a trace costs ten times what it costs to write them, and most changes of a story are in none.
    const isSaid = before?.bag === bag;
    if (isSaid && isDeepStrictEqual(before, { uid, published, sections, line, bag })) continue;
    if (!isSaid) drop(story);
    addEntry.run(story, uid, published, sections, line);
    if (!isSaid) addWords.run(story, bag);
  }
}

function empty(db: Connection): void {
  for (const table of ['entries', 'words', 'facts']) db.exec(`delete from ${table}`);
}

function find(db: Connection, { words, section, skip, limit }: SearchQuery): SearchEntry[] {
  const match = words.flatMap((word) => (/^[\p{L}\p{N}]+$/u.test(word) ? [`"${word}"*`] : [])).join(' ');
  if (match === '') return [];
  return db
    .prepare<[string, string, number, number], Row>(
      `select e.*, '' as bag from words join entries e on e.story = words.rowid where words match ? and e.sections like ?
       order by e.published desc, e.uid limit ? offset ?`,
    )
    .all(match, section === undefined ? '%' : `% ${section} %`, limit, skip)
    .map(entryOf);
}

function entryOf({ story, uid, published, sections, line, bag }: Row): SearchEntry {
  return {
    story,
    uid,
    published,
    sections: sections.trim().split(' '),
    ...(JSON.parse(line) as Line),
    words: bag === '' ? [] : bag.split(' '),
  };
}
