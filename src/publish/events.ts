/**
 * What takes place, as readers see it: the events of stories become those that are coming up, and those in a section's
 * calendar; and stamps that change when one of these sets does, and not with the time alone. Pure.
 */
import type { EventfulItem } from '../library.ts';
import type { Instant, ItemEvent, Show, StoredItem } from '../model.ts';
import { spanOf } from '../text/event-times.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { StoryReading } from './attribution-view.ts';
import { roleOf } from './terms.ts';
import type { EventView, StoryEvent, StoryView } from './views.ts';

/** What is coming up begins within as long, and is no longer than this list. */
const aheadMs = 30 * dayMs;
const mostComing = 10;
/** What is over, or was taken back, stays in calendars for as long, so that those who copied it hear of it. */
export const calendarKeepsMs = 30 * dayMs;
const mostInCalendar = 500;

// ── of one story ─────────────────────────────────────────────────────────────────────────────────

/**
 * Those of the copy that is shown, else of the first of its authors' own that tells of any: what a reposter adds would stand
 * under their name. Of a mere link there are title and date.
 */
export function eventViews(reading: StoryReading, show: Show, heading: string): readonly EventView[] {
  const { record, shown, context } = reading;
  const isShown = ({ sourceKey }: StoredItem): boolean => (context.sources.get(sourceKey)?.show ?? 'none') !== 'none';
  const others = record.items.filter(
    (item) => item.withdrawn === undefined && isShown(item) && roleOf(item, record) !== 'repost',
  );
  const isWordy = show === 'full' || show === 'excerpt';
  return firstEvents([shown, ...others]).map((event, index) => ({
    index,
    ...timesOf(event, context.config.site.timezone),
    title: event.title ?? heading,
    place: isWordy ? event.place : undefined,
    url: event.url,
    isCancelled: event.isCancelled,
  }));
}

/** Those of a story that was taken back: times, and no word. */
export function cancelledViews({ record, original, context }: StoryReading): readonly EventView[] {
  const items = original === undefined ? record.items : [original, ...record.items];
  return firstEvents(items).map((event, index) => ({
    index,
    ...timesOf(event, context.config.site.timezone),
    title: '',
    place: undefined,
    url: undefined,
    isCancelled: true,
  }));
}

function firstEvents(items: readonly StoredItem[]): readonly ItemEvent[] {
  return items.find(({ events }) => events.length > 0)?.events ?? [];
}

function timesOf(event: ItemEvent, timezone: string): Pick<EventView, 'start' | 'end' | 'passes' | 'days'> {
  const span = spanOf(event, timezone);
  if (event.start.kind !== 'day') return { ...span, days: undefined };
  const last = event.end?.kind === 'day' ? event.end.day : event.start.day;
  return { ...span, days: { first: event.start.day, last } };
}

// ── of many ──────────────────────────────────────────────────────────────────────────────────────

/** All events of these stories, soonest first. One that two stories tell of is that of the story published first. */
export function eventsIn(stories: readonly StoryView[]): readonly StoryEvent[] {
  const known = new Set<string>();
  const all: StoryEvent[] = [];
  const inOrder = [...stories].sort((a, b) => a.published - b.published || (a.uid < b.uid ? -1 : 1));
  for (const story of inOrder) {
    for (const event of story.events) {
      const keys = story.withdrawn === undefined ? keysOf(event) : [];
      const isKnown = keys.some((key) => known.has(key));
      for (const key of keys) known.add(key);
      if (!isKnown) all.push({ event, story });
    }
  }
  return all.sort((a, b) => a.event.start - b.event.start || (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** At one time, and of one address or name. */
function keysOf({ start, title, url }: EventView): readonly string[] {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return [...(name === '' ? [] : [`${start} ${name}`]), ...(url === undefined ? [] : [`${start} ${url}`])];
}

function nameOf({ story, event }: StoryEvent): string {
  return `${story.uid} ${event.index}`;
}

/** @param from nothing that begins before; undefined for what has begun too and is not over */
interface Ahead {
  readonly from: Instant | undefined;
  readonly now: Instant;
}

/** What begins within thirty days, and is not over. */
export function comingUp(events: readonly StoryEvent[], ahead: Ahead): readonly StoryEvent[] {
  return events
    .filter(({ event, story }) => story.withdrawn === undefined && isAhead(event, ahead))
    .slice(0, mostComing);
}

function isAhead({ start, passes }: Pick<EventView, 'start' | 'passes'>, { from, now }: Ahead): boolean {
  return passes > now && start < (from ?? now) + aheadMs && (from === undefined || start >= from);
}

/** All that is to come, what was in the last thirty days, and what was taken back in these. */
export function inCalendar(events: readonly StoryEvent[], now: Instant): readonly StoryEvent[] {
  return events
    .filter(({ event, story }) => (story.withdrawn?.at ?? event.passes) > now - calendarKeepsMs)
    .slice(0, mostInCalendar);
}

// ── stamps ───────────────────────────────────────────────────────────────────────────────────────

type Phase = 'over' | 'soon' | 'later' | 'taken-back';

/** In which phase each event is, by item; those that no list or calendar holds any more are left out. */
export function phasesOf(items: readonly EventfulItem[], timezone: string, now: Instant): readonly unknown[] {
  return items.flatMap(({ storyId, takenBack, events }) => {
    const phases = events.map((event) => phaseOf(event, takenBack, timezone, now));
    return phases.every((phase) => phase === undefined) ? [] : [[storyId, ...phases]];
  });
}

function phaseOf(event: ItemEvent, takenBack: Instant | undefined, timezone: string, now: Instant): Phase | undefined {
  if (takenBack !== undefined) return takenBack > now - calendarKeepsMs ? 'taken-back' : undefined;
  const { start, passes } = spanOf(event, timezone);
  if (passes <= now - calendarKeepsMs) return undefined;
  if (passes <= now) return 'over';
  return start < now + aheadMs ? 'soon' : 'later';
}

/** The events that are ahead, with the last changes of their stories. */
export function phasesIn(items: readonly EventfulItem[], timezone: string, ahead: Ahead): readonly unknown[] {
  return items.flatMap(({ storyId, changed, takenBack, events }) => {
    const coming = events.flatMap((event, at) => (isAhead(spanOf(event, timezone), ahead) ? [at] : []));
    return coming.length === 0 ? [] : [[storyId, changed, takenBack, ...coming]];
  });
}
