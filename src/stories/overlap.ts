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
  const isLongerA = one.length >= other.length;
  const places = new Map<number, number>();
  for (let at = 0; at < other.length; at++) places.set(other[at] ?? 0, at);
  const [inA, inB] = [emptyStretch(), emptyStretch()];
  let shared = 0;
  let leading = 0;
  for (let at = 0; at < one.length; at++) {
    const place = places.get(one[at] ?? 0);
    if (place === undefined) continue;
    shared++;
    extend(inA, at);
    extend(inB, place);
    if ((isLongerA ? at : place) < leadPrints) leading++;
  }
  return {
    shared,
    countA: one.length,
    countB: other.length,
    coverA: ratio(shared, one.length),
    coverB: ratio(shared, other.length),
    placeA: placeOf(inA, one.length),
    placeB: placeOf(inB, other.length),
    lead: ratio(leading, Math.min(leadPrints, Math.max(one.length, other.length))),
  };
}

function usable(prints: Int32Array, stopped: ReadonlySet<number> | undefined): Int32Array {
  return stopped === undefined || stopped.size === 0 ? prints : prints.filter((print) => !stopped.has(print));
}

/** From the first place of something to its last. */
interface Stretch {
  first: number;
  last: number;
}

function emptyStretch(): Stretch {
  return { first: Number.POSITIVE_INFINITY, last: -1 };
}

function extend(stretch: Stretch, place: number): void {
  if (place < stretch.first) stretch.first = place;
  if (place > stretch.last) stretch.last = place;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function placeOf({ first, last }: Stretch, length: number): readonly [number, number] {
  return last < 0 ? [0, 0] : [first / length, (last + 1) / length];
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
