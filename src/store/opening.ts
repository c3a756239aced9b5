/** A path becomes an open database, at the newest step, with commits that are on the disk before they count. */
import { existsSync, linkSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { Halt, problem } from '../problems.ts';
import { nameBeforeStep, rotate } from './backups.ts';
import { copyDatabase, makeFolder, syncFile } from './copies.ts';
import { builderOver, type Connection, connect, type Database } from './database.ts';
import { firstLook, type Look } from './first-look.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations.ts';
import { backupFolderOf, damageWords, haltOnDiskTrouble } from './trouble.ts';

/**
 * Pages in the write-ahead log, 16 MB of them, before they are taken into the database: the same few hundred are written again
 * and again while many texts come, and to take them over at every second commit was a third of what commits cost.
 */
const checkpointPages = 4_000;

export interface OpenDatabase {
  readonly db: Database;
  readonly sqlite: Connection;
  readonly close: () => Promise<void>;
}

/**
 * @param file path of the database; its folder is made if need be, and a new one appears whole
 * @param steps the migrations to bring it up to; tests pass their own
 * @param options `mayBeHalf` for whoever finishes a copy that is not whole yet
 * @throws Halt with `store/…` when it cannot be used, leaving it as it was
 */
export async function openDatabase(
  file: string,
  steps: readonly Migration[] = migrations,
  options: { readonly mayBeHalf?: boolean } = {},
): Promise<OpenDatabase> {
  return await haltOnDiskTrouble(file, async () => {
    makeFolder(dirname(file));
    if (!existsSync(file)) await makeDatabase(file, steps);
    const look = firstLook(file, steps.length);
    const step = look.kind === 'half' && options.mayBeHalf === true ? look.step : stepIn(look, file);
    const sqlite = connect(file);
    try {
      sqlite.pragma('journal_mode = WAL');
      sqlite.pragma(`wal_autocheckpoint = ${checkpointPages}`);
      // WAL alone means NORMAL in this build: a power cut would lose the last commits. A refresh is few commits.
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('foreign_keys = ON');
      sqlite.pragma('secure_delete = fast'); // what is taken away leaves the page it stood in; the rest is the night's work
      const db = builderOver(sqlite);
      if (step > 0 && step < steps.length) await copyBefore(sqlite, file, steps);
      if (step < steps.length) await migrate(db, sqlite, steps);
      return { db, sqlite, close: closing(db, sqlite) };
    } catch (error) {
      sqlite.close();
      throw error;
    }
  });
}

export function closing(db: Database, sqlite: Connection): OpenDatabase['close'] {
  return async () => {
    await db.destroy();
    sqlite.close(); // Kysely closes only what it has used
  };
}

const lookProblems = {
  newer: 'store/newer-schema',
  foreign: 'store/not-ours',
  half: 'store/half-copied',
} as const;

/** The step that a look has found. @throws Halt for a file that is not ours to open */
export function stepIn(look: Look, file: string): number {
  if (look.kind === 'ours') return look.step;
  if (look.kind === 'damaged') throw new Halt(problem('store/damaged', {}, damageWords(file, look.words)));
  throw new Halt(problem(lookProblems[look.kind], {}, look.words));
}

async function migrate(db: Database, sqlite: Connection, steps: readonly Migration[]): Promise<void> {
  for (const [index, step] of steps.entries()) {
    // Asked anew each time: another process may just have made the step. user_version lies in the file's header and
    // moves with the transaction: a kill inside leaves the old schema whole.
    await db.transaction().execute(async (trx) => {
      if (versionOf(sqlite) > index) return;
      await step.up(trx as unknown as Kysely<unknown>);
      await sql.raw(`pragma user_version = ${index + 1}`).execute(trx);
    });
  }
}

function versionOf(sqlite: Connection): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

/** Nobody else may write until the copy is made: it would be one of the database as another process has migrated it. */
async function copyBefore(sqlite: Connection, file: string, steps: readonly Migration[]): Promise<void> {
  const folder = backupFolderOf(file);
  sqlite.exec('begin immediate');
  try {
    const step = versionOf(sqlite);
    if (step === steps.length) return;
    await copyDatabase(file, folder, nameBeforeStep(step + 1));
    rotate(folder);
  } finally {
    sqlite.exec('rollback');
  }
}

/**
 * An empty file could not be told from a lost database, so a new one is made elsewhere and linked in whole. Of two
 * processes that do so at once the first wins, and both use its file.
 */
async function makeDatabase(file: string, steps: readonly Migration[]): Promise<void> {
  leaveBehind(file);
  const prefix = `${file}.new-`;
  const folder = mkdtempSync(prefix);
  const made = join(folder, 'relais.db');
  try {
    writeFileSync(made, await blankDatabase(steps));
    syncFile(made);
    giveName(made, file);
    syncFile(dirname(file));
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    for (const name of readdirSync(dirname(file)))
      if (name.startsWith(basename(prefix))) rmSync(join(dirname(file), name), { recursive: true, force: true });
  }
}

/** A WAL whose database is gone would be played into the new one. */
function leaveBehind(file: string): void {
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${file}-wal-left-behind`);
  rmSync(`${file}-shm`, { force: true });
}

async function blankDatabase(steps: readonly Migration[]): Promise<Buffer> {
  const sqlite = connect(':memory:');
  const db = builderOver(sqlite);
  try {
    await migrate(db, sqlite, steps);
    return sqlite.serialize();
  } finally {
    sqlite.close();
  }
}

/** Unlike a rename, a link takes nobody's place. Some file systems have none. */
function giveName(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if (existsSync(file)) return;
    if (!(error instanceof Error && 'code' in error && /^(EPERM|ENOTSUP|ENOSYS|EOPNOTSUPP)$/.test(String(error.code))))
      throw error;
    renameSync(made, file);
  }
}
