/** Where a link may lead: paths of the site made relative to a page, and addresses from outside let through or refused. */
import type { Site } from '../../model.ts';
import { linkUrl } from '../../text/url.ts';

/**
 * The way from one page to another place of the site, so that the site works in a subfolder and opened from a disk.
 * A folder is named by its `index.html`, since a disk has no server that would look for it.
 * @param from path of the page from the site's root; a folder ends in a slash, the root is ''
 * @param to path of the target in the same form
 * @example relativePath('calais/2010-01/', 'style.css') === '../../style.css'
 */
export function relativePath(from: string, to: string): string {
  const target = to === '' || to.endsWith('/') ? `${to}index.html` : to;
  const here = from.split('/').slice(0, -1);
  const there = target.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return '../'.repeat(here.length - shared) + there.slice(shared).join('/');
}

/** The published address of a path of the site; undefined while the maintainer has not said where the site is. */
export function publishedAt(site: Site, path: string): string | undefined {
  return site.url === undefined ? undefined : new URL(path, site.url).href;
}

/** An address from outside as a link: http(s) only (escaping alone does not stop `javascript:`), else undefined. */
export function outsideLink(url: string | undefined): string | undefined {
  return url === undefined ? undefined : linkUrl(url);
}

/** The maintainer's contact as a link: a mail address or a web address. */
export function contactLink(contact: string | undefined): string | undefined {
  if (contact === undefined) return undefined;
  const address = contact.replace(/^mailto:/, '');
  return /^[^\s@<>"?&]+@[^\s@<>"?&]+$/.test(address) ? `mailto:${address}` : outsideLink(contact);
}
