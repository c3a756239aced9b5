/** A file that a command writes anew each time it is asked: its own earlier work goes, and nothing else. */
import { open, stat, writeFile } from 'node:fs/promises';
import { draftFor } from './draft.ts';
import { whyNotWritten } from './file-trouble.ts';

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
    const draft = await draftFor(file, text);
    await draft.takePlace().finally(draft.drop);
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
