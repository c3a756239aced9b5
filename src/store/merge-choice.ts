/**
 * Which segments of the index of fingerprints are to become one: those of one size, once there are enough of them, so that a posting
 * is written as often as there are sizes ("tiering": N. Dayan, S. Idreos, "Dostoevsky", SIGMOD 2018). A short merge goes before a
 * long one that is under way: while that one is made, what is fresh would pile up in segments that all have to be asked. Pure.
 */
import { grouped } from '../text/grouped.ts';
import type { Segment } from './segments.ts';

export type Sized = Pick<Segment, 'id' | 'period' | 'postings' | 'nextPiece' | 'mergedInto'>;

/** So many of one size become one of the next. */
const fanOut = 4;
/** Postings below which all are of one size. What is fresh is in the middle of a size, as a few more or less may not matter. */
const smallest = 512;
/** A period that so many segments were made after comes to rest, as one. */
const quietAfter = 64;

/** Of all periods with segments that have become too many, the smallest merge: it is done soonest. @returns none where all is in order */
export function nextMerge<T extends Sized>(segments: readonly T[]): readonly T[] {
  const free = segments.filter(({ nextPiece, mergedInto }) => nextPiece === undefined && mergedInto === undefined);
  const newest = Math.max(0, ...segments.map(({ id }) => id));
  const isAtRest = (period: number): boolean =>
    segments.every((one) => one.period !== period || (one.mergedInto === undefined && one.id < newest - quietAfter));
  const crowds = [...grouped(free, ({ period, postings }) => `${period} ${sizeOf(postings)}`).values()].filter(
    (crowd) => crowd.length >= fanOut,
  );
  const resting = (): T[][] =>
    [...grouped(free, ({ period }) => String(period)).values()].filter(
      (all) => all.length > 1 && all[0] !== undefined && isAtRest(all[0].period),
    );
  const [first] = (crowds.length > 0 ? crowds : resting()).sort((a, b) => postingsIn(a) - postingsIn(b));
  return first ?? [];
}

/** Of those in the making the one that is done soonest. */
export function shortestMade<T extends Sized>(segments: readonly T[]): T | undefined {
  const made = segments.filter(({ nextPiece }) => nextPiece !== undefined);
  return made.sort((a, b) => a.postings - b.postings)[0];
}

export function postingsIn(segments: readonly Sized[]): number {
  return segments.reduce((sum, { postings }) => sum + postings, 0);
}

function sizeOf(postings: number): number {
  return Math.max(0, Math.floor(Math.log(postings / smallest) / Math.log(fanOut)));
}
