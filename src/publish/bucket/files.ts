/** What a file in a bucket is known by, how long readers may keep it, and where pictures are kept before they are published. */
import { createHash } from 'node:crypto';
import type { SiteBytes, SiteDocument, SiteFile } from '../../model.ts';
import { pictureFolder } from '../../text/safe-html.ts';
import { withdrawnMark } from '../../text/withdrawn-mark.ts';
import type { Stored } from './requests.ts';

/** Where the pictures that we have made wait to be published: no path of the site begins with a dot. */
export const keptFolder = '.relais-pictures/';

type Document = SiteDocument | SiteBytes | SiteFile;

/**
 * How a document differs from what is in the bucket. A picture is named after what is in it, and a bucket holds no half of one.
 * @param files as they were listed
 */
export function compareStored(document: Document, files: ReadonlyMap<string, Stored>): 'equal' | 'other' | 'new' {
  const found = files.get(document.path);
  if (found === undefined) return 'new';
  if ('copyOf' in document) return 'equal';
  const isEqual = found.size === Buffer.byteLength(document.body) && found.etag === md5Of(document.body);
  return isEqual ? 'equal' : 'other';
}

/** In hexadecimal. By it a bucket knows its files; nobody is kept out by it. */
export function md5Of(body: string | Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

/** As our own web server says it of pictures. */
export const cachingOfPictures = 'max-age=86400';
/** As it says it where it knows no rhythm: an object says the same to everybody until it is put anew. */
const usual = 'max-age=300';

/** The `Cache-Control` of a document. */
export function cachingOf(document: Document): string {
  if (document.path.startsWith(pictureFolder)) return cachingOfPictures;
  // What was withdrawn may be restored, and must not be shown from a cache of the answer now.
  const isWithdrawn = 'body' in document && typeof document.body === 'string' && document.body.includes(withdrawnMark);
  return isWithdrawn ? 'no-cache' : usual;
}
