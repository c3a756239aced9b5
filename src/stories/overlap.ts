/** Two lists of fingerprints to what the texts have in common, how much of each that is, and where in each it stands. */

export interface Overlap {
  /** Fingerprints in both that count. */
  readonly shared: number;
  /** Fingerprints of each that count. */
  readonly countA: number;
  readonly countB: number;
  /** How much of each is in the other, 0 to 1. */
  readonly coverA: number;
  readonly coverB: number;
  /** From and to, 0 to 1; `[0, 0]` where nothing is shared. */
  readonly placeA: readonly [number, number];
  readonly placeB: readonly [number, number];
  /** How much of the beginning of the longer one is in the other. */
  readonly lead: number;
}

/** Of a text's fingerprints those of its first seventy shingles (two in five are kept). */
const leadPrints = 28;

/** @param stopped fingerprints that count for nothing */
export function overlapOf(a: Int32Array, b: Int32Array, stopped?: ReadonlySet<number>): Overlap {
  const one = usable(a, stopped);
  const other = usable(b, stopped);
  const [inA, inB] = [new Set(one), new Set(other)];
  const placesA = one.flatMap((print, at) => (inB.has(print) ? [at] : []));
  const placesB = other.flatMap((print, at) => (inA.has(print) ? [at] : []));
  const [longer, shorter] = one.length >= other.length ? [one, inB] : [other, inA];
  const beginning = longer.slice(0, leadPrints);
  return {
    shared: placesA.length,
    countA: one.length,
    countB: other.length,
    coverA: ratio(placesA.length, one.length),
    coverB: ratio(placesB.length, other.length),
    placeA: placeOf(placesA, one.length),
    placeB: placeOf(placesB, other.length),
    lead: ratio(beginning.filter((print) => shorter.has(print)).length, beginning.length),
  };
}

function usable(prints: Int32Array, stopped: ReadonlySet<number> | undefined): readonly number[] {
  const all = [...prints];
  return stopped === undefined || stopped.size === 0 ? all : all.filter((print) => !stopped.has(print));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function placeOf(places: readonly number[], length: number): readonly [number, number] {
  const [first] = places;
  const last = places.at(-1);
  return first === undefined || last === undefined ? [0, 0] : [first / length, (last + 1) / length];
}

/** Fingerprints in common without which texts share a turn of phrase; and of short texts. */
const fewestShared = 8;
const fewestSharedOfShort = 4;
/** A text with fewer is short. */
const shortPrints = 10;

/** Enough is in common to ask what it means. */
export function isWorthAsking({ shared, countA, countB }: Overlap): boolean {
  const smaller = Math.min(countA, countB);
  return smaller < shortPrints ? shared >= fewestSharedOfShort && shared >= smaller * 0.6 : shared >= fewestShared;
}

/** Too short to be told from others by its words. */
export function isShort({ countA, countB }: Overlap): boolean {
  return Math.min(countA, countB) < shortPrints;
}

/** A large part of either is in the other. */
export function isLargePart({ coverA, coverB }: Overlap): boolean {
  return Math.max(coverA, coverB) >= 0.4;
}
