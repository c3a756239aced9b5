/** Wishes of servers to be left alone become hosts, and neighbourhoods of hosts, that are not asked for so long. */
import { isIP } from 'node:net';
import type { Clock } from '../edges.ts';
import type { Instant } from '../model.ts';
import { politenessKey } from '../text/url.ts';
import { longestWaitMs } from './hints.ts';

export interface Silences {
  /** Milliseconds until the address may be asked; undefined when it may be asked now. */
  waitMs(url: URL): number | undefined;
  /**
   * From now on the host is left alone.
   * @param waitMs as long as it has asked for; undefined when it did not say
   * @param isTooOften it complains of us (429): its neighbours on the same platform are left alone for a while too
   */
  hold(url: URL, waitMs: number | undefined, isTooOften: boolean): void;
  /** Others have been asked to leave a host alone. */
  know(name: string, until: Instant): void;
  /** What is in force: `host`, `host:port`, or `*.domain` for all hosts of a domain, and until when. */
  inForce(): ReadonlyMap<string, Instant>;
}

/** Under which an address may have been asked to be left alone. */
export function namesOf(url: URL): readonly string[] {
  return [url.host, `*.${politenessKey(url.href)}`];
}

/** Where it is not said: the first step of the back-off. */
const usualMs = 30 * 60_000;
/** Whoever says "in a second" means not at once; and the others of its sources would be asked within the pass. */
const leastMs = 60_000;
/** One hostile blog must not silence a whole platform for a week. */
const longestForNeighboursMs = 3_600_000;

/** @param known from earlier runs; none is believed for longer than it could have been asked for */
export function openSilences(clock: Clock, known: ReadonlyMap<string, Instant>): Silences {
  const until = new Map<string, Instant>();
  const extend = (key: string, instant: Instant): void =>
    void until.set(key, Math.max(until.get(key) ?? instant, instant));
  for (const [key, instant] of known) extend(key, Math.min(instant, clock.now() + longestWaitMs));
  return {
    waitMs(url) {
      if (until.size === 0) return undefined;
      const end = Math.max(...namesOf(url).map((name) => until.get(name) ?? 0));
      const left = end - clock.now();
      return left > 0 ? left : undefined;
    },
    hold(url, asked = usualMs, isTooOften) {
      const now = clock.now();
      const waitMs = Math.min(Math.max(asked, leastMs), longestWaitMs);
      extend(url.host, now + waitMs);
      if (isTooOften && isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0)
        extend(`*.${politenessKey(url.href)}`, now + Math.min(waitMs, longestForNeighboursMs));
    },
    know: (name, instant) => extend(name, Math.min(instant, clock.now() + longestWaitMs)),
    inForce: () => new Map([...until].filter(([, instant]) => instant > clock.now())),
  };
}
