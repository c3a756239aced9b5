/**
 * Opens the database: settings that make a commit durable, a copy before each upgrade, forward migrations, and plain
 * words for what the disk does to us. The only file that loads better-sqlite3 and Kysely's run-time.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Halt, type ProblemCode, problem } from '../problems.ts';
import { type Migration, migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

/** SQLite before 3.51.3 can damage a database in WAL mode when it is reset (spec traps 5). */
const safeSqlite = [3, 51, 3] as const;
const busyTimeoutMs = 10_000;

export interface OpenDatabase {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

/**
 * @param file path of the database; its folder is made if need be
 * @param steps the migrations to bring it up to; tests pass their own
 * @throws Halt with `store/…` when it cannot be used, leaving it as it was
 */
export async function openDatabase(file: string, steps: readonly Migration[] = migrations): Promise<OpenDatabase> {
  return haltOnDiskTrouble(file, async () => {
    mkdirSync(dirname(file), { recursive: true });
    const isNew = !existsSync(file);
    const sqlite = new Sqlite(file, { timeout: busyTimeoutMs });
    try {
      requireSafeSqlite(sqlite);
      sqlite.pragma('journal_mode = WAL');
      // WAL alone means NORMAL in this build: a power cut would lose the last commits. A refresh is few commits.
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('foreign_keys = ON');
      const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
      await migrate(db, sqlite, { file, isNew, steps });
      return { db, close: () => db.destroy() };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
}

function requireSafeSqlite(sqlite: Sqlite.Database): void {
  const version = String(sqlite.prepare('select sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  const difference = safeSqlite.map((wanted, at) => (parts[at] ?? 0) - wanted).find((one) => one !== 0) ?? 0;
  if (difference < 0) throw new Error(`SQLite ${version} is older than ${safeSqlite.join('.')}`);
}

interface Upgrade {
  readonly file: string;
  readonly isNew: boolean;
  readonly steps: readonly Migration[];
}

async function migrate(db: Database, sqlite: Sqlite.Database, { file, isNew, steps }: Upgrade): Promise<void> {
  const done = Number(sqlite.pragma('user_version', { simple: true }));
  if (done > steps.length) {
    throw new Halt(problem('store/newer-schema', {}, `${file} is at step ${done}, this program knows ${steps.length}`));
  }
  if (done === steps.length) return;
  if (!isNew && done > 0) await copyBefore(sqlite, file, done);
  for (const [index, step] of steps.entries()) {
    if (index < done) continue;
    // user_version lies in the file's header and moves with the transaction: a kill inside leaves the old schema whole.
    await db.transaction().execute(async (trx) => {
      await step.up(trx as unknown as Kysely<unknown>);
      await sql.raw(`pragma user_version = ${index + 1}`).execute(trx);
    });
  }
}

async function copyBefore(sqlite: Sqlite.Database, file: string, version: number): Promise<void> {
  const folder = join(dirname(file), 'backup');
  mkdirSync(folder, { recursive: true });
  await sqlite.backup(join(folder, `before-step-${version + 1}.db`));
}

const diskTroubles: readonly { readonly code: RegExp; readonly problem: ProblemCode }[] = [
  { code: /^(SQLITE_BUSY|SQLITE_LOCKED)/, problem: 'store/locked' },
  { code: /^(SQLITE_FULL|ENOSPC|EDQUOT)/, problem: 'store/disk-full' },
  { code: /^(SQLITE_CORRUPT|SQLITE_NOTADB)/, problem: 'store/damaged' },
  {
    code: /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/,
    problem: 'store/not-writable',
  },
];

/** Runs `work`; what the disk did to it becomes a Halt with words for a person. Other errors are our bugs and pass. */
export async function haltOnDiskTrouble<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A full disk makes SQLite roll back by itself; Kysely's own attempt to do so then hides the reason.
    const isRolledBack = error instanceof Error && error.message.includes('cannot rollback');
    const trouble = diskTroubles.find((one) => one.code.test(isRolledBack ? 'SQLITE_FULL' : code));
    if (trouble === undefined || error instanceof Halt) throw error;
    throw new Halt(problem(trouble.problem, {}, `${file} (${code})`), { cause: error });
  }
}
