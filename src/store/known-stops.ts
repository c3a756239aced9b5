/**
 * Stops as far as they have been asked about, while nothing is written to them. They are read by stretches of fingerprints, so that
 * it is known of all others in a stretch that they count: most of what is asked about is in no other text, and to ask for each was
 * the dearest part of an import. A hash table with open addressing holds them, as Maps of a hundred thousand take long to walk.
 */
import type { SourceKey } from '../model.ts';
import type { StopScope } from '../story-plan.ts';
import { slotOf } from './fresh-prints.ts';

export interface StopRow {
  /** Unsigned. */
  readonly print: number;
  readonly source: SourceKey;
}

export interface KnownStops {
  /** Undefined of what counts everywhere. */
  readonly scope: (print: number) => StopScope | undefined;
  /** A stop was written. */
  readonly note: (print: number, source: SourceKey) => void;
  readonly clear: () => void;
}

/** In the place of a source's key: in the texts of all. */
export const everywhere = '';
/** Of what counts nowhere: by far the most of what does not count. */
const stoppedEverywhere: StopScope = { isEverywhere: true, sources: new Set() };

/** Fingerprints of a stretch share their first bits. */
const stretchBits = 16;
const stretches = 2 ** (32 - stretchBits);
/** Stops in memory, twenty megabytes; beyond them each is asked for. (All forgotten, they were read again and again.) */
const mostKnown = 2_400_000;
/** Of them in the texts of some sources: fifty megabytes. */
const mostPartial = 1 << 18;
/** Part of the slots that may be taken. */
const fullest = 0.6;

const unused = 0;
const isStopped = 1;
/** In the texts of some sources: which is told aside. */
const isPartial = 2;

/**
 * @param between stops from a fingerprint up to another and that one, both unsigned, in their order
 * @param most how many of them memory has at the most, but for those of the last stretch
 */
export function openKnownStops(between: (from: number, to: number) => Iterable<StopRow>, most = mostKnown): KnownStops {
  const isRead = new Uint8Array(stretches);
  const partial = new Map<number, StopScope>();
  /** The same few sources have the same footers: one object for all of them. */
  const scopes = new Map<string, StopScope>();
  let prints = new Int32Array(4_096);
  let states = new Uint8Array(prints.length);
  let taken = 0;

  const placeOf = (print: number): number => {
    const mask = prints.length - 1;
    let at = slotOf(print, mask);
    while (states[at] !== unused && prints[at] !== print) at = (at + 1) & mask;
    return at;
  };
  const put = (print: number, state: number): void => {
    const at = placeOf(print);
    if (states[at] === unused) taken++;
    prints[at] = print;
    states[at] = state;
    if (taken > prints.length * fullest) grow();
  };
  const grow = (): void => {
    const [oldPrints, oldStates] = [prints, states];
    prints = new Int32Array(oldPrints.length * 2);
    states = new Uint8Array(prints.length);
    taken = 0;
    for (const [at, state] of oldStates.entries()) if (state !== unused) put(oldPrints[at] ?? 0, state);
  };
  const clear = (): void => {
    isRead.fill(0);
    states.fill(unused);
    partial.clear();
    scopes.clear();
    taken = 0;
  };
  const shared = (sources: readonly SourceKey[]): StopScope => {
    const name = sources.join('\n');
    const scope = scopes.get(name) ?? scopeOf(sources);
    scopes.set(name, scope);
    return scope;
  };
  const keep = (print: number, sources: readonly SourceKey[]): void => {
    if (sources.length === 0) return;
    const scope = shared(sources);
    if (scope.sources.size > 0) partial.set(print, scope);
    put(print, scope.sources.size > 0 ? isPartial : isStopped);
  };
  const isFull = (): boolean => taken > most || partial.size > mostPartial;
  const readOne = (print: number): StopScope | undefined => {
    const sources = Array.from(between(print >>> 0, print >>> 0), ({ source }) => source);
    return sources.length === 0 ? undefined : scopeOf(sources);
  };
  const readStretch = (stretch: number): void => {
    isRead[stretch] = 1;
    let print = 0;
    let sources: SourceKey[] = [];
    for (const row of between(stretch * 2 ** stretchBits, (stretch + 1) * 2 ** stretchBits - 1)) {
      if (row.print !== print) {
        keep(print | 0, sources);
        [print, sources] = [row.print, []];
      }
      sources.push(row.source);
    }
    keep(print | 0, sources);
  };
  return {
    scope(print) {
      const stretch = print >>> stretchBits;
      if (isRead[stretch] === 0) {
        if (isFull()) return readOne(print);
        readStretch(stretch);
      }
      const state = states[placeOf(print)];
      if (state === unused) return undefined;
      return state === isPartial ? partial.get(print) : stoppedEverywhere;
    },
    // What is known stays true: stops are never taken back.
    note(print, source) {
      const stretch = print >>> stretchBits;
      if (isRead[stretch] === 0) return;
      const isNew = states[placeOf(print | 0)] === unused;
      if (source === everywhere && isNew && !isFull()) put(print | 0, isStopped);
      else isRead[stretch] = 0;
    },
    clear,
  };
}

export function scopeOf(stored: readonly SourceKey[]): StopScope {
  const sources = new Set(stored);
  return { isEverywhere: sources.delete(everywhere), sources };
}
