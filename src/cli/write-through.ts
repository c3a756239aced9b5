/** A file that is on the disk to its end once this resolves. */
import { open } from 'node:fs/promises';

/**
 * @param flags `wx` for one that may not be there yet, `w` for one that may
 * @param mode rights of a new file, before anything is in it
 * @throws what the disk says: then a part of it may be there
 */
export async function writeThrough(file: string, text: string, flags: 'w' | 'wx', mode = 0o666): Promise<void> {
  const handle = await open(file, flags, mode & 0o7777);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
