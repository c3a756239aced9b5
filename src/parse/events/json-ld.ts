/** Events of schema.org as JSON-LD writes them: in a script inside a text, or in a member of a JSON Feed's item. */
import type { EntryEvent } from '../../model.ts';
import { xmlText } from '../../text/safe.ts';
import { resolveUrl } from '../../text/url.ts';
import { asText, isObject, type Json, member } from '../json-members.ts';
import { plainOf } from '../xml/constructs.ts';
import { type Said, writtenEvent } from './written.ts';

/** What gathers people; deliveries, sales and broadcasts do not. */
const kinds: ReadonlySet<string> = new Set(
  `Event BusinessEvent ChildrensEvent ComedyEvent CourseInstance DanceEvent EducationEvent EventSeries ExhibitionEvent
  Festival FoodEvent Hackathon LiteraryEvent MusicEvent ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent`.split(
    /\s+/,
  ),
);

/** True for the name of a kind of event, bare or as an address. */
export function isEventKind(written: string): boolean {
  const [, name = ''] = /^(?:https?:\/\/schema\.org\/|schema:)?([A-Za-z]{1,40})$/.exec(written.trim()) ?? [];
  return kinds.has(name);
}

/** Longer scripts hold more than an event. */
const longestScript = 100_000;
/** Objects and lists that are looked at. */
const mostValues = 1_000;
const deepest = 8;
const mostEvents = 50;

/** @param script what stands in the script; nothing is read of broken JSON */
export function eventsInScript(script: string, base: string | undefined): readonly EntryEvent[] {
  if (script.length > longestScript || !script.includes('startDate')) return [];
  try {
    return eventsInData(JSON.parse(script), base);
  } catch {
    return [];
  }
}

/** The events in a value, however deep inside lists and graphs, as far as one looks. */
export function eventsInData(data: unknown, base: string | undefined): readonly EntryEvent[] {
  const events: EntryEvent[] = [];
  let left = mostValues;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest || --left < 0) return;
    if (Array.isArray(value)) for (const one of value.slice(0, mostValues)) visit(one, depth + 1);
    if (!isObject(value)) return;
    const isEvent = listOf(member(value, '@type')).some((type) => typeof type === 'string' && isEventKind(type));
    const event = isEvent && events.length < mostEvents ? eventOf(value, base) : undefined;
    if (event !== undefined) events.push(event);
    for (const name of ['@graph', 'subEvent', 'event', 'events', 'mainEntity', 'item', 'itemListElement', 'about'])
      visit(member(value, name), depth + 1);
  };
  visit(data, 0);
  return events;
}

function eventOf(value: Json, base: string | undefined): EntryEvent | undefined {
  const url = firstTextIn(value, 'url');
  return writtenEvent({
    start: firstTextIn(value, 'startDate'),
    end: firstTextIn(value, 'endDate'),
    duration: firstTextIn(value, 'duration'),
    title: plainOf(firstTextIn(value, 'name') ?? '', 300),
    place: placeOf(member(value, 'location')),
    url: url === undefined ? undefined : resolveUrl(url, base),
    status: firstTextIn(value, 'eventStatus'),
  });
}

/** The first place that is one: its name, and its address in one line. */
function placeOf(location: unknown): Said {
  for (const one of listOf(location).slice(0, 5)) {
    const parts = typeof one === 'string' ? [one] : isObject(one) ? [firstTextIn(one, 'name'), addressIn(one)] : [];
    const place = plainOf([...new Set(parts)].filter((part) => part !== undefined).join(', '), 300);
    if (place !== undefined) return place;
  }
  return undefined;
}

function addressIn(place: Json): Said {
  const [address] = listOf(member(place, 'address'));
  if (typeof address === 'string') return xmlText(address);
  if (!isObject(address)) return undefined;
  const parts = ['streetAddress', 'postalCode', 'addressLocality'].map((name) => firstTextIn(address, name));
  return parts.filter((part) => part !== undefined).join(', ') || undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The first of several; a number is no text here. */
function firstTextIn(holder: Json, name: string): Said {
  const [value] = listOf(member(holder, name));
  return typeof value === 'string' ? asText(value) : undefined;
}
