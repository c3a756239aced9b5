/** A file that a command writes anew each time it is asked: its own earlier work goes, and nothing else. */
import { open, stat, writeFile } from 'node:fs/promises';

const looked = 4_096;
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'the user that runs relais may not write there',
  EROFS: 'nothing can be written on that disk',
  ENOSPC: 'the disk is full',
};

/**
 * @param isOurs of the beginning of what stands there: an earlier export may go, settings and a database may not
 * @returns why nothing was written, in half a sentence; undefined where it is written
 */
export async function writeOver(
  file: string,
  text: string,
  isOurs: (beginning: string) => boolean,
): Promise<string | undefined> {
  try {
    const beginning = await beginningOf(file);
    if (beginning !== undefined && beginning.trim() !== '' && !isOurs(beginning))
      return 'is there already, holds something else, and stays as it is';
    await writeFile(file, text);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return `cannot be written: ${reasons[code] ?? code}`;
  }
}

/** @returns undefined where there is no file, or something to write into that is none, as /dev/stdout is */
async function beginningOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(looked), 0, looked, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
