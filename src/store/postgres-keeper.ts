/**
 * A database in PostgreSQL, as a whole. Much of what is done with a file is the server's own work there. Its copies are files, as
 * those of a file are: what reads one reads them.
 */
import { join, resolve } from 'node:path';
import { rotate } from './backups.ts';
import { copyIntoFile } from './file-copy.ts';
import type { Keeper } from './keeper.ts';
import type { OpenPostgres } from './postgres-opening.ts';
import { nameOf, type Place } from './postgres-session.ts';
import { haltOnServerTrouble } from './postgres-trouble.ts';
import { scrubCopies } from './scrubbing.ts';
import { backupFolderOf, haltOnDiskTrouble } from './trouble.ts';

/** @param file where a database would be if it were a file: its copies are beside it */
export function postgresKeeper({ engine, session }: OpenPostgres, place: Place, file: string): Keeper {
  return {
    engine,
    guard: (work) => haltOnServerTrouble(place, work),
    async copy(folder, name, now) {
      const bytes = await haltOnServerTrouble(place, () =>
        haltOnDiskTrouble(file, () => copyIntoFile(engine, nameOf(place), folder, name), join(folder, name)),
      );
      if (resolve(folder) === resolve(backupFolderOf(file))) rotate(folder, now);
      return { name, at: now, bytes };
    },
    damage: () => undefined, // the server looks after its pages
    // Rows that were changed leave what they were behind until they are swept up; not inside a transaction, whoever has begun it.
    // One after the other: between two tables whoever holds the lease must come to renew it.
    async leaveNoTrace() {
      const alone = (words: string, ...values: readonly unknown[]) =>
        engine.db.connection().execute(() => session.ask(words, values));
      const { rows } = await alone(
        'select tablename from pg_tables where schemaname = current_schema() and tablename = any($1)',
        wordy,
      );
      for (const { tablename } of rows) await alone(`vacuum (truncate false) ${String(tablename)}`);
      return true;
    },
    scrubCopies: (gone) => scrubCopies(file, gone),
    giveBackRoom: () => {}, // autovacuum does
    place: nameOf(place),
    close: () => engine.db.destroy().then(() => session.close()),
  };
}

/** Tables whose rows hold words of partners. That of the search is made when it is first asked. */
const wordy = [
  'items',
  'revisions',
  'evidence',
  'held_items',
  'waiting_items',
  'imprints',
  'relations',
  'news',
  'search_entries',
];
