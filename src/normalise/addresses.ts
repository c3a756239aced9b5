/** The links of an entry to the addresses of an item: where it is read, where it came from, what is attached. */
import type { CanonicalUrl, Enclosure, Entry, Item, Link, SourceElement } from '../model.ts';
import { plainLine } from '../text/safe.ts';
import { canonicalUrl } from '../text/url.ts';

export interface Addresses {
  /** Every address that is this very entry; the first is where a person reads it. */
  readonly urls: readonly CanonicalUrl[];
  readonly cites: Item['cites'];
  /** A link as written that is no address; only where no other link was. */
  readonly unusable: string | undefined;
}

/**
 * Atom relations (RFC 4287 §4.2.7.2, RFC 6596) by which an entry names where it came from; `source` is Dublin Core's,
 * `external` JSON Feed's.
 */
const citing = ['via', 'canonical', 'source', 'related', 'external'] as const;
const maxCites = 50;
const maxEnclosures = 50;

/**
 * An entry's own addresses, FeedBurner's `origLink` first since the link is only a redirect then, and those it cites.
 * @param base absolute address of the document, for links that were left relative
 */
export function addressesOf(entry: Entry, base: string): Addresses {
  const written = writtenAddresses(entry);
  const urls = unique(written.map((one) => canonicalUrl(one, base)));
  const elsewhere = new Set(pagesOf(entry).others);
  const cites = entry.links.flatMap((link) => {
    const rel = elsewhere.has(link) ? ('alternate' as const) : citing.find((one) => one === link.rel.toLowerCase());
    const url = rel === undefined ? undefined : canonicalUrl(link.href, base);
    return rel === undefined || url === undefined || urls.includes(url) ? [] : [{ rel, url }];
  });
  const distinct = new Map(cites.map((cite) => [`${cite.rel} ${cite.url}`, cite] as const));
  return {
    urls,
    cites: [...distinct.values()].slice(0, maxCites),
    unusable: urls.length === 0 ? written.find((one) => one.trim() !== '') : undefined,
  };
}

/** Where an entry is read in its own language, as it says, best first. */
export function writtenAddresses(entry: Entry): readonly string[] {
  const pages = pagesOf(entry).own.map((link) => link.href);
  const guid = entry.guidIsUrl ? entry.guid : undefined;
  return [entry.origLink, ...pages, guid].filter((one) => one !== undefined);
}

/**
 * Its pages, and those that are it in another language (RFC 4287 §4.2.7.2 and §4.2.7.4: as many alternates as there are languages).
 * Which is its own is said by its language; where that is not known, the first is.
 */
function pagesOf(entry: Entry): { readonly own: readonly Link[]; readonly others: readonly Link[] } {
  const pages = entry.links.filter(isPage);
  const said = primary(entry.lang ?? entry.content?.lang);
  const isOwn = ({ hreflang }: Link): boolean => hreflang === undefined || primary(hreflang) === said;
  const first = primary(pages[0]?.hreflang);
  const isAsFirst = ({ hreflang }: Link): boolean => primary(hreflang) === first;
  const own = pages.some(isOwn) ? pages.filter(isOwn) : pages.filter(isAsFirst);
  return { own, others: pages.filter((page) => !own.includes(page)) };
}

function primary(lang: string | undefined): string | undefined {
  return lang?.trim().toLowerCase().split(/[-_]/)[0];
}

/** An alternate that is the same page as data (oEmbed, a print PDF) is not where people read it. */
function isPage(link: Link): boolean {
  return (
    link.rel === 'alternate' && (link.type === undefined || /^(?:text\/|application\/xhtml)/i.test(link.type.trim()))
  );
}

function unique(urls: readonly (CanonicalUrl | undefined)[]): CanonicalUrl[] {
  return [...new Set(urls.filter((url) => url !== undefined))];
}

/** A `<source>` element with plain text and usable addresses; undefined where nothing is left of it. */
export function sourceOf(written: SourceElement | undefined, base: string): SourceElement | undefined {
  if (written === undefined) return undefined;
  const title = plainLine(written.title ?? '', 200) || undefined;
  const feedUrl = canonicalUrl(written.feedUrl ?? '', base);
  const home = canonicalUrl(written.home ?? '', base);
  return title === undefined && feedUrl === undefined && home === undefined ? undefined : { title, feedUrl, home };
}

/** Attachments with an http(s) address, each once. */
export function enclosuresOf(written: readonly Enclosure[], base: string): Enclosure[] {
  const byUrl = new Map<string, Enclosure>();
  for (const one of written) {
    const url = canonicalUrl(one.url, base);
    if (url === undefined || byUrl.has(url) || byUrl.size >= maxEnclosures) continue;
    const type = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.exec(one.type?.trim() ?? '')?.[0].toLowerCase();
    const bytes = one.bytes !== undefined && Number.isSafeInteger(one.bytes) && one.bytes > 0 ? one.bytes : undefined;
    byUrl.set(url, { url, type, bytes, title: plainLine(one.title ?? '', 200) || undefined });
  }
  return [...byUrl.values()];
}
