/** What the disk does to a database becomes a Halt with words for a person. */
import { basename, dirname, join } from 'node:path';
import { Halt, type ProblemCode, problem } from '../problems.ts';
import { newestWhole } from './backups.ts';

const diskTroubles: readonly { readonly code: RegExp; readonly problem: ProblemCode }[] = [
  { code: /^(SQLITE_BUSY|SQLITE_LOCKED)/, problem: 'store/locked' },
  { code: /^(SQLITE_FULL|ENOSPC|EDQUOT)/, problem: 'store/disk-full' },
  { code: /^(SQLITE_CORRUPT|SQLITE_NOTADB)/, problem: 'store/damaged' },
  {
    code: /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EIO|EISDIR)/,
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
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const trouble = diskTroubles.find((one) => one.code.test(code))?.problem;
    if (trouble === undefined || !(error instanceof Error)) throw error;
    const words = trouble === 'store/damaged' ? damageWords(file, error.message) : `${place} (${code})`;
    throw new Halt(problem(trouble, {}, words), { cause: error });
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
