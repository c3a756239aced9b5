/** What the maintainer keeps in folders beside sources.yaml, as far as it is the same for all of them. The edge of this room, with load.ts. */
import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Config, Site } from '../model.ts';
import type { OwnFolder } from '../text/own-folders.ts';
import { whyNot } from './reading.ts';

/** What is in such a folder, in no order. Nobody needs one. */
export async function entriesIn(
  folder: string,
): Promise<{ readonly entries: readonly Dirent[] } | { readonly mistake: string }> {
  try {
    return { entries: await readdir(folder, { withFileTypes: true }) };
  } catch (error) {
    const isNone = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return isNone ? { entries: [] } : { mistake: whyNot(error) };
  }
}

/**
 * The settings with these files, which readers notice a change of.
 * @param seen what is taken of each of them
 */
export function withOwnFiles<Name extends OwnFolder>(
  config: Config,
  name: Name,
  files: NonNullable<Site[Name]>,
  seen: readonly unknown[],
): Config {
  if (files.length === 0) return config;
  const hash = createHash('sha256')
    .update(JSON.stringify([config.hash, seen]))
    .digest('hex')
    .slice(0, 16);
  return { ...config, site: { ...config.site, [name]: files }, hash };
}
