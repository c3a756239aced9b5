/** What the disk does to a database becomes a Halt with words for a person. */
import { statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Halt, type ProblemCode, problem } from '../problems.ts';
import { newestWhole } from './backups.ts';

const lostLink = 'what it links to is not there';

const diskTroubles: readonly { readonly code: RegExp; readonly problem: ProblemCode }[] = [
  { code: /^(SQLITE_BUSY|SQLITE_LOCKED)/, problem: 'store/locked' },
  // SQLite has no room for the file in which processes share what they know of the WAL.
  { code: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/, problem: 'store/disk-full' },
  { code: /^(SQLITE_CORRUPT|SQLITE_NOTADB)/, problem: 'store/damaged' },
  {
    code: /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EIO|EISDIR|what it links)/,
    problem: 'store/not-writable',
  },
];

/**
 * Runs `work`; what the disk did to it becomes a Halt. Other errors are our bugs and pass.
 * @param file the database
 * @param place where the work writes, if that is elsewhere
 */
export async function haltOnDiskTrouble<T>(file: string, work: () => T | Promise<T>, place: string = file): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const trouble = troubleOf(code, place);
    if (trouble === undefined || !(error instanceof Error)) throw error;
    const words = trouble === 'store/damaged' ? damageWords(file, error.message) : `${place} (${code})`;
    throw new Halt(problem(trouble, {}, words), { cause: error });
  }
}

/** The disk takes nothing; the database may be as it should. */
export function isDiskTrouble(error: unknown): boolean {
  return /^store\/(disk-full|not-writable)$/.test(troubleOf(codeOf(error)) ?? '');
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) return '';
  // A folder is made with all those above it: what is missing can only be what a link in its path leads to.
  const isLost = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir';
  return isLost ? lostLink : String(error.code);
}

/** @param place where SQLite may not say that there is no room */
function troubleOf(code: string, place?: string): ProblemCode | undefined {
  const trouble = diskTroubles.find((one) => one.code.test(code))?.problem;
  return trouble === 'store/not-writable' && place !== undefined && isFull(dirname(place))
    ? 'store/disk-full'
    : trouble;
}

/** No byte, or no further file: SQLite says of both that it cannot open what it wanted to make. */
function isFull(folder: string): boolean {
  try {
    const { blocks, bavail, files, ffree } = statfsSync(folder);
    return (blocks > 0 && bavail === 0) || (files > 0 && ffree === 0);
  } catch {
    return false; // the folder itself is the trouble
  }
}

/** Where the copies of a database are. */
export function backupFolderOf(file: string): string {
  return join(dirname(file), 'backup');
}

/** Says what is wrong with a database, and which copy can take its place. */
export function damageWords(file: string, words: string): string {
  const folder = backupFolderOf(file);
  const copy = newestWhole(folder);
  const there =
    copy === undefined ? 'There is no whole copy of it' : `The newest whole copy is ${join('backup', copy.name)}`;
  return `${basename(file)} (${words}). ${there}`;
}
