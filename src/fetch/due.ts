/** When a source is asked next: what its last visit came to, and what it and its server ask for, become an instant. */
import type { FeedHints, Instant, ServerHints } from '../model.ts';

/** What one visit to a source came to, as far as timing goes. */
export interface Visit {
  readonly now: Instant;
  /** The maintainer's word: never asked sooner after a success. */
  readonly everyMs: number;
  readonly result: 'fresh' | 'unchanged' | 'failed' | 'gone';
  /** Failures in a row, this one included. */
  readonly failures: number;
  readonly hints: ServerHints;
  readonly feedHints: FeedHints | undefined;
  /** In [0, 1). */
  readonly random: number;
}

/** Due time of a source that is gone: the last instant that a `Date` can hold. */
export const GONE_DUE: Instant = 8_640_000_000_000_000;

const dayMs = 24 * 3_600_000;
/** First step of the back-off, doubled with each failure in a row. */
const firstStepMs = 30 * 60_000;
const jitterShare = 0.1;

/**
 * The instant from which the source may be asked again; spread by up to a tenth, never early
 * (a server that counts a visit after 59 minutes as too soon is right).
 * @returns whole milliseconds; `GONE_DUE` after a 410
 */
export function nextDue(visit: Visit): Instant {
  if (visit.result === 'gone') return GONE_DUE;
  const interval = visit.result === 'failed' ? backOff(visit) : pauseAfterSuccess(visit);
  const asked = Math.max(interval, wish(visit.hints.retryAfterMs));
  return Math.ceil(visit.now + asked * (1 + jitterShare * visit.random));
}

/** The longest of what is asked for; server and feed may stretch it to a day, only the maintainer further. */
function pauseAfterSuccess({ everyMs, hints, feedHints }: Visit): number {
  const asked = [hints.maxAgeMs, feedHints?.ttlMs, feedHints?.updatePeriodMs].map(wish);
  return Math.max(everyMs, Math.min(dayMs, Math.max(...asked)));
}

function backOff({ everyMs, failures }: Visit): number {
  const step = firstStepMs * 2 ** (Math.max(1, failures) - 1);
  return Math.max(everyMs, Math.min(dayMs, step));
}

/** Feeds write `ttl` of -1 and of a million years. */
function wish(ms: number | undefined): number {
  return ms !== undefined && Number.isFinite(ms) && ms > 0 ? ms : 0;
}
