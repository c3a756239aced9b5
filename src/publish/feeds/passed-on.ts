/**
 * What feeds of ours pass on of a text beside its words: how much of it its authors ask to be republished, and when and where
 * what it calls to takes place; in the words that our own reader, and others', take from any feed.
 */
import type { Wish } from '../../model.ts';
import { plainLine } from '../../text/safe.ts';
import { dayMs } from '../../text/wall-clock.ts';
import { wishNamespace } from '../../text/wishes.ts';
import type { EventView, StoryView } from '../views.ts';
import { isWritable, webAddress } from './safe-values.ts';

/** Days are `2026-11-28`, the last one included; times are RFC 3339. */
export interface PassedEvent {
  readonly start: string;
  readonly end: string | undefined;
  readonly isDays: boolean;
  readonly title: string;
  readonly place: string | undefined;
  readonly url: string | undefined;
  readonly isCancelled: boolean;
}

/** An element without attributes but the declaration of its namespace, which each brings along. */
export interface PassedElement {
  /** With its prefix. */
  readonly name: string;
  readonly namespace: string;
  /** Unescaped; or the elements inside, of the same namespace. */
  readonly content: string | readonly PassedElement[];
}

/** http://web.resource.org/rss/1.0/modules/event/ */
const eventModule = 'http://purl.org/rss/1.0/modules/event/';
const xcal = 'urn:ietf:params:xml:ns:xcal';

export function passedEvents({ events }: Pick<StoryView, 'events'>): readonly PassedEvent[] {
  return events.flatMap((event) => {
    const times = timesOf(event);
    if (times === undefined) return [];
    return [
      {
        ...times,
        title: plainLine(event.title),
        place: plainLine(event.place ?? '') || undefined,
        url: webAddress(event.url),
        isCancelled: event.isCancelled,
      },
    ];
  });
}

function timesOf({ start, end, days }: EventView): Pick<PassedEvent, 'start' | 'end' | 'isDays'> | undefined {
  if (days !== undefined)
    return { start: days.first, end: days.last === days.first ? undefined : days.last, isDays: true };
  if (!isWritable(start)) return undefined;
  const written = (at: number): string => new Date(at).toISOString();
  return { start: written(start), end: end !== undefined && isWritable(end) ? written(end) : undefined, isDays: false };
}

/** The first event for those who know no more than one, and all of them, called off or not, as a calendar says it. */
export function passedElements(wish: Wish | undefined, events: readonly PassedEvent[]): readonly PassedElement[] {
  const [first] = events;
  const wished = ([name, content]: readonly [string, string | undefined]): PassedElement[] =>
    content === undefined ? [] : [{ name: `relais:${name}`, namespace: wishNamespace, content }];
  const own = (name: string, content: string | undefined): PassedElement[] =>
    content === undefined ? [] : [{ name: `ev:${name}`, namespace: eventModule, content }];
  const { republish, images } = wish ?? {};
  return [
    ...wished(['republish', republish]),
    ...wished(['images', images]),
    ...(first === undefined || first.isCancelled
      ? []
      : [...own('startdate', first.start), ...own('enddate', first.end), ...own('location', first.place)]),
    ...events.map(calendarElement),
  ];
}

/** In a calendar the end is the first day that is not part of it (RFC 5545 §3.6.1). */
function calendarElement(event: PassedEvent): PassedElement {
  const { start, end, isDays, title, place, url, isCancelled } = event;
  const last = end === undefined || !isDays ? end : new Date(Date.parse(end) + dayMs).toISOString().slice(0, 10);
  const said = { dtstart: start, dtend: last, summary: title, location: place, url };
  const parts = Object.entries({ ...said, status: isCancelled ? 'CANCELLED' : undefined });
  const content = parts.flatMap(([name, value]): PassedElement[] =>
    value === undefined || value === '' ? [] : [{ name: `xCal:${name}`, namespace: xcal, content: value }],
  );
  return { name: 'xCal:vevent', namespace: xcal, content };
}

/** The same as schema.org says it, for JSON. */
export function passedData(events: readonly PassedEvent[]): readonly object[] | undefined {
  if (events.length === 0) return undefined;
  return events.map(({ start, end, title, place, url, isCancelled }) => ({
    '@type': 'Event',
    startDate: start,
    ...(end !== undefined && { endDate: end }),
    name: title,
    ...(place !== undefined && { location: place }),
    ...(url !== undefined && { url }),
    ...(isCancelled && { eventStatus: 'https://schema.org/EventCancelled' }),
  }));
}
