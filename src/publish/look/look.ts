/** The files that a maintainer has dressed the site with → what is drawn of them, and what is wrong in each. Read once for each settings. */
import type { LookFile, Site, SiteBytes, SiteDocument } from '../../model.ts';
import type { Surroundings } from './addresses.ts';
import type { Fault } from './faults.ts';
import type { Piece } from './markup.ts';
import { readStyle } from './own-style.ts';
import { type PictureSize, readPicture } from './picture.ts';
import { type PieceRead, readPiece } from './piece.ts';

/** A site with what its maintainer has dressed it with. */
export type Dressed = Pick<Site, 'look' | 'colour'> & Partial<Pick<Site, 'url'>>;

/** A picture with a place of its own. */
export interface Emblem extends PictureSize {
  /** From the site's root. */
  readonly path: string;
  readonly type: string;
}

export interface Look {
  /** What is appended to the style sheet; '' for nothing. */
  readonly css: string;
  readonly logo: Emblem | undefined;
  readonly icon: Emblem | undefined;
  /** The frame around every page; undefined for ours. */
  readonly page: PieceRead | undefined;
  /** Lines for the head of every page, the foot, the page about the site; none where nothing is written. */
  readonly head: readonly Piece[];
  readonly foot: readonly Piece[];
  readonly about: readonly Piece[];
  /** What is published as it is, by its path in the site. */
  readonly documents: readonly (SiteDocument | SiteBytes)[];
  readonly faults: ReadonlyMap<LookFile, readonly Fault[]>;
}

const types: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
};

const known = new WeakMap<readonly LookFile[], Look>();

/** The same for as long as the settings stay. */
export function lookOf(site: Dressed): Look {
  const files = site.look;
  if (files === undefined) return plain;
  const look = known.get(files) ?? readLook(files, site);
  known.set(files, look);
  return look;
}

const plain: Look = {
  css: '',
  logo: undefined,
  icon: undefined,
  page: undefined,
  head: [],
  foot: [],
  about: [],
  documents: [],
  faults: new Map(),
};

function readLook(files: readonly LookFile[], site: Dressed): Look {
  const faults = new Map<LookFile, readonly Fault[]>();
  const usable = files.filter(({ mistake }) => mistake === undefined);
  const pictures = usable.flatMap((file) => {
    if (file.bytes === undefined) return [];
    const bytes = Buffer.from(file.bytes, 'base64');
    const read = readPicture(file.name, bytes);
    faults.set(file, read.faults);
    return read.size === undefined ? [] : [{ file, bytes, size: read.size }];
  });
  const sheets = usable.filter(({ name }) => name.endsWith('.css') && name !== 'style.css');
  const published = new Set([...pictures.map(({ file }) => file.name), ...sheets.map(({ name }) => name)]);
  const around: Surroundings = { files: published, site };
  const styled = (file: LookFile, folder: string): string => {
    const read = readStyle(file.text, folder, around);
    faults.set(file, read.faults);
    return read.css;
  };
  const piece = (name: string, kind: 'page' | 'head' | 'body'): PieceRead | undefined => {
    const file = usable.find((one) => one.name === name);
    if (file === undefined || file.text.trim() === '') return undefined;
    const read = readPiece(file.text, kind, around);
    faults.set(file, read.faults);
    return read.isBroken ? undefined : read;
  };
  const emblem = (called: string, ends: readonly string[]): Emblem | undefined => {
    const [shown, ...others] = ends.flatMap(
      (end) => pictures.find(({ file }) => file.name === `${called}.${end}`) ?? [],
    );
    for (const { file } of others) {
      const text = `${file.name} is not shown in its place, since there is ${shown?.file.name} too. Take one away.`;
      faults.set(file, [...(faults.get(file) ?? []), { code: 'look/left-out', at: undefined, text }]);
    }
    if (shown === undefined) return undefined;
    return { path: `look/${shown.file.name}`, type: types[shown.file.name.replace(/.*\./, '')] ?? '', ...shown.size };
  };
  const style = usable.find(({ name }) => name === 'style.css');
  return {
    css: style === undefined ? '' : styled(style, ''),
    logo: emblem('logo', ['svg', 'png', 'webp', 'jpg']),
    icon: emblem('icon', ['svg', 'png']),
    page: piece('page.html', 'page'),
    head: piece('head.html', 'head')?.head ?? [],
    foot: piece('foot.html', 'body')?.body ?? [],
    about: piece('about.html', 'body')?.body ?? [],
    documents: [
      ...pictures.map(({ file, bytes }) => ({ path: `look/${file.name}`, body: bytes })),
      ...sheets.map((file) => ({ path: `look/${file.name}`, body: `${styled(file, 'look/')}\n` })),
    ],
    faults,
  };
}
