/** What an item says of its origin by elements, link relations and addresses rather than words, as evidence. */
import type { CanonicalUrl, Evidence, EvidenceKind, Item, SourceKey } from '../model.ts';
import { canonicalUrl, isHomePage } from '../text/url.ts';
import type { Directory } from './directory.ts';
import type { Line } from './lines.ts';

/** Links of a text that are looked at for the address of a credited group. */
const mostLinks = 300;

/** Evidence from elements and addresses rather than words. */
export function machineStatements(item: Item, ownKey: SourceKey, directory: Directory): Evidence[] {
  const statements: Evidence[] = [];
  const say = (kind: EvidenceKind, strength: Evidence['strength'], quote: string, target: Partial<Evidence>): void => {
    const key = target.targetSource;
    if (key !== undefined && directory.areOnePartner(key, ownKey)) return;
    statements.push({
      kind,
      strength,
      says: 'original',
      quote: quote.slice(0, 300),
      targetSource: key,
      targetUrl: target.targetUrl,
      targetName: target.targetName,
    });
  };
  if (item.source !== undefined) {
    const { title, feedUrl, home } = item.source;
    const key =
      [feedUrl, home].map((url) => url && directory.byUrl(url)).find((found) => found !== undefined && found !== '') ??
      (title === undefined ? undefined : directory.byName(title));
    if (key !== undefined || title !== undefined) {
      say('source-element', 4, title ?? feedUrl ?? home ?? '', {
        targetSource: key || undefined,
        targetName: title,
        targetUrl: home === undefined ? undefined : canonicalUrl(home),
      });
    }
  }
  for (const cite of item.cites) {
    if (cite.rel !== 'via' && cite.rel !== 'canonical') continue;
    const isOwnPage = item.urls.includes(cite.url);
    if (isOwnPage) continue;
    const kind = cite.rel === 'via' ? 'via-link' : 'canonical-link';
    say(kind, 4, cite.url, { targetSource: directory.byUrl(cite.url), targetUrl: cite.url });
  }
  const linked = item.url && directory.byUrl(item.url);
  if (item.url !== undefined && linked !== undefined)
    say('foreign-link', 3, item.url, { targetSource: linked, targetUrl: item.url });
  return statements;
}

/** A credit without an address gets that of the one page of the credited group the text links to, if it is just one. */
export function withAddress(credit: Evidence, lines: readonly Line[], directory: Directory): Evidence {
  if (credit.targetUrl !== undefined || credit.targetSource === undefined) return credit;
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
