/**
 * What an item brings to the question "which story?": the keys under which equal items are found again, and the
 * evidence it carries of its own. What it is recognised by where texts are nearly equal is imprint.ts's.
 */
import type { CanonicalUrl, Item, Source } from '../model.ts';
import { problem } from '../problems.ts';
import type { ItemKey, Signals } from '../refresh-plan.ts';
import { shortened } from '../text/entry-names.ts';
import { isStanding } from '../text/standing.ts';
import { isHomePage, urlKey } from '../text/url.ts';
import { readCredits } from './credits.ts';
import type { Directory } from './directory.ts';
import { foldText, hasWords } from './folding.ts';
import { keyHash } from './keys.ts';
import { type Line, linesOf } from './lines.ts';
import { saidKeys } from './said.ts';
import { aboutOthers, hasUnknownAddress, isOrigin, machineStatements, withAddress } from './statements.ts';
import { titleWords } from './titles.ts';

/** Equal texts shorter than this are greetings and announcements, no proof of one story. */
const minWords = 30;
/** Characters of a text that are compared: as many as any statement has, and a bound for what folding may cost. */
const mostCharacters = 200_000;

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
  const creditEvidence = aboutOthers(
    credits.evidence.map((one) => withAddress(one, lines, directory)),
    item,
  );
  const statements = [...machineStatements(item, lines, source.key, directory), ...creditEvidence];
  const cited = new Set([
    ...item.cites.filter(({ rel }) => isOrigin(rel)).map((cite) => cite.url),
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
      ...textKeys(item, wholeTexts(lines, credits.quotes, standing)),
      ...postKeys(item, source, home),
      ...titleKeys(item),
      ...urlKeys(alternatesOf(item), 'alternate'),
    ],
    statements,
    isSettled: !credits.hasUnresolved && !hasUnknownAddress(item, statements) && !isOnNobodysHost(item, directory),
    problems: credits.unknownNames.map((name) =>
      problem('stories/unknown-credit', { entry: item.title }, JSON.stringify(name)),
    ),
  };
}

/** Its page is at home with nobody we know, or not yet: a group's old domain may be named later. */
function isOnNobodysHost({ url }: Item, directory: Directory): boolean {
  return url !== undefined && directory.byUrl(url) === undefined;
}

/** A guid joins two sources only where it is made to be unique in the world (RFC 4151 tags, urns, UUIDs); "123" is not. */
function guidKeys(item: Item): ItemKey[] {
  if (/^https?:/i.test(item.guid)) return [];
  const isGlobal =
    /^(tag:[^,]+,\d{4}|urn:[a-z0-9][a-z0-9-]+:)/i.test(item.guid) ||
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(item.guid);
  return isGlobal ? [{ kind: 'guid', key: shortened(item.guid.toLowerCase()) }] : [];
}

function urlKeys(urls: readonly CanonicalUrl[], kind: 'url' | 'cite' | 'alternate'): ItemKey[] {
  const keys = urls.filter((url) => !isHomePage(url)).map(urlKey);
  return [...new Set(keys)].map((key) => ({ kind, key }));
}

/**
 * The whole text, and the text without standing paragraphs where that is another: whoever copies may copy either.
 * @param quotes the credits that a reposter put before the text, by line
 */
function wholeTexts(
  lines: readonly Line[],
  quotes: ReadonlyMap<string, string>,
  standing: ReadonlySet<string>,
): string[] {
  const own = lines.filter((line) => !isStanding(line.text, standing));
  return (own.length === lines.length ? [lines] : [lines, own]).map((some) =>
    some
      .map((line) => line.text.slice(quotes.get(line.text)?.length ?? 0))
      .join('\n')
      .slice(0, mostCharacters),
  );
}

function textKeys(item: Item, texts: readonly string[]): ItemKey[] {
  const few: string[] = [];
  const keys = new Set<string>();
  for (const text of texts) {
    const folded = foldText(text);
    if (hasWords(folded, minWords)) keys.add(keyHash(folded));
    else few.push(text);
  }
  return [...[...keys].map((key): ItemKey => ({ kind: 'text', key })), ...(few.length > 0 ? saidKeys(item, few) : [])];
}

function postKeys(item: Item, source: Source, home: string | undefined): ItemKey[] {
  const group = source.partner ?? (home === undefined ? undefined : urlKey(home));
  const title = foldText(item.title);
  if (group === undefined || title === '' || item.published === undefined) return [];
  return [{ kind: 'post', key: keyHash(`${group}\n${title}\n${item.published}`) }];
}

/** Titles of fewer words are headings of many posts: "Update from Calais". */
const fewestTitleWords = 4;

function titleKeys({ title }: Item): ItemKey[] {
  const words = titleWords(title);
  return words.length < fewestTitleWords ? [] : [{ kind: 'title', key: keyHash(words.join(' ')) }];
}

/** Its pages in other languages, as its feed names them. */
function alternatesOf({ cites, urls }: Item): CanonicalUrl[] {
  return cites.filter(({ rel, url }) => rel === 'alternate' && !urls.includes(url)).map(({ url }) => url);
}
