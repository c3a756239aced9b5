/** A limited number of places: whoever comes when none is free waits, in order. */

export interface Slots {
  /** Resolves when a place is one's own. @throws the signal's reason: then none is, nor will be */
  enter(signal?: AbortSignal): Promise<void>;
  /** Gives it to the next who waits. */
  leave(): void;
}

export function openSlots(count: number): Slots {
  const waiting = new Set<() => void>();
  let free = Math.max(1, count);

  function leave(): void {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next(); // the place is handed over, so `free` stays
  }

  return {
    async enter(signal) {
      if (free > 0) {
        free -= 1;
        return;
      }
      let take = (): void => {};
      const taken = new Promise<void>((resolve) => {
        take = resolve;
      });
      waiting.add(take);
      await orStopped(taken, signal).catch((reason: unknown) => {
        if (!waiting.delete(take)) leave();
        throw reason;
      });
    },
    leave,
  };
}

/** Waits for something, but no longer than until the signal. @throws its reason */
export function orStopped<T>(awaited: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return awaited;
  return new Promise((resolve, reject) => {
    const forget = whenStopped(signal, () => reject(signal.reason));
    awaited.then(resolve, reject);
    awaited.then(forget, forget);
  });
}

/** Everything that is to be done at the abort of a signal. */
const atAbort = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Does something when the signal is aborted, or at once where it has been. All who wait for one signal share a listener:
 * to add and remove one of its own for each wait cost a twentieth of a quiet pass.
 * @returns forgets it
 */
export function whenStopped(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) act();
  const known = atAbort.get(signal);
  const all = known ?? new Set();
  if (known === undefined) {
    atAbort.set(signal, all);
    const actAll = (): void => {
      for (const one of [...all]) one();
    };
    signal.addEventListener('abort', actAll, { once: true });
  }
  all.add(act);
  return () => void all.delete(act);
}
