/** Redirects seen on the way to a source's answers to the address that it has moved to for good, once that is certain. */
import type { Hop, Instant, Move } from '../model.ts';
import { parseUrl } from '../text/url.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A move must be attested over a week and five times: a hacked or half-configured site redirects for days. */
const leastAgeMs = 7 * dayMs;
const leastSightings = 5;
/** Sightings closer together count once: five calls of `relais run --now` in a minute attest nothing. */
const leastGapMs = hourMs;
/** A sighting after a longer time without any starts again. */
const forgottenAfterMs = 30 * dayMs;

/** RFC 9110 §15.4: the statuses that say "from now on"; all others say "this time". */
const permanent: ReadonlySet<number> = new Set([301, 308]);

/** True where every redirect on the way is for good. */
export function isForGood(trail: readonly Hop[]): boolean {
  return trail.every(({ status }) => permanent.has(status));
}

/** What a good answer says of a move. */
interface Sighted {
  /** To remember; undefined where there is no move. */
  readonly move: Move | undefined;
  /** The address to ask from now on, if what it serves is still the source's. */
  readonly adopt: string | undefined;
}

/**
 * Counts one good answer (a feed that was read, or nothing new) for or against a move.
 *
 * An answer without a redirect ends a move, one that leads elsewhere begins another. A temporary redirect anywhere on
 * the way (302, 303, 307) neither attests nor ends one: a site closed for a day must not cost the week before it.
 * @param before what is remembered, `move` of the last time
 * @param asked the address that was asked
 * @param trail the redirects followed, in order
 * @returns `adopt` where every hop is permanent, and the move attested or only one from http to https
 */
export function sightMove(before: Move | undefined, asked: string, trail: readonly Hop[], now: Instant): Sighted {
  const to = trail.at(-1)?.to;
  if (to === undefined || to === asked) return { move: undefined, adopt: undefined };
  if (!isForGood(trail)) return { move: before, adopt: undefined };
  const move = counted(before, to, now);
  const isAttested = now - move.since >= leastAgeMs && move.sightings >= leastSightings;
  return { move, adopt: isAttested || onlyAddsHttps(asked, to) ? to : undefined };
}

/**
 * Decides whether the address is adopted. Without an item in common it is not, and the move stays remembered: another
 * feed at another address is for a person to judge. An added https needs none: the host is the same and now proven.
 * @param hasOverlap the answer holds an item that was known, or says that nothing is new (304, same bytes)
 * @returns `adopt` to remember as the address to ask, with no move left; or no `adopt`, with the move as it was
 */
export function confirmMove({ move, adopt }: Sighted, asked: string, hasOverlap: boolean): Sighted {
  return adopt !== undefined && (hasOverlap || onlyAddsHttps(asked, adopt))
    ? { move: undefined, adopt }
    : { move, adopt: undefined };
}

/** Distances are absolute, so that an instant from a clock that ran ahead does no lasting harm. */
function counted(before: Move | undefined, to: string, now: Instant): Move {
  if (before?.to !== to || Math.abs(now - before.last) > forgottenAfterMs) {
    return { to, since: now, sightings: 1, last: now };
  }
  if (Math.abs(now - before.last) < leastGapMs) return before;
  return { to, since: Math.min(before.since, now), sightings: before.sightings + 1, last: now };
}

function onlyAddsHttps(from: string, to: string): boolean {
  const secured = parseUrl(from);
  if (secured?.protocol !== 'http:') return false;
  secured.protocol = 'https:';
  secured.hash = '';
  return secured.href === to;
}
