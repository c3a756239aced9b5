/**
 * Addresses that only lead on to another, which stands in them: a network's or a mail program's way of knowing who
 * clicks. What stands in them is read without asking anybody. Short links, and wrappers that hold only a number, stay as
 * they are; so do archives and translations, which show something of their own.
 */
import { sitesOf } from './tracking.ts';

/** Where the target stands: in a parameter of the query, in the query as a whole, or behind the path. */
type Place = { readonly parameters: readonly string[] } | 'query' | 'path' | ((url: URL) => string | undefined);

/** Hosts (and those under them), beginning of the path, place. */
const wrappers: readonly (readonly [sites: string, path: string, place: Place])[] = [
  ['google.*', '/url', { parameters: ['url', 'q'] }],
  ['google.*', '/amp/s/', 'path'],
  ['news.google.com', '/', { parameters: ['url'] }],
  ['facebook.com', '/l.php', { parameters: ['u'] }],
  ['facebook.com', '/flx/warn/', { parameters: ['u'] }],
  ['l.instagram.com l.threads.net l.threads.com', '/', { parameters: ['u'] }],
  ['l.messenger.com l.workplace.com', '/l.php', { parameters: ['u'] }],
  ['out.reddit.com', '/', { parameters: ['url'] }],
  ['t.umblr.com', '/redirect', { parameters: ['z'] }],
  ['href.li anonym.to anon.to', '/', 'query'],
  ['steamcommunity.com', '/linkfilter', { parameters: ['url', 'u'] }],
  ['slack-redir.net', '/link', { parameters: ['url'] }],
  ['youtube.com', '/redirect', { parameters: ['q'] }],
  ['duckduckgo.com', '/l/', { parameters: ['uddg'] }],
  ['vk.com vk.ru', '/away.php', { parameters: ['to'] }],
  ['linkedin.com', '/safety/go', { parameters: ['url'] }],
  ['linkedin.com', '/redir/redirect', { parameters: ['url'] }],
  ['exit.sc gate.sc', '/', { parameters: ['url'] }],
  ['getpocket.com', '/redirect', { parameters: ['url'] }],
  ['link.zhihu.com', '/', { parameters: ['target'] }],
  ['deviantart.com', '/users/outgoing', 'query'],
  ['disq.us', '/url', (url) => parameter(url, 'url')?.replace(/:[\w-]{20,40}$/, '')],
  ['bing.com', '/ck/a', bingTarget],
  ['awstrack.me', '/L0/', (url) => decoded(url.pathname.split('/')[2] ?? '')],
  ['safelinks.protection.outlook.com', '/', { parameters: ['url'] }],
  ['urldefense.proofpoint.com', '/v1/url', { parameters: ['u'] }],
  ['urldefense.proofpoint.com', '/v2/url', defendedTarget],
  ['urldefense.proofpoint.com urldefense.com urldefense.us', '/v3/', guardedTarget],
];
const bySite = new Map<string, { readonly path: string; readonly place: Place }[]>();
for (const [sites, path, place] of wrappers) {
  for (const site of sites.split(' ')) bySite.set(site, [...(bySite.get(site) ?? []), { path, place }]);
}

/** False for a host whose addresses lead nowhere else, as far as is known here. @param host lower case */
export function mayLeadOn(host: string): boolean {
  return sitesOf(host).some((site) => bySite.has(site));
}

/**
 * What an address leads on to, as far as it says so itself.
 * @returns text that still has to be read and judged as any address; undefined for an address that is a page's own
 */
export function targetOf(url: URL): string | undefined {
  for (const site of sitesOf(url.hostname)) {
    for (const { path, place } of bySite.get(site) ?? []) {
      if (!url.pathname.startsWith(path)) continue;
      const target = at(place, url, path);
      if (target !== undefined && /^https?:\/\//i.test(target)) return target;
    }
  }
  return undefined;
}

function at(place: Place, url: URL, path: string): string | undefined {
  if (place === 'query') return decoded(url.search.slice(1));
  if (place === 'path') return `https://${url.pathname.slice(path.length)}${url.search}`;
  if (typeof place === 'function') return place(url);
  return place.parameters.map((name) => parameter(url, name)).find((value) => value !== undefined);
}

/** Not URLSearchParams: it makes a space of every `+`, which is a letter in a path. */
function parameter(url: URL, name: string): string | undefined {
  const pair = url.search
    .slice(1)
    .split('&')
    .find((one) => one.startsWith(`${name}=`));
  return pair === undefined ? undefined : decoded(pair.slice(name.length + 1));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Bing writes `a1` and the address in base64. */
function bingTarget(url: URL): string | undefined {
  const value = parameter(url, 'u') ?? '';
  return value.startsWith('a1') ? Buffer.from(value.slice(2), 'base64url').toString() : undefined;
}

/** Proofpoint's second version writes `_` for `/` and `-` for `%`. */
function defendedTarget(url: URL): string | undefined {
  const value = parameter(url, 'u')?.replaceAll('_', '/').replaceAll('-', '%');
  return value === undefined ? undefined : decoded(value);
}

const runLengths = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Proofpoint's third version writes `__ADDRESS__;LETTERS!…`: each `*` in the address stands for the next of the letters
 * (base64), `**` and a digit of base64 for two more of them than the digit says.
 */
function guardedTarget(url: URL): string | undefined {
  const [, address = '', letters = ''] = /^https?:\/\/[^/]+\/v3\/__(.+?)__;([\w-]*)!/.exec(url.href) ?? [];
  const rest = [...Buffer.from(letters, 'base64url').toString()];
  let at = 0;
  const written = address.replace(/\*(\*[\w-])?/g, (mark) => {
    const count = mark.length === 1 ? 1 : runLengths.indexOf(mark[2] ?? 'A') + 2;
    const taken = rest.slice(at, at + count).join('');
    at += count;
    return taken;
  });
  return decoded(written)?.replace(/^(https?:\/)(?!\/)/i, '$1/');
}
