/**
 * Older copies of the database lose the words of what has been taken back since: each that holds any is copied, wiped, read through
 * and found whole, and only then takes the place of what it was. A kill at any instant leaves one of the two.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { copyDatabase, damageOf, halfMade, removeLeftovers, syncFile } from './copies.ts';
import { type Connection, connect } from './database.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { backupFolderOf, isDiskTrouble } from './trouble.ts';
import { type Gone, hasWordsOf, wipeInCopy } from './wiping.ts';

/** Files beside a database that hold what it once was. */
const copyNames = /^(relais-.*|before-step-\d+)\.db$/;

/**
 * @param file path of the database
 * @returns paths of copies that cannot be read or written, and may hold words still
 */
export async function scrubCopies(file: string, gone: readonly Gone[]): Promise<readonly string[]> {
  if (gone.length === 0) return [];
  const left: string[] = [];
  for (const folder of [backupFolderOf(file), dirname(file)]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((one) => copyNames.test(one) && one !== basename(file))) {
      const copy = join(folder, name);
      try {
        if (await isWorded(copy, gone)) await scrub(copy, gone);
      } catch (error) {
        if (isDiskTrouble(error) || isSqliteError(error)) left.push(copy);
        else throw error;
      }
    }
    removeLeftovers(folder);
  }
  return left;
}

async function isWorded(copy: string, gone: readonly Gone[]): Promise<boolean> {
  return await withOpen(copy, { isReadOnly: true }, (sqlite) => hasWordsOf(sqliteEngine(sqlite), gone));
}

async function scrub(copy: string, gone: readonly Gone[]): Promise<void> {
  const { atime, mtime } = statSync(copy);
  const folder = dirname(copy);
  const made = halfMade(basename(copy));
  await copyDatabase(copy, folder, made);
  const path = join(folder, made);
  await withOpen(path, {}, async (sqlite) => {
    sqlite.pragma('secure_delete = on');
    sqlite.exec('begin immediate');
    await wipeInCopy(sqliteEngine(sqlite), gone); // what fails leaves the copy that is made, and not the one there is
    sqlite.exec('commit');
    sqlite.exec('vacuum');
    sqlite.pragma('journal_mode = DELETE');
  });
  const damage = damageOf(path, 'full');
  if (damage !== undefined) throw Object.assign(new Error(damage), { code: 'SQLITE_CORRUPT' });
  utimesSync(path, atime, mtime); // by this it is known how old a copy is
  syncFile(path);
  renameSync(path, copy);
  for (const beside of ['-wal', '-shm']) rmSync(`${copy}${beside}`, { force: true });
  syncFile(folder);
}

async function withOpen<T>(
  file: string,
  how: { readonly isReadOnly?: boolean },
  work: (sqlite: Connection) => Promise<T>,
): Promise<T> {
  const sqlite = connect(file, how);
  try {
    return await work(sqlite);
  } finally {
    sqlite.close();
  }
}

function isSqliteError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_/.test(String(error.code));
}
