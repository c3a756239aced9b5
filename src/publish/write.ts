/**
 * Documents into files under the site's folder: each whole or not at all, untouched where nothing changed, never outside
 * the folder, and all at one go. What a killed run or a full disk leaves behind is the site as it was.
 *
 * Everything that differs is first laid in a hidden folder, out of readers' sight; only when the last of it is on the disk
 * does it take its place: what is new first, to which nothing leads yet, then what is replaced, and when both are there
 * what is no more goes. So at no instant does a page or feed to which readers can come lead to a page that is not there.
 * A site that is not there yet appears with one rename.
 *
 * Small files are opened, written and renamed by calls that answer at once: handed to another thread, each costs more than itself,
 * and there are five to a file. What waits for the disk is handed over.
 */

import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { SiteDraft } from '../edges.ts';
import type { SiteBytes, SiteDocument, SiteFile } from '../model.ts';
import { Halt } from '../problems.ts';
import { codeOf, halting, inParallel, Outside, sync, syncFolder } from './disk.ts';
import { byRank, inOrder, type Laid, mustBePath, take } from './order.ts';

/** Begins with a dot, as no document's name does: many web servers hide such names, and none of our pages leads there. */
const draftName = '.relais-part';

/** Where documents wait and where they go. */
interface Place {
  readonly root: string;
  readonly waiting: string;
  /** There is no site yet: the folder in which documents wait becomes it. */
  readonly isFirst: boolean;
}

/**
 * Begins a publication, and clears away what a killed one has left waiting.
 * @param folder need not be there; it may be a symbolic link, but nothing below it may lead out of it
 * @throws Halt with `publish/not-writable`, here and in the draft's functions: then nothing waits any more, the files
 *   that were there are whole, and those not yet replaced are the old ones
 * @throws Error from `add` for a path that no document may have or that was given before: a bug of ours
 */
export async function openDraft(folder: string): Promise<SiteDraft> {
  const place = await halting(folder, () => openPlace(folder));
  const laid: Laid[] = [];
  const given = new Set<string>();
  const folders = new Map<string, Promise<void>>();
  const orNothing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await halting(folder, work);
    } catch (error) {
      // What cannot be removed now is found by the next draft; the reason to report is the first one.
      if (error instanceof Halt) await rm(place.waiting, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  };
  return {
    async add(documents) {
      for (const { path } of documents) take(path, given);
      await orNothing(async () => void laid.push(...(await lay(documents, place, folders))));
    },
    paths: () => laid.map(({ path }) => path),
    publish: () => orNothing(() => putInPlace(laid, place)),
  };
}

/**
 * Takes away what a killed publication has left waiting.
 * @throws Halt with `publish/not-writable`
 */
export async function clearDraft(folder: string): Promise<void> {
  await halting(folder, async () => {
    for (const waiting of [besideOf(folder), join(folder, draftName)])
      await rm(waiting, { recursive: true, force: true });
  });
}

/**
 * Removes files that earlier publications wrote, then the folders that are empty. To be called when everything is
 * in place, so that no page links to what is taken away; of what goes, lists go before what they list. What Relais has
 * not written is never named here, and stays.
 * @param paths as given to a draft at some time
 * @returns those that were there, sorted
 * @throws Halt with `publish/not-writable`
 */
export async function removeFiles(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  return await halting(folder, async () => {
    const root = await realpath(folder);
    const removed: string[] = [];
    for (const path of [...paths].sort((a, b) => byRank(b, a))) {
      mustBePath(path);
      if (!(await removeFile(root, path))) continue;
      removed.push(path);
      for (let above = folderOf(path); above !== ''; above = folderOf(above)) {
        if (!(await removeIfEmpty(join(root, above)))) break;
      }
    }
    return removed.sort();
  });
}

// ── laying ───────────────────────────────────────────────────────────────────────────────────────

/** Where a publication waits that is to become the whole site, or that is to go elsewhere: on the same disk, out of the site. */
export function besideOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}${draftName}`);
}

async function openPlace(folder: string): Promise<Place> {
  await clearDraft(folder);
  const beside = besideOf(folder);
  if (await isFree(folder, beside)) return { root: folder, waiting: beside, isFirst: true };
  const root = await realpath(folder);
  const waiting = join(root, draftName);
  await mkdir(waiting);
  return { root, waiting, isFirst: false };
}

/**
 * Makes the folder beside, and says whether it may take the site's place in the end: there is nothing, or an empty folder
 * like it. That it is no mount point shows when an empty one takes its place.
 */
async function isFree(folder: string, beside: string): Promise<boolean> {
  const found = await lstat(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  if (found !== undefined && (!found.isDirectory() || (await readdir(folder)).length > 0)) return false;
  await mkdir(beside, { recursive: true });
  if (found === undefined) return true;
  const made = await lstat(beside);
  try {
    if (made.mode !== found.mode || made.uid !== found.uid || made.gid !== found.gid) throw new Error('not like it');
    await rename(beside, folder);
    await mkdir(beside);
    return true;
  } catch {
    await rm(beside, { recursive: true, force: true });
    return false;
  }
}

/** Lays those that differ from what is there. What lies wrong in their places is found out here, before any is moved. */
async function lay(
  documents: readonly (SiteDocument | SiteBytes | SiteFile)[],
  { root, waiting, isFirst }: Place,
  folders: Map<string, Promise<void>>,
): Promise<Laid[]> {
  const compared = await inParallel(documents, async (document) => {
    if (!isFirst) await ensureFolder(root, folderOf(document.path), folders);
    return { document, is: isFirst ? 'new' : compare(root, document) };
  });
  const differing = compared.filter(({ is }) => is !== 'equal');
  for (const folder of foldersOf(differing.map(({ document }) => document.path)))
    mkdirSync(join(waiting, folder), { recursive: true });
  try {
    await inParallel(differing, ({ document }) => writeWhole(join(waiting, document.path), document));
  } catch (error) {
    await Promise.allSettled(differing.map(({ document }) => rm(join(waiting, document.path), { force: true })));
    throw error;
  }
  return differing.map(({ document, is }) => ({ path: document.path, isNew: is === 'new' }));
}

/** How a document differs from what is there. A link in the place of a file is not read but replaced. */
export function compare(root: string, document: SiteDocument | SiteBytes | SiteFile): 'equal' | 'other' | 'new' {
  const full = join(root, document.path);
  try {
    const found = lstatSync(full);
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR', path: full });
    if (!found.isFile()) return 'other';
    // Of files that are named after what is in them, a wrong size means one that was cut off.
    if ('copyOf' in document) return found.size === statSync(document.copyOf).size ? 'equal' : 'other';
    if (found.size !== Buffer.byteLength(document.body)) return 'other';
    return readFileSync(full).equals(Buffer.from(document.body)) ? 'equal' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'new';
    throw error;
  }
}

/** Fails where the name is taken: nothing that lies there is written through. */
async function writeWhole(path: string, document: SiteDocument | SiteBytes | SiteFile): Promise<void> {
  if ('copyOf' in document) return await copyWhole(document.copyOf, path);
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, document.body);
    await sync(file);
  } finally {
    closeSync(file);
  }
}

/** A second name for what lies on the disk already; another copy where the disk knows no such thing. */
async function copyWhole(from: string, path: string): Promise<void> {
  try {
    await link(from, path);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    await copyFile(from, path, constants.COPYFILE_EXCL);
    const file = openSync(path, 'r+');
    await sync(file).finally(() => closeSync(file));
  }
}

// ── putting in place ─────────────────────────────────────────────────────────────────────────────

/** @returns paths in the order in which readers could meet them */
async function putInPlace(laid: readonly Laid[], { root, waiting, isFirst }: Place): Promise<string[]> {
  const ordered = inOrder(laid);
  if (isFirst) {
    await inParallel(foldersOf(ordered), (folder) => syncFolder(join(waiting, folder)));
    if (ordered.length > 0) await rename(waiting, root);
    await syncFolder(dirname(root));
  } else {
    for (const isNew of [true, false]) {
      const paths = inOrder(laid.filter((one) => one.isNew === isNew));
      for (const path of paths) renameSync(join(waiting, path), join(root, path));
      await inParallel(foldersOf(paths), (folder) => syncFolder(join(root, folder))); // on the disk before the next begins
    }
  }
  await rm(waiting, { recursive: true, force: true });
  return ordered;
}

// ── paths and folders ────────────────────────────────────────────────────────────────────────────

function foldersOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map(folderOf))];
}

/** '' for the root. */
function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Makes the folder and those above it, one level after the other, so that no link on the way is followed out of the root. */
function ensureFolder(root: string, path: string, made: Map<string, Promise<void>>): Promise<void> {
  const known = made.get(path);
  if (known !== undefined || path === '') return known ?? Promise.resolve();
  const making = (async () => {
    await ensureFolder(root, folderOf(path), made);
    const full = join(root, path);
    try {
      mkdirSync(full);
      await syncFolder(dirname(full));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      const real = await realpath(full);
      if (!real.startsWith(root + sep)) throw new Outside(`${path} is a symbolic link that leads out of the folder`);
    }
  })();
  made.set(path, making);
  return making;
}

/** @returns false when it was not there, or something that is no file of ours has its name */
async function removeFile(root: string, path: string): Promise<boolean> {
  const full = join(root, path);
  try {
    if ((await realpath(dirname(full))) !== dirname(full) || !(await lstat(full)).isFile()) return false;
    await rm(full);
    await syncFolder(dirname(full));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function removeIfEmpty(folder: string): Promise<boolean> {
  if ((await readdir(folder)).length > 0) return false;
  await rmdir(folder);
  return true;
}
