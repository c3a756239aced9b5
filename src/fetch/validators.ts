/** `ETag` and `Last-Modified` as headers carry them → what is remembered and sent again. */
import type { Validators } from '../model.ts';
import { entityTag, type Headers, headerText } from './hints.ts';

/** Validators as they came, less what no header can carry (a damaged database would make every request throw). */
export function sendable({ etag, lastModified }: Validators): Validators {
  const keep = (value: string | undefined): string | undefined =>
    value !== undefined && /^[\t\x20-\x7e\x80-\xff]+$/.test(value) ? value : undefined;
  return { etag: keep(etag), lastModified: keep(lastModified) };
}

export function validatorsOf(headers: Headers): Validators {
  return { etag: entityTag(headers), lastModified: headerText(headers, 'last-modified') };
}

/** RFC 9111 §4.3.4: a 304 updates what it names and leaves the rest. */
export function renewed(old: Validators, headers: Headers): Validators {
  const now = validatorsOf(headers);
  return { etag: now.etag ?? old.etag, lastModified: now.lastModified ?? old.lastModified };
}
