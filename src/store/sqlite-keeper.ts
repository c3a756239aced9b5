/** A database in a file, as a whole. */
import { join, resolve } from 'node:path';
import { rotate } from './backups.ts';
import { copyDatabase, damageIn } from './copies.ts';
import type { Keeper } from './keeper.ts';
import type { OpenDatabase } from './opening.ts';
import { scrubCopies } from './scrubbing.ts';
import { sqliteEngine } from './sqlite-engine.ts';
import { backupFolderOf, damageWords, haltOnDiskTrouble } from './trouble.ts';
import { giveBackRoom, leaveNoTrace } from './upkeep.ts';

/** @param file path of the database */
export function sqliteKeeper({ db, sqlite, close }: OpenDatabase, file: string): Keeper {
  const alone = <T>(work: () => T): Promise<T> => db.connection().execute(async () => work());
  return {
    engine: sqliteEngine(sqlite, db),
    guard: (work, place) => haltOnDiskTrouble(file, work, place),
    copy: (folder, name, now) =>
      haltOnDiskTrouble(
        file,
        async () => {
          const bytes = await copyDatabase(file, folder, name);
          // Elsewhere the copies are the maintainer's own.
          if (resolve(folder) === resolve(backupFolderOf(file))) rotate(folder, now);
          return { name, at: now, bytes };
        },
        join(folder, name),
      ),
    damage(how) {
      const damage = damageIn(sqlite, how);
      return damage === undefined ? undefined : damageWords(file, damage);
    },
    leaveNoTrace: () => alone(() => leaveNoTrace(sqlite)),
    scrubCopies: (gone) => scrubCopies(file, gone),
    giveBackRoom: () => alone(() => giveBackRoom(sqlite)),
    place: file,
    close,
  };
}
