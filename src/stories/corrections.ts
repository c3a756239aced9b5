/**
 * The changed items of one document → which of them their source has corrected. Whoever gives a site another theme changes
 * all its items at once and says nothing: what has changed alike in most of the items that are known is no correction of any
 * of them, and what has changed besides still is.
 */
import type { Item } from '../model.ts';
import type { VisiblePart } from '../refresh-plan.ts';
import { foldSpace } from '../text/html.ts';
import { readMarkup } from '../text/markup.ts';
import { readableText } from '../text/safe.ts';
import { safeHtmlToText } from '../text/safe-text.ts';
import { saidWords } from '../text/said-words.ts';
import { urlKey } from '../text/url.ts';
import { dayMs } from '../text/wall-clock.ts';
import { withoutCounters } from './counters.ts';
import { pathOf, withoutNoise } from './edits.ts';

export interface Change {
  readonly old: VisiblePart;
  readonly now: Item;
  /** False for one that has come back under another guid, as after a move to other software: then only words count. */
  readonly isUnderItsGuid: boolean;
}

/** Two posts that change alike may well be corrected alike; of more it is hardly ever true. */
const fewestAlike = 3;

/**
 * @param known how many of the document's items are stored, changed or not
 * @returns for each change whether it is a correction
 */
export function areCorrections(changes: readonly Change[], known: number, at: number): boolean[] {
  const differences = changes.map((change) => differenceOf(change, at));
  const most = Math.max(fewestAlike, Math.floor(known / 2) + 1);
  const alike = new Set(
    aspects.filter((aspect) => differences.filter((one) => one.aspects.has(aspect)).length >= most),
  );
  const themes = {
    title: themeOf(
      differences.map(({ title }) => title),
      most,
    ),
    text: themeOf(
      differences.map(({ text }) => text),
      most,
    ),
  };
  return differences.map(
    (one) =>
      [...one.aspects].some((aspect) => !alike.has(aspect)) ||
      isLeft(one.title, themes.title) ||
      (isLeft(one.text, themes.text) && !(one.isLonger && alike.has('length'))),
  );
}

// ── what has changed in one item ─────────────────────────────────────────────────────────────────

/** Other than words that have come or gone. */
const aspects = ['order', 'length', 'authors', 'date', 'events', 'files', 'links', 'pictures'] as const;
type Aspect = (typeof aspects)[number];

interface Difference {
  readonly title: WordChange;
  readonly text: WordChange;
  readonly aspects: ReadonlySet<Aspect>;
  /** One is a beginning of the other: it has been cut, or is given in full now. */
  readonly isLonger: boolean;
}

/** Words that have gone and come, each with how often. */
interface WordChange {
  readonly gone: Side;
  readonly come: Side;
}

interface Side {
  readonly words: ReadonlyMap<string, number>;
  /** Lines that only this version has, by their words. */
  readonly lines: readonly (readonly string[])[];
}

function differenceOf({ old, now, isUnderItsGuid }: Change, at: number): Difference {
  const [before, after] = [linesOf(safeHtmlToText(old.html)), linesOf(safeHtmlToText(now.html))];
  const text = wordChange(before, after);
  const title = wordChange([saidWords(readableText(old.title))], [saidWords(readableText(now.title))]);
  const [words, wordsNow] = [before.flat(), after.flat()];
  const isLonger = isBeginning(words, wordsNow) || isBeginning(wordsNow, words);
  const found: readonly (readonly [Aspect, boolean])[] = [
    ['order', isSame(text) && words.join(' ') !== wordsNow.join(' ')],
    ['authors', isUnderItsGuid && differ(old.authors.map(named), now.authors.map(named))],
    ['date', isUnderItsGuid && isRedated(old.published, now.published, at)],
    ['events', isUnderItsGuid && isMoved(old.events, now.events)],
    ['files', isUnderItsGuid && differ(old.enclosures.map(fileKey), now.enclosures.map(fileKey))],
    ['links', isUnderItsGuid && differ(linksIn(old.html), linksIn(now.html))],
    ['pictures', isUnderItsGuid && differ(picturesIn(old.html), picturesIn(now.html))],
  ];
  const aspects = new Set(found.flatMap(([aspect, holds]) => (holds ? [aspect] : [])));
  return { title, text, aspects, isLonger };
}

function linesOf(text: string): string[][] {
  return withoutCounters(readableText(text))
    .split('\n')
    .map((line) => saidWords(foldSpace(line)))
    .filter((words) => words.length > 0);
}

/** So many words are a beginning. */
const fewestWords = 5;

function isBeginning(short: readonly string[], long: readonly string[]): boolean {
  return short.length >= fewestWords && short.length < long.length && short.every((word, at) => long[at] === word);
}

/** Lines that stand in both are left aside, so that the words of the others are few. */
function wordChange(old: readonly (readonly string[])[], now: readonly (readonly string[])[]): WordChange {
  const [keys, keysNow] = [old.map((line) => line.join(' ')), now.map((line) => line.join(' '))];
  const [own, ownNow] = [withoutThose(old, keys, keysNow), withoutThose(now, keysNow, keys)];
  const [bag, bagNow] = [bagOf(own.flat()), bagOf(ownNow.flat())];
  return { gone: { words: beyond(bag, bagNow), lines: own }, come: { words: beyond(bagNow, bag), lines: ownNow } };
}

function withoutThose(
  lines: readonly (readonly string[])[],
  keys: readonly string[],
  others: readonly string[],
): (readonly string[])[] {
  const left = bagOf(others);
  return lines.filter((_, at) => {
    const count = left.get(keys[at] ?? '') ?? 0;
    left.set(keys[at] ?? '', count - 1);
    return count <= 0;
  });
}

function bagOf(words: readonly string[]): Map<string, number> {
  const bag = new Map<string, number>();
  for (const word of words) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

function beyond(bag: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...bag].flatMap(([word, count]) => {
      const more = count - (other.get(word) ?? 0);
      return more > 0 ? [[word, more]] : [];
    }),
  );
}

function isSame({ gone, come }: WordChange): boolean {
  return gone.words.size === 0 && come.words.size === 0;
}

/** Two sets of names; in which order they stand is nobody's word. */
function differ(old: readonly string[], now: readonly string[]): boolean {
  const [a, b] = [new Set(old), new Set(now)];
  return a.size !== b.size || [...a].some((one) => !b.has(one));
}

function named(person: string): string {
  return saidWords(person).join(' ');
}

/**
 * True for another day. Half a day comes of time zones, and the present day of posts that are moved to the top again or of
 * servers that print the time of the visit.
 */
function isRedated(old: number | undefined, now: number | undefined, at: number): boolean {
  if (old === undefined || now === undefined || Math.abs(now - old) < dayMs) return false;
  return now < at - dayMs || now > at + dayMs;
}

/** Another time or place of what takes place; a source that had not said any corrects nothing by saying it. */
function isMoved(old: Item['events'], now: Item['events']): boolean {
  return old.length > 0 && JSON.stringify(old) !== JSON.stringify(now);
}

const medium = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp|mp3|m4a|ogg|opus|wav|flac|mp4|webm|mov|pdf|epub|odt|docx?)$/i;

/** A file by its name: the host and the folder that it is fetched from change with a server. */
function fileKey({ url }: { readonly url: string }): string {
  const path = pathOf(url);
  return medium.test(path) ? nameOf(path) : urlKey(withoutNoise(url));
}

/** Without the size that programs put behind a picture's name. */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?:-\d+x\d+|-scaled)(?=\.\w+$)/, '');
}

function linksIn(html: string): string[] {
  return valuesIn(html, 'a', 'href').map((href) => urlKey(withoutNoise(href)));
}

function picturesIn(html: string): string[] {
  return valuesIn(html, 'img', 'src').map((url) => fileKey({ url }));
}

function valuesIn(html: string, element: string, attribute: string): string[] {
  const values: string[] = [];
  if (!html.includes(`<${element}`)) return values;
  readMarkup(html, {
    text: () => {},
    open(name, attributes) {
      const value = name === element ? attributes.get(attribute) : undefined;
      if (value !== undefined) values.push(value);
    },
    close: () => {},
  });
  return values;
}

// ── what most have in common ─────────────────────────────────────────────────────────────────────

interface Theme {
  readonly gone: ReadonlySet<string>;
  readonly come: ReadonlySet<string>;
}

function themeOf(changes: readonly WordChange[], most: number): Theme {
  const common = (side: keyof WordChange): ReadonlySet<string> => {
    const counts = bagOf(changes.flatMap((change) => [...change[side].words.keys()]));
    return new Set([...counts].flatMap(([word, count]) => (count >= most ? [word] : [])));
  };
  return { gone: common('gone'), come: common('come') };
}

/** True where words have come or gone that are no theme's. */
function isLeft({ gone, come }: WordChange, theme: Theme): boolean {
  return isMore(gone, theme.gone) || isMore(come, theme.come);
}

/** Longer lines are sentences of the text, whatever stands in them. */
const longestThemeLine = 15;

/** A theme writes dates and names among its words: what stands only in short lines, a third of them its own, is its too. */
function isMore({ words, lines }: Side, theme: ReadonlySet<string>): boolean {
  const others = [...words.keys()].filter((word) => !theme.has(word));
  if (others.length === 0 || theme.size === 0) return others.length > 0;
  const own = lines.filter(
    (line) => line.length > longestThemeLine || line.filter((word) => theme.has(word)).length * 3 < line.length,
  );
  const theirs = new Set(own.flat());
  return others.some((word) => theirs.has(word));
}
