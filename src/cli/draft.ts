/** The next text of a file, whole on the disk beside it: it takes the file's place in one step or not at all. */
import { chmod, chown, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeThrough } from './write-through.ts';

export interface Draft {
  readonly path: string;
  /** @throws what the disk says: then the file is as it was */
  readonly takePlace: () => Promise<void>;
  /** Nothing is left of it, unless it has taken the place. */
  readonly drop: () => Promise<void>;
}

/**
 * The file's rights and owner stay, and a link stays one.
 * @throws what the disk says: then nothing is left beside the file
 */
export async function draftFor(file: string, text: string): Promise<Draft> {
  const found = await stat(file).catch(() => undefined);
  const place = found === undefined ? file : await realpath(file);
  const path = join(dirname(place), `.${basename(place)}.${process.pid}.new`);
  const drop = (): Promise<void> => rm(path, { force: true });
  try {
    await writeThrough(path, text, 'w', found?.mode);
    if (found !== undefined) {
      await chown(path, found.uid, found.gid).catch(() => undefined); // only the system's administrator may, and only then is it needed
      await chmod(path, found.mode & 0o7777); // as it was, whatever is masked
    }
  } catch (error) {
    await drop();
    throw error;
  }
  return {
    path,
    takePlace: async () => {
      await rename(path, place);
      await syncFolder(dirname(place));
    },
    drop,
  };
}

/** A name is on the disk once its folder is; not every system lets a folder be opened for that. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path);
    await folder.sync().finally(() => folder.close());
  } catch {
    // The text itself is on the disk.
  }
}
