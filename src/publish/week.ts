/** When a weekly digest closes: wall-clock time in the site's time zone becomes instants, right across clock changes. */
import type { DigestSchedule, Instant } from '../model.ts';
import { dayMs, instantOf, localDay } from '../text/wall-clock.ts';

export interface Week {
  /** ISO 8601 week that the digest mostly covers, e.g. `2026-W47`. */
  readonly name: string;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
}

/** Where a digest stands in the site: `calais/digest/2026-w47/`. */
export function digestPath(section: { readonly id: string }, week: Week): string {
  return `${section.id}/digest/${week.name.toLowerCase()}/`;
}

/** The last week that has closed by `now`. */
export function lastClosedWeek(schedule: DigestSchedule, timezone: string, now: Instant): Week {
  const today = localDay(now, timezone);
  const sinceClosing = (weekdayOf(today) - schedule.weekday + 7) % 7;
  const closing = instantOf(today - sinceClosing * dayMs, schedule, timezone);
  const day = closing <= now ? today - sinceClosing * dayMs : today - (sinceClosing + 7) * dayMs;
  return {
    name: isoWeek(day - dayMs),
    start: instantOf(day - 7 * dayMs, schedule, timezone),
    end: instantOf(day, schedule, timezone),
  };
}

/** The next time by the site's clocks at which a digest closes: later than now. */
export function nextClosing(schedule: DigestSchedule, timezone: string, now: Instant): Instant {
  const { end } = lastClosedWeek(schedule, timezone, now);
  return instantOf(localDay(end, timezone) + 7 * dayMs, schedule, timezone);
}

/** Digests further back than this are left as they are. */
const mostWeeks = 520;

/**
 * The last closed week, and those of these names before it.
 * @param names as in `Week.name`, in any order
 */
export function weeksNamed(names: readonly string[], schedule: DigestSchedule, timezone: string, now: Instant): Week[] {
  const wanted = new Set(names);
  let week = lastClosedWeek(schedule, timezone, now);
  const weeks = [week];
  wanted.delete(week.name);
  for (let back = 0; wanted.size > 0 && back < mostWeeks; back++) {
    week = lastClosedWeek(schedule, timezone, week.end - 1);
    if (wanted.delete(week.name)) weeks.push(week);
  }
  return weeks;
}

/** 1 Monday … 7 Sunday. 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return ((Math.floor(day / dayMs) + 3) % 7) + 1;
}

/** ISO 8601: the week that holds the year's first Thursday is week 1. */
function isoWeek(day: number): string {
  const thursday = day + (4 - weekdayOf(day)) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
