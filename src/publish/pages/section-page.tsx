/** A section's stories to its page: by day, newest first, with the ways to subscribe. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SectionView, SiteView, StoryView } from '../views.ts';
import { publishedAt } from './address.ts';
import { ComingUp } from './coming-up.tsx';
import { Frame, renderDocument } from './document.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
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
          <Earlier page={page} view={view} />
        </main>
        <Margin page={page} view={view} />
      </div>
    </Frame>,
  );
}

/** Where the list goes on: in the month that it ends in. */
function Earlier({ page, view }: PartProperties): JSX.Element | null {
  const last = view.stories.at(-1);
  const end = last === undefined ? '' : page.moments.date(last.published).slice(0, 7);
  const next = view.months.find(({ month }) => month <= end) ?? view.months[0];
  if (next === undefined) return null;
  return (
    <nav class="neighbours" aria-label={page.words.earlier}>
      <a rel="prev" href={page.to(next.path)}>
        <small>{page.words.earlier}</small> {page.moments.month(next.month)}
      </a>
    </nav>
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
        <li>
          <a href={page.to('search/')}>{words.searching.title}</a>
        </li>
      </ul>
    </header>
  );
}

/** Stories under the header of their day in the site's time zone. */
export function Days({ page, stories }: { readonly page: Page; readonly stories: readonly StoryView[] }): JSX.Element {
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
