/** Where what a relay keeps is, and how it is opened: a file in the data folder, or a database on a server; and its copies. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type { Clock } from './edges.ts';
import type { Held } from './fleet-library.ts';
import type { Backup, Library, PutBack } from './library.ts';
import type { Problem } from './problems.ts';
import type { Archive, ArchiveCopied, ArchiveCopyOptions, ArchiveEdges } from './store/archive.ts';
import type { Fleet } from './store/fleet.ts';

/** Where what a relay keeps is. */
export interface Storage {
  /** The site, copies of pictures and of the database, and the database itself where none is named. */
  readonly folder: string;
  /** `postgres://…` */
  readonly database: string | undefined;
}

/** The database alone. */
export async function openStore(data: Storage, clock: Clock = systemClock): Promise<Library> {
  const { library, process } = await loadStore();
  const edges = { clock, processes: process.localProcesses };
  const self = process.thisProcess(randomUUID());
  const file = databaseIn(data.folder);
  if (data.database === undefined) return await library.openLibrary(file, self, edges);
  const { openPostgresLibrary } = await import('./store/postgres-library.ts');
  return await openPostgresLibrary(data.database, file, self, edges);
}

/** The same for commands that only look: where nothing can be written, with the problem that says why. */
export async function openToLook(
  data: Storage,
  clock: Clock = systemClock,
): Promise<{ readonly library: Library; readonly trouble: Problem | undefined }> {
  if (data.database !== undefined) return { library: await openStore(data, clock), trouble: undefined };
  const { library, process } = await loadStore();
  const edges = { clock, processes: process.localProcesses };
  return await library.lookInto(databaseIn(data.folder), process.thisProcess(randomUUID()), edges);
}

async function loadStore(): Promise<{
  readonly library: typeof import('./store/library.ts');
  readonly process: typeof import('./store/process.ts');
}> {
  const [library, process] = await Promise.all([import('./store/library.ts'), import('./store/process.ts')]);
  return { library, process };
}

/** The copies of the database, for `relais backup` and `relais restore`. */
export interface Copies {
  /** Copies the settings beside them, with the folders `messages` and `look`: whole, or not at all. */
  keepSettings(file: string, folder: string, name: string): Promise<void>;
  /** Those in the data folder, newest first. */
  list(): readonly Backup[];
  /**
   * Puts one in the place of the database.
   * @param chosen path; undefined for the newest whole one
   * @returns paths of the copy and of the database before, or who holds the lease
   * @throws Halt with `store/…`
   */
  restore(chosen: string | undefined): Promise<PutBack | Held>;
}

export async function openCopies({ folder: dataFolder }: Storage, clock: Clock = systemClock): Promise<Copies> {
  const [
    { restoreDatabase },
    { listBackups },
    { copySettings },
    { localProcesses, thisProcess },
    { haltOnDiskTrouble },
  ] = await Promise.all([
    import('./store/restore.ts'),
    import('./store/backups.ts'),
    import('./store/settings-copy.ts'),
    import('./store/process.ts'),
    import('./store/trouble.ts'),
  ]);
  const edges = { clock, processes: localProcesses };
  return {
    keepSettings: (file, folder, name) =>
      haltOnDiskTrouble(file, () => copySettings(file, folder, name), join(folder, name)),
    list: () => listBackups(join(dataFolder, 'backup')),
    restore: (chosen) => restoreDatabase(databaseIn(dataFolder), chosen, thisProcess(randomUUID()), edges),
  };
}

/**
 * What this process shares with others at work on the same server; undefined where everything is in a file, which one works on.
 * @param version of this program, for those who look
 * @throws Halt with `store/…`
 */
export async function openSharing(data: Storage, version: string, clock: Clock): Promise<Fleet | undefined> {
  if (data.database === undefined) return undefined;
  const [{ openFleet }, { placeOf }, { thisProcess }] = await Promise.all([
    import('./store/fleet.ts'),
    import('./store/postgres-session.ts'),
    import('./store/process.ts'),
  ]);
  return await openFleet(placeOf(data.database), thisProcess(randomUUID()), version, clock);
}

/** Looking at a relay that has never run makes no database. */
export async function hasDatabase({ folder, database }: Storage): Promise<boolean> {
  if (database === undefined) return existsSync(databaseIn(folder));
  const { isTherePostgres } = await import('./store/postgres-opening.ts');
  return await isTherePostgres(database);
}

/** The databases of `relais copy`. Each is named by the path of its file or by its address. */
export interface Copying {
  /** How the maintainer is told of it: without a password. */
  nameOf(where: string): string;
  isThere(where: string): Promise<boolean>;
  /** A file is there that was never a database. */
  isOther(where: string): Promise<boolean>;
  source(where: string): Promise<Archive>;
  /** @param from name of the first */
  target(where: string, from: string): Promise<Archive>;
  /** The leases of both are ours. */
  copy(from: Archive, to: Archive, options: ArchiveCopyOptions): Promise<ArchiveCopied>;
}

export type { Archive, ArchiveCopied, ArchiveProgress } from './store/archive.ts';

/** @throws Halt with `store/…`, in every method */
export async function openCopying(clock: Clock = systemClock): Promise<Copying> {
  const [{ copyArchive, isArchive, isOtherFile, openSource, openTarget, placeNamed }, { localProcesses, thisProcess }] =
    await Promise.all([import('./store/archive.ts'), import('./store/process.ts')]);
  // Each in the name of its own: two names of one database keep each other out.
  const edges = (): ArchiveEdges => ({ clock, processes: localProcesses, self: thisProcess(randomUUID()) });
  return {
    nameOf: placeNamed,
    isThere: isArchive,
    isOther: isOtherFile,
    source: (where) => openSource(where, edges()),
    target: (where, from) => openTarget(where, from, edges()),
    copy: copyArchive,
  };
}

/** Where the database itself is: a path, or an address. */
export function databaseOf({ folder, database }: Storage): string {
  return database ?? databaseIn(folder);
}

/** The file that holds everything. */
function databaseIn(dataFolder: string): string {
  return join(dataFolder, 'relais.db');
}

/**
 * Copies what is stored into a folder, as it is now; the first is left as it is, also where it is not there.
 * @returns where the copy is
 */
export async function copyStores(data: Storage, into: string): Promise<Storage> {
  const { searchName, openSearchLibrary } = await import('./store/search.ts');
  const copy = { folder: into, database: undefined };
  if (data.database === undefined) {
    const [{ copyForNow }, { haltOnDiskTrouble }] = await Promise.all([
      import('./store/copies.ts'),
      import('./store/trouble.ts'),
    ]);
    for (const name of ['relais.db', searchName]) {
      const file = join(data.folder, name);
      if (existsSync(file)) await haltOnDiskTrouble(file, () => copyForNow(file, join(into, name)));
    }
    return copy;
  }
  if (!(await hasDatabase(data))) return copy;
  const library = await openStore(data);
  try {
    await library.backup(into, 'relais.db');
  } finally {
    await library.close();
  }
  const { copyPostgresSearch } = await import('./store/postgres-search.ts');
  const search = openSearchLibrary(join(into, searchName));
  try {
    await copyPostgresSearch(data.database, search);
  } finally {
    await search.close();
  }
  return copy;
}
