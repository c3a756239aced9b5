/** A section's stories to its archive page and the pages of its months: by day, newest first, with the ways to subscribe. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SectionView, SiteView, StoryView } from '../views.ts';
import { publishedAt } from './address.ts';
import { ComingUp } from './coming-up.tsx';
import { Frame, renderDocument } from './document.tsx';
import { lineIn, onlyPart, type Page, type Part, pageAt, partPath } from './page.ts';
import { PageNumbers } from './pieces.tsx';
import { Margin } from './section-margin.tsx';
import { StoryEntry, standsWhole } from './story-entry.tsx';

interface PartProperties {
  readonly page: Page;
  readonly view: SectionView;
}

/** The page of a section, `<section>/index.html`. */
export function renderSection(site: SiteView, view: SectionView): string {
  const page = pageAt(site, view.path, view.section.lang);
  const { section } = view;
  const head = {
    title: section.title,
    description: section.about,
    type: 'website',
    feeds: [{ path: view.path, title: section.title }],
    calendar: view.calendar,
    canonical: publishedAt(site.site, view.path),
    noIndex: view.stories.some(standsWhole), // search engines are to lead to whoever wrote it
  } as const;
  return renderDocument(
    <Frame page={page} head={head} current={section.id}>
      <div class="spread">
        <main id="content" class="h-feed">
          <Opening page={page} view={view} />
          <ComingUp page={page} events={view.comingUp} calendar={view.calendar} />
          <Days page={page} stories={view.stories} />
        </main>
        <Margin page={page} view={view} />
      </div>
    </Frame>,
  );
}

/**
 * One month of a section, `<section>/2010-01/index.html`.
 * @param month `2010-01` in the site's time zone
 * @param part of a month with many stories; 1 is the newest
 */
export function renderMonth(
  site: SiteView,
  view: SectionView,
  month: string,
  stories: readonly StoryView[],
  part: Part = onlyPart,
): string {
  const at = view.months.findIndex((one) => one.month === month);
  const first = view.months[at]?.path ?? `${view.path}${month}/`;
  const path = partPath(first, part.page);
  const page = pageAt(site, path, view.section.lang);
  const { section } = view;
  const name = page.moments.month(month);
  const head = {
    title: part.page === 1 ? `${section.title}, ${name}` : `${section.title}, ${name} (${part.page}/${part.of})`,
    description: section.about,
    type: 'website',
    feeds: [{ path: view.path, title: section.title }],
    calendar: view.calendar,
    canonical: publishedAt(site.site, path),
    noIndex: stories.some(standsWhole),
  } as const;
  return renderDocument(
    <Frame page={page} head={head} current={section.id}>
      <div class="spread">
        <main id="content" class="h-feed">
          <header class="opening">
            <h1 class="p-name">
              <span {...lineIn(section.lang, section.title)}>{section.title}</span> <span class="month">{name}</span>
            </h1>
            <p class="about">
              <a href={page.to(view.path)}>{page.words.backToSection(section.title)}</a>
            </p>
          </header>
          <PageNumbers page={page} first={first} part={part} name={name} />
          <Days page={page} stories={stories} />
          <PageNumbers page={page} first={first} part={part} name={name} />
          <Neighbours page={page} view={view} at={at} />
        </main>
        <Margin page={page} view={view} />
      </div>
    </Frame>,
  );
}

function Opening({ page, view }: PartProperties): JSX.Element {
  const { words } = page;
  const { section, digest } = view;
  return (
    <header class="opening">
      <h1 class="p-name" {...lineIn(section.lang, section.title)}>
        {section.title}
      </h1>
      {section.about === undefined ? null : (
        <p class="about p-summary" {...lineIn(section.lang, section.about)}>
          {section.about}
        </p>
      )}
      <ul class="doors">
        <li class="on">
          <a href={page.to(`${view.path}feed.xml`)} type="application/rss+xml">
            {words.rssFeedForSection}
          </a>
        </li>
        {digest === undefined ? null : (
          <li>
            <a href={page.to(digest.path)}>{words.newestDigest}</a>
          </li>
        )}
        {view.months.length === 0 ? null : (
          <li>
            <a href="#months">{words.months}</a>
          </li>
        )}
        <li>
          <a href="#subscribe">{words.subscribe}</a>
        </li>
      </ul>
    </header>
  );
}

/** Stories under the header of their day in the site's time zone. */
function Days({ page, stories }: { readonly page: Page; readonly stories: readonly StoryView[] }): JSX.Element {
  const days = byDay(
    page,
    stories.filter((story) => story.withdrawn === undefined),
  );
  if (days.length === 0) return <p class="nothing">{page.words.nothingYet}</p>;
  return (
    <div class="days">
      {days.map(({ date, at, stories: ofDay }) => {
        const [before, number, after] = page.moments.header(at);
        return (
          <section class="day" aria-labelledby={`d-${date}`}>
            <h2 id={`d-${date}`}>
              <time datetime={date} title={page.moments.gregorian(at)}>
                {before}
                <b>{number}</b>
                {after}
              </time>
            </h2>
            <div class="stories">
              {ofDay.map((story) => (
                <StoryEntry page={page} story={story} />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}

interface Day {
  readonly date: string;
  readonly at: number;
  readonly stories: readonly StoryView[];
}

function byDay(page: Page, stories: readonly StoryView[]): Day[] {
  const days = new Map<string, { date: string; at: number; stories: StoryView[] }>();
  for (const story of [...stories].sort((a, b) => b.published - a.published)) {
    const date = page.moments.date(story.published);
    const day = days.get(date) ?? { date, at: story.published, stories: [] };
    day.stories.push(story);
    days.set(date, day);
  }
  return [...days.values()];
}

function Neighbours({ page, view, at }: PartProperties & { readonly at: number }): JSX.Element | null {
  const later = at > 0 ? view.months[at - 1] : undefined;
  const earlier = at < 0 ? undefined : view.months[at + 1];
  if (later === undefined && earlier === undefined) return null;
  return (
    <nav class="neighbours" aria-label={page.words.months}>
      {earlier === undefined ? null : (
        <a rel="prev" href={page.to(earlier.path)}>
          <small>{page.words.earlier}</small> {page.moments.month(earlier.month)}
        </a>
      )}
      {later === undefined ? null : (
        <a rel="next" href={page.to(later.path)}>
          <small>{page.words.later}</small> {page.moments.month(later.month)}
        </a>
      )}
    </nav>
  );
}
