/** A request for a published file → its answer: whole or packed, or a word that it is the one that the browser has. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingFor } from './encoding.ts';
import type { Packed, SiteFile } from './site-files.ts';

/** What is said of a file beside its own bytes. */
export interface FileWords {
  /** For so many seconds a browser need not ask again. */
  readonly maxAge: number;
  /** `Link` header: hub and address of a feed; undefined where there is nothing to say. */
  readonly links?: string | undefined;
}

/**
 * @param always headers of every answer, as name, value, name, value: given flat and at once they cost node least
 * @returns a promise only where somebody has to wait for the file to be packed; it throws what packing throws
 */
export function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: SiteFile,
  words: FileWords,
  always: readonly string[],
): Promise<void> | undefined {
  const form = file.packed(file.isPackable ? encodingFor(request.headers['accept-encoding']) : 'identity');
  if (!(form instanceof Promise)) return send(request, response, file, form, words, always);
  return form.then((packed) => send(request, response, file, packed, words, always));
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: SiteFile,
  { etag, encoding, body }: Packed,
  { maxAge, links }: FileWords,
  always: readonly string[],
): undefined {
  // What was withdrawn may be restored, and what was shown before must not be shown from a cache of the answer now.
  const caching = file.isWithdrawn ? 'no-cache' : `max-age=${maxAge}`;
  const headers = [...always, 'ETag', etag, 'Last-Modified', file.lastModified, 'Cache-Control', caching];
  if (file.isPackable) headers.push('Vary', 'Accept-Encoding');
  if (links !== undefined) headers.push('Link', links);
  if (!file.isWithdrawn && isKnown(request, etag, file.modified)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers.push('Content-Type', file.contentType, 'Content-Length', String(body.length));
  if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
  // A page that stands in the place of a withdrawn text says so (RFC 9110 §15.5.11); a static host serves it as it is.
  response.writeHead(file.isWithdrawn ? 410 : 200, headers);
  if (request.method === 'HEAD') response.end();
  else response.end(body);
}

/** RFC 9110 §13.2.2: a date is looked at only where no tag is named. Tags are compared weakly, for a proxy on the way may have marked them. */
function isKnown({ headers }: IncomingMessage, etag: string, modified: number): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags === etag || tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  }
  const since = headers['if-modified-since'];
  return since !== undefined && modified <= Date.parse(since);
}
