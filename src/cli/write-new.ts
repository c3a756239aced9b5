/** A file to begin with is laid where Relais looks for it; what is there stays as it is. */
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whyNotWritten } from './file-trouble.ts';
import { makeFolderFor } from './new-folder.ts';
import type { Printer } from './print.ts';
import { exitCodes } from './settings.ts';
import { writeThrough } from './write-through.ts';

interface Refusal {
  /** Something has that name, and stays as it is. */
  readonly isThere: boolean;
  /** The end of a sentence that begins with the name of the file, without a full stop. */
  readonly why: string;
}

/** Whole or not at all: what cannot be written to its end would count as there the next time. */
export async function makeNew(file: string, text: string): Promise<Refusal | undefined> {
  const noFolder = await makeFolderFor(dirname(file));
  if (noFolder !== undefined) return { isThere: false, why: `cannot be written: ${noFolder}` };
  try {
    await writeThrough(file, text, 'wx');
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      return { isThere: true, why: 'is there already, and stays as it is' };
    await rm(file, { force: true }); // begun by us, as what was there has been told apart
    return { isThere: false, why: `cannot be written: ${whyNotWritten(error)}` };
  }
}

/**
 * Says why nothing was written, where that is so.
 * @param print the option that prints the same in its place; undefined where there is none
 * @returns undefined where it is written; else the exit code
 */
export async function writeNew(
  file: string,
  text: string,
  print: string | undefined,
  printer: Printer,
): Promise<number | undefined> {
  const refusal = await makeNew(file, text);
  if (refusal === undefined) return undefined;
  const { isThere, why } = refusal;
  const other = print === undefined || isThere ? '' : `. Use  ${print}  and save what is printed under this name`;
  printer.alarm(`${file} ${why}${other}.`);
  return isThere ? exitCodes.usage : exitCodes.couldNotRun;
}
