/** What another kind of database holds becomes a file: whole, compared, and on the disk before it gets its name. */
import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { halfMade, makeFolder, removeLeftovers, syncFile } from './copies.ts';
import { compareAll, copyAll, finishCopy, firstDifference } from './copying.ts';
import type { Engine } from './engine.ts';
import { openDatabase } from './opening.ts';
import { sqliteEngine } from './sqlite-engine.ts';

/**
 * All is read in one transaction, so that the copy is of one instant.
 * @param from stays as it is
 * @param name of the database that is copied
 * @returns the size of the file in bytes
 * @throws what the disk or the server says
 */
export async function copyIntoFile(from: Engine, name: string, folder: string, file: string): Promise<number> {
  makeFolder(folder);
  removeLeftovers(folder);
  const made = join(folder, halfMade(file));
  for (const end of ['', '-wal', '-shm']) rmSync(`${made}${end}`, { force: true });
  const { db, sqlite, close } = await openDatabase(made);
  try {
    await from.db.connection().execute(async () => {
      await from.beginReading();
      try {
        const to = sqliteEngine(sqlite, db);
        await copyAll(from, to, name);
        const other = firstDifference(await compareAll(from, to));
        if (other !== undefined) throw new Error(`the copy of ${other.table} is not what it was made of`);
        await finishCopy(to);
      } finally {
        await from.prepare('rollback').run();
      }
    });
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.pragma('journal_mode = DELETE');
  } finally {
    await close();
  }
  syncFile(made);
  renameSync(made, join(folder, file));
  syncFile(dirname(join(folder, file)));
  return statSync(join(folder, file)).size;
}
