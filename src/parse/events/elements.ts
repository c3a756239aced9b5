/**
 * Elements by which feeds say when something takes place: the event module of RSS 1.0, xCal in its drafts and as in
 * RFC 6321, and what two calendars for WordPress write.
 */
import type { EntryEvent } from '../../model.ts';
import { joinedDate } from '../microformat-values.ts';
import { plainOf } from '../xml/constructs.ts';
import {
  attribute,
  childrenOf,
  childrenOfAny,
  firstText,
  hasAnyOf,
  type RawNode,
  type Scope,
  textOf,
} from '../xml/node.ts';
import { addressOf } from '../xml/parts.ts';
import { type Said, type Written, writtenEvent } from './written.ts';

/** Elements that are read here. */
export const eventElements: readonly string[] =
  `ev:startdate ev:enddate ev:location ev:tribe_event_meta mec:startDate mec:startHour mec:endDate mec:endHour mec:location
  xcal:dtstart xcal:dtend xcal:duration xcal:summary xcal:location xcal:url xcal:status xcal:vevent xcal:icalendar
  xcal:vcalendar`.split(/\s+/);

const namesOfEvents = new Set(eventElements);

/** More of a kind than any honest entry has; those after them are not looked at. */
const most = 50;

/** What an entry's elements say takes place. */
export function eventsOf(node: RawNode, scope: Scope): readonly EntryEvent[] {
  if (!hasAnyOf(node, namesOfEvents)) return [];
  const modules = [node, ...childrenOf(node, 'ev:tribe_event_meta')].map(moduleEvent);
  const calendar = [node, ...calendarEntries(node)].slice(0, most).map((one) => calendarEvent(one, scope));
  return [...modules, pluginEvent(node), ...calendar].filter((event) => event !== undefined);
}

/** http://web.resource.org/rss/1.0/modules/event/ */
function moduleEvent(node: RawNode): EntryEvent | undefined {
  return writtenEvent({
    start: firstText(node, 'ev:startdate'),
    end: firstText(node, 'ev:enddate'),
    place: plainOf(firstText(node, 'ev:location') ?? '', 300),
  });
}

/** Modern Events Calendar writes days and hours apart. */
function pluginEvent(node: RawNode): EntryEvent | undefined {
  const joined = (day: string, hour: string): string | undefined => {
    const parts = [firstText(node, day), firstText(node, hour)].filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : joinedDate(parts);
  };
  return writtenEvent({
    start: joined('mec:startDate', 'mec:startHour'),
    end: joined('mec:endDate', 'mec:endHour'),
    place: plainOf(firstText(node, 'mec:location') ?? '', 300),
  });
}

/** The entries of a calendar that is inside an entry, in its wrappings. */
function calendarEntries(node: RawNode): readonly RawNode[] {
  const calendars = childrenOfAny(node, ['xcal:icalendar', 'xcal:vcalendar']);
  const inner = calendars.flatMap((one) => [one, ...childrenOf(one, 'xcal:vcalendar')]);
  const holders = [node, ...inner, ...inner.flatMap((one) => childrenOf(one, 'xcal:components'))];
  return holders.flatMap((one) => childrenOf(one, 'xcal:vevent')).slice(0, most);
}

/** One entry of a calendar: RFC 6321 puts properties into an element of their own, drafts did not. */
function calendarEvent(node: RawNode, scope: Scope): EntryEvent | undefined {
  const [properties = node] = childrenOf(node, 'xcal:properties');
  const property = (name: string): RawNode | undefined => childrenOf(properties, `xcal:${name}`)[0];
  const plain = (name: string): Said => plainOf(valueIn(property(name)) ?? '', 300);
  const written: Written = {
    start: valueIn(property('dtstart')),
    end: valueIn(property('dtend')),
    duration: valueIn(property('duration')),
    zone: zoneOf(property('dtstart')),
    isEndExclusive: true,
    title: plain('summary'),
    place: plain('location'),
    url: addressOf(valueIn(property('url')), scope),
    status: valueIn(property('status')),
  };
  return writtenEvent(written);
}

function valueIn(node: RawNode | undefined): string | undefined {
  const typed = firstText(node, 'xcal:date-time', 'xcal:date', 'xcal:text', 'xcal:uri', 'xcal:duration');
  return typed ?? (textOf(node) || undefined);
}

function zoneOf(node: RawNode | undefined): string | undefined {
  const [parameters] = childrenOf(node, 'xcal:parameters');
  return valueIn(childrenOf(parameters, 'xcal:tzid')[0]) ?? attribute(node, 'tzid') ?? attribute(node, 'xcal:tzid');
}
