/** A file that a command writes anew each time it is asked: its own earlier work goes, and nothing else. */
import { chmod, chown, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { whyNotWritten } from './file-trouble.ts';
import { writeThrough } from './write-through.ts';

const looked = 4_096;

/**
 * Whole or not at all: on a full disk the earlier work stays.
 * @param isOurs of the beginning of what stands there: an earlier export may go, settings and a database may not
 * @returns why nothing was written, the end of a sentence that begins with the name of the file; undefined where it is written
 */
export async function writeOver(
  file: string,
  text: string,
  isOurs: (beginning: string) => boolean,
): Promise<string | undefined> {
  try {
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && !found.isFile()) {
      await writeFile(file, text); // a device or a pipe, as /dev/stdout is: nothing of it is lost
      return undefined;
    }
    const beginning = found === undefined ? '' : await beginningOf(file);
    if (beginning.trim() !== '' && !isOurs(beginning))
      return 'is there already, holds something else, and stays as it is';
    await takeThePlace(found === undefined ? file : await realpath(file), text, found); // a link stays one
    return undefined;
  } catch (error) {
    return `cannot be written: ${whyNotWritten(error)}`;
  }
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(looked), 0, looked, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @param before the rights and the owner that the file keeps; undefined for a new one */
async function takeThePlace(
  file: string,
  text: string,
  before: { readonly mode: number; readonly uid: number; readonly gid: number } | undefined,
): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.new`);
  try {
    await writeThrough(draft, text, 'w');
    if (before !== undefined) {
      await chown(draft, before.uid, before.gid).catch(() => undefined); // only the system's administrator may
      await chmod(draft, before.mode & 0o7777);
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
