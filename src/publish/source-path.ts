/** Where the page about a source is: a path that stays the same while its address in sources.yaml does, made from that alone. */
import { createHash } from 'node:crypto';
import type { SourceKey } from '../model.ts';

/** The page about all sources of which nothing is shown: it names none of them, and is there whether there are any or not. */
export const nowherePath = 'sources/not-shown/';

/**
 * Host and path of the feed, as letters and digits, so that a person recognises it; then a hash of the whole key, so that no two
 * sources have one. Of a source whose address holds a secret the hash of what its key has in the place of that.
 * @returns a path from the site's root, with a trailing slash
 */
export function sourcePath(key: SourceKey): string {
  const address = key.replace(/^[^/@]*@/, ''); // a name and a password
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 8);
  const isSecret = key.includes('${') || address !== key;
  const name = isSecret ? 'source' : slugOf(address.replace(/[?#].*$/, ''));
  return `sources/${name}-${hash}/`;
}

function slugOf(address: string): string {
  const slug = address
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'source' : slug;
}
