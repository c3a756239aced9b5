/** What is coming up: on a section's page with its calendar, on a digest's, and what a story tells of on its own. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { EventView, StoryEvent, StoryView } from '../views.ts';
import { lineIn, type Page } from './page.ts';
import { lineOf } from './pieces.tsx';
import { Credit } from './story-entry.tsx';
import { type Point, whenOf } from './when.ts';

interface ComingProperties {
  readonly page: Page;
  readonly events: readonly StoryEvent[];
  /** Path of the calendar in which they are. */
  readonly calendar?: string | undefined;
}

/** Nothing where nothing is coming up and there is no calendar. */
export function ComingUp({ page, events, calendar }: ComingProperties): JSX.Element | null {
  const { words } = page;
  if (events.length === 0 && calendar === undefined) return null;
  return (
    <section class="coming" aria-labelledby="coming-up">
      {events.length === 0 ? null : <h2 id="coming-up">{words.comingUp}</h2>}
      {events.length === 0 ? null : (
        <ul>
          {events.map((one) => (
            <Coming page={page} one={one} />
          ))}
        </ul>
      )}
      {calendar === undefined ? null : (
        <p class="calendar">
          <a href={page.to(calendar)} type="text/calendar" id={events.length === 0 ? 'coming-up' : undefined}>
            {words.calendarForSection}
          </a>
        </p>
      )}
    </section>
  );
}

function Coming({ page, one }: { readonly page: Page; readonly one: StoryEvent }): JSX.Element {
  const { event, story } = one;
  return (
    <li class="h-event">
      <Dates page={page} event={event} />
      <h3 {...lineOf(story)}>
        <a class="p-name u-url" href={page.to(story.path)}>
          {event.title}
        </a>
      </h3>
      <Place one={one} />
      <Credit page={page} story={story} />
    </li>
  );
}

/** What a story tells of, on its own page: when and where. */
export function EventsOf({ page, story }: { readonly page: Page; readonly story: StoryView }): JSX.Element | null {
  if (story.events.length === 0) return null;
  return (
    <ul class="coming dates">
      {story.events.map((event) => (
        <li class="h-event">
          <Dates page={page} event={event} />
          {event.title === story.heading ? (
            <data class="p-name" value={event.title} />
          ) : (
            <p class="p-name" {...lineOf(story)}>
              {event.title}
            </p>
          )}
          <Place one={{ event, story }} />
        </li>
      ))}
    </ul>
  );
}

function Dates({ page, event }: { readonly page: Page; readonly event: EventView }): JSX.Element {
  const { from, to } = whenOf(event, page.moments);
  return (
    <p class="when">
      <Time of={from} class="dt-start" />
      {to === undefined ? null : ' – '}
      {to === undefined ? null : <Time of={to} class="dt-end" />}
      {event.isCancelled ? <strong class="p-status"> {page.words.cancelled}</strong> : null}
    </p>
  );
}

function Place({ one: { event, story } }: { readonly one: StoryEvent }): JSX.Element | null {
  if (event.place === undefined) return null;
  return (
    <p class="p-location" {...lineIn(story.lang, event.place)}>
      {event.place}
    </p>
  );
}

function Time({ of, class: name }: { readonly of: Point; readonly class: string }): JSX.Element {
  return (
    <time class={name} datetime={of.machine} title={of.gregorian}>
      {of.words}
    </time>
  );
}
