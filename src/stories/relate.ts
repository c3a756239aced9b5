/**
 * Two items to how they stand to each other, with reasons: the decision of a careful editor who merges what is the same and
 * never what is not. A function of the two alone (and of what is boilerplate), so that no order of arrival shows in it.
 * The rules and their thresholds were measured on posts and reposts of this field (spec reposts §4, §5).
 */
import type { Compared, Reason, Relation, RelationKind } from '../story-plan.ts';
import { isLargePart, isShort, isWorthAsking, type Overlap } from './overlap.ts';
import { areFarApart, dayMs, gapBetween } from './spans.ts';
import type { Ties } from './ties.ts';
import { areOfOneSeries, areTitlesAlike, isOneTitle } from './titles.ts';
import { areOfOtherTongues, namesInCommon, saidToBeTranslations } from './translations.ts';

export interface Pair {
  /** The one with the smaller id. */
  readonly a: Compared;
  readonly b: Compared;
  readonly ties: Ties;
  readonly overlap: Overlap;
  readonly areOnePartner: boolean;
  /** Anybody may post there: two posts of it may be one text. Asked of items of one source. */
  readonly isOpen: boolean;
}

interface Verdict {
  readonly kind: RelationKind;
  readonly strength: number;
  readonly reasons: readonly Reason[];
}

/** Fingerprints in common that bear out what an address or a credit says. */
const bearingOut = 3;
/** Posts of one title and hardly a word: as far apart as feeds of one text are. */
const titleDaysApart = 3;

/** @returns undefined where they have nothing to do with each other */
export function relate(pair: Pair): Relation | undefined {
  const { a, b, overlap, ties } = pair;
  const verdict =
    inOtherTongue(pair, saidToBeTranslations) ??
    (a.sourceKey === b.sourceKey ? withinSource(pair) : between(pair)) ??
    inOtherTongue(pair, namesInCommon);
  if (verdict === undefined) return undefined;
  const { coverA, coverB } = overlap;
  const { placeA, placeB } = overlap.where();
  const isExplicit = isSaidOutright(pair);
  const claimer = ties.guid || ties.url !== undefined || ties.text ? undefined : onlyClaimer(ties);
  return { a: a.id, b: b.id, ...verdict, coverA, coverB, placeA, placeB, claimer, isExplicit };
}

function onlyClaimer({ claims }: Ties): number | undefined {
  const [first] = claims;
  return first !== undefined && claims.every(({ by }) => by === first.by) ? first.by : undefined;
}

/** The same in another language: a site that says so is believed before words are asked, names only where these say nothing. */
function inOtherTongue(pair: Pair, how: typeof saidToBeTranslations): Verdict | undefined {
  const reason = how(pair);
  return reason && { kind: 'translation', strength: 0, reasons: [reason] };
}

/** Guids tell the items of one source apart: two posts with much the same words are two posts. */
function withinSource(pair: Pair): Verdict | undefined {
  const { a, b, ties, overlap, isOpen } = pair;
  const { coverA, coverB, shared } = overlap;
  const lesser = Math.min(coverA, coverB);
  const passages = passagesOf(overlap);
  if (isOneTitle(a.imprint.title, b.imprint.title) && isOneInstant(a, b) && shared >= 4 && lesser >= 0.95)
    return { kind: 'edition', strength: 85, reasons: [{ code: 'same-post' }, passages] };
  const against = vetoes(pair);
  if (isOpen && shared >= 20 && lesser >= 0.7 && against.length === 0)
    return { kind: 'repost', strength: 80, reasons: [passages] };
  if (ties.hasSharedAddress && shared < 8) return undefined;
  if (!isWorthAsking(overlap) || !isLargePart(overlap)) return undefined;
  const isAgain = against.length > 0 && lesser >= 0.4;
  return { kind: isAgain ? 'reissue' : 'apart', strength: 0, reasons: [passages, { code: 'one-source' }, ...against] };
}

function between(pair: Pair): Verdict | undefined {
  const { ties, overlap, areOnePartner } = pair;
  if (ties.guid && (areOnePartner || isBorneOut(pair))) return joined(pair, 100, [{ code: 'same-guid' }]);
  const against = isSaidOutright(pair) ? [] : vetoes(pair);
  const said = addressVerdict(pair);
  if (said !== undefined) return said;
  if (ties.text && against.length === 0) return joined(pair, 96, [{ code: 'same-text' }]);
  const byWords = passageVerdict(pair, against);
  if (byWords !== undefined) return byWords;
  if (ties.post && against.length === 0 && (overlap.shared >= bearingOut || isShort(overlap)))
    return joined(pair, 60, [{ code: 'same-post' }]);
  if (ties.title && against.length === 0 && isOneNotice(pair)) return joined(pair, 40, [{ code: 'same-title' }]);
  return ties.guid
    ? { kind: 'apart', strength: 0, reasons: [{ code: 'same-guid' }, { code: 'other-words' }] }
    : undefined;
}

/**
 * Anybody can write down any address and any guid, so the words must bear it out. A notice too short for that is believed where
 * one of the two says whose the other is: silent and dated earlier, it would stand in the other's place.
 */
function isBorneOut(pair: Pair): boolean {
  const { ties, overlap, areOnePartner } = pair;
  return isBorneOutByWords(pair) || (isShort(overlap) && (areOnePartner || ties.claims.length > 0));
}

function isBorneOutByWords({ a, b, overlap }: Pair): boolean {
  return overlap.shared >= bearingOut || areTitlesAlike(a.imprint.title, b.imprint.title);
}

/** One address, or one names the other's page. */
function addressVerdict(pair: Pair): Verdict | undefined {
  const { a, b, ties, overlap } = pair;
  const claim = ties.claims.find(({ kind }) => kind === 'page');
  if (ties.url === undefined && claim === undefined) return undefined;
  const reason: Reason =
    ties.url === undefined ? { code: 'names-page', detail: claim?.detail } : { code: 'same-url', detail: ties.url };
  const isOtherTongue = areOfOtherTongues(a, b) && overlap.shared < bearingOut;
  if (isOtherTongue && ties.url === undefined) return { kind: 'translation', strength: 0, reasons: [reason] };
  if (isBorneOut(pair)) return joined(pair, ties.url === undefined ? 72 : 92, [reason]);
  if (isOtherTongue) return { kind: 'translation', strength: 0, reasons: [reason] };
  return { kind: 'apart', strength: 0, reasons: [reason, { code: 'other-words' }] };
}

/** The rules of spec reposts §5, in their order. */
function passageVerdict(pair: Pair, against: readonly Reason[]): Verdict | undefined {
  const { a, b, ties, overlap } = pair;
  const { coverA, coverB, shared } = overlap;
  const isCredited = ties.claims.length > 0;
  const passages = passagesOf(overlap);
  if (!isWorthAsking(overlap) && !(isCredited && shared >= bearingOut)) return undefined;
  const isSmallA = overlap.countA <= overlap.countB;
  const [ofSmall, ofLarge] = isSmallA ? [coverA, coverB] : [coverB, coverA];
  const small = isSmallA ? a : b;
  const reasons: Reason[] = [passages];
  const credit = ties.claims.find(({ kind }) => kind === 'group');
  if (credit !== undefined) reasons.push({ code: 'names-group', detail: credit.detail });
  const areAlike = areTitlesAlike(a.imprint.title, b.imprint.title);
  if (areAlike) reasons.push({ code: 'same-title' });
  if (small.imprint.isCut) reasons.push({ code: 'cut' });
  if (overlap.where().lead >= 0.5) reasons.push({ code: 'lead' });
  if (against.length > 0) {
    const isAgain = ofSmall >= 0.4 && against.some(({ code }) => code !== 'other-media');
    return {
      kind: isAgain ? 'reissue' : ofSmall >= 0.4 ? 'apart' : 'quotes',
      strength: 0,
      reasons: [...reasons, ...against],
    };
  }
  if (ofLarge >= 0.4) return joined(pair, ofLarge >= 0.7 ? 90 : 80, reasons);
  if (ofSmall >= 0.4) {
    // How the longer one begins says nothing by itself: a round-up begins with a whole text of somebody's.
    const isPart = small.imprint.isCut || ofLarge >= 0.3 || isCredited || areAlike;
    if (!isPart) return { kind: 'includes', strength: 0, reasons };
    return joined(
      pair,
      65 + Math.floor(ofSmall * 9),
      reasons,
      small.imprint.isCut || ofLarge < 0.3 ? 'excerpt' : 'commented',
    );
  }
  if (isCredited) return joined(pair, 60, reasons, 'excerpt');
  return { kind: 'quotes', strength: 0, reasons: [...reasons, { code: 'small-part' }] };
}

function joined(pair: Pair, strength: number, reasons: readonly Reason[], kind?: RelationKind): Verdict {
  const found = kind ?? kindByCover(pair);
  return { kind: pair.areOnePartner ? 'edition' : found, strength, reasons };
}

function kindByCover({ overlap, a, b }: Pair): RelationKind {
  const lesser = Math.min(overlap.coverA, overlap.coverB);
  return lesser < 0.4 && (a.imprint.isCut || b.imprint.isCut) ? 'excerpt' : 'repost';
}

/** Two short notices of one title within days, of which one has hardly a word of its own. */
function isOneNotice({ a, b, overlap }: Pair): boolean {
  const isSoon = (gapBetween(a.published, b.published) ?? 0) <= titleDaysApart * dayMs;
  const isBare = Math.min(overlap.countA, overlap.countB) < 4 || overlap.shared >= 2;
  return isSoon && isShort(overlap) && isBare;
}

/** Lifts what keeps texts apart: a page or group that one of them names, or one address, where words bear it out. */
function isSaidOutright(pair: Pair): boolean {
  const { guid, url, claims } = pair.ties;
  return (guid || url !== undefined || claims.length > 0) && isBorneOutByWords(pair);
}

/** Fingerprints in common, and parts of either, that only a whole text shares with another. */
const wholeText = 30;
const mostOfText = 0.6;

/** Most of either is in the other, and both name the same days: an appeal that is used again names others. */
function isSameTextLater(a: Compared, b: Compared, { shared, coverA, coverB }: Overlap): boolean {
  const [days, others] = [a.imprint.days, b.imprint.days];
  const areSameDays = days.length > 0 && days.length === others.length && days.every((day) => others.includes(day));
  return shared >= wholeText && Math.min(coverA, coverB) >= mostOfText && areSameDays;
}

/** What keeps two texts apart that have much in common. */
function vetoes({ a, b, overlap }: Pair): Reason[] {
  const found: Reason[] = [];
  if (areFarApart(a.published, b.published) && !isSameTextLater(a, b, overlap)) found.push({ code: 'far-apart' });
  if (areDisjoint(a.imprint.days, b.imprint.days)) found.push({ code: 'other-days' });
  if (areDisjoint(a.imprint.media, b.imprint.media)) found.push({ code: 'other-media' });
  if (areOfOneSeries(a.imprint.title, b.imprint.title)) found.push({ code: 'series' });
  return found;
}

/** Both name the same instant, and not only a day. */
function isOneInstant({ published: a }: Compared, { published: b }: Compared): boolean {
  return a !== undefined && b !== undefined && a.from === b.from && a.to === b.to && a.from === a.to;
}

function areDisjoint(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((one) => b.includes(one));
}

function passagesOf({ shared, countA, countB }: Overlap): Reason {
  return { code: 'same-passages', detail: `${shared}/${Math.min(countA, countB)}` };
}
