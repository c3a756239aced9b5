/**
 * An address in a file of the look → where it leads. A file that lies in the folder is named as it is called; any other address
 * without a host is meant from the site's root, wherever the page stands that it is printed in. Pure.
 */
import type { Site } from '../../model.ts';

/** What an address is judged by. */
export interface Surroundings {
  /** Files of the folder that are published. */
  readonly files: ReadonlySet<string>;
  readonly site: Partial<Pick<Site, 'url'>>;
}

export type Address =
  /** A path of the site from its root, and what stands behind it. */
  | { readonly kind: 'site'; readonly path: string; readonly rest: string }
  /** A place on the same page, or on the same server. */
  | { readonly kind: 'here' }
  | { readonly kind: 'outside' }
  /** A file of the folder that is not there. */
  | { readonly kind: 'lost'; readonly name: string }
  /** Half a sentence says why it is none. */
  | { readonly kind: 'none'; readonly why: string };

/** What makes the browser do something instead of going somewhere. */
const deeds = /^(javascript|vbscript|data|blob|file|filesystem|view-source):/i;

/** @param written as it stands in an attribute or in `url()` */
export function addressOf(written: string, { files, site }: Surroundings): Address {
  const plain = written.replaceAll('&amp;', '&').trim();
  if (/&(?:#|[a-z0-9]+;)/i.test(plain)) return { kind: 'none', why: 'it is written with signs that hide what it is' };
  const url = plain.replace(/[\u0000-\u0020]/g, '').replaceAll('\\', '/'); // as browsers do
  if (deeds.test(url)) return { kind: 'none', why: 'it leads nowhere that pages may lead' };
  if (site.url !== undefined && url.startsWith(site.url)) return within(url.slice(site.url.length), files);
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return { kind: 'outside' };
  if (/^([#?/]|$)/.test(url)) return { kind: 'here' };
  return within(url.replace(/^(\.\/)+/, ''), files);
}

function within(url: string, files: ReadonlySet<string>): Address {
  const end = url.search(/[?#]/);
  const [path, rest] = end === -1 ? [url, ''] : [url.slice(0, end), url.slice(end)];
  if (path.split('/').includes('..')) return { kind: 'none', why: 'it leads out of the site' };
  if (files.has(path)) return { kind: 'site', path: `look/${path}`, rest };
  const [, name] = /^look\/(.*)$/.exec(path) ?? /^([^/]+\.(?:svg|png|jpe?g|webp|gif))$/i.exec(path) ?? [];
  return name === undefined || files.has(name) ? { kind: 'site', path, rest } : { kind: 'lost', name };
}
