/** A limited number of places: whoever comes when none is free waits, in order. */

export interface Slots {
  /** Resolves when a place is one's own. */
  enter(): Promise<void>;
  /** Gives it to the next who waits. */
  leave(): void;
}

export function openSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = Math.max(1, count);
  return {
    async enter() {
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => waiting.push(resolve)); // whoever leaves hands its place over, so `free` stays
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
