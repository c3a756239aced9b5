/**
 * What addresses mean: resolving them as a browser would, bringing them into one canonical form, and comparing them.
 * Rules follow RFC 3986 §6 (normalisation) and spec reposts §5.2: only what is known not to name another page is
 * taken away. Never the whole query: `spip.php?article834` and `?article1624` are two texts.
 */
import { getDomain } from 'tldts';
import type { CanonicalUrl } from '../model.ts';
import { isPlainUrl, plainParts, type UrlParts } from './plain-url.ts';
import { mayLeadOn, targetOf } from './redirects.ts';
import { withoutTracking } from './tracking.ts';

/** Longer addresses are refused: no page needs one, and every look-up would carry it. */
const maxLength = 2_000;

/**
 * The name of the story that an address on our site is about: its page, also as the file it lies in, or its place in a list;
 * or the name alone. Another site's address may look the same, so what comes back need not be a story's.
 */
export function storyInAddress(written: string): string | undefined {
  const found = /^(?:.*\/story\/)?([a-z0-9]{12})\/?(?:index\.html)?(?:[?#].*)?$|#s-([a-z0-9]{12})$/.exec(written);
  return found?.[1] ?? found?.[2];
}

/**
 * Resolves an address as written against a base.
 * @returns an absolute address of any scheme, or undefined where the WHATWG parser refuses it
 */
export function resolveUrl(written: string, base?: string): string | undefined {
  const trimmed = written.trim();
  return isPlainUrl(trimmed) ? trimmed : resolved(trimmed, base)?.href;
}

function resolved(written: string, base: string | undefined): URL | undefined {
  const trimmed = written.trim();
  if (trimmed === '') return undefined;
  return parseUrl(trimmed, base) ?? (base === undefined ? undefined : parseUrl(trimmed)); // a bad base spoils no absolute address
}

/**
 * An address as the WHATWG parser reads it, or undefined. Never `URL.canParse`: once optimised, after some 3,000 calls,
 * Node 20's refuses every address with a letter between U+0080 and U+00FF in it.
 */
export function parseUrl(written: string, base?: string): URL | undefined {
  try {
    return new URL(written, base);
  } catch {
    return undefined;
  }
}

/**
 * The canonical form of a page's address: http(s) only, no credentials, fragment, default port or tracking parameter; what
 * only leads on to it (redirects.ts) is taken off. Idempotent. What is left of the query keeps its order and spelling.
 * @returns undefined where there is no such address
 */
export function canonicalUrl(written: string, base?: string): CanonicalUrl | undefined {
  const trimmed = written.trim();
  const plain = cleanPlain(trimmed, false);
  if (plain !== undefined) return plain as CanonicalUrl;
  const url = plainWebUrl(trimmed, base);
  if (url === undefined) return undefined;
  if (url.href.includes('#')) url.hash = '';
  return url.href.length > maxLength ? undefined : (url.href as CanonicalUrl);
}

/**
 * The address of a link in a text: canonical, but with the fragment that names a place in the page. Idempotent.
 * @returns undefined where there is no http(s) address
 */
export function linkUrl(written: string, base?: string): string | undefined {
  const trimmed = written.trim();
  const plain = cleanPlain(trimmed, true);
  if (plain !== undefined) return plain;
  const url = plainWebUrl(trimmed, base);
  return url === undefined || url.href.length > maxLength ? undefined : url.href;
}

/** As `webUrl` below, of an address that needs no parser. @returns undefined for all others */
function cleanPlain(written: string, keepsHash: boolean): string | undefined {
  const parts = written.length > maxLength ? undefined : plainParts(written);
  if (parts === undefined || mayLeadOn(parts.hostname)) return undefined;
  const { hostname, search, hash } = parts;
  if (search === '' && hash === '') return written;
  const kept = search === '' ? '' : withoutTracking(search.slice(1), hostname);
  const dropsHash = !keepsHash || (hash.includes('=') && withoutTracking(hash.slice(1), hostname) === '');
  const end = written.length - search.length - hash.length;
  return written.slice(0, end) + (kept === '' ? '' : `?${kept}`) + (dropsHash ? '' : hash);
}

/** Longer ones are not even looked at: a mail program's wrapper may be some times as long as what it wraps. */
const maxWritten = 8 * maxLength;
/** More wrappers inside each other than this are nobody's mail program: such an address stays as it is. */
const maxWrappers = 8;

function plainWebUrl(written: string, base: string | undefined): URL | undefined {
  const outer = written.length > maxWritten ? undefined : webUrl(resolved(written, base));
  let url = outer;
  for (let depth = 0; url !== undefined && depth <= maxWrappers; depth++) {
    const wrapped = targetOf(url);
    const target = wrapped === undefined ? undefined : webUrl(parseUrl(wrapped));
    if (target === undefined) return url;
    url = target;
  }
  return outer;
}

/** An http(s) address at a host that a name server may know, without credentials and what tracks: of the URL itself. */
function webUrl(url: URL | undefined): URL | undefined {
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (!isHostName(url.hostname)) return undefined;
  // To set a part is to parse the whole again.
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  if (url.href.includes('?')) {
    // An empty search also takes away a `?` with nothing after it; a second `?` is part of the query's text.
    const kept = withoutTracking(url.search.slice(1), url.hostname);
    const search = kept === '' ? '' : `?${kept}`;
    if (search === '' || search !== url.search) url.search = search;
  }
  if (url.hash.includes('=') && withoutTracking(url.hash.slice(1), url.hostname) === '') url.hash = '';
  return url;
}

/** WHATWG parsing lets hosts through that no name server knows, such as `a"b` or `..`; they end up in markup. */
/** RFC 1035 §2.3.4: no name has more than 255 octets, 253 as it is written. */
function isHostName(host: string): boolean {
  return host.length <= 254 && /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)$/i.test(host);
}

/**
 * A looser name for the same page, for comparing only: without scheme, `www.` and trailing slash.
 * @example urlKey('https://www.example.org/a/') === 'example.org/a'
 */
export function urlKey(url: string): string {
  return url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/\/(?=$|\?)/, '')
    .replace(/\/$/, '');
}

/** A host without the `www.` that says nothing. */
export function bareHost(host: string): string {
  return host.replace(/^www\./, '');
}

/** Host without `www.`, lower case, with its port when it is not the default; undefined where there is none. */
export function hostOf(url: string): string | undefined {
  const host = plainParts(url)?.hostname ?? parseUrl(url)?.host ?? '';
  return host === '' ? undefined : bareHost(host);
}

/** The parts of an absolute address. @throws for what is none */
export function partsOf(url: string): UrlParts {
  return plainParts(url) ?? new URL(url);
}

/** True where the address names a whole site and not one page in it: an item with such a link is not known by it. */
export function isHomePage(url: string): boolean {
  const { pathname, search } = partsOf(url);
  return search === '' && /^\/?(index\.(html?|php))?$/.test(pathname);
}

/**
 * What requests are spaced by: the registrable domain, so that all blogs of one platform share a limit;
 * for an IP address or a single-label name, host and port.
 */
export function politenessKey(url: string): string {
  const { hostname, host } = new URL(url);
  return getDomain(hostname) ?? host;
}
