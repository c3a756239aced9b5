/**
 * What addresses mean: resolving them as a browser would, bringing them into one canonical form, and comparing them.
 * Rules follow RFC 3986 §6 (normalisation) and spec reposts §5.2: only what is known not to name another page is
 * taken away. Never the whole query: `spip.php?article834` and `?article1624` are two texts.
 */
import { getDomain } from 'tldts';
import type { CanonicalUrl } from '../model.ts';

/** Parameters that say how a reader came here and never what is shown. A trailing `*` matches any ending. */
const trackingParameters: readonly string[] = [
  'utm_*', // Google Analytics and its many imitators
  'mtm_*',
  'matomo_*',
  'pk_*',
  'piwik_*', // Matomo
  'at_*', // AT Internet
  'hsa_*',
  '_hsenc',
  '_hsmi', // HubSpot
  'fb_*',
  'fbclid', // Facebook
  'gclid',
  'gclsrc',
  'dclid',
  'gbraid',
  'wbraid', // Google Ads
  'msclkid',
  'yclid',
  'ysclid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'igshid',
  'igsh',
  'epik',
  's_cid',
  'srsltid',
  'mc_cid',
  'mc_eid', // Mailchimp
  'mkt_tok',
  'oly_anon_id',
  'oly_enc_id',
  'vero_id',
  'vero_conv',
  'rb_clickid',
  'wickedid',
  'spm',
  'campaign_medium',
  'campaign_name',
  'xtor',
];
const trackingNames = new Set(trackingParameters.filter((name) => !name.endsWith('*')));
const trackingPrefixes = trackingParameters.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** Longer addresses are refused: no page needs one, and every look-up would carry it. */
const maxLength = 2_000;

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return trackingNames.has(lower) || trackingPrefixes.some((prefix) => lower.startsWith(prefix));
}

/**
 * Resolves an address as written against a base.
 * @returns an absolute address of any scheme, or undefined where the WHATWG parser refuses it
 */
export function resolveUrl(written: string, base?: string): string | undefined {
  const trimmed = written.trim();
  if (trimmed === '') return undefined;
  return (parseUrl(trimmed, base) ?? (base === undefined ? undefined : parseUrl(trimmed)))?.href; // a bad base spoils no absolute address
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
 * The canonical form of a page's address: http(s) only, no credentials, fragment, default port or tracking parameter.
 * Idempotent. What is left of the query keeps its order and spelling.
 * @returns undefined where there is no such address
 */
export function canonicalUrl(written: string, base?: string): CanonicalUrl | undefined {
  const url = plainWebUrl(written, base);
  if (url === undefined) return undefined;
  url.hash = '';
  return url.href.length > maxLength ? undefined : (url.href as CanonicalUrl);
}

/**
 * The address of a link in a text: canonical, but with the fragment that names a place in the page. Idempotent.
 * @returns undefined where there is no http(s) address
 */
export function linkUrl(written: string, base?: string): string | undefined {
  const url = plainWebUrl(written, base);
  return url === undefined || url.href.length > maxLength ? undefined : url.href;
}

function plainWebUrl(written: string, base: string | undefined): URL | undefined {
  const absolute = resolveUrl(written, base);
  if (absolute === undefined) return undefined;
  const url = new URL(absolute);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (!isHostName(url.hostname)) return undefined;
  url.username = '';
  url.password = '';
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(decodeLoosely(pair.split('=', 1)[0] ?? '')));
  // An empty search also takes away a `?` with nothing after it; a second `?` is part of the query's text.
  url.search = kept.length > 0 ? `?${kept.join('&')}` : '';
  return url;
}

/** WHATWG parsing lets hosts through that no name server knows, such as `a"b` or `..`; they end up in markup. */
function isHostName(host: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?)$/i.test(host);
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is no reason to lose a parameter
  }
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

/** Host without `www.`, lower case, with its port when it is not the default; undefined where there is none. */
export function hostOf(url: string): string | undefined {
  const host = parseUrl(url)?.host ?? '';
  return host === '' ? undefined : host.replace(/^www\./, '');
}

/** True where the address names a whole site and not one page in it: an item with such a link is not known by it. */
export function isHomePage(url: string): boolean {
  const { pathname, search } = new URL(url);
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
