/** A site on which changes are noted and not made: it is read as if they were. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SiteFolder } from '../edges.ts';
import { compare, inOrder } from './write.ts';

/** Files by what becomes of them, each sorted by its path. */
export interface SiteChanges {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export interface RehearsedSite extends SiteFolder {
  changes(): SiteChanges;
}

/** Bodies that are read again before the end: mails go out as they were published. */
const isReadAgain = (path: string): boolean => path.endsWith('.eml');

/** @param root folder of the site, which need not be there */
export function openRehearsedSite(root: string): RehearsedSite {
  const put = new Map<string, { readonly isNew: boolean; readonly body: string | undefined }>();
  const removed = new Set<string>();
  const isThere = (path: string): boolean => !removed.has(path) && (put.has(path) || existsSync(join(root, path)));
  return {
    isThere,
    async read(path) {
      if (!isThere(path)) return undefined;
      return put.get(path)?.body ?? (await readFile(join(root, path), 'utf8').catch(() => undefined));
    },
    async draft() {
      const laid: { readonly path: string; readonly isNew: boolean }[] = [];
      return {
        async add(documents) {
          for (const document of documents) {
            const { path } = document;
            const is = removed.has(path) ? 'new' : await compare(root, document);
            if (is === 'equal') continue;
            laid.push({ path, isNew: is === 'new' });
            const body = isReadAgain(path) && 'body' in document ? String(document.body) : undefined;
            put.set(path, { isNew: is === 'new', body });
          }
        },
        paths: () => laid.map(({ path }) => path),
        async publish() {
          for (const { path } of laid) removed.delete(path);
          return inOrder(laid);
        },
      };
    },
    async clear() {},
    async remove(paths) {
      const gone = paths.filter(isThere).sort();
      for (const path of gone) {
        removed.add(path);
        put.delete(path);
      }
      return gone;
    },
    changes: () => ({
      added: pathsOf(put, true),
      changed: pathsOf(put, false),
      removed: [...removed].filter((path) => existsSync(join(root, path))).sort(),
    }),
  };
}

function pathsOf(put: ReadonlyMap<string, { readonly isNew: boolean }>, isNew: boolean): string[] {
  return [...put].flatMap(([path, one]) => (one.isNew === isNew ? [path] : [])).sort();
}
