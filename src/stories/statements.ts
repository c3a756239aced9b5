/** What an item says of its origin by elements, link relations and addresses rather than words, as evidence. */
import type { CanonicalUrl, Evidence, EvidenceKind, Item, SourceKey } from '../model.ts';
import { canonicalUrl, hostOf, isHomePage } from '../text/url.ts';
import type { Directory } from './directory.ts';
import { foldWords } from './folding.ts';
import type { Line } from './lines.ts';

/** Links of a text that are looked at for the address of a credited group. */
const mostLinks = 300;

/**
 * Says who wrote it only where that group's own copy is in the story too: people link to each other, and name each other at the
 * end of what they write, for many reasons.
 */
export const needsTheirCopy: ReadonlySet<EvidenceKind> = new Set(['foreign-link', 'outbound-link', 'closing-name']);

type Say = (kind: EvidenceKind, strength: Evidence['strength'], quote: string, target: Partial<Evidence>) => void;

/** Evidence from elements and addresses, and from where a name or link stands. @param lines the item's text */
export function machineStatements(
  item: Item,
  lines: readonly Line[],
  ownKey: SourceKey,
  directory: Directory,
): Evidence[] {
  const statements: Evidence[] = [];
  const say: Say = (kind, strength, quote, target) => {
    const key = target.targetSource;
    if (key !== undefined && directory.areOnePartner(key, ownKey)) return;
    statements.push({
      kind,
      strength,
      says: key !== undefined && directory.roleOf(key) === 'newswire' ? 'via' : 'original',
      quote: quote.slice(0, 300),
      targetSource: key,
      targetUrl: target.targetUrl,
      targetName: target.targetName,
    });
  };
  sayElement(item, directory, say);
  sayCites(item, directory, say);
  sayAddresses(item, directory, say);
  sayOutbound(item, lines, ownKey, directory, say);
  sayClosingName(item, lines, directory, say);
  return statements;
}

/** `<source>`; with words and no address it is `dc:source`, or wrong: a hint then. */
function sayElement({ source }: Item, directory: Directory, say: Say): void {
  if (source === undefined) return;
  const { title, feedUrl, home } = source;
  const key =
    [feedUrl, home].map((url) => url && directory.byUrl(url)).find((found) => found !== undefined && found !== '') ??
    (title === undefined ? undefined : directory.byName(title));
  if (key === undefined && title === undefined) return;
  say('source-element', feedUrl === undefined && home === undefined ? 2 : 4, title ?? feedUrl ?? home ?? '', {
    targetSource: key || undefined,
    targetName: title,
    targetUrl: home === undefined ? undefined : canonicalUrl(home),
  });
}

const citing = {
  via: ['via-link', 4],
  canonical: ['canonical-link', 4],
  source: ['via-link', 2],
} as const;

type Cited = Item['cites'][number]['rel'];

/** By which a page says where it came from; the others lead to what is beside it, or to itself in another language. */
export function isOrigin(rel: Cited): rel is keyof typeof citing {
  return Object.hasOwn(citing, rel);
}

function sayCites({ cites, urls }: Item, directory: Directory, say: Say): void {
  for (const { rel, url } of cites) {
    if (!isOrigin(rel) || urls.includes(url)) continue;
    const [kind, strength] = citing[rel];
    say(kind, strength, url, { targetSource: directory.byUrl(url), targetUrl: url });
  }
}

/**
 * Links that lead to other groups, the second as well as the first; and a guid that is another group's address, as importers of
 * posts leave them.
 */
function sayAddresses({ urls, guid }: Item, directory: Directory, say: Say): void {
  const named = /^https?:/i.test(guid) ? canonicalUrl(guid) : undefined;
  const linked = new Set<SourceKey>();
  for (const [at, url] of urls.slice(0, mostLinks).entries()) {
    const owner = directory.byUrl(url);
    if (owner === undefined || linked.has(owner) || (at > 0 && url === named)) continue;
    linked.add(owner);
    say('foreign-link', 3, url, { targetSource: owner, targetUrl: url });
  }
  const owner = named && directory.byUrl(named);
  if (named !== undefined && owner !== undefined && !linked.has(owner))
    say('foreign-guid', 2, named, { targetSource: owner, targetUrl: named });
}

/** Words that two titles must share, and the share of the shorter one's. */
const leastShared = 3;
const leastShare = 0.7;

/** The first and the last link out of the text, where they lead to a group's page that is called as the item is. */
function sayOutbound(item: Item, lines: readonly Line[], ownKey: SourceKey, directory: Directory, say: Say): void {
  const ownHost = item.url && hostOf(item.url);
  const links = lines.filter((line) => !line.isQuoted).flatMap((line) => line.links);
  const first = firstOut(links.slice(0, mostLinks), ownHost);
  const last = firstOut(links.slice(-mostLinks).reverse(), ownHost);
  const ends = [first, last?.url === first?.url ? undefined : last].filter((link) => link !== undefined);
  for (const { url, text } of ends) {
    const key = isHomePage(url) ? undefined : directory.byUrl(url);
    if (key === undefined || directory.areOnePartner(key, ownKey)) continue;
    if (areAlike(text, item.title) || areAlike(slugOf(url), item.title))
      say('outbound-link', 2, url, { targetSource: key, targetUrl: url });
  }
}

/** The first of some links that leads to another host. */
function firstOut(
  links: Line['links'],
  ownHost: string | undefined,
): { readonly url: CanonicalUrl; readonly text: string } | undefined {
  for (const { href, text } of links) {
    const url = canonicalUrl(href);
    if (url !== undefined && hostOf(url) !== ownHost) return { url, text };
  }
  return undefined;
}

/** The words that an address ends in. */
function slugOf(url: CanonicalUrl): string {
  const parts = new URL(url).pathname.split('/').filter((part) => part !== '');
  return (parts.at(-1) ?? '')
    .slice(0, 300)
    .replace(/\.[a-z]{2,5}$/, '')
    .replace(/[-_+]/g, ' ');
}

function areAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new Set(foldWords(text.slice(0, 500)))) as [Set<string>, Set<string>];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared >= leastShared && shared >= leastShare * Math.min(a.size, b.size);
}

/** "T – X" as a title, "In T (X)" as the last line. */
function sayClosingName({ title }: Item, lines: readonly Line[], directory: Directory, say: Say): void {
  const last = lines.at(-1);
  const ends = [title, last === undefined || last.isQuoted || last.text.length > 300 ? '' : last.text];
  for (const end of ends) {
    const name =
      /\S\s*\(([^()]{3,80})\)[.\s]{0,3}$/.exec(end.slice(-120))?.[1] ??
      end
        .split(/\s[–—|-]\s/)
        .slice(1)
        .at(-1);
    const key = name === undefined ? undefined : directory.byName(name);
    if (key !== undefined) say('closing-name', 2, end, { targetSource: key, targetName: name?.trim() });
  }
}

/** Without what names the item itself: whoever writes "view the original" under an own text means that text. */
export function aboutOthers(statements: readonly Evidence[], { url, urls }: Item): Evidence[] {
  const ownHost = url && hostOf(url);
  const isOwn = ({ targetUrl, targetSource }: Evidence): boolean =>
    targetUrl !== undefined &&
    (urls.includes(targetUrl) || (targetSource === undefined && hostOf(targetUrl) === ownHost));
  return statements.filter((one) => !isOwn(one) || one.kind === 'foreign-link' || one.kind === 'foreign-guid');
}

/**
 * A credit without an address gets that of the one page of the credited group the text links to, if it is just one. Not one of
 * several authors: a page of theirs need not be this text's.
 */
export function withAddress(credit: Evidence, lines: readonly Line[], directory: Directory): Evidence {
  if (credit.targetUrl !== undefined || credit.targetSource === undefined || credit.kind === 'joint') return credit;
  const pages = new Set<CanonicalUrl>();
  let seen = 0;
  for (const line of lines) {
    if (line.isQuoted || seen > mostLinks) continue;
    for (const link of line.links) {
      seen++;
      const url = canonicalUrl(link.href);
      if (url === undefined || isHomePage(url)) continue;
      const owner = directory.byUrl(url);
      if (owner !== undefined && directory.areOnePartner(owner, credit.targetSource)) pages.add(url);
    }
  }
  const [only] = pages;
  return pages.size === 1 ? { ...credit, targetUrl: only } : credit;
}

/** It names a source or page that nobody of ours owns, or not yet. */
export function hasUnknownAddress(item: Item, statements: readonly Evidence[]): boolean {
  return (
    statements.some((one) => one.targetSource === undefined) || (item.source !== undefined && statements.length === 0)
  );
}
