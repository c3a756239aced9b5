/** A file becomes a database that can be spoken to. The only file that loads better-sqlite3 and Kysely's run-time. */
import { createRequire } from 'node:module';
import type Engine from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { Halt, problem } from '../problems.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;
/** The same, statement by statement: for what must cost next to nothing, and for what no SQL builder says. */
export type Connection = Engine.Database;

/** The first Node that 13 runs on, and the first that 12 must not run on. */
const [firstOf13, firstWithout12] = [22, 24];

/**
 * Two of one: 12 is the last that runs on Node 20, and lets Node 24.19 and newer end at random (what it leaves to the garbage
 * collector takes leave of an environment that is not there; nodejs changed node::ObjectWrap); 13 needs Node 22, where npm
 * installs it beside the other.
 */
export const Sqlite = loadEngine();

function loadEngine(): typeof Engine {
  const load = createRequire(import.meta.url);
  const major = Number.parseInt(process.versions.node, 10);
  if (major < firstOf13) return load('better-sqlite3') as typeof Engine;
  try {
    return load('better-sqlite3-13') as typeof Engine;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    if (major >= firstWithout12) throw new Halt(problem('store/not-built', {}, 'better-sqlite3-13 is not there'));
    return load('better-sqlite3') as typeof Engine;
  }
}

/** SQLite before 3.51.3 can damage a database in WAL mode when it is reset (spec traps 5). */
const safeSqlite = [3, 51, 3] as const;
const busyTimeoutMs = 10_000;

/**
 * @param file path of a database that is there, or `:memory:`
 * @param options `isAlone` keeps everybody else out, and in memory what SQLite else keeps in a file beside a database in
 * WAL mode (https://www.sqlite.org/wal.html §8)
 * @throws Halt with store/not-built; SQLite's own errors
 */
export function connect(
  file: string,
  options: { readonly isReadOnly?: boolean; readonly isAlone?: boolean } = {},
): Connection {
  const { isReadOnly = false } = options;
  const sqlite = orNotBuilt(
    () => new Sqlite(file, { timeout: busyTimeoutMs, readonly: isReadOnly, fileMustExist: file !== ':memory:' }),
  );
  if (options.isAlone === true) sqlite.pragma('locking_mode = EXCLUSIVE'); // before anything is read
  return judged(sqlite);
}

/** A database's bytes, to be read. */
export function connectToBytes(bytes: Buffer): Connection {
  return judged(orNotBuilt(() => new Sqlite(bytes, { readonly: true })));
}

/** Its machine code is found when it is first used: not there after an install without scripts, or of another Node. */
function orNotBuilt(open: () => Connection): Connection {
  try {
    return open();
  } catch (error) {
    const why = whyNotBuilt(error);
    if (why === undefined) throw error;
    throw new Halt(problem('store/not-built', {}, why), { cause: error });
  }
}

/** @returns undefined of any other error */
export function whyNotBuilt(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/Could not locate the bindings file/.test(error.message)) return 'its machine code is not there';
  if (!('code' in error) || error.code !== 'ERR_DLOPEN_FAILED') return undefined;
  return /NODE_MODULE_VERSION/.test(error.message)
    ? `it was built for another one than ${process.version}`
    : error.message.split('\n', 1)[0];
}

function judged(sqlite: Connection): Connection {
  try {
    requireSafeSqlite(sqlite);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function requireSafeSqlite(sqlite: Connection): void {
  const version = String(sqlite.prepare('select sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  const difference = safeSqlite.map((wanted, at) => (parts[at] ?? 0) - wanted).find((one) => one !== 0) ?? 0;
  if (difference < 0) throw new Error(`SQLite ${version} is older than ${safeSqlite.join('.')}`);
}

export function builderOver(sqlite: Connection): Database {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: remembering(sqlite) }) });
}

const mostStatements = 300;

/** Kysely prepares every statement anew; here it finds those it has used. And its transactions take the write lock first. */
function remembering(sqlite: Connection): SqliteDatabase {
  const known = new Map<string, SqliteStatement>();
  return {
    close: () => void sqlite.close(),
    prepare(words) {
      const wanted = transactionWords(words, sqlite);
      const statement = known.get(wanted) ?? (sqlite.prepare(wanted) as unknown as SqliteStatement);
      if (known.size >= mostStatements) known.clear();
      known.set(wanted, statement);
      return statement;
    },
  };
}

/**
 * A transaction that reads first and then finds somebody else has written must begin again: it takes the write lock at
 * once. And where a full disk has made SQLite roll back by itself there is nothing left to roll back.
 */
function transactionWords(words: string, sqlite: Connection): string {
  if (words === 'begin') return 'begin immediate';
  return words === 'rollback' && !sqlite.inTransaction ? 'select 0 where 0' : words;
}
