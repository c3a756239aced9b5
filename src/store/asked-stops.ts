/**
 * What has been asked about stops, while nothing is written to them: a hash table with open addressing, since most fingerprints that
 * are asked about are in no other text, and an entry of a Map for each came to more than the question.
 */
import type { StopScope } from '../story-plan.ts';

export interface AskedStops {
  /** `notStopped` of what counts everywhere, undefined of what was not asked. */
  readonly get: (print: number) => StopScope | undefined;
  readonly set: (print: number, scope: StopScope) => void;
  readonly delete: (print: number) => void;
  readonly clear: () => void;
}

/** Of what counts everywhere. */
export const notStopped: StopScope = { isEverywhere: false, sources: new Set() };
/** Of what counts nowhere: by far the most of what does not count. */
const stoppedEverywhere: StopScope = { isEverywhere: true, sources: new Set() };

/** A power of two: one and a quarter megabytes. */
const slots = 1 << 18;
/** Slots that may be taken; then all is forgotten. */
const mostAsked = slots * 0.6;

const unused = 0;
const counts = 1;
const isStopped = 2;
/** In the texts of some sources: which is told aside. */
const isPartial = 3;
/** To be asked anew. */
const isStale = 4;

export function openAskedStops(): AskedStops {
  const prints = new Int32Array(slots);
  const states = new Uint8Array(slots);
  const partial = new Map<number, StopScope>();
  let taken = 0;

  const slotOf = (print: number): number => {
    const mixed = Math.imul(print ^ (print >>> 15), 0x2c1b3c6d);
    let at = (mixed ^ (mixed >>> 13)) & (slots - 1);
    while (states[at] !== unused && prints[at] !== print) at = (at + 1) & (slots - 1);
    return at;
  };
  const clear = (): void => {
    states.fill(unused);
    partial.clear();
    taken = 0;
  };
  return {
    get(print) {
      const state = states[slotOf(print)];
      if (state === counts) return notStopped;
      if (state === isStopped) return stoppedEverywhere;
      return state === isPartial ? partial.get(print) : undefined;
    },
    set(print, scope) {
      if (taken >= mostAsked) clear();
      const at = slotOf(print);
      if (states[at] === unused) taken++;
      prints[at] = print;
      if (scope.sources.size > 0) {
        states[at] = isPartial;
        partial.set(print, scope);
      } else states[at] = scope.isEverywhere ? isStopped : counts;
    },
    delete(print) {
      const at = slotOf(print);
      if (states[at] !== unused) states[at] = isStale;
      partial.delete(print);
    },
    clear,
  };
}
