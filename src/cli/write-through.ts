/** A file that is on the disk to its end once this resolves. */
import { open } from 'node:fs/promises';

/**
 * @param flags `wx` for one that may not be there yet, `w` for one that may
 * @throws what the disk says: then a part of it may be there
 */
export async function writeThrough(file: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  const handle = await open(file, flags);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
