/**
 * What takes place to a section's calendar (iCalendar, RFC 5545), for calendar programs that subscribe to it. The same
 * events give the same bytes: every stamp in it is of the story's last change, and none of the clock. The only file that
 * knows ical.js.
 */
import ICAL from 'ical.js';
import type { Instant, Section } from '../model.ts';
import { isoDay } from '../text/event-times.ts';
import { plainLine } from '../text/safe.ts';
import { dayMs } from '../text/wall-clock.ts';
import { outsideLink, publishedAt } from './pages/address.ts';
import type { SiteView, StoryEvent } from './views.ts';

// The space that begins a continued line counts among its 75 octets (§3.1); the library leaves it out.
ICAL.foldLength = 74;

/** Half a day between two looks is enough for anybody. */
const refresh = 'PT12H';
const longestText = 1_000;

/** A property as jCal has it (RFC 7265 §3.4): name, parameters, type, value. */
type Property = readonly [
  name: string,
  parameters: Readonly<Record<string, never>>,
  type: string,
  value: string | number,
];

/** A whole file, its lines ended by CRLF. */
export function renderCalendar({ site }: SiteView, section: Section, events: readonly StoryEvent[]): string {
  // The library knows neither name, and leaves their texts as they are (§3.3.11).
  const title = plainLine(section.title, longestText).replace(/[\\;,]/g, '\\$&');
  const about: readonly Property[] = [
    property('version', 'text', '2.0'),
    property('prodid', 'text', '-//Relais//Relais//EN'),
    property('name', 'unknown', title),
    property('x-wr-calname', 'unknown', title),
    property('refresh-interval', 'duration', refresh),
  ];
  const calendar = ['vcalendar', about, events.map((one) => ['vevent', propertiesOf(one, site), []])];
  return ICAL.stringify(calendar);
}

function property(name: string, type: string, value: string | number): Property {
  return [name, {}, type, value];
}

/** Of what was taken back nothing is said but that it is. */
function propertiesOf({ event, story }: StoryEvent, site: SiteView['site']): readonly Property[] {
  const isTakenBack = story.withdrawn !== undefined;
  const isOff = isTakenBack || event.isCancelled;
  const named: readonly Property[] = [
    property('uid', 'text', `${story.id}/${event.index}`),
    property('dtstamp', 'date-time', utc(story.updated)),
    property('last-modified', 'date-time', utc(story.updated)),
    // It has only to grow with each change (§3.8.7.4): the seconds from the first to the last.
    property('sequence', 'integer', Math.max(0, Math.floor((story.updated - story.published) / 1_000))),
    property('status', 'text', isOff ? 'CANCELLED' : 'CONFIRMED'),
    ...timesOf(event),
  ];
  if (isTakenBack) return named;
  const page = publishedAt(site, story.path) ?? outsideLink(event.url ?? story.url);
  const about = [story.credit, story.licence ?? '']
    .map((line) => plainLine(line, longestText))
    .filter((line) => line !== '');
  return [
    ...named,
    property('summary', 'text', plainLine(event.title)),
    ...(event.place === undefined ? [] : [property('location', 'text', plainLine(event.place))]),
    ...(about.length === 0 ? [] : [property('description', 'text', about.join('\n'))]),
    ...(page === undefined ? [] : [property('url', 'uri', page)]),
  ];
}

/** In UTC, which every program understands; days as days, the last of which is the first that is not part of it (§3.6.1). */
function timesOf({ start, end, days }: StoryEvent['event']): readonly Property[] {
  if (days !== undefined) {
    const after = isoDay(Date.parse(days.last) + dayMs);
    return [property('dtstart', 'date', days.first), property('dtend', 'date', after)];
  }
  const from = property('dtstart', 'date-time', utc(start));
  return end === undefined ? [from] : [from, property('dtend', 'date-time', utc(end))];
}

function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
