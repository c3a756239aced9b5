/** What is asked of a published file → its answer: whole or packed, or a word that it is the one that the browser has. Pure. */
import { encodingFor } from './encoding.ts';
import type { Packed, SiteFile } from './site-files.ts';

/** A request as far as files care; header fields as they were sent. */
export interface Ask {
  /** Decoded, without query. */
  readonly path: string;
  /** With its `?`; '' where there is none. */
  readonly query: string;
  readonly isHead: boolean;
  readonly acceptEncoding: string | undefined;
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

export interface Answer {
  readonly status: 200 | 301 | 304 | 410;
  /** Name, value, name, value: given flat and at once they cost node least. */
  readonly headers: readonly string[];
  readonly body: Buffer | undefined;
}

/** What is said of a file beside its own bytes. */
export interface FileWords {
  /** For so many seconds a browser need not ask again. */
  readonly maxAge: number;
  /** `Link` header: hub and address of a feed; undefined where there is nothing to say. */
  readonly links?: string | undefined;
}

/**
 * @param always headers of every answer
 * @returns a promise only where somebody has to wait for the file to be packed; it throws what packing throws
 */
export function answerFor(
  ask: Ask,
  file: SiteFile,
  words: FileWords,
  always: readonly string[],
): Answer | Promise<Answer> {
  const form = file.packed(file.isPackable ? encodingFor(ask.acceptEncoding) : 'identity');
  if (!(form instanceof Promise)) return answerWith(ask, file, form, words, always);
  return form.then((packed) => answerWith(ask, file, packed, words, always));
}

function answerWith(
  ask: Ask,
  file: SiteFile,
  { etag, encoding, body }: Packed,
  { maxAge, links }: FileWords,
  always: readonly string[],
): Answer {
  // What was withdrawn may be restored, and what was shown before must not be shown from a cache of the answer now.
  const caching = file.isWithdrawn ? 'no-cache' : `max-age=${maxAge}`;
  const headers = [...always, 'ETag', etag, 'Last-Modified', file.lastModified, 'Cache-Control', caching];
  if (file.isPackable) headers.push('Vary', 'Accept-Encoding');
  if (links !== undefined) headers.push('Link', links);
  if (!file.isWithdrawn && isKnown(ask, etag, file.modified)) return { status: 304, headers, body: undefined };
  headers.push('Content-Type', file.contentType, 'Content-Length', String(body.length));
  if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
  // A page that stands in the place of a withdrawn text says so (RFC 9110 §15.5.11); a static host serves it as it is.
  return { status: file.isWithdrawn ? 410 : 200, headers, body: ask.isHead ? undefined : body };
}

/** RFC 9110 §13.2.2: a date is looked at only where no tag is named. Tags are compared weakly, for a proxy on the way may have marked them. */
function isKnown({ ifNoneMatch: tags, ifModifiedSince: since }: Ask, etag: string, modified: number): boolean {
  if (tags !== undefined) {
    return tags === etag || tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  return since !== undefined && modified <= Date.parse(since);
}
