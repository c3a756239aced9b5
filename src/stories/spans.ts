/** Dates as far as they say anything: many feeds name a day, some a month or a year. */
import type { Span } from '../story-plan.ts';

export const dayMs = 86_400_000;
/** What is further apart is not compared by its words. */
const farApartMs = 60 * dayMs;

/** Milliseconds between two dates, 0 where they may be one; undefined where one is missing. */
export function gapBetween(a: Span | undefined, b: Span | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  return Math.max(0, a.from - b.to, b.from - a.to);
}

/** More than sixty days lie between them; false where that cannot be told. */
export function areFarApart(a: Span | undefined, b: Span | undefined): boolean {
  return (gapBetween(a, b) ?? 0) > farApartMs;
}
