/** The folder of pictures that have been made anew: each whole under a name made of its bytes, or not there. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PictureFolder } from '../edges.ts';
import { isPictureName, pictureName } from '../text/picture-names.ts';
import { syncFile } from './copies.ts';
import { haltOnDiskTrouble } from './trouble.ts';

/** Under such a name it is written; a killed process may leave it. */
const half = '.half-made';

/** @param folder made when the first picture is kept @throws Halt with `store/…`, in every method */
export function openPictureFolder(folder: string): PictureFolder {
  const halting = <T>(work: () => T): Promise<T> => haltOnDiskTrouble(folder, work, join(folder, 'picture'));
  const all = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  return {
    pathOf: (file) => join(folder, file),
    files: () => halting(() => all().filter(isPictureName)),
    keep: (bytes, type) =>
      halting(() => {
        const file = pictureName(bytes, type);
        const path = join(folder, file);
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${path}${half}`, bytes);
        syncFile(`${path}${half}`);
        renameSync(`${path}${half}`, path);
        syncFile(folder);
        return file;
      }),
    keepOnly: (files) =>
      halting(() => {
        const kept = new Set(files);
        const ours = all().filter((name) => isPictureName(name) || name.endsWith(half));
        for (const name of ours) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
      }),
  };
}
