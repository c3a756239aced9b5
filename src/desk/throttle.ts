/**
 * How often a password may be tried. No address of anybody is kept, and many readers share one, so all strangers wait together: longer
 * after each wrong try, half a minute at the most. So nobody can lock the maintainer out for good who stops trying; and while somebody goes on,
 * a browser that has logged in before (it has a cookie that we have signed) has tries of its own, which no stranger can use up.
 */
import type { Clock } from '../edges.ts';
import type { Instant } from '../model.ts';

/** Wrong tries that cost nothing: people mistype. */
const free = 3;
const longestGapMs = 30_000;
/** After so long without a wrong try all is forgotten. */
const forgottenMs = 3_600_000;
/** A browser that we know is a stranger after so many wrong tries in a row. */
const mostOfKnown = 10;
/** Until another try is being judged. */
const turnMs = 1_000;

export type Tried =
  | { readonly kind: 'right' | 'wrong' }
  /** It was not looked at. */
  | { readonly kind: 'wait'; readonly ms: number };

interface Tries {
  failures: number;
  last: Instant;
  /** One is being judged: each costs memory and a processor. */
  isBusy: boolean;
}

export interface Throttle {
  /** @param device name of a browser that is known; undefined for a stranger */
  attempt(device: string | undefined, isRight: () => Promise<boolean>): Promise<Tried>;
}

export function openThrottle(clock: Clock): Throttle {
  const strangers: Tries = { failures: 0, last: 0, isBusy: false };
  const known = new Map<string, Tries>();
  return {
    async attempt(device, isRight) {
      const own = device === undefined ? undefined : triesOf(known, device);
      const isKnown = own !== undefined && own.failures < mostOfKnown;
      const tries = isKnown ? own : strangers;
      const ms = waitOf(tries, clock.now());
      if (ms > 0) return { kind: 'wait', ms };
      tries.isBusy = true;
      try {
        const isGood = await isRight();
        if (isGood && own !== undefined) own.failures = 0;
        if (!isGood) {
          tries.failures += 1;
          tries.last = clock.now();
        }
        return { kind: isGood ? 'right' : 'wrong' };
      } finally {
        tries.isBusy = false;
      }
    },
  };
}

function triesOf(known: Map<string, Tries>, device: string): Tries {
  const tries = known.get(device) ?? { failures: 0, last: 0, isBusy: false };
  known.set(device, tries); // only of names that we have signed: one for each time that somebody has logged in
  return tries;
}

/** A clock that is set back makes nobody wait for longer than the gap. */
function waitOf(tries: Tries, now: Instant): number {
  if (tries.isBusy) return turnMs;
  const since = now - tries.last;
  if (since >= forgottenMs) tries.failures = 0;
  if (tries.failures < free || since < 0) return 0;
  return Math.max(0, Math.min(longestGapMs, 1_000 * 2 ** (tries.failures - free)) - since);
}
