/** A file that a person has written → its text, or why it cannot be read. */
import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EACCES: 'the user that runs relais may not read it',
  EPERM: 'the user that runs relais may not read it',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads in a circle',
};

/** Why something cannot be read, in words. @throws the error where it is no mistake of a file */
export function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return reasons[code] ?? code;
}

interface Unread {
  /** Why, in words. */
  readonly mistake: string;
  /** Said of what is nowhere. */
  readonly isThere?: false;
}

/**
 * Reads a file of text.
 * @param limit in bytes: of a larger file nothing is taken
 * @throws whatever is no mistake of the file
 */
export async function readAtMost(path: string, limit: number): Promise<{ readonly text: string } | Unread> {
  const read = await readBytesAtMost(path, limit);
  if ('mistake' in read) return read;
  return isUtf8(read.bytes) ? { text: read.bytes.toString('utf8') } : { mistake: 'it is not saved as UTF-8' };
}

/** The same of a file that is no text. */
export async function readBytesAtMost(path: string, limit: number): Promise<{ readonly bytes: Buffer } | Unread> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(limit + 1), 0, limit + 1, 0);
    return bytesRead > limit
      ? { mistake: `it is larger than ${limit / 1024} kB` }
      : { bytes: buffer.subarray(0, bytesRead) };
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code !== 'ENOENT';
    return { mistake: whyNot(error), ...(!isThere && { isThere }) };
  } finally {
    await file?.close();
  }
}
