/** Databases to be copied, each of either kind: a file, and where the environment names a server a schema there. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Library } from '../../src/library.ts';
import {
  type Archive,
  type ArchiveCopied,
  type ArchiveCopyOptions,
  copyArchive,
  openSource,
  openTarget,
  placeNamed,
} from '../../src/store/archive.ts';
import { openLibrary } from '../../src/store/library.ts';
import { openPostgresLibrary } from '../../src/store/postgres-library.ts';
import { storageIn } from '../storage.ts';
import { edges, holder } from './open.ts';

/** A database of the second kind where there is a server; else a file, so that the test tests what it can. */
export function elsewhere(folder: string, name: string): string {
  return storageIn(join(folder, name)).database ?? join(folder, `${name}.db`);
}

export async function openLibraryAt(where: string): Promise<Library> {
  const self = holder({ owner: randomUUID() });
  return where.startsWith('postgres:')
    ? await openPostgresLibrary(where, '/nowhere/relais.db', self, edges())
    : await openLibrary(where, self, edges());
}

const archiveEdges = () => ({ ...edges(), self: holder({ owner: randomUUID() }) });

/** Opens both, and closes them whatever comes. */
export async function withArchives<T>(
  from: string,
  to: string,
  work: (from: Archive, to: Archive) => Promise<T>,
): Promise<T> {
  const source = await openSource(from, archiveEdges());
  try {
    const target = await openTarget(to, placeNamed(from), archiveEdges());
    try {
      return await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

export async function copied(from: string, to: string, options: ArchiveCopyOptions = {}): Promise<ArchiveCopied> {
  return await withArchives(from, to, (source, target) => copyArchive(source, target, options));
}
