/**
 * A document and what is remembered of its source → whether it is still this partner's: which of its new guids are items
 * we know, or why it is kept out of the site until a person has looked. Pure.
 */
import type { Item } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import type { KnownSample } from '../refresh-plan.ts';
import { hostOf } from '../text/url.ts';
import { lookOf } from './look.ts';
import { isAlike, pairItems } from './pair.ts';
import {
  dateWords,
  domainOf,
  hasBeenDown,
  hasOtherLanguage,
  hasOtherLinks,
  hasOtherName,
  hasOtherPace,
  hasOtherServer,
  hasOtherSoftware,
  hasOtherTargets,
  hostsOf,
  lastAbandoned,
  leadsElsewhere,
  type Sight,
  strayTargets,
  type Target,
} from './signals.ts';

/** What is judged. */
export interface Case extends Sight {
  /** Guids in the document, and which of them are stored. */
  readonly names: {
    readonly listed: readonly string[];
    readonly known: { readonly size: number; has(guid: string): boolean };
  };
  /** The document's items that are new or have changed. */
  readonly newItems: readonly Item[];
  /** The source's newest stored items, newest first; none where `needsSamples` says so. */
  readonly samples: readonly KnownSample[];
}

export type Judgement =
  | {
      readonly kind: 'ok';
      /** New guids of items that are stored under others, with the ids of those. */
      readonly rekeyed: ReadonlyMap<string, number>;
      /** The document holds items that were known. */
      readonly hasOverlap: boolean;
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: 'held';
      /** In words for the maintainer, each a whole clause. */
      readonly reasons: readonly string[];
      readonly problems: readonly Problem[];
    };

/** Stored items that `judge` wants to see at the most. */
export const sampleLimit = 200;

/** How many signs it takes, and the numbers of the flood guard (spec requirements §6). */
const enoughSigns = 3;
const floodItems = 10;
const floodShare = 0.8;
const floodAtOnce = 50;

/**
 * True where `judge` cannot decide without stored items. An ordinary visit, on which something is known, nothing is
 * strange and the new items are newer than the last visit, does without.
 */
export function needsSamples(the: Omit<Case, 'samples'>): boolean {
  const { before, names, newItems } = the;
  const { lastSuccess, held } = before;
  if (lastSuccess === undefined || held !== undefined) return false;
  const fresh = freshOf(the);
  const edited = newItems.length - fresh.length;
  const isRecent = fresh.every(({ published }) => published !== undefined && published > lastSuccess);
  // Behind every guid that is known and edited another item may stand.
  const mayBeFlood = isMostly(newItems, names) || (edited > 0 && newItems.length > floodAtOnce);
  const signs = [...cheapSigns(the), hasOtherLanguage(the, [], []), hasOtherPace(the, newItems.length)];
  return (
    edited >= names.known.size ||
    !isRecent ||
    mayBeFlood ||
    mayLeadAway(the) ||
    signs.some((sign) => sign !== undefined)
  );
}

/** True where an edited item leads to another domain than the source's own: it may be the one that makes them most. */
function mayLeadAway(the: Omit<Case, 'samples'>): boolean {
  const edited = the.newItems.filter(({ guid }) => the.names.known.has(guid));
  return (
    strayTargets(
      the,
      edited.flatMap(({ url }) => targetOf('elsewhere', url)),
    ).length > 0
  );
}

/**
 * Judges a document. A first import is always believed: there is nothing to compare it with. While a source is held, so
 * is all that it sends: what is strange may look usual on the second day.
 *
 * Held is: three signs of another owner, a document from another domain of which less than half was known, known items most
 * of which lead to other domains than before, ten items or more of which none was known, or more than fifty new ones at
 * once. New is what has a new guid, and another item behind a known one. The last two are forgiven a source that writes so
 * much by its own rhythm, has answered well, and that nobody has asked for as long as that takes.
 * @returns problems with `trust/held` or `trust/re-keyed`; their subject is for the caller to fill in
 */
export function judge(the: Case): Judgement {
  const { before, samples } = the;
  if (before.held !== undefined) return heldFor(before.held.reasons);
  const isFirst = before.lastSuccess === undefined || (samples.length === 0 && the.names.known.size === 0);
  if (isFirst) return { kind: 'ok', rekeyed: new Map(), hasOverlap: false, problems: [] };
  const familiar = recognise(the);
  const { rekeyed, hasOverlap, strangers } = familiar;
  const fresh = [...freshOf(the).filter(({ guid }) => !rekeyed.has(guid)), ...strangers];
  const ledAway = hasOtherTargets(the, targetsOf(the, rekeyed));
  const reasons = [
    ...floodIn(the, fresh, hasOverlap),
    ...signsIn(the, fresh, familiar),
    ...(ledAway === undefined ? [] : [ledAway]),
  ];
  if (ledAway !== undefined || isEnough(the, reasons, fresh, familiar)) return heldFor(reasons);
  return { kind: 'ok', rekeyed, hasOverlap, problems: rekeyed.size === 0 ? [] : [moved(rekeyed.size, the)] };
}

function heldFor(reasons: readonly string[]): Judgement {
  return { kind: 'held', reasons, problems: [problem('trust/held', {}, reasons.join('; '))] };
}

function moved(count: number, { names }: Case): Problem {
  return problem('trust/re-keyed', {}, `${count} of ${names.listed.length}`);
}

// ── what is known of the document ────────────────────────────────────────────────────────────────

/** Items whose guids are not stored. */
function freshOf({ newItems, names }: Pick<Case, 'newItems' | 'names'>): Item[] {
  return newItems.filter(({ guid }) => !names.known.has(guid));
}

function isMostly(items: readonly Item[], { listed }: Case['names']): boolean {
  return items.length >= floodShare * listed.length;
}

interface Familiar {
  readonly rekeyed: ReadonlyMap<string, number>;
  readonly hasOverlap: boolean;
  /** How many of the document's items are known, under whatever guid. */
  readonly known: number;
  /** Items under guids that are known of others: a site set up anew gives `?p=1` to another post. */
  readonly strangers: readonly Item[];
}

/**
 * Pairs new items with stored ones. Where hardly a guid is known, the pairs prove that the source has only moved when
 * they are half of what the document should have in common with the store: all that is no newer than the newest stored.
 */
function recognise(the: Case): Familiar {
  const { source, before, head, fetched, names, samples } = the;
  const hosts = withHosts(hostsOf(source, before), [fetched.url, head.home]);
  const fresh = freshOf(the);
  const strangers = strangersIn(the, hosts);
  const known = names.known.size - strangers.length;
  const extent = known > 0 && !isMostly(fresh, names) ? 'some' : 'all';
  const rekeyed = pairItems(fresh, missingFrom(names.listed, samples), hosts, extent);
  const newest = Math.max(...samples.map(({ date }) => date));
  const old = fresh.filter(
    ({ guid, published }) => rekeyed.has(guid) || published === undefined || published <= newest,
  );
  const isMove = rekeyed.size > 0 && rekeyed.size * 2 >= old.length;
  return { rekeyed, hasOverlap: known > 0 || isMove, known: known + rekeyed.size, strangers };
}

/**
 * Recognises items that are let in after all: those that were stored under other guids before the source was held.
 * @param fresh held items whose guids are not stored
 * @param guids of all held items
 * @returns id of the stored item by guid
 */
export function recogniseHeld(
  fresh: readonly Item[],
  {
    source,
    before,
    samples,
    guids,
  }: Pick<Case, 'source' | 'before' | 'samples'> & { readonly guids: readonly string[] },
): ReadonlyMap<string, number> {
  const hosts = withHosts(
    hostsOf(source, before),
    fresh.map(({ url }) => url),
  );
  return pairItems(fresh, missingFrom(guids, samples), hosts, 'all');
}

function withHosts(hosts: ReadonlySet<string>, urls: readonly (string | undefined)[]): ReadonlySet<string> {
  const more = urls.map((url) => (url === undefined ? undefined : hostOf(url)));
  return new Set([...hosts, ...more.filter((host) => host !== undefined)]);
}

/** An item whose guid the document lists has not changed its guid. */
function missingFrom(listed: readonly string[], samples: readonly KnownSample[]): KnownSample[] {
  const guids = new Set(listed);
  return samples.filter(({ guid }) => !guids.has(guid));
}

/**
 * Of what is stored without words (it was taken back, or let go), or not among the samples, nobody can tell. Nor is an
 * item a stranger that was known under another guid: some feeds number places, and every new post moves the others on.
 */
function strangersIn({ names, newItems, samples }: Case, hosts: ReadonlySet<string>): Item[] {
  const changed = newItems.filter(({ guid }) => names.known.has(guid));
  if (changed.length === 0) return []; // as nearly always, and nothing is folded for it
  const worded = samples.filter(({ title, text }) => title !== '' || text !== '');
  const looks = new Map(worded.map((sample) => [sample.guid, lookOf(sample, hosts)]));
  const words = new Set([...looks.values()].flatMap(({ title, opening }) => [title, opening]));
  words.delete('');
  return changed.filter((item) => {
    const stored = looks.get(item.guid);
    if (stored === undefined) return false;
    const look = lookOf(item, hosts);
    return !isAlike(look, stored) && !words.has(look.title) && !words.has(look.opening);
  });
}

/** Where known items have led, and where they lead now. */
function targetsOf({ names, newItems, samples }: Case, rekeyed: Familiar['rekeyed']): Target[] {
  const urls = new Map(newItems.map(({ guid, url }) => [guid, url]));
  const listed = new Set(names.listed);
  const movedTo = new Map([...rekeyed].map(([guid, id]) => [id, guid]));
  return samples.flatMap(({ id, guid, url }) => {
    const now = movedTo.get(id) ?? guid;
    return listed.has(now) ? targetOf(domainOf(url ?? ''), urls.has(now) ? urls.get(now) : url) : [];
  });
}

function targetOf(was: string | undefined, url: string | undefined): Target[] {
  const now = domainOf(url ?? '');
  return was === undefined || now === undefined ? [] : [{ was, now }];
}

// ── what is strange about it ─────────────────────────────────────────────────────────────────────

/** Signs that need no stored item. */
function cheapSigns(the: Sight): string[] {
  const signs = [hasBeenDown, hasOtherName, hasOtherSoftware, hasOtherServer, leadsElsewhere].map((sign) => sign(the));
  return signs.filter((sign) => sign !== undefined);
}

function signsIn(the: Case, fresh: readonly Item[], familiar: Familiar): string[] {
  const { names, newItems, samples } = the;
  const changed = new Set(newItems.map(({ guid }) => guid));
  const unchanged = new Set(names.listed.filter((guid) => !changed.has(guid)));
  const stored = samples.filter(({ guid }) => unchanged.has(guid));
  const rest = [
    hasOtherLanguage(the, fresh, samples),
    hasOtherLinks(the, newItems, stored, samples),
    hasOtherPace(the, fresh.length),
  ];
  return [...fewKnown(the, familiar), ...cheapSigns(the), ...rest.filter((sign) => sign !== undefined)];
}

/** (b) No known guid or link among the items; at another domain, fewer than half of them. */
function fewKnown(the: Case, familiar: Familiar): string[] {
  const count = the.names.listed.length;
  const { hasOverlap, known } = familiar;
  if (hasOverlap && isStrangeElsewhere(the, familiar))
    return [`only ${known} of its ${count} items ${known === 1 ? 'was' : 'were'} known before`];
  if (hasOverlap || count === 0) return [];
  return [count === 1 ? 'its only item was not known before' : `none of its ${count} items was known before`];
}

/** A known item is easily copied: at another domain it vouches for one stranger and not for fifty. */
function isStrangeElsewhere(the: Case, { hasOverlap, known }: Familiar): boolean {
  const count = the.names.listed.length;
  return count > 0 && leadsElsewhere(the) !== undefined && (!hasOverlap || known * 2 < count);
}

/** A flood that `fewKnown` has not told already. */
function floodIn(the: Case, fresh: readonly Item[], hasOverlap: boolean): string[] {
  const since = the.before.lastSuccess ?? the.now;
  return hasOverlap && isFlood(the, fresh, hasOverlap)
    ? [`${fresh.length} new items came at once; the last visit was on ${dateWords(since)}`]
    : [];
}

function isEnough(the: Case, reasons: readonly string[], fresh: readonly Item[], familiar: Familiar): boolean {
  const isFlooded = isFlood(the, fresh, familiar.hasOverlap);
  return reasons.length >= enoughSigns || isStrangeElsewhere(the, familiar) || isFlooded;
}

function isFlood(the: Case, fresh: readonly Item[], hasOverlap: boolean): boolean {
  const { listed } = the.names;
  const isReplaced = !hasOverlap && listed.length >= floodItems && isMostly(fresh, the.names);
  return (isReplaced || fresh.length > floodAtOnce) && !isOwnPace(the, fresh);
}

/** A newswire's window of twenty items is all new when nobody has asked for a day. */
const shortestRhythmMs = 30 * 60_000;
const hourMs = 3_600_000;

/** Not more than twice what the source writes in such a time, all of it dated in that time, and no trouble before. */
function isOwnPace({ before, now }: Case, fresh: readonly Item[]): boolean {
  const { rhythmMs, lastSuccess, failures } = before;
  if (rhythmMs === undefined || lastSuccess === undefined) return false;
  if (failures > 0 || lastAbandoned(before, now) !== undefined) return false;
  const isDatedSo = fresh.every(
    ({ published }) => published !== undefined && published > lastSuccess - hourMs && published <= now + hourMs,
  );
  return isDatedSo && fresh.length * Math.max(rhythmMs, shortestRhythmMs) <= 2 * (now - lastSuccess);
}
