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
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    awaited.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
