/** What a story is in the words of schema.org, as microdata: for search engines and others that know no microformats. Nothing of it is seen. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import { licenceAddress } from '../../text/licences.ts';
import type { EventView, GroupView, StoryView } from '../views.ts';
import { outsideLink } from './address.ts';
import type { Page } from './page.ts';
import { whenOf } from './when.ts';

/** Attributes of the element that is the story. */
export const articleScope = { itemscope: true, itemtype: 'https://schema.org/Article' } as const;

/** Written so, an element stays where it stands: what has `itemprop` alone would be put into the head of the page. */
function prop(name: string): { readonly itemProp: string } {
  return { itemProp: name };
}

interface PartProperties {
  readonly page: Page;
  readonly story: StoryView;
}

/** Title, authors, dates, terms and the page of the original. Where only dates speak, nobody is an author. */
export function ArticleData({ page, story }: PartProperties): JSX.Element {
  const { group, creditAs, jointly, isGuess } = story.original;
  const [, ...others] = jointly;
  const authors = isGuess ? [] : [{ ...group, name: creditAs ?? group.name }, ...others];
  const original = outsideLink(story.url);
  const licence = outsideLink(licenceAddress(story.licence ?? ''));
  return (
    <>
      <meta {...prop('headline')} content={story.heading} />
      {story.isDated ? <meta {...prop('datePublished')} content={page.moments.machine(story.published)} /> : null}
      {story.updated > story.published ? (
        <meta {...prop('dateModified')} content={page.moments.machine(story.updated)} />
      ) : null}
      {story.lang === 'und' ? null : <meta {...prop('inLanguage')} content={story.lang} />}
      {authors.map((author) => (
        <Organisation name="author" group={author} />
      ))}
      {original === undefined ? null : <link {...prop('mainEntityOfPage')} href={original} />}
      {licence === undefined ? null : <link {...prop('license')} href={licence} />}
      {story.events.map((event) => (
        <EventData page={page} event={event} />
      ))}
    </>
  );
}

function Organisation({ name, group }: { readonly name: string; readonly group: GroupView }): JSX.Element {
  const home = outsideLink(group.url);
  return (
    <span itemprop={name} itemscope itemtype="https://schema.org/Organization">
      <meta {...prop('name')} content={group.name} />
      {home === undefined ? null : <link {...prop('url')} href={home} />}
    </span>
  );
}

/** What the story tells of, and when. */
function EventData({ page, event }: { readonly page: Page; readonly event: EventView }): JSX.Element {
  const { from, to } = whenOf(event, page.moments);
  return (
    <span itemprop="about" itemscope itemtype="https://schema.org/Event">
      <meta {...prop('name')} content={event.title} />
      <meta {...prop('startDate')} content={from.machine} />
      {to === undefined ? null : <meta {...prop('endDate')} content={to.machine} />}
      {event.place === undefined ? null : <meta {...prop('location')} content={event.place} />}
      <link
        {...prop('eventStatus')}
        href={`https://schema.org/${event.isCancelled ? 'EventCancelled' : 'EventScheduled'}`}
      />
    </span>
  );
}
