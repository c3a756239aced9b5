/** A file's name → its Content-Type, and whether packing makes it smaller. */
import { extname } from 'node:path';

/** What browsers style and validators accept: feeds as `application/xml` show their titles, as `rss+xml` only source text. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8', // of Markdown by its own name browsers make a download
  '.eml': 'message/rfc822',
  '.ics': 'text/calendar; charset=utf-8',
};

/** The JSON files that are feeds. */
const jsonFeed = /\/(feed|archive\/\d+)\.json$/;

/** @param path from the site's root, beginning with `/`, of a file */
export function contentTypeOf(path: string): string {
  if (jsonFeed.test(path)) return 'application/feed+json; charset=utf-8';
  return types[extname(path)] ?? 'application/octet-stream';
}

/** Pictures are packed already. */
export function isPackable(contentType: string): boolean {
  return !/^image\/(?!svg)|^application\/octet-stream/.test(contentType);
}
