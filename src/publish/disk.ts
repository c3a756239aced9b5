/** What a disk refuses into words for a person; and what must be asked of it so that a power cut undoes nothing. */
import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { Halt, problem } from '../problems.ts';

/** Something below the site's folder leads out of it. */
export class Outside extends Error {}

/** Errors that no program can help: rights, room, and something else lying where a file or folder should be. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no room left on the disk',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file is larger than allowed',
  EIO: 'the disk reports an error',
  ENOTDIR: 'a file lies where a folder should be',
  EISDIR: 'a folder lies where a file should be',
  ENOTEMPTY: 'a folder lies where a file should be',
  EEXIST: 'something else lies there',
  ELOOP: 'symbolic links that lead round in circles',
  ENOENT: 'a symbolic link that leads nowhere, or somebody else is removing files',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EXDEV: 'a part of the folder lies on another disk',
};

/**
 * Runs `work` on a folder.
 * @throws Halt with `publish/not-writable` for what a person has to mend; other errors are our bugs, and pass
 */
export async function halting<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Outside ? error.message : reasons[codeOf(error) ?? ''];
    if (reason === undefined) throw error;
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
    throw new Halt(problem('publish/not-writable', { file: folder }, `${path}${reason}`), { cause: error });
  }
}

/** The system's name for an error, such as `ENOENT`; undefined for errors of other kinds. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Waits until what was written to an open file is on the disk. */
export const sync: (file: number) => Promise<void> = promisify(fsync);

/** Without it a rename may be undone by a power cut. Some file systems and Windows know no such thing. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = openSync(path, 'r');
    try {
      await sync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Files read, written or synced at the same time: enough to keep a disk busy, few enough for any limit on open files. */
const parallel = 8;

/** Results in the order of the input. After a failure the tasks that run are waited for, and no other is begun. */
export async function inParallel<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < inputs.length; at += parallel) {
    const settled = await Promise.allSettled(inputs.slice(at, at + parallel).map(task));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}
