/**
 * Turns for requests: one at a time per key, a gap between two, and a limited number at once. A request has several
 * keys: its domain, and each address that may answer.
 */
import type { Clock } from '../edges.ts';
import type { Instant, NetworkLimits } from '../model.ts';
import { openSlots, orStopped } from './slots.ts';

export interface Pace {
  /**
   * Runs `task` when all its keys and one of the parallel slots are free. Turns that share a key are had in the order
   * asked for, so that nobody can wait for one who waits for him; whoever waits holds no slot.
   * @param keys what the task shares with others, each once
   * @param instead asked when the turn comes: what it gives is the result, and neither gap nor slot are taken
   * @param signal ends the wait for a turn, not the task @throws its reason
   */
  take<T>(
    keys: readonly string[],
    task: () => Promise<T>,
    instead?: () => T | undefined,
    signal?: AbortSignal,
  ): Promise<T>;
}

/** What is remembered of a key. */
interface Line {
  /** Settles when the last turn asked for is over. */
  lastTurn: Promise<void> | undefined;
  endedAt: Instant | undefined;
}

/** As many lines as nobody counts. */
const fewLines = 1_000;

/** Opens the turns for one run. The clock is the only measure of time. */
export function openPace({ spacingMs, parallel }: Pick<NetworkLimits, 'spacingMs' | 'parallel'>, clock: Clock): Pace {
  const lines = new Map<string, Line>();
  const slots = openSlots(parallel);
  let sweepAt = fewLines;

  function lineOf(key: string): Line {
    const known = lines.get(key);
    if (known !== undefined) return known;
    const line: Line = { lastTurn: undefined, endedAt: undefined };
    lines.set(key, line);
    return line;
  }

  /** Forgets lines in which nobody stands and which have rested: thousands of hosts are asked once each. */
  function sweep(): void {
    if (lines.size < sweepAt) return;
    for (const [key, line] of lines) if (line.lastTurn === undefined && restOf([line]) <= 0) lines.delete(key);
    sweepAt = Math.max(fewLines, 2 * lines.size);
  }

  /** @returns milliseconds until all of them have rested */
  function restOf(own: readonly Line[]): number {
    const ends = own.map(({ endedAt }) => endedAt).filter((end) => end !== undefined);
    if (ends.length === 0) return 0;
    // Never more than the gap itself: a clock set back must not stop a host for hours.
    return Math.min(spacingMs, Math.max(...ends) + spacingMs - clock.now());
  }

  return {
    async take(keys, task, instead, signal) {
      sweep(); // before one's own lines are looked up: from here on somebody stands in them
      const own = keys.map(lineOf);
      const before = own.map(({ lastTurn }) => lastTurn).filter((turn) => turn !== undefined);
      const { promise: turn, resolve: endTurn } = openGate();
      for (const line of own) line.lastTurn = turn; // all at once, in no order: that is what keeps circles away
      const earlier = before.length > 0 ? Promise.all(before) : undefined;
      try {
        if (earlier !== undefined) await orStopped(earlier, signal);
        const early = instead?.();
        if (early !== undefined) return early;
        const rest = restOf(own);
        if (rest > 0) await orStopped(clock.wait(rest), signal); // before taking a slot: a waiting host must not keep another from being asked
        await slots.enter(signal);
        try {
          return await task();
        } finally {
          const now = clock.now();
          for (const line of own) line.endedAt = now;
          slots.leave();
        }
      } finally {
        const end = (): void => {
          endTurn();
          for (const line of own) if (line.lastTurn === turn) line.lastTurn = undefined;
        };
        if (earlier === undefined) end();
        else void earlier.then(end); // whoever is behind us is still behind those before us
      }
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
