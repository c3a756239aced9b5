/**
 * Documents into files under the site's folder: each whole or not at all, untouched where nothing changed, never outside
 * the folder. What a killed run or a full disk leaves behind is the site as it was.
 *
 * All changed files are first written under temporary names beside their places; only when every one is on the disk are
 * they renamed, in the order in which readers may meet them. So a full disk changes nothing, and a kill between two
 * renames leaves pages that nothing links to yet, never a link to a page that is not there.
 */
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { SiteDocument } from '../model.ts';
import { Halt, problem } from '../problems.ts';

/** Begins with a dot, as no document's name does: web servers hide such names, and leftovers are known by them. */
const temporary = (name: string): string => `.${name}.relais-part`;
const isTemporary = (name: string): boolean => name.startsWith('.') && name.endsWith('.relais-part');

/** What a segment of a path may look like; `..` and hidden names are none. */
const segment = /^[a-z0-9][a-z0-9.-]{0,199}$/;
/** Files written at the same time: enough to keep a disk busy, few enough for any limit on open files. */
const parallel = 8;

/**
 * Writes the documents that differ from what is there. Files that are equal keep their times, so that web servers and
 * rsync see them as unchanged.
 * @param folder made if it is not there; it may be a symbolic link, but nothing below it may lead out of it
 * @returns paths as in `documents`, in the order of writing
 * @throws Halt with `publish/not-writable`; the files that were there are whole, and those not yet replaced are the old ones
 * @throws Error for a path that no document may have: a bug of ours
 */
export async function writeSite(
  folder: string,
  documents: readonly SiteDocument[],
): Promise<{ readonly written: readonly string[]; readonly unchanged: number }> {
  const ordered = inWritingOrder(documents);
  return await halting(folder, async () => {
    const root = await openRoot(folder);
    const folders = new Map<string, Promise<void>>();
    await inParallel(foldersOf(ordered), (path) => ensureFolder(root, path, folders));
    await inParallel([...foldersOf(ordered)], (path) => removeLeftovers(join(root, path)));
    const changed = (await inParallel(ordered, async (one) => ((await isEqual(root, one)) ? [] : [one]))).flat();
    try {
      await inParallel(changed, (one) => writeWhole(temporaryPath(root, one.path), one.body));
      await putInPlace(root, changed);
    } catch (error) {
      // What cannot be removed now is found by the next run; the reason to report is the first one.
      await Promise.allSettled(changed.map((one) => rm(temporaryPath(root, one.path), { force: true })));
      throw error;
    }
    return { written: changed.map(({ path }) => path), unchanged: documents.length - changed.length };
  });
}

/**
 * Removes files that earlier publications wrote, then the folders that are empty. To be called when everything is
 * written, so that no page links to what is taken away. What Relais has not written is never named here, and stays.
 * @param paths as given to `writeSite` at some time
 * @returns those that were there, sorted
 * @throws Halt with `publish/not-writable`
 */
export async function removeFiles(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  return await halting(folder, async () => {
    const root = await openRoot(folder);
    const removed: string[] = [];
    for (const path of paths) {
      if (!isDocumentPath(path)) throw new Error(`no path for a document: ${JSON.stringify(path)}`);
      if (!(await removeFile(root, path))) continue;
      removed.push(path);
      for (let above = folderOf(path); above !== ''; above = folderOf(above)) {
        if (!(await removeIfEmpty(join(root, above)))) break;
      }
    }
    return removed.sort();
  });
}

// ── order ────────────────────────────────────────────────────────────────────────────────────────

/**
 * Rank of a path; lower is written first. Style sheets and texts before the pages that use them; a story's page before
 * the feeds and lists that link to it; the deeper of two pages before the one that leads to it; index pages last.
 */
function rankOf(path: string): number {
  const depth = path.split('/').length;
  if (path.startsWith('story/')) return 1;
  if (path.endsWith('.html')) return depth > 2 ? 2 : 6 - depth;
  return /\.(xml|json)$/.test(path) ? 3 : 0;
}

function inWritingOrder(documents: readonly SiteDocument[]): SiteDocument[] {
  const seen = new Set<string>();
  for (const { path } of documents) {
    if (!isDocumentPath(path)) throw new Error(`no path for a document: ${JSON.stringify(path)}`);
    if (seen.has(path)) throw new Error(`two documents with the path ${path}`);
    seen.add(path);
  }
  const byRank = (a: SiteDocument, b: SiteDocument): number =>
    rankOf(a.path) - rankOf(b.path) || (a.path < b.path ? -1 : 1);
  return [...documents].sort(byRank);
}

function isDocumentPath(path: string): boolean {
  return path.split('/').every((name) => segment.test(name));
}

function foldersOf(documents: readonly SiteDocument[]): string[] {
  return [...new Set(documents.map(({ path }) => folderOf(path)))];
}

/** '' for the root. */
function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

// ── folders ──────────────────────────────────────────────────────────────────────────────────────

async function openRoot(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return await realpath(folder);
}

/** Makes the folder and those above it, one level after the other, so that no link on the way is followed out of the root. */
function ensureFolder(root: string, path: string, made: Map<string, Promise<void>>): Promise<void> {
  const known = made.get(path);
  if (known !== undefined || path === '') return known ?? Promise.resolve();
  const making = (async () => {
    await ensureFolder(root, folderOf(path), made);
    const full = join(root, path);
    try {
      await mkdir(full);
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

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (isTemporary(name)) await rm(join(folder, name));
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

// ── files ────────────────────────────────────────────────────────────────────────────────────────

function temporaryPath(root: string, path: string): string {
  return join(root, folderOf(path), temporary(path.slice(path.lastIndexOf('/') + 1)));
}

/** A link in the place of a file is not read but replaced. */
async function isEqual(root: string, { path, body }: SiteDocument): Promise<boolean> {
  const full = join(root, path);
  try {
    const found = await lstat(full);
    if (!found.isFile() || found.size !== Buffer.byteLength(body)) return false;
    return (await readFile(full)).equals(Buffer.from(body));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Fails where the name is taken: nothing that lies there is written through. */
async function writeWhole(path: string, body: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames rank by rank, and has the folders of one rank on the disk before the next begins. */
async function putInPlace(root: string, changed: readonly SiteDocument[]): Promise<void> {
  const ranks = [...new Set(changed.map(({ path }) => rankOf(path)))];
  for (const rank of ranks) {
    const ranked = changed.filter(({ path }) => rankOf(path) === rank);
    for (const { path } of ranked) await rename(temporaryPath(root, path), join(root, path));
    await inParallel(foldersOf(ranked), (folder) => syncFolder(join(root, folder)));
  }
}

/** Without it a rename may be undone by a power cut. Some file systems and Windows know no such thing. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Results in the order of the input. After a failure the tasks that run are waited for, and no other is begun. */
async function inParallel<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < inputs.length; at += parallel) {
    const settled = await Promise.allSettled(inputs.slice(at, at + parallel).map(task));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}

// ── what a person has to mend ────────────────────────────────────────────────────────────────────

class Outside extends Error {}

/** Errors that no program can help: rights, room, and something else lying where a file or folder should be. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no room left on the disk',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file is larger than allowed',
  EIO: 'the disk reports an error',
  ENOTDIR: 'a file lies where a folder should be',
  EISDIR: 'a folder lies where a file should be',
  ENOTEMPTY: 'a folder lies where a file should be',
  EEXIST: 'something else lies there',
  ELOOP: 'symbolic links that lead round in circles',
  ENOENT: 'a symbolic link that leads nowhere, or somebody else is removing files',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

async function halting<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Outside ? error.message : reasons[codeOf(error) ?? ''];
    if (reason === undefined) throw error;
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
    throw new Halt(problem('publish/not-writable', { file: folder }, `${path}${reason}`), { cause: error });
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
