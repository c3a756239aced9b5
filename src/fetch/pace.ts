/**
 * Turns for requests: one at a time per politeness key, a gap between two, a limited number of hosts at once, and
 * silence where a server has asked for it.
 */
import type { Clock } from '../edges.ts';
import type { Instant, NetworkLimits } from '../model.ts';

/** A turn that was had, or refused because the key has been silenced for `waitMs` more milliseconds. */
export type Turn<T> =
  | { readonly kind: 'had'; readonly value: T }
  | { readonly kind: 'silenced'; readonly waitMs: number };

export interface Pace {
  /** Runs `task` when its key and one of the parallel slots are free. Turns of one key are had in the order asked for. */
  take<T>(key: string, task: () => Promise<T>): Promise<Turn<T>>;
  /** From now on nobody gets a turn with this key, for `waitMs` or for the rest of the run if that is longer. */
  silence(key: string, waitMs: number | undefined): void;
}

interface Host {
  /** Settles when the last turn asked for is over. */
  lastTurn: Promise<void>;
  endedAt: Instant | undefined;
  silentUntil: Instant;
}

/** Stands for "the rest of this run": a pass is over by then, and a daemon asks again. */
const shortestSilenceMs = 30 * 60_000;

/** Opens the turns for one run. The clock is the only measure of time. */
export function openPace({ spacingMs, parallel }: Pick<NetworkLimits, 'spacingMs' | 'parallel'>, clock: Clock): Pace {
  const hosts = new Map<string, Host>();
  const slots = openSlots(parallel);

  function hostOf(key: string): Host {
    const known = hosts.get(key);
    if (known !== undefined) return known;
    const host: Host = { lastTurn: Promise.resolve(), endedAt: undefined, silentUntil: Number.NEGATIVE_INFINITY };
    hosts.set(key, host);
    return host;
  }

  async function spaced(host: Host): Promise<void> {
    if (host.endedAt === undefined) return;
    // Never more than the gap itself: a clock set back must not stop a host for hours.
    const left = Math.min(spacingMs, host.endedAt + spacingMs - clock.now());
    if (left > 0) await clock.wait(left);
  }

  return {
    async take(key, task) {
      const host = hostOf(key);
      const before = host.lastTurn;
      const { promise, resolve: endTurn } = openGate();
      host.lastTurn = promise;
      await before;
      try {
        const waitMs = host.silentUntil - clock.now();
        if (waitMs > 0) return { kind: 'silenced', waitMs };
        await spaced(host); // before taking a slot: a waiting host must not keep another from being asked
        await slots.enter();
        try {
          return { kind: 'had', value: await task() };
        } finally {
          host.endedAt = clock.now();
          slots.leave();
        }
      } finally {
        endTurn();
      }
    },
    silence(key, waitMs = 0) {
      const host = hostOf(key);
      host.silentUntil = Math.max(host.silentUntil, clock.now() + Math.max(waitMs, shortestSilenceMs));
    },
  };
}

function openGate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function openSlots(count: number): { enter(): Promise<void>; leave(): void } {
  const waiting: (() => void)[] = [];
  let free = Math.max(1, count);
  return {
    async enter() {
      if (free > 0) {
        free -= 1;
        return;
      }
      const gate = openGate();
      waiting.push(gate.resolve);
      await gate.promise; // whoever leaves hands its slot over, so `free` stays
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
