/**
 * The published files as they are sent: read once, packed once in each way that somebody has asked for, and read anew as
 * soon as the file on the disk is another one. Asking the disk for that costs a few microseconds; reading, hashing and
 * packing at each request cost a hundred times more.
 */
import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Instant } from '../model.ts';
import { contentTypeOf, isPackable } from '../text/content-types.ts';
import { withdrawnMark } from '../text/withdrawn-mark.ts';
import type { Encoding } from './encoding.ts';

/** A file as one encoding of it is sent. */
export interface Packed {
  readonly encoding: Encoding;
  readonly body: Buffer;
  /** With its quotation marks; that of each encoding is its own (RFC 9110 §8.8.3.3). */
  readonly etag: string;
}

export interface SiteFile {
  /** From the site's root, beginning with `/`. */
  readonly path: string;
  readonly contentType: string;
  readonly isPackable: boolean;
  /** It stands in the place of a withdrawn text. */
  readonly isWithdrawn: boolean;
  /** Of the last change, in whole seconds as HTTP has them. */
  readonly modified: Instant;
  /** The same as HTTP writes it. */
  readonly lastModified: string;
  readonly whole: Packed;
  /** At once where it has been asked for before. */
  readonly packed: (encoding: Encoding) => Packed | Promise<Packed>;
}

export type Found =
  | { readonly kind: 'file'; readonly file: SiteFile }
  /** It is to be had under this address. */
  | { readonly kind: 'elsewhere'; readonly path: string };

export interface SiteFiles {
  /**
   * @param path decoded, without query
   * @returns undefined where there is nothing, or nothing under a name that the site uses
   */
  find(path: string): Found | undefined;
}

/** As documents are named (publish/write.ts); a name that begins with a dot is none, so drafts are nobody's to see. */
const properPath = /^\/(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*)?$/;

/** Of a stub the mark stands far before that; no text of a partner can hold it, so that more may be read than the head. */
const headBytes = 4_096;

/**
 * @param folder of the site; what it does not hold is served to nobody
 * @param roomBytes what all kept files and their packed forms may take; those not asked for longest go first
 */
export function openSiteFiles(folder: string, roomBytes = 64 * 2 ** 20): SiteFiles {
  const kept = new Map<string, { readonly stamp: string; readonly file: SiteFile; bytes: number }>();
  let taken = 0;
  const forget = (path: string): void => {
    taken -= kept.get(path)?.bytes ?? 0;
    kept.delete(path);
  };
  const grow = (path: string, bytes: number): void => {
    const entry = kept.get(path);
    if (entry === undefined) return;
    entry.bytes += bytes;
    taken += bytes;
    for (const oldest of kept.keys()) {
      if (taken <= roomBytes) break;
      forget(oldest);
    }
  };
  const load = (path: string, stats: Stats): SiteFile | undefined => {
    const known = kept.get(path);
    const stamp = `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    if (known?.stamp === stamp) {
      if (taken > roomBytes / 2) {
        kept.delete(path);
        kept.set(path, known); // what was asked for last stands last
      }
      return known.file;
    }
    forget(path);
    const body = unlessGone(() => readFileSync(join(folder, path)));
    if (body === undefined) return undefined;
    const file = fileOf(path, body, stats.mtimeMs, (bytes) => grow(path, bytes));
    kept.set(path, { stamp, file, bytes: 0 });
    grow(path, body.length);
    return file;
  };
  const find = (asked: string): Found | undefined => {
    if (asked.length > 1_000) return undefined;
    const path = asked.includes('//') ? asked.replace(/\/{2,}/g, '/') : asked;
    if (!properPath.test(path)) return undefined;
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const stats = unlessGone(() => statSync(join(folder, name)));
    if (stats === undefined) return undefined;
    if (stats.isDirectory()) {
      const page = unlessGone(() => statSync(join(folder, name, 'index.html')));
      return page?.isFile() === true ? { kind: 'elsewhere', path: `${path}/` } : undefined;
    }
    if (!stats.isFile()) return undefined;
    if (path !== asked) return { kind: 'elsewhere', path };
    const file = load(name, stats);
    return file === undefined ? undefined : { kind: 'file', file };
  };
  return { find };
}

function fileOf(path: string, body: Buffer, mtimeMs: number, grow: (bytes: number) => void): SiteFile {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const contentType = contentTypeOf(path);
  const modified = Math.floor(mtimeMs / 1_000) * 1_000;
  const whole: Packed = { encoding: 'identity', body, etag: `"${hash}"` };
  const forms = new Map<Encoding, Packed | Promise<Packed>>([['identity', whole]]);
  const pack = async (encoding: Encoding): Promise<Packed> => {
    const packed = encoding === 'br' ? await brotli(body) : await zip(body, { level: 9 });
    const form: Packed =
      packed.length < body.length ? { encoding, body: packed, etag: `"${hash}-${encoding}"` } : whole;
    forms.set(encoding, form);
    grow(form === whole ? 0 : packed.length);
    return form;
  };
  return {
    path,
    contentType,
    isPackable: isPackable(contentType),
    isWithdrawn: contentType.startsWith('text/html') && body.toString('latin1', 0, headBytes).includes(withdrawnMark),
    modified,
    lastModified: new Date(modified).toUTCString(),
    whole,
    packed(encoding) {
      const form = forms.get(encoding);
      if (form !== undefined) return form;
      const coming = pack(encoding);
      forms.set(encoding, coming);
      coming.catch(() => forms.delete(encoding)); // whoever waits is told; the next one tries again
      return coming;
    },
  };
}

const zip = promisify(gzip);

/** A file is packed once and sent often; the highest quality of all takes ten times as long for two hundredths. */
function brotli(body: Buffer): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return promisify(brotliCompress)(body, { params });
}

/** A publication may take a file away between two looks at it. */
function unlessGone<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}
