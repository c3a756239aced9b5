/** `relais backup`: the database and the settings become a dated pair of copies, while a run may be under way. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../clock.ts';
import { Halt, problem } from '../problems.ts';
import { hasDatabase, openCopies, openStore } from '../storage.ts';
import { noFolderIn } from './new-folder.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes, foundStorage } from './settings.ts';

export interface BackupOptions extends CommonOptions {
  /** Folder to put the copies into; undefined for `backup` in the data folder. */
  readonly to?: string | undefined;
}

/**
 * Needs no lease. A copy of the same day gives way to the new one.
 * @returns the exit code: 2 where `to` is no folder
 * @throws Halt with store/backup-failed where there is nothing to copy, or what the disk says
 */
export async function backup(options: BackupOptions, printer: Printer): Promise<number> {
  const storage = await foundStorage(options);
  const data = storage.folder;
  if (!(await hasDatabase(storage))) throw new Halt(problem('store/backup-failed', {}, `there is none in ${data} yet`));
  const folder = resolve(options.to ?? join(data, 'backup'));
  const other = await noFolderIn(folder);
  if (other !== undefined)
    return refuse(
      `${other} is no folder, and a copy needs one. Nothing was copied. Name a folder:  relais backup --to FOLDER`,
      options,
      printer,
    );
  const day = new Date(systemClock.now()).toISOString().slice(0, 10);
  const library = await openStore(storage);
  try {
    const made = await library.backup(folder, `relais-${day}.db`);
    await library.replaceFact('backed-up', String(made.at));
    const database = join(folder, made.name);
    const settings = await keepSettings(options.config, folder, `sources-${day}.yaml`);
    if (options.json === true) printer.json({ backup: { database, bytes: made.bytes, settings } });
    else if (options.quiet !== true) {
      printer.line(`${database}  ${sizeOf(made.bytes)}, read through and found whole`);
      if (settings !== undefined) printer.line(`${settings}`);
    }
    return exitCodes.done;
  } finally {
    await library.close();
  }
}

/** @returns its path; undefined where there are no settings to copy */
async function keepSettings(file: string, folder: string, name: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined;
  const copies = await openCopies({ folder, database: undefined });
  await copies.keepSettings(file, folder, name);
  return join(folder, name);
}

/** Bytes for people: `12.3 MB`. */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
