/** What a request says in its headers. */
import type { Validators } from '../model.ts';
import { acceptEncoding } from './unpack.ts';

interface Said extends Validators {
  readonly accept: string;
  readonly userAgent: string;
}

/**
 * Names and values in turn.
 * @param form to be handed over; undefined for a question
 */
export function requestHeaders(
  url: URL,
  { accept, userAgent, etag, lastModified }: Said,
  form: string | undefined,
): readonly string[] {
  return [
    ...['Host', url.host, 'User-Agent', userAgent, 'Accept', accept, 'Accept-Encoding', acceptEncoding],
    ...(etag === undefined ? [] : ['If-None-Match', etag]),
    ...(lastModified === undefined ? [] : ['If-Modified-Since', lastModified]),
    ...(form === undefined ? [] : formHeaders(form)),
    ...['Connection', 'close'],
  ];
}

function formHeaders(form: string): readonly string[] {
  return ['Content-Type', 'application/x-www-form-urlencoded', 'Content-Length', String(Buffer.byteLength(form))];
}
