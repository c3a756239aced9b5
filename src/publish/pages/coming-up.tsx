/** What is coming up: on a section's page with its calendar, and on a digest's. Each leads to the page of its story. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { StoryEvent } from '../views.ts';
import { langAttribute, type Page } from './page.ts';
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
  const { from, to } = whenOf(event, page.moments);
  return (
    <li class="h-event">
      <p class="when">
        <Time of={from} class="dt-start" />
        {to === undefined ? null : ' – '}
        {to === undefined ? null : <Time of={to} class="dt-end" />}
        {event.isCancelled ? <strong class="p-status"> {page.words.cancelled}</strong> : null}
      </p>
      <h3 {...lineOf(story)}>
        <a class="p-name u-url" href={page.to(story.path)}>
          {event.title}
        </a>
      </h3>
      {event.place === undefined ? null : (
        <p class="p-location" lang={langAttribute(story.lang)} dir="auto">
          {event.place}
        </p>
      )}
      <Credit story={story} />
    </li>
  );
}

function Time({ of, class: name }: { readonly of: Point; readonly class: string }): JSX.Element {
  return (
    <time class={name} datetime={of.machine} title={of.gregorian}>
      {of.words}
    </time>
  );
}
