/** When a digest closes: wall-clock time in the site's time zone becomes instants, right across clock changes. Pure. */
import type { DigestSchedule, Instant } from '../model.ts';
import { dayMs, instantOf, localDay } from '../text/wall-clock.ts';

/** What one digest tells of: from one closing to another. */
export interface Period {
  /** `2026-11-12`, the ISO 8601 week `2026-W47` or `2026-11`: what it mostly covers. `2026-W47.2` where that is taken. */
  readonly name: string;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
}

/** Where a digest stands in the site: `calais/digest/2026-w47/`. */
export function digestPath(section: { readonly id: string }, { name }: Pick<Period, 'name'>): string {
  return `${section.id}/digest/${name.toLowerCase()}/`;
}

/** The last one that has closed by `now`, from the closing before. */
export function lastPeriod(schedule: DigestSchedule, timezone: string, now: Instant): Period {
  const today = closingBy(schedule, localDay(now, timezone));
  const day = instantOf(today, schedule, timezone) <= now ? today : closingBy(schedule, today - dayMs);
  // A weekly one that closes on Monday is last week's, a monthly one that closes on the first last month's.
  const isEndOfDay = schedule.when !== 'daily' || (schedule.hour === 0 && schedule.minute === 0);
  return {
    name: nameOn(schedule, isEndOfDay ? day - dayMs : day),
    start: instantOf(closingBy(schedule, day - dayMs), schedule, timezone),
    end: instantOf(day, schedule, timezone),
  };
}

/** The next time by the site's clocks at which one closes: later than now. */
export function nextClosing(schedule: DigestSchedule, timezone: string, now: Instant): Instant {
  const last = localDay(lastPeriod(schedule, timezone, now).end, timezone);
  return instantOf(closingAfter(schedule, last), schedule, timezone);
}

/** What a digest is called that closes before its time. */
export function nameAt(schedule: DigestSchedule, timezone: string, now: Instant): string {
  return nameOn(schedule, localDay(now, timezone));
}

/** A name that no other has: one week may close twice, on Monday and, after other settings, on Friday. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? name : `${name}.${number}`;
    if (!taken.has(free)) return free;
  }
}

/** The last day, up to this one, on which it closes. Days are midnights UTC. */
function closingBy({ when, weekday, day }: DigestSchedule, by: number): number {
  if (when === 'daily') return by;
  if (when === 'weekly') return by - ((weekdayOf(by) - weekday + 7) % 7) * dayMs;
  const date = new Date(by);
  const isBefore = date.getUTCDate() < day;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (isBefore ? 1 : 0), day);
}

/** The first day after this one, on which it closes, that it closes again. */
function closingAfter({ when, day }: DigestSchedule, after: number): number {
  if (when !== 'monthly') return after + (when === 'daily' ? 1 : 7) * dayMs;
  const date = new Date(after);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, day);
}

function nameOn({ when }: DigestSchedule, day: number): string {
  if (when === 'weekly') return isoWeek(day);
  return new Date(day).toISOString().slice(0, when === 'daily' ? 10 : 7);
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
