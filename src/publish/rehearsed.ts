/** A site on which changes are noted and not made: it is read as if they were. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SiteFolder } from '../edges.ts';
import type { SiteBytes, SiteDocument, SiteFile } from '../model.ts';
import { inOrder } from './order.ts';
import { compare } from './write.ts';

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

/** The site as it is: what changes are compared with. */
export interface ComparedSite extends Pick<SiteFolder, 'lookFor' | 'read'> {
  compare(document: SiteDocument | SiteBytes | SiteFile): Promise<'equal' | 'other' | 'new'>;
}

/** @param root folder of the site, which need not be there */
export function siteOnDisk(root: string): ComparedSite {
  return {
    lookFor: () => Promise.resolve((path) => existsSync(join(root, path))),
    read: (path) => readFile(join(root, path), 'utf8').catch(() => undefined),
    compare: async (document) => compare(root, document),
  };
}

export function openRehearsedSite(site: ComparedSite): RehearsedSite {
  const put = new Map<string, { readonly isNew: boolean; readonly body: string | undefined }>();
  /** With whether the site has them: what was put here and taken away again is no change. */
  const removed = new Map<string, boolean>();
  const lookFor: SiteFolder['lookFor'] = async (paths) => {
    const isFile = await site.lookFor(paths);
    return (path) => !removed.has(path) && (put.has(path) || isFile(path));
  };
  return {
    lookFor,
    async read(path) {
      if (!(await lookFor([path]))(path)) return undefined;
      return put.get(path)?.body ?? (await site.read(path));
    },
    async draft() {
      const laid: { readonly path: string; readonly isNew: boolean }[] = [];
      return {
        async add(documents) {
          for (const document of documents) {
            const { path } = document;
            const is = removed.has(path) ? 'new' : await site.compare(document);
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
      const [isThere, isFile] = [await lookFor(paths), await site.lookFor(paths)];
      const gone = paths.filter(isThere).sort();
      for (const path of gone) {
        removed.set(path, isFile(path));
        put.delete(path);
      }
      return gone;
    },
    changes: () => ({
      added: pathsOf(put, true),
      changed: pathsOf(put, false),
      removed: [...removed].flatMap(([path, wasThere]) => (wasThere ? [path] : [])).sort(),
    }),
  };
}

function pathsOf(put: ReadonlyMap<string, { readonly isNew: boolean }>, isNew: boolean): string[] {
  return [...put].flatMap(([path, one]) => (one.isNew === isNew ? [path] : [])).sort();
}
