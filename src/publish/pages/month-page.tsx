/** A month of a section to its pages. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SectionView, SiteView } from '../views.ts';
import { publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { lineIn, onlyPart, type Page, type Part, pageAt } from './page.ts';
import { PageNumbers } from './pieces.tsx';
import { Margin } from './section-margin.tsx';
import { Days } from './section-page.tsx';
import { standsWhole } from './story-entry.tsx';

/** Of one of the pages of a month. @param first the month's own path, which the newest has */
export function monthPath(first: string, { page, of }: Part): string {
  return page === of ? first : `${first}${page}/`;
}

/**
 * One month of a section, `<section>/2010-01/index.html`.
 * @param view with the stories of this page
 * @param month `2010-01` in the site's time zone
 * @param part of a month with many stories; 1 is the oldest
 */
export function renderMonth(site: SiteView, view: SectionView, month: string, part: Part = onlyPart): string {
  const at = view.months.findIndex((one) => one.month === month);
  const first = view.months[at]?.path ?? `${view.path}${month}/`;
  const path = monthPath(first, part);
  const page = pageAt(site, path, view.section.lang);
  const { section } = view;
  const name = page.moments.month(month);
  const head = {
    title: part.page === part.of ? `${section.title}, ${name}` : `${section.title}, ${name} (${part.page})`,
    description: section.about,
    type: 'website',
    feeds: [{ path: view.path, title: section.title }],
    calendar: view.calendar,
    canonical: publishedAt(site.site, path),
    noIndex: view.stories.some(standsWhole),
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
          <Days page={page} stories={view.stories} />
          <PageNumbers
            page={page}
            part={part}
            name={name}
            pathOf={(number) => monthPath(first, { ...part, page: number })}
          />
          <Neighbours page={page} view={view} at={at} />
        </main>
        <Margin page={page} view={view} />
      </div>
    </Frame>,
  );
}

interface PartProperties {
  readonly page: Page;
  readonly view: SectionView;
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
