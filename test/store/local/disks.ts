/** Disks as they are on bad days: a small one, and one that cannot be written to. Both need the right to mount. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '../open.ts';

function mounts(...words: readonly string[]): void {
  execFileSync('mount', words, { stdio: 'pipe' });
}

export function unmount(path: string): void {
  execFileSync('umount', [path], { stdio: 'pipe' });
}

/** A disk of so many bytes, and files, at `path`. */
export function mountSmall(path: string, bytes: number, files?: number): void {
  mkdirSync(path, { recursive: true });
  mounts('-t', 'tmpfs', '-o', `size=${bytes}${files === undefined ? '' : `,nr_inodes=${files}`}`, 'relais-test', path);
}

/** Leaves no byte of it free. */
export function fillUp(path: string): void {
  const handle = openSync(join(path, 'fill'), 'a');
  try {
    for (const bytes of [1_048_576, 4_096, 1]) while (writes(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

function writes(handle: number, bytes: number): boolean {
  try {
    return writeSync(handle, Buffer.alloc(bytes)) === bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

/** The whole disk at `path`. */
export function remountReadOnly(path: string, isReadOnly = true): void {
  mounts('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path);
}

/** From now on nothing below `path` can be written. */
export function mountReadOnly(path: string): void {
  mounts('--bind', path, path);
  mounts('-o', 'remount,ro,bind', path);
}

/** Where this is false, tests of full and read-only disks are skipped, and say so. */
export const canMount: boolean = (() => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'disk');
  try {
    mountSmall(path, 1_048_576);
    unmount(path);
    return true;
  } catch {
    console.warn(`no right to mount below ${tmpdir()}: tests of full and read-only disks are skipped`);
    return false;
  } finally {
    folder.remove();
  }
})();
