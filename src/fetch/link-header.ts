/** `Link` headers (RFC 8288) → what they say of hubs (WebSub §4) and of feeds. */
import type { AdvertisedFeed, HubLinks } from '../model.ts';
import { plainLine } from '../text/safe.ts';
import { parseUrl } from '../text/url.ts';

/** Longer than any header that node:http lets in; shorter ones are read in one go. */
const mostCharacters = 16_384;

/**
 * @param header all `Link` headers of an answer, joined by commas
 * @param from the address that answered: relative targets are read against it
 * @returns undefined where they name no hub
 */
export function hubLinksIn(header: string | undefined, from: URL): HubLinks | undefined {
  if (header === undefined || header.length > mostCharacters) return undefined;
  const hubs: string[] = [];
  let self: string | undefined;
  for (const { target, rels } of linksIn(header)) {
    const url = parseUrl(target, from.href);
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') continue;
    if (rels.includes('hub') && !hubs.includes(url.href)) hubs.push(url.href);
    if (rels.includes('self')) self ??= url.href;
  }
  return hubs.length === 0 ? undefined : { hubs, self };
}

const feedType = /^application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json)\b/i;

/**
 * Feeds that an answer names in its headers, as a page does in its head.
 * @param header all `Link` headers of an answer, joined by commas
 * @returns undefined where they name none
 */
export function feedLinksIn(header: string | undefined, from: URL): readonly AdvertisedFeed[] | undefined {
  if (header === undefined || header.length > mostCharacters) return undefined;
  const feeds: AdvertisedFeed[] = [];
  for (const { target, rels, type, title } of linksIn(header)) {
    const url = parseUrl(target, from.href);
    if (!rels.includes('alternate') || !feedType.test(type) || !/^https?:$/.test(url?.protocol ?? '')) continue;
    if (url !== undefined) feeds.push({ url: url.href, title: plainLine(title) || undefined });
  }
  return feeds.length === 0 ? undefined : feeds;
}

interface HeaderLink {
  readonly target: string;
  readonly rels: readonly string[];
  /** '' where it says none, as its title. */
  readonly type: string;
  readonly title: string;
}

/** One parameter: a name, and a value bare or quoted. */
const parameter = /;\s*([\w!#$&+.^`|~*-]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]*))?/y;

/** Targets with their relations in lower case; of two `rel` the first counts (RFC 8288 §3.3). What cannot be read ends the list. */
function* linksIn(header: string): Generator<HeaderLink> {
  const start = /[\s,]*<([^>]*)>\s*/y;
  let at = 0;
  for (;;) {
    start.lastIndex = at;
    const target = start.exec(header)?.[1];
    if (target === undefined) return;
    at = start.lastIndex;
    const said = new Map<string, string>();
    for (;;) {
      parameter.lastIndex = at;
      const [whole, name = '', value = ''] = parameter.exec(header) ?? [];
      if (whole === undefined) break;
      at += whole.length;
      while (/\s/.test(header[at] ?? '')) at += 1;
      const key = name.toLowerCase();
      if (!said.has(key)) said.set(key, value.replace(/^"|"$/g, ''));
    }
    const rels = (said.get('rel') ?? '').toLowerCase().split(/\s+/);
    yield { target, rels, type: said.get('type') ?? '', title: said.get('title') ?? '' };
  }
}
