/** A file that is about to be opened becomes a word on what it is, and stays as it was. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { copyMark } from './copied-tables.ts';
import { damageIn } from './copies.ts';
import { halfCopiedWords, type Mark } from './copy-mark.ts';
import { type Connection, connect } from './database.ts';
import { applicationId } from './migrations/migration.ts';

/**
 * Up to this size every opening reads the whole file through, in a few hundredths of a second; larger ones are looked over at night: a
 * quiet run of a hundred sources with 26 MB spent a fifth of its time on it.
 */
const smallBytes = 8 * 1_048_576;
/** Tables that only Relais has together; databases from before the mark are known by them. */
const ourTables = ['sources', 'items', 'stories', 'story_aliases', 'publications'];

const signature = 'SQLite format 3\0';

/** What a look at a file came to. */
export type Look =
  /** A database of ours that has been migrated so far; 0 for one that has no tables yet. */
  | { readonly kind: 'ours'; readonly step: number }
  | { readonly kind: 'damaged' | 'foreign' | 'newer'; readonly words: string }
  /** A copy of ours that is not whole yet. */
  | { readonly kind: 'half'; readonly step: number; readonly words: string };

/**
 * Looks at an existing file without writing to it: is it a whole database of ours, of no newer Relais than this?
 * @param newest step that this program knows
 * @throws SQLite's own errors, of a damaged database too
 */
export function firstLook(file: string, newest: number): Look {
  const torn = tornLook(file);
  if (torn !== undefined) return torn;
  const sqlite = connect(file, { isReadOnly: true });
  try {
    return lookThrough(sqlite, file, newest);
  } finally {
    sqlite.close();
  }
}

/** The same for one that is open. @param file its path */
export function lookThrough(sqlite: Connection, file: string, newest: number): Look {
  if (!isOurs(sqlite)) return { kind: 'foreign', words: `${file} belongs to another program` };
  const step = Number(sqlite.pragma('user_version', { simple: true }));
  if (step > newest) return { kind: 'newer', words: `${file} is at step ${step}, this program knows ${newest}` };
  const damage = statSync(file).size <= smallBytes ? damageIn(sqlite, 'quick') : undefined;
  if (damage !== undefined) return { kind: 'damaged', words: damage };
  const words = halfWords(sqlite, file);
  return words === undefined ? { kind: 'ours', step } : { kind: 'half', step, words };
}

function halfWords(sqlite: Connection, file: string): string | undefined {
  if (sqlite.prepare("select 1 from sqlite_schema where name = 'meta'").get() === undefined) return undefined;
  const value = sqlite.prepare<[string], string>('select value from meta where name = ?').pluck().get(copyMark);
  return value === undefined ? undefined : halfCopiedWords(file, JSON.parse(value) as Mark);
}

function isOurs(sqlite: Connection): boolean {
  const mark = Number(sqlite.pragma('application_id', { simple: true }));
  if (mark !== 0) return mark === applicationId;
  const tables = sqlite.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
  return tables.length === 0 || ourTables.every((name) => tables.includes(name));
}

/** What can be said before SQLite touches it; undefined for a file that is whole as far as that goes. */
export function tornLook(file: string): Look | undefined {
  const words = tornWords(file);
  return words === undefined ? undefined : { kind: 'damaged', words };
}

/**
 * What the header tells before SQLite has a chance to write (https://www.sqlite.org/fileformat.html §1.3). With a WAL
 * beside it a file may be shorter than it says: the rest is in there.
 */
function tornWords(file: string): string | undefined {
  const { size } = statSync(file);
  if (size === 0) return 'it is empty';
  const header = readHeader(file);
  if (header.toString('latin1', 0, 16) !== signature) return 'it is no database';
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const isCountValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  const wanted = pageSize * header.readUInt32BE(28);
  if (!isCountValid || size >= wanted || (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0))
    return undefined;
  return `it is cut off: ${size} of ${wanted} bytes are there`;
}

/** Whether a path leads to what SQLite has once written, also where that is not whole. @throws what the disk says */
export function isDatabaseFile(path: string): boolean {
  const found = statSync(path);
  return found.isFile() && found.size > 0 && readHeader(path).toString('latin1', 0, 16) === signature;
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, 100, 0);
    return header;
  } finally {
    closeSync(handle);
  }
}
