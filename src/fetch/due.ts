/** When a source is asked next: what its last visit came to, and what it and its server ask for, become an instant. */
import type { FeedHints, Instant, ServerHints, SourceMemory } from '../model.ts';

/** What one visit to a source came to, as far as timing goes. */
export interface Visit {
  readonly now: Instant;
  /** The maintainer's word: the least gap between two visits; undefined leaves it to the source's own rhythm. */
  readonly everyMs: number | undefined;
  /** The next request can be a conditional one. */
  readonly hasValidators: boolean;
  readonly result: 'fresh' | 'unchanged' | 'failed' | 'gone';
  /** Failures in a row, this one included, and when the first of them was. */
  readonly failures: number;
  readonly failingSince: Instant | undefined;
  /** For how long it was left alone because it had asked us to wait, where it asks that again. */
  readonly waitedMs?: number | undefined;
  readonly hints: ServerHints;
  /** What the last document that was read asks for; it holds for a 304 and for a failure too. */
  readonly feedHints: FeedHints | undefined;
  /** As `rhythmOf` gives it. */
  readonly rhythmMs: number | undefined;
  readonly lastNewItem: Instant | undefined;
  /** In [0, 1). */
  readonly random: number;
}

/** Due time of a source that is gone: the last instant that a `Date` can hold. */
export const GONE_DUE: Instant = 8_640_000_000_000_000;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** Nobody is asked more often, whatever sources.yaml says. */
const floorMs = 15 * minuteMs;
/** Where nobody has said anything: a visit an hour (Rachel Kroll's feed reader score; without validators one a day). */
const usualMs = hourMs;
/** A source that posts once in this many hours is asked once an hour. */
const rhythmShare = 24;
/** First step of the back-off, doubled with each failure in a row. */
const firstStepMs = 30 * minuteMs;
const jitterShare = 0.1;

/**
 * The instant from which the source may be asked again: the longest of all that is asked for, spread by up to a tenth,
 * never early (a server that counts a visit after 59 minutes as too soon is right), and out of the hours and days in
 * which the feed wants to be left alone (RSS 2.0 `skipHours`, `skipDays`; GMT) where they leave any within the ceiling.
 * @returns whole milliseconds; `GONE_DUE` after a 410
 */
export function nextDue(visit: Visit): Instant {
  if (visit.result === 'gone') return GONE_DUE;
  const interval = visit.result === 'failed' ? backOff(visit) : pauseAfterSuccess(visit);
  const asked = Math.max(floorMs, visit.everyMs ?? 0, interval, wish(visit.hints.retryAfterMs));
  const spread = visit.now + asked * (1 + jitterShare * visit.random);
  const allowed = firstAllowed(spread, visit.feedHints, visit.random);
  return Math.ceil(allowed <= ceiling(visit.now, visit.everyMs) ? allowed : spread);
}

/** No rule gives a later instant: a week is the most that anybody is listened to, but for the maintainer. */
function ceiling(now: Instant, everyMs: number | undefined): Instant {
  return now + Math.max(weekMs, everyMs ?? 0) * (1 + jitterShare);
}

/**
 * True when the source may be asked. A due time that no rule can give, a day or more behind the ceiling, was written
 * while the clock was wrong and counts as due; that of a source that is gone does not.
 * @param everyMs the maintainer's word, as in `Visit`
 */
export function isDue(due: Instant, now: Instant, everyMs: number | undefined): boolean {
  return due <= now || (due > latestDue(now, everyMs) && due !== GONE_DUE);
}

/** The latest due time that is believed. @param everyMs the maintainer's word, as in `Visit` */
export function latestDue(now: Instant, everyMs: number | undefined): Instant {
  return ceiling(now, everyMs) + dayMs;
}

/** Our own wish is a day at most; server and feed may stretch it to a week, only the maintainer further. */
function pauseAfterSuccess(visit: Visit): number {
  const { hints, feedHints } = visit;
  return Math.max(ownPause(visit), ...[hints.maxAgeMs, feedHints?.ttlMs, feedHints?.updatePeriodMs].map(wish));
}

/** A source that posts seldom, or has not posted for long, is asked less: news of it waits a day at most. */
function ownPause({ now, everyMs, hasValidators, rhythmMs, lastNewItem }: Visit): number {
  if (everyMs !== undefined) return everyMs;
  if (!hasValidators) return dayMs;
  const quietFor = now - (lastNewItem ?? now);
  return Math.max(usualMs, Math.min(dayMs, Math.max(rhythmMs ?? 0, quietFor) / rhythmShare));
}

/**
 * Doubled up to a day in the first week of failures, then daily. A page that may be cached is not asked for sooner. Whoever
 * asks us to wait time after time names too short a time, so that is doubled too.
 */
function backOff({ now, failures, failingSince, waitedMs = 0, hints }: Visit): number {
  if (now - (failingSince ?? now) >= weekMs) return dayMs;
  const step = firstStepMs * 2 ** (Math.max(1, failures) - 1);
  return Math.min(dayMs, Math.max(step, 2 * waitedMs, wish(hints.maxAgeMs)));
}

/** True where the source has told us to wait, and is not to be asked before it is due, whoever asks for it. */
export function hasToldUsToWait({ problem }: Pick<SourceMemory, 'problem'>): boolean {
  return problem?.code === 'fetch/told-to-wait' || problem?.code === 'fetch/kept-waiting';
}

/** Feeds write `ttl` of -1 and of a million years: the one is no wish, the other one of a week. */
function wish(ms: number | undefined): number {
  return ms !== undefined && ms > 0 ? Math.min(ms, weekMs) : 0;
}

/** The instant itself, or a moment after the beginning of the next hour that is not skipped; infinity where none is. */
function firstAllowed(at: Instant, hints: FeedHints | undefined, random: number): Instant {
  const hours = new Set(hints?.skipHours);
  const days = new Set(hints?.skipDays);
  const isSkipped = (hour: Instant): boolean => {
    const moment = new Date(hour);
    return hours.has(moment.getUTCHours()) || days.has(moment.getUTCDay());
  };
  const first = Math.floor(at / hourMs) * hourMs;
  if (!isSkipped(first)) return at;
  for (let hour = first + hourMs; hour <= first + weekMs; hour += hourMs) {
    if (!isSkipped(hour)) return hour + hourMs * jitterShare * random;
  }
  return Number.POSITIVE_INFINITY;
}

/** As many of the newest items as say how a source posts nowadays, and as few as say anything. */
const mostDates = 10;
const fewestDates = 4;

/**
 * How often a source posts: the median time between its newest items. Equal dates count once, since a bulk import
 * dates everything alike.
 * @param dates newest first; more than ten are not looked at
 * @returns milliseconds; undefined where fewer than four dates differ
 */
export function rhythmOf(dates: readonly Instant[]): number | undefined {
  const distinct = [...new Set(dates.slice(0, mostDates))].sort((a, b) => b - a);
  if (distinct.length < fewestDates) return undefined;
  const gaps = distinct.slice(1).map((date, at) => (distinct[at] ?? date) - date);
  gaps.sort((a, b) => a - b);
  const middle = gaps.length / 2;
  return Math.round(((gaps[Math.ceil(middle) - 1] ?? 0) + (gaps[Math.floor(middle)] ?? 0)) / 2);
}

/** Holidays and a fortnight's illness are no news, however often a group posts otherwise. */
const leastSilenceMs = 14 * dayMs;
const silentRhythms = 6;

/**
 * True when a source has been silent for longer than its own rhythm explains: two weeks, and six times the median gap.
 * Where posts come at random, half of all gaps are longer than the median and one in 2⁶ is longer than six of them:
 * of a weekly source that is one false alarm in nearly two years.
 * @param lastNewItem undefined, as an unknown rhythm, says nothing
 */
export function isSilent(source: {
  readonly rhythmMs: number | undefined;
  readonly lastNewItem: Instant | undefined;
  readonly now: Instant;
}): boolean {
  const { rhythmMs, lastNewItem, now } = source;
  if (rhythmMs === undefined || lastNewItem === undefined) return false;
  return now - lastNewItem > Math.max(leastSilenceMs, silentRhythms * rhythmMs);
}

/**
 * True when a source fails for longer than a passing trouble: three failures in a row over six hours, which the back-off
 * reaches in nine; or, for one that is asked once a day or less, two over a day.
 */
export function isLasting(source: {
  readonly failures: number;
  readonly failingSince: Instant | undefined;
  readonly now: Instant;
}): boolean {
  const { failures, failingSince, now } = source;
  const lasted = now - (failingSince ?? now);
  return (failures >= 3 && lasted >= 6 * hourMs) || (failures >= 2 && lasted >= dayMs);
}
