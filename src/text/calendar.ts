/** Numbers that name a day to midnight UTC of that day, or to nothing where no calendar has it. */
import type { Instant } from '../model.ts';
import { dayMs } from './wall-clock.ts';

/** A day of the Gregorian calendar, of years that it has been in use: `1404/12/12` is of the Iranian or the Islamic one. */
export function gregorianDay(year: number, month: number, day: number): Instant | undefined {
  if (year < 1_583 || year > 9_999 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  return midnight.getUTCMonth() === month - 1 ? midnight.getTime() : undefined; // 30 February became March
}

/** RFC 2822 §4.3: two digits below 50 are of this century, the others and three digits count from 1900. */
export function fullYear(written: string): number {
  const year = Number(written);
  if (written.length > 3) return year;
  return written.length === 2 && year < 50 ? 2_000 + year : 1_900 + year;
}

/** Day of the year (ISO 8601 §5.2.2), from 1. */
export function ordinalDay(year: number, day: number): Instant | undefined {
  const first = gregorianDay(year, 1, 1);
  const next = gregorianDay(year + 1, 1, 1);
  if (first === undefined || next === undefined || day < 1) return undefined;
  const instant = first + (day - 1) * dayMs;
  return instant < next ? instant : undefined;
}

/** Week and day of the week (ISO 8601 §5.2.3): Monday is 1, and 4 January is in week 1. */
export function weekDay(year: number, week: number, day: number): Instant | undefined {
  const fourth = gregorianDay(year, 1, 4);
  if (fourth === undefined || week < 1 || week > 53 || day < 1 || day > 7) return undefined;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs;
  const thursday = new Date(monday + ((week - 1) * 7 + 3) * dayMs);
  return thursday.getUTCFullYear() === year ? monday + ((week - 1) * 7 + day - 1) * dayMs : undefined;
}

/** Remainders of leap years in the cycle of 33 that the Iranian calendar keeps from 1244 to 1472. */
const jalaliLeaps: ReadonlySet<number> = new Set([1, 5, 9, 13, 17, 22, 26, 30]);

/** A day of the Iranian calendar, 1244 to 1472 (1865 to 2094). */
export function jalaliDay(year: number, month: number, day: number): Instant | undefined {
  if (year < 1_244 || year > 1_472 || month < 1 || month > 12 || day < 1) return undefined;
  const length = month < 7 ? 31 : month < 12 || jalaliLeaps.has(year % 33) ? 30 : 29;
  if (day > length) return undefined;
  let days = (year - 1_244) * 365;
  for (let past = 1_244; past < year; past++) if (jalaliLeaps.has(past % 33)) days++;
  return Date.UTC(1865, 2, 21) + (days + (month - 1) * 31 - Math.max(0, month - 7) + day - 1) * dayMs;
}

/**
 * Three numbers with one separator between them. A year of four digits in front is ISO's order. Dots mean day, month, year
 * in every language of CLDR that uses them. Otherwise all orders in use are tried, and what fits more than one is no date:
 * `3/4/2026`, `03-12-31`.
 */
export function numericDay(first: string, separator: string, second: string, third: string): Instant | undefined {
  if (first.length === 4)
    return third.length > 2 ? undefined : gregorianDay(Number(first), Number(second), Number(third));
  if (first.length > 2 || third.length === 1 || third.length === 3) return undefined;
  const [a, b] = [Number(first), Number(second)];
  const year = fullYear(third);
  const readings = [
    gregorianDay(year, b, a),
    separator === '.' ? undefined : gregorianDay(year, a, b),
    separator === '.' || third.length > 2
      ? undefined
      : gregorianDay(fullYear(first.padStart(2, '0')), b, Number(third)),
  ].filter((day) => day !== undefined);
  return new Set(readings).size === 1 ? readings[0] : undefined;
}
