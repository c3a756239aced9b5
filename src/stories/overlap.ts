/** Two lists of fingerprints to what the texts have in common, how much of each that is, and where in each it stands. */

/** A text beside another. */
export interface Side extends Unplaced {
  /** Each once, in the order of the text. */
  readonly prints: Int32Array;
}

/** As far as it need not be known where in the text something stands. */
export interface Unplaced {
  /** Its fingerprints by size. */
  readonly sorted: () => Int32Array;
  /** Those of them that count for nothing. */
  readonly uncounted: ReadonlySet<number>;
  /** How many count. */
  readonly counted: number;
}

export interface Cover {
  /** Fingerprints in both that count. */
  readonly shared: number;
  /** Fingerprints of each that count. */
  readonly countA: number;
  readonly countB: number;
  /** How much of each is in the other, 0 to 1. */
  readonly coverA: number;
  readonly coverB: number;
}

export interface Overlap extends Cover {
  /** Worked out when it is asked: most pairs have too little in common. */
  readonly where: () => Where;
}

export interface Where {
  /** From and to, 0 to 1; `[0, 0]` where nothing is shared. */
  readonly placeA: readonly [number, number];
  readonly placeB: readonly [number, number];
  /** How much of the beginning of the longer one is in the other. */
  readonly lead: number;
}

/** Of a text's fingerprints those of its first seventy shingles (two in five are kept). */
const leadPrints = 28;
const none: ReadonlySet<number> = new Set();

/** @param uncounted fingerprints that count for nothing in it */
export function sideOf(prints: Int32Array, uncounted: ReadonlySet<number> = none): Side {
  const counted = uncounted.size === 0 ? prints.length : prints.filter((print) => !uncounted.has(print)).length;
  return { prints, sorted: () => ordered(prints), uncounted, counted };
}

/** The same, of a text all of whose fingerprints count, given by size. */
export function sideOfSorted(prints: Int32Array): Unplaced {
  return { sorted: () => prints, uncounted: none, counted: prints.length };
}

/** What counts for nothing in one of the two does so in both. */
export function coverOf(a: Unplaced, b: Unplaced): Cover {
  let [shared, countA, countB] = [0, a.counted, b.counted];
  for (const print of inCommon(a.sorted(), b.sorted())) {
    const [inA, inB] = [!a.uncounted.has(print), !b.uncounted.has(print)];
    if (inA && inB) shared++;
    else if (inA) countA--;
    else if (inB) countB--;
  }
  return { shared, countA, countB, coverA: ratio(shared, countA), coverB: ratio(shared, countB) };
}

/** The same, and where it stands. */
export function overlapOf(a: Side, b: Side): Overlap {
  return { ...coverOf(a, b), where: () => whereOf(a, b) };
}

function whereOf(a: Side, b: Side): Where {
  const one = usable(a, b);
  const other = usable(b, a);
  const isLongerA = one.length >= other.length;
  const places = new Map<number, number>();
  for (let at = 0; at < other.length; at++) places.set(other[at] ?? 0, at);
  const [inA, inB] = [emptyStretch(), emptyStretch()];
  let leading = 0;
  for (let at = 0; at < one.length; at++) {
    const place = places.get(one[at] ?? 0);
    if (place === undefined) continue;
    extend(inA, at);
    extend(inB, place);
    if ((isLongerA ? at : place) < leadPrints) leading++;
  }
  return {
    placeA: placeOf(inA, one.length),
    placeB: placeOf(inB, other.length),
    lead: ratio(leading, Math.min(leadPrints, Math.max(one.length, other.length))),
  };
}

function usable({ prints, uncounted }: Side, { uncounted: others }: Side): Int32Array {
  if (uncounted.size === 0 && others.size === 0) return prints;
  return prints.filter((print) => !uncounted.has(print) && !others.has(print));
}

/** By size: what one text is compared with is compared with others too. */
const inOrder = new WeakMap<Int32Array, Int32Array>();

function ordered(prints: Int32Array): Int32Array {
  const known = inOrder.get(prints);
  if (known !== undefined) return known;
  const made = prints.toSorted();
  inOrder.set(prints, made);
  return made;
}

/** Fingerprints that both have. */
function inCommon(one: Int32Array, other: Int32Array): readonly number[] {
  const found: number[] = [];
  for (let [at, beside] = [0, 0]; at < one.length && beside < other.length; ) {
    const [print = 0, next = 0] = [one[at], other[beside]];
    if (print === next) found.push(print);
    if (print <= next) at++;
    if (next <= print) beside++;
  }
  return found;
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
export const fewestSharedOfShort = 4;
/** A text with fewer is short. */
const shortPrints = 10;

/** Enough is in common to ask what it means. */
export function isWorthAsking({ shared, countA, countB }: Cover): boolean {
  const smaller = Math.min(countA, countB);
  return smaller < shortPrints ? shared >= fewestSharedOfShort && shared >= smaller * 0.6 : shared >= fewestShared;
}

/**
 * The same, before it is known which fingerprints count for nothing in the other.
 * @param shared at least as many as will count. @param counted fingerprints of the one that count in it
 * @param hasFewer whether fewer than that count in the other
 */
export function mayBeWorthAsking(shared: number, counted: number, hasFewer: (than: number) => boolean): boolean {
  const fewest = shortPrints + shared;
  return shared >= fewestShared || counted < fewest || hasFewer(fewest);
}

/** Too short to be told from others by its words. */
export function isShort({ countA, countB }: Cover): boolean {
  return Math.min(countA, countB) < shortPrints;
}

/** A large part of either is in the other. */
export function isLargePart({ coverA, coverB }: Cover): boolean {
  return Math.max(coverA, coverB) >= 0.4;
}
