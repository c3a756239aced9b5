/**
 * What an item brings to the question "which story?": the keys under which equal items are found again, and the
 * evidence it carries of its own. Near-equal texts will get their fingerprints here.
 */
import { hash as hashOf } from 'node:crypto';
import type { CanonicalUrl, Evidence, EvidenceKind, Item, Source, SourceKey } from '../model.ts';
import { problem } from '../problems.ts';
import type { ItemKey, Signals } from '../refresh-plan.ts';
import { isStanding } from '../text/standing.ts';
import { canonicalUrl, isHomePage, urlKey } from '../text/url.ts';
import { readCredits } from './credits.ts';
import type { Directory } from './directory.ts';
import { foldText, hasWords } from './folding.ts';
import { type Line, linesOf } from './lines.ts';

/** Equal texts shorter than this are greetings and announcements, no proof of one story. */
const minWords = 30;
/** Characters of a text that are compared: as many as any statement has, and a bound for what folding may cost. */
const mostCharacters = 200_000;
/** Links of a text that are looked at for the address of a credited group. */
const mostLinks = 300;

/**
 * @param home the feed's home page: with title and date it tells two feeds of one site from two groups
 * @param standing paragraphs that the source repeats: they are no part of what others may have copied
 * @returns keys, statements in order of the text, and a `stories/unknown-credit` for each stranger credited
 */
export function signalsOf(
  item: Item,
  source: Source,
  home: string | undefined,
  directory: Directory,
  standing: ReadonlySet<string> = new Set(),
): Signals {
  const lines = linesOf(item.html);
  const credits = readCredits(lines, source.key, directory);
  const creditEvidence = credits.evidence.map((one) => withAddress(one, lines, directory));
  const statements = [...machineStatements(item, source.key, directory), ...creditEvidence];
  const cited = new Set([
    ...item.cites.filter((cite) => cite.rel === 'via' || cite.rel === 'canonical').map((cite) => cite.url),
    ...creditEvidence.map((one) => one.targetUrl).filter((url) => url !== undefined),
  ]);
  return {
    keys: [
      ...guidKeys(item),
      ...urlKeys(item.urls, 'url'),
      ...urlKeys(
        [...cited].filter((url) => !item.urls.includes(url)),
        'cite',
      ),
      ...textKeys(lines, credits.quotes, standing),
      ...postKeys(item, source, home),
    ],
    statements,
    isSettled: !credits.hasUnresolved && !hasUnknownAddress(item, statements),
    problems: credits.unknownNames.map((name) => problem('stories/unknown-credit', { entry: item.title }, `“${name}”`)),
  };
}

/** It names a source or page that nobody of ours owns, or not yet. */
function hasUnknownAddress(item: Item, statements: readonly Evidence[]): boolean {
  return (
    statements.some((one) => one.targetSource === undefined) || (item.source !== undefined && statements.length === 0)
  );
}

function hash(text: string): string {
  return hashOf('sha256', text, 'hex').slice(0, 32);
}

/** A guid joins two sources only where it is made to be unique in the world (RFC 4151 tags, urns, UUIDs); "123" is not. */
function guidKeys(item: Item): ItemKey[] {
  if (/^https?:/i.test(item.guid)) return [];
  const isGlobal =
    /^(tag:[^,]+,\d{4}|urn:[a-z0-9][a-z0-9-]+:)/i.test(item.guid) ||
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(item.guid);
  return isGlobal ? [{ kind: 'guid', key: item.guid.toLowerCase() }] : [];
}

function urlKeys(urls: readonly CanonicalUrl[], kind: 'url' | 'cite'): ItemKey[] {
  const keys = urls.filter((url) => !isHomePage(url)).map(urlKey);
  return [...new Set(keys)].map((key) => ({ kind, key }));
}

/**
 * A key for the whole text, and one for the text without standing paragraphs: whoever copies may copy either.
 * @param quotes the credits that a reposter put before the text, by line
 */
function textKeys(
  lines: readonly Line[],
  quotes: ReadonlyMap<string, string>,
  standing: ReadonlySet<string>,
): ItemKey[] {
  const own = lines.filter((line) => !isStanding(line.text, standing));
  const keys = (own.length === lines.length ? [lines] : [lines, own]).flatMap((some) => {
    const text = some.map((line) => line.text.slice(quotes.get(line.text)?.length ?? 0)).join('\n');
    const folded = foldText(text.slice(0, mostCharacters));
    return hasWords(folded, minWords) ? [hash(folded)] : [];
  });
  return [...new Set(keys)].map((key) => ({ kind: 'text', key }));
}

function postKeys(item: Item, source: Source, home: string | undefined): ItemKey[] {
  const group = source.partner ?? (home === undefined ? undefined : urlKey(home));
  const title = foldText(item.title);
  if (group === undefined || title === '' || item.published === undefined) return [];
  return [{ kind: 'post', key: hash(`${group}\n${title}\n${item.published}`) }];
}

/** Evidence from elements and addresses rather than words. */
function machineStatements(item: Item, ownKey: SourceKey, directory: Directory): Evidence[] {
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
function withAddress(credit: Evidence, lines: readonly Line[], directory: Directory): Evidence {
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
