/** The settings beside a copy of the database: sources.yaml, and what the maintainer has in the folders beside it. */
import { existsSync, lstatSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ownFolders } from '../text/own-folders.ts';
import { copyPlainFile, halfMade, makeFolder } from './copies.ts';

/** What lies there is small; what is not is none of ours. */
const largest = 1_048_576;
const most = 200;

/** The folder of their copies. @param name of the copy of sources.yaml */
export function foldersName(name: string): string {
  return name.replace(/\.yaml$/, '');
}

/**
 * Copies sources.yaml under a name, and the folders beside it into one of that name without `.yaml`: whole, or not at all.
 * @throws SQLite's and node's own errors of the disk
 */
export function copySettings(file: string, folder: string, name: string): void {
  const made = join(folder, halfMade(foldersName(name)));
  rmSync(made, { recursive: true, force: true });
  try {
    for (const { name: own, path } of ownFolders(file)) copyFolder(path, join(made, own));
    const kept = join(folder, foldersName(name));
    rmSync(kept, { recursive: true, force: true });
    if (existsSync(made)) renameSync(made, kept);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    throw error;
  }
  copyPlainFile(file, folder, name);
}

/** Plain files alone; nothing where there are none. */
function copyFolder(from: string, to: string): void {
  if (!existsSync(from) || !statSync(from).isDirectory()) return;
  for (const name of readdirSync(from).slice(0, most)) {
    const stats = lstatSync(join(from, name));
    if (!stats.isFile() || stats.size > largest) continue;
    makeFolder(to);
    copyPlainFile(join(from, name), to, name);
  }
}
