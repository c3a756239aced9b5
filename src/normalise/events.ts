/** What an entry says takes place → events with times that can be true, each once. Pure. */
import type { EntryEvent, EventTime, Instant, ItemEvent } from '../model.ts';
import { instantOfTime, laterBy, readDuration, readEventTime } from '../text/event-times.ts';
import { plainLine } from '../text/safe.ts';
import { canonicalUrl } from '../text/url.ts';
import { dayMs } from '../text/wall-clock.ts';

/** A programme of a week has as many; the others are in its text. */
const mostEvents = 10;
/** Looked at, doubles among them. */
const mostRead = 100;
const longestWords = 200;
/** Before, there was nothing to be told of by a feed. */
const earliest: Instant = Date.UTC(1990, 0, 1);
/** Nobody calls to anything further ahead: such a date is a mistake. */
const furthestMs = 3 * 366 * dayMs;
const longestMs = 366 * dayMs;

export interface EventContext {
  /** The entry's, so that an event of the same name need not repeat it. */
  readonly title: string;
  readonly base: string;
  readonly now: Instant;
}

/** The first ten whose dates are of a calendar and no more than three years ahead. What is said of one twice is put together. */
export function eventsOf(written: readonly EntryEvent[], context: EventContext): readonly ItemEvent[] {
  const events: ItemEvent[] = [];
  for (const one of written.slice(0, mostRead)) {
    const event = eventOf(one, context);
    if (event === undefined) continue;
    const at = events.findIndex((other) => isSame(other, event));
    const known = events[at];
    if (known !== undefined) events[at] = together(known, event);
    else if (events.length < mostEvents) events.push(event);
  }
  return events;
}

function eventOf(written: EntryEvent, { title, base, now }: EventContext): ItemEvent | undefined {
  const start = readEventTime(written.startText, written.zone);
  if (start === undefined) return undefined;
  const from = instantOfTime(start, 'UTC');
  if (from < earliest || from > now + furthestMs) return undefined;
  const own = plainLine(written.title ?? '', longestWords);
  return {
    start,
    end: endOf(written, start),
    title: own === '' || own === plainLine(title, longestWords) ? undefined : own,
    place: plainLine(written.place ?? '', longestWords) || undefined,
    url: written.url === undefined ? undefined : canonicalUrl(written.url, base),
    isCancelled: written.isCancelled,
  };
}

/** Of the start's kind and later, else none: half a wrong date is worse than none. */
function endOf(written: EntryEvent, start: EventTime): EventTime | undefined {
  const end = saidEnd(written, start);
  if (end === undefined || end.kind !== start.kind) return undefined;
  const length = instantOfTime(end, 'UTC') - instantOfTime(start, 'UTC');
  return length > 0 && length <= longestMs ? end : undefined;
}

function saidEnd({ endText, durationText, zone, isEndExclusive }: EntryEvent, start: EventTime): EventTime | undefined {
  if (endText === undefined) {
    const ms = durationText === undefined ? undefined : readDuration(durationText);
    const isDays = start.kind === 'day';
    if (ms === undefined || (isDays && ms % dayMs > 0)) return undefined;
    return laterBy(start, isDays ? ms - dayMs : ms);
  }
  // An hour alone is one of the day on which it begins (microformats.org/wiki/value-class-pattern).
  const isHour = start.kind === 'wall' && /^\d{1,2}:\d{2}/.test(endText);
  const text = isHour ? `${start.wall.slice(0, 10)}T${endText.padStart(5, '0')}` : endText;
  const end = readEventTime(text, zone);
  return end?.kind === 'day' && isEndExclusive ? laterBy(end, -dayMs) : end;
}

/** At one time, and not called differently. */
function isSame(one: ItemEvent, other: ItemEvent): boolean {
  if (instantOfTime(one.start, 'UTC') !== instantOfTime(other.start, 'UTC')) return false;
  return one.title === undefined || other.title === undefined || one.title === other.title;
}

function together(one: ItemEvent, other: ItemEvent): ItemEvent {
  return {
    start: one.start,
    end: one.end ?? (other.end?.kind === one.start.kind ? other.end : undefined),
    title: one.title ?? other.title,
    place: one.place ?? other.place,
    url: one.url ?? other.url,
    isCancelled: one.isCancelled || other.isCancelled,
  };
}
