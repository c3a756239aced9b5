/** Disks as they are on bad days: a small one, and one that cannot be written to. Both need the right to mount. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from './open.ts';

function mounts(...words: readonly string[]): void {
  execFileSync('mount', words, { stdio: 'pipe' });
}

export function unmount(path: string): void {
  execFileSync('umount', [path], { stdio: 'pipe' });
}

/** A disk of so many bytes at `path`. */
export function mountSmall(path: string, bytes: number): void {
  mkdirSync(path, { recursive: true });
  mounts('-t', 'tmpfs', '-o', `size=${bytes}`, 'relais-test', path);
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
