/** A number into a row of chances that is the same every time, so that a failure can be repeated. */

export interface Dice {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** From 0 up to, not including, `sides`. */
  readonly roll: (sides: number) => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** The same list in an order of chance (Fisher–Yates). */
  readonly shuffle: <T>(list: readonly T[]) => T[];
}

/** mulberry32: small, the same on every machine, and even enough for a test. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    next,
    roll,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const one = list[roll(list.length)];
      if (one === undefined) throw new RangeError('nothing to pick from');
      return one;
    },
    shuffle: (list) => {
      const mixed = [...list];
      for (let at = mixed.length - 1; at > 0; at--) mixed.splice(at, 0, ...mixed.splice(roll(at + 1), 1));
      return mixed;
    },
  };
}
