/**
 * Translations of one statement: how two of them find each other, and what two texts in different languages must have in common
 * to be one. A translation is shown beside the other and never made one with it, so the first aim is that no link is false: what
 * is not sure stays two texts.
 */
import { hash } from 'node:crypto';
import type { ItemKey } from '../refresh-plan.ts';
import type { Compared, Imprint, Reason } from '../story-plan.ts';
import { dayMs, gapBetween } from './spans.ts';
import type { Ties } from './ties.ts';

/** Days within which a statement is translated; what has no date may be of any. */
const mostDaysApart = 30;
/** The same in one source, which brings many texts on one subject: a site in two languages publishes both at once. */
const mostDaysInSource = 1;
/** Names of a text that its keys are made of: every two of them are a key. */
const namesInKeys = 5;
/** Characters of one text for each of the other. */
const mostLonger = 2;
/** Weights that must come together, and how many names and numbers they are of. */
const fewestInCommon = 5;
const leastWeight = 4.5;
/** Parts of what either text keeps that the other has. */
const figuresShare = 0.6;
const namesShare = 0.5;
/** Part of what both keep that stands in one order in both. */
const orderShare = 0.8;
/** Passages in common, in the same words: then names and numbers may stand in these alone, under two different texts. */
const fewestPassages = 3;

/** The keys under which translations are looked for: pairs of what looks rarest. */
export function namesKeys(names: readonly string[], days: readonly string[], title: readonly string[]): ItemKey[] {
  if (names.length === 0) return [];
  const inTitle = new Set(title);
  const all = [...names, ...days.map(dayMark)].map((name) => ({
    name,
    rank: rankOf(name, inTitle.has(name)),
    // Two texts keep not all the same: what decides between equals must be the same for both.
    draw: hash('md5', name, 'hex'),
  }));
  const rarest = all
    .sort((a, b) => a.rank - b.rank || (a.draw < b.draw ? -1 : 1))
    .slice(0, namesInKeys)
    .map(({ name }) => name)
    .sort();
  return rarest.flatMap((one, at) =>
    rarest.slice(at + 1).map((other): ItemKey => ({ kind: 'names', key: `${one} ${other}` })),
  );
}

/** A day among names: `@month-day`. */
function dayMark(day: string): string {
  return `@${day}`;
}

function rankOf(name: string, isInTitle: boolean): number {
  if (isFigure(name)) return isInTitle ? 0 : name.length > 2 || name.startsWith('@') ? 1 : 3;
  return isInTitle ? 2 : name.includes('.') ? 1 : 4;
}

function isFigure(name: string): boolean {
  return /^[@\d]/.test(name);
}

/** Both in languages that are known, and none in common. */
export function areOfOtherTongues(a: Pick<Compared, 'langs'>, b: Pick<Compared, 'langs'>): boolean {
  const isKnown = (lang: string): boolean => lang !== 'und';
  return a.langs.every(isKnown) && b.langs.every(isKnown) && !a.langs.some((lang) => b.langs.some(isSameAs(lang)));
}

function isSameAs(lang: string): (other: string) => boolean {
  const [primary] = lang.split('-');
  return (other) => other.split('-')[0] === primary;
}

/** What is asked of two texts (Pair in relate.ts). */
interface Beside {
  readonly a: Compared;
  readonly b: Compared;
  readonly ties: Pick<Ties, 'claims' | 'alternates'>;
  readonly areOnePartner: boolean;
}

/** Each names the other's page as its own in another language, or one does and is the same group: anybody can write any address. */
export function saidToBeTranslations({ a, b, ties, areOnePartner }: Beside): Reason | undefined {
  const isSaid = ties.alternates.length > (areOnePartner ? 0 : 1);
  return isSaid && areOfOtherTongues(a, b) ? { code: 'alternate' } : undefined;
}

/**
 * Names and numbers by which two texts in different languages are one statement, or by which their titles are.
 * @returns undefined where they do not say enough
 */
export function namesInCommon({ a, b, ties }: Beside): Reason | undefined {
  if (!areOfOtherTongues(a, b) || a.imprint.names.length === 0 || b.imprint.names.length === 0) return undefined;
  const mostDays = a.sourceKey === b.sourceKey ? mostDaysInSource : mostDaysApart;
  if ((gapBetween(a.published, b.published) ?? 0) > mostDays * dayMs) return undefined;
  if (passagesInCommon(a.imprint, b.imprint) >= fewestPassages) return undefined;
  const common = commonOf(a.imprint, b.imprint);
  const isCredited = ties.claims.length > 0 || ties.alternates.length > 0;
  const isFound =
    haveOneTitle(a.imprint, b.imprint, common) ||
    (areAsLong(a, b) && keepTheSame(a.imprint, b.imprint, common, isCredited));
  return isFound ? { code: 'same-names', detail: common.slice(0, 8).join(', ') } : undefined;
}

/** Also those that count for nothing elsewhere. */
function passagesInCommon(a: Imprint, b: Imprint): number {
  const prints = new Set(a.prints);
  return b.prints.filter((print) => prints.has(print)).length;
}

function areAsLong(a: Compared, b: Compared): boolean {
  const [shorter, longer] = a.textLength < b.textLength ? [a, b] : [b, a];
  return longer.textLength <= mostLonger * shorter.textLength;
}

function marksOf({ names, days }: Imprint): readonly string[] {
  return [...names, ...days.map(dayMark)];
}

function commonOf(a: Imprint, b: Imprint): string[] {
  const ofB = new Set(marksOf(b));
  return marksOf(a).filter((name) => ofB.has(name));
}

/** Much of what the titles say is a name or a number, and the same in both: also where one text is only a beginning. */
function haveOneTitle(a: Imprint, b: Imprint, common: readonly string[]): boolean {
  const isWord = (word: string): boolean => word.length > 3 || /^\d\d/.test(word);
  const [ofA, ofB] = [new Set(a.title.filter(isWord)), new Set(b.title.filter(isWord))];
  const inBoth = [...ofA].filter((word) => ofB.has(word));
  const kept = inBoth.filter((word) => common.includes(word));
  const isMuch = inBoth.length * 5 >= 2 * Math.min(ofA.size, ofB.size);
  return kept.length >= 3 && inBoth.length >= 4 && kept.some(isFigure) && isMuch;
}

/** Most of the numbers and days of either, half of the names of one, and in one order: as much as two reports never have. */
function keepTheSame(a: Imprint, b: Imprint, common: readonly string[], isCredited: boolean): boolean {
  const weight = weightOf(common) * (isCredited ? 2 : 1);
  if (common.length < (isCredited ? 3 : fewestInCommon) || weight < leastWeight) return false;
  const [marksA, marksB] = [marksOf(a), marksOf(b)];
  const figures = common.filter(isFigure);
  const most = Math.max(weightOf(marksA.filter(isFigure)), weightOf(marksB.filter(isFigure)));
  if (weightOf(figures) < figuresShare * most) return false;
  const isName = (mark: string): boolean => !isFigure(mark);
  const fewestNames = Math.min(marksA.filter(isName).length, marksB.filter(isName).length);
  if (common.filter(isName).length < namesShare * fewestNames) return false;
  return inOneOrder(a.names, b.names) >= orderShare;
}

/** A name says less than a number, and a round number less than another. */
function weightOf(marks: readonly string[]): number {
  let sum = 0;
  for (const mark of marks) {
    if (mark.startsWith('@')) sum += 1;
    else if (!isFigure(mark)) sum += mark.includes('.') ? 1 : 0.5;
    else if (mark.length === 2) sum += mark.endsWith('0') ? 0.5 : 1;
    else sum += mark.length > 3 ? 2 : 1.5;
  }
  return sum;
}

/** Part of what both have that stands in the same order in both: their longest common subsequence. */
function inOneOrder(a: readonly string[], b: readonly string[]): number {
  const places = new Map(b.map((name, at) => [name, at]));
  const order = a.map((name) => places.get(name)).filter((at) => at !== undefined);
  const ends: number[] = []; // the smallest place at which a run of each length may end
  for (const at of order) {
    const found = ends.findIndex((end) => end >= at);
    ends[found < 0 ? ends.length : found] = at;
  }
  return order.length === 0 ? 1 : ends.length / order.length;
}
