/** A file to begin with is laid where Relais looks for it; what is there stays as it is. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Printer } from './print.ts';
import { exitCodes } from './settings.ts';

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
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return undefined;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    const isThere = code === 'EEXIST';
    const other = print === undefined ? '' : `. Use  ${print}  and save what is printed under this name`;
    const refusal = `cannot be written (${code})${other}`;
    printer.alarm(`${file} ${isThere ? 'is there already, and stays as it is' : refusal}.`);
    return isThere ? exitCodes.usage : exitCodes.couldNotRun;
  }
}
