/**
 * When something takes place: what a machine-readable text says of it, and the instants that this comes to where clocks
 * show the site's time. Only the forms that calendars and schema.org write are read: prose is no date here.
 */
import type { EventTime, Instant, ItemEvent } from '../model.ts';
import { gregorianDay } from './calendar.ts';
import { parseDate } from './dates.ts';
import { calendarInstant, dayMs, localDay } from './wall-clock.ts';

/** ISO 8601 with and without separators, a zone as RFC 3339 or as RFC 9557 writes it. */
const iso =
  /^(\d{4})(-?)(\d{2})\2(\d{2})(?:(?:t| )\s?(\d{2})(?::?(\d{2}))?(?::?\d{2}(?:[.,]\d{1,9})?)?\s?(z|[+-]\d{2}(?::?\d{2})?)?(?:\[([\w/+-]{1,60})\])?)?$/i;
/** RFC 822 says where its clocks are. */
const mail = /^(?:[a-z]{3},? )?\d{1,2} [a-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:gmt|utc?|z|[+-]\d{4})$/i;

/** @param zone IANA name for times that say nothing of where their clocks are. @returns undefined for what is no such text */
export function readEventTime(written: string, zone?: string): EventTime | undefined {
  const text = written.trim();
  if (mail.test(text)) return instant(parseDate(text));
  const [, year, , month, date, hour, minute = '00', offset, place] = iso.exec(text) ?? [];
  const midnight = gregorianDay(Number(year), Number(month), Number(date));
  if (midnight === undefined) return undefined;
  const day = `${year}-${month}-${date}`;
  if (hour === undefined) return { kind: 'day', day };
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const wall = midnight + (Number(hour) * 60 + Number(minute)) * 60_000;
  if (offset !== undefined) return instant(wall - offsetMs(offset));
  const named = zoneNamed(place ?? zone);
  return named === undefined
    ? { kind: 'wall', wall: `${day}T${hour}:${minute}` }
    : instant(calendarInstant(wall, named));
}

function instant(at: Instant | undefined): EventTime | undefined {
  return at === undefined ? undefined : { kind: 'instant', at };
}

function offsetMs(written: string): number {
  const digits = written.replace(/\D/g, '').padEnd(4, '0');
  const size = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (written.startsWith('-') ? -1 : 1) * (digits === '0000' ? 0 : size) * 60_000;
}

/** The zone as everybody calls it; undefined for one that nobody knows. */
function zoneNamed(zone: string | undefined): string | undefined {
  if (zone === undefined || !/^[a-z_]+(?:\/[\w+-]+){0,2}$/i.test(zone)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** ISO 8601 §5.5.2 as far as it is the same everywhere: weeks, days, hours, minutes. */
export function readDuration(written: string): number | undefined {
  const parts = /^p(?:(\d{1,2})w|(?:(\d{1,3})d)?(?:t(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:\d{1,5}s)?)?)$/i.exec(
    written.trim(),
  );
  if (parts === null) return undefined;
  const [weeks, days, hours, minutes] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const ms = (weeks * 7 + days) * dayMs + (hours * 60 + minutes) * 60_000;
  return ms > 0 ? ms : undefined;
}

/** The time that is so much later. */
export function laterBy(time: EventTime, ms: number): EventTime {
  if (time.kind === 'instant') return { kind: 'instant', at: time.at + ms };
  if (time.kind === 'day') return { kind: 'day', day: isoDay(Date.parse(time.day) + ms) };
  return { kind: 'wall', wall: new Date(Date.parse(`${time.wall}Z`) + ms).toISOString().slice(0, 16) };
}

/** A day as text. @param day midnight UTC */
export function isoDay(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

/** The instant that a time comes to: of a day its first. */
export function instantOfTime(time: EventTime, timezone: string): Instant {
  if (time.kind === 'instant') return time.at;
  return calendarInstant(Date.parse(time.kind === 'day' ? `${time.day}T00:00Z` : `${time.wall}Z`), timezone);
}

/** Where an event lies in time. */
export interface Span {
  readonly start: Instant;
  /** The first instant after it; undefined where nobody says when it ends. */
  readonly end: Instant | undefined;
  /** From when on it is over for readers: its end, or the end of its day. */
  readonly passes: Instant;
}

/** What lasts for longer is not coming up for all that time: it would stand before everything that is. */
const longestMs = 14 * dayMs;

export function spanOf({ start, end }: Pick<ItemEvent, 'start' | 'end'>, timezone: string): Span {
  const from = instantOfTime(start, timezone);
  const last = end ?? start;
  if (last.kind === 'day') {
    const after = instantOfTime(laterBy(last, dayMs), timezone);
    return { start: from, end: after, passes: Math.min(after, from + longestMs) };
  }
  const to = end && instantOfTime(end, timezone);
  return { start: from, end: to, passes: Math.min(to ?? endOfDay(from, timezone), from + longestMs) };
}

function endOfDay(at: Instant, timezone: string): Instant {
  return calendarInstant(localDay(at, timezone) + dayMs, timezone);
}

/** The latest instant at which any of these may be over, wherever the clocks are; undefined for none. */
export function latestPassing(events: readonly ItemEvent[]): Instant | undefined {
  if (events.length === 0) return undefined;
  return Math.max(...events.map((event) => spanOf(event, 'UTC').passes)) + dayMs;
}
