/**
 * What a maintainer has laid into the folder look/ beside sources.yaml: pictures, styles and pieces of pages. Found and read, and
 * not looked into, since most runs draw nothing. The edge of this room, with load.ts.
 */
import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Config, LookFile } from '../model.ts';
import { ownFolder } from '../text/own-folders.ts';
import { plainLine } from '../text/safe.ts';
import { nearest } from '../yaml/nearest.ts';
import { entriesIn, withOwnFiles } from './own-files.ts';
import { readAtMost, readBytesAtMost, whyNot } from './reading.ts';

/** Pieces of pages: each has its own place. */
const pieces = ['page.html', 'head.html', 'foot.html', 'about.html'];
const pictures = ['.svg', '.png', '.jpg', '.webp'];
const kB = 1024;
/** What all readers load with their first page is small; a piece of a page stands in every page. */
const limits: readonly (readonly [name: RegExp, bytes: number])[] = [
  [/^logo\./, 200 * kB],
  [/^icon\./, 100 * kB],
  [/\.html$/, 64 * kB],
  [/\.css$/, 128 * kB],
  [/./, 1024 * kB],
];
const mostFiles = 50;
/** As documents of the site are named (publish/write.ts). */
const properName = /^[a-z0-9][a-z0-9.-]{0,99}$/;
const mostBytes = 5 * 1024 * kB;

/** All that there is, in the order of the names; what is not used says why. */
export async function readLookFiles(configFile: string): Promise<readonly LookFile[]> {
  const folder = ownFolder(configFile, 'look');
  const found = await entriesIn(folder);
  if ('mistake' in found) return [unused('look', folder, found.mistake)];
  const names = found.entries.flatMap(({ name }) => (isNobodys(name) ? [] : [name])).sort(byUse);
  const files: LookFile[] = [];
  let room = mostBytes;
  for (const name of names.slice(0, mostFiles)) {
    const file = await readOne(folder, name, room);
    room -= Math.ceil(file.text.length + ((file.bytes?.length ?? 0) * 3) / 4);
    files.push(file);
  }
  const [next, ...others] = names.slice(mostFiles);
  const also = others.length === 0 ? '' : ` and ${others.length} more`;
  return next === undefined
    ? files
    : [...files, unused('look', folder, `${next}${also}: there may be ${mostFiles} files in the folder`)];
}

/** What systems and editors leave in folders. */
function isNobodys(name: string): boolean {
  return /^\.|~$|^(thumbs\.db|desktop\.ini)$/i.test(name);
}

/** Where there are too many, those with a place of their own come first. */
function byUse(one: string, other: string): number {
  const rank = (name: string): number => (/\.html$|^style\.css$|^(logo|icon)\./.test(name) ? 0 : 1);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function unused(name: string, path: string, why: string): LookFile {
  return { name, path, text: '', mistake: why };
}

async function readOne(folder: string, name: string, room: number): Promise<LookFile> {
  const path = join(folder, name);
  const wrongName = nameMistake(name);
  if (wrongName !== undefined) return unused(name, join(folder, plainLine(name, 100)), wrongName); // it may hold anything
  const mistake = await placeMistake(folder, path);
  if (mistake !== undefined) return unused(name, path, mistake);
  const limit = limits.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
  if (room < limit && (await stat(path)).size > room)
    return unused(name, path, `all files of the folder together may have ${mostBytes / kB / kB} MB`);
  if (pictures.includes(extname(name))) {
    const read = await readBytesAtMost(path, limit);
    if ('mistake' in read) return unused(name, path, read.mistake);
    return { name, path, text: '', bytes: read.bytes.toString('base64') };
  }
  const read = await readAtMost(path, limit);
  return 'mistake' in read ? unused(name, path, read.mistake) : { name, path, text: read.text.replace(/^\ufeff/, '') };
}

/** @returns why a file of this name is not used; undefined of one that is */
function nameMistake(name: string): string | undefined {
  const plain = name
    .toLowerCase()
    .replace(/\.jpeg$/, '.jpg')
    .replace(/[\s_]+/g, '-');
  const kind = extname(plain);
  if (kind === '.html') {
    if (pieces.includes(name)) return undefined;
    const meant = nearest(plain, pieces);
    return `pieces of pages are called ${pieces.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`;
  }
  if (!pictures.includes(kind) && kind !== '.css')
    return `only files that end in ${pictures.join(', ')} and .css are published from here. ${otherwise(kind)}`.trim();
  if (properName.test(name) && name === plain) return undefined;
  return `names are made of small letters a-z, digits, hyphens and dots. Call it ${properName.test(plain) ? plain : `picture${kind}`}`;
}

/** What a file of a kind that is not published might be made into. */
function otherwise(kind: string): string {
  if (/^\.(gif|avif|bmp|tiff?|heic|ico)$/.test(kind)) return 'Save the picture as .png, .jpg or .webp.';
  if (/^\.(woff2?|ttf|otf)$/.test(kind)) return 'Pages load no fonts: choose one that readers have.';
  return /^\.m?js$/.test(kind) ? 'Pages run no scripts.' : '';
}

/** What a link in the folder leads to outside it was hardly meant for everybody to read; and a pipe would never end. */
async function placeMistake(folder: string, path: string): Promise<string | undefined> {
  try {
    const [top, real] = [await realpath(folder), await realpath(path)];
    if (!real.startsWith(top + sep)) return 'it is a link that leads out of the folder. Put the file itself there';
    const found = await stat(real);
    if (found.isDirectory()) return 'it is a folder. Put the files themselves beside the others';
    return found.isFile() ? undefined : 'it is no file';
  } catch (error) {
    return whyNot(error);
  }
}

/** The settings with these files. */
export function withLook(config: Config, look: readonly LookFile[]): Config {
  const seen = look.map(({ name, text, bytes, mistake }) => [name, text, bytes, mistake]);
  return withOwnFiles(config, 'look', look, seen);
}
