/** All forms of a digest, laid in a folder to be looked at: over those of an earlier preview, and over nothing else. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { SiteDocument } from '../model.ts';
import { makeFolderFor } from './new-folder.ts';
import { writeOver } from './write-over.ts';

/** Where they go. */
export interface Place {
  readonly folder: string;
  /** True for the one in the data folder, where nobody but Relais writes. */
  readonly isOurs: boolean;
  /** The site, of which the runs know what stands in it. */
  readonly site: string;
}

/** @returns the files; or why not all are written, in whole sentences */
export async function layPreview(
  documents: readonly SiteDocument[],
  place: Place,
): Promise<{ readonly written: readonly string[] } | { readonly why: string }> {
  if (documents.length === 0) return { written: [] };
  const files = documents.map(({ path, body }) => ({ file: join(place.folder, path.split('/').at(-1) ?? ''), body }));
  const mistake = await mistakeIn(place, files);
  if (mistake !== undefined) return { why: `${mistake} No preview was written.` };
  const isNew = !files.some(({ file }) => existsSync(file));
  for (const [index, { file, body }] of files.entries()) {
    const refusal = await writeOver(file, body, () => true);
    if (refusal === undefined) continue;
    // A part of them would count as no preview the next time.
    if (isNew) for (const begun of files.slice(0, index)) await rm(begun.file, { force: true });
    return { why: `${file} ${refusal}. ${isNew ? 'No preview was written.' : 'The preview is not whole.'}` };
  }
  return { written: files.map(({ file }) => file) };
}

const elsewhere = 'Name a folder that is empty or not there yet:  --preview FOLDER.';

async function mistakeIn(
  { folder, isOurs, site }: Place,
  files: readonly { readonly file: string }[],
): Promise<string | undefined> {
  if (isWithin(folder, site)) return `${folder} belongs to the site, which the runs make. ${elsewhere}`;
  // The front page of a site is an index.html too: a preview is known by all its forms together.
  const [first, ...others] = files.filter(({ file }) => existsSync(file));
  if (!isOurs && first !== undefined && others.length + 1 < files.length)
    return `${first.file} is there already, is of no earlier preview, and stays as it is. ${elsewhere}`;
  const noFolder = await makeFolderFor(folder);
  return noFolder === undefined ? undefined : `The preview cannot be written: ${noFolder}. ${elsewhere}`;
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || !/^(\.\.(\/|\\|$)|\/|[a-z]:)/i.test(way);
}
