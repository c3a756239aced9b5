/**
 * What a file of settings was read as, kept for the next run: reading a thousand sources costs as much CPU as asking half of
 * them. Only what the same program made of the same bytes is taken, and a file that cannot be kept is read each time.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../model.ts';

/** Where settings are kept, and by which program. */
export interface Keep {
  /** In a folder of ours: what stands there is believed. */
  readonly path: string;
  /** Changes with every line of the program. */
  readonly build: string;
}

/** The text of a file, and the name it goes by in messages. */
interface Written {
  readonly file: string;
  readonly text: string;
}

const sealBytes = 32;

/** @returns undefined where nothing is kept, or something else, or a damaged file: then the settings are to be read */
export async function takeKept(written: Written, keep: Keep): Promise<Config | undefined> {
  try {
    const kept = await readFile(keep.path);
    const config = kept.subarray(sealBytes);
    return seal(written, keep, config).equals(kept.subarray(0, sealBytes))
      ? (JSON.parse(config.toString()) as Config)
      : undefined;
  } catch {
    return undefined; // no file yet, or none that can be read: nothing is lost but time
  }
}

/**
 * Keeps what has been read. Not where a secret from the environment is in it: these are written nowhere; nor where a filter
 * is an expression, which no file can hold.
 */
export async function keepConfig(written: Written, config: Config, keep: Keep): Promise<void> {
  if (config.secrets.length > 0) return;
  const draft = `${keep.path}.${process.pid}`;
  try {
    const body = Buffer.from(JSON.stringify(config, onlyPlain));
    await mkdir(dirname(keep.path), { recursive: true });
    await writeFile(draft, Buffer.concat([seal(written, keep, body), body]), { mode: 0o600 });
    await rename(draft, keep.path);
  } catch {
    // A full disk, or a function among the settings: the next run reads the file again.
  }
}

/** @throws RangeError for what would come back as something else; what is undefined comes back as missing, which is the same */
function onlyPlain(name: string, value: unknown): unknown {
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))) throw new RangeError(name);
  return value;
}

/** The way to the file counts too: paths in it are read from there. */
function seal({ file, text }: Written, { build }: Keep, body: Uint8Array): Buffer {
  const hash = createHash('sha256');
  for (const part of [build, process.version, file, resolve(file), text]) hash.update(`${part.length}:`).update(part);
  return hash.update(body).digest();
}
