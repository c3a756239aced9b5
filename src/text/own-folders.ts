/** The folders beside sources.yaml in which a maintainer may keep files of their own. */
import { dirname, join } from 'node:path';

/** By the name that they have on the disk, in the settings and in copies of these. */
export type OwnFolder = 'messages' | 'look';

const names: readonly OwnFolder[] = ['messages', 'look'];

/** Where one of them is. @param configFile sources.yaml, by whatever way it was named */
export function ownFolder(configFile: string, name: OwnFolder): string {
  return join(dirname(configFile), name);
}

/** All of them, whether they are there or not. */
export function ownFolders(configFile: string): readonly { readonly name: OwnFolder; readonly path: string }[] {
  return names.map((name) => ({ name, path: ownFolder(configFile, name) }));
}
