/** What the clocks on the wall show in a time zone → instants, right across both changes of the clocks. */
import type { Instant } from '../model.ts';

export const dayMs = 86_400_000;

/** Local time of day. */
export interface WallTime {
  readonly hour: number;
  readonly minute: number;
}

/** The last time by `now` that it was this time of day in the zone. */
export function lastDaily(time: WallTime, timezone: string, now: Instant): Instant {
  const today = localDay(now, timezone);
  const instant = instantOf(today, time, timezone);
  return instant <= now ? instant : instantOf(today - dayMs, time, timezone);
}

/** Midnight UTC of the calendar day that it is in the zone: a day as a number. */
export function localDay(instant: Instant, timezone: string): number {
  return Math.floor((instant + offsetAt(instant, timezone)) / dayMs) * dayMs;
}

/** A wall-clock time on a day; where a clock change skips it, an instant after the gap. */
export function instantOf(day: number, { hour, minute }: WallTime, timezone: string): Instant {
  return calendarInstant(day + (hour * 60 + minute) * 60_000, timezone);
}

/**
 * The instant at which clocks show this (as if it were UTC), as calendars want it (RFC 5545 §3.3.5): of a time that comes
 * twice the first, and of one that is skipped what it would be without the change.
 */
export function calendarInstant(wall: number, timezone: string): Instant {
  const [before, after] = [wall - dayMs, wall + dayMs].map((near) => wall - offsetAt(near, timezone)) as [
    number,
    number,
  ];
  const isShown = (instant: Instant): boolean => instant + offsetAt(instant, timezone) === wall;
  return isShown(before) || !isShown(after) ? before : after;
}

/** Making one takes 5 ms. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timezone, format);
  return format;
}

/** How far the zone's clocks are ahead of UTC, in ms. */
function offsetAt(instant: Instant, timezone: string): number {
  if (timezone === 'UTC') return 0;
  const format = formatFor(timezone);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(instant / 1000) * 1000;
}
