/** A folder that a command writes into, made where there is none. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whyNotWritten } from './file-trouble.ts';

/**
 * Makes a folder, and those above it.
 * @returns why there is none, in half a sentence that names what stands in the way; undefined where there is one
 */
export async function makeFolderFor(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true });
    return undefined;
  } catch (error) {
    const why = whyNotWritten(error);
    const other = await noFolderIn(folder);
    return other === undefined
      ? `the folder ${folder} cannot be made: ${why}`
      : `${other} is there already, and is no folder`;
  }
}

/** @returns the first of a path, from its end, that is there and is no folder; undefined where a folder comes before */
export async function noFolderIn(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return found.isDirectory() ? undefined : path;
  const above = dirname(path);
  return above === path ? undefined : await noFolderIn(above);
}
