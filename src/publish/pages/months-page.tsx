/** All months of a section with the years they are of, for one that has more than its page can name. */
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { SectionView, SiteView } from '../views.ts';
import { publishedAt } from './address.ts';
import { Frame, renderDocument } from './document.tsx';
import { lineIn, type Page, pageAt } from './page.ts';
import { Months, monthsPath } from './section-margin.tsx';

/** `<section>/months/index.html`. */
export function renderMonths(site: SiteView, view: SectionView): string {
  const { section } = view;
  const path = monthsPath(view.path);
  const page = pageAt(site, path, section.lang);
  const head = {
    title: `${section.title}: ${page.words.months}`,
    description: undefined,
    type: 'website',
    feeds: [{ path: view.path, title: section.title }],
    canonical: publishedAt(site.site, path),
  } as const;
  return renderDocument(
    <Frame page={page} head={head} current={section.id}>
      <main id="content">
        <header class="opening">
          <h1>
            <span {...lineIn(section.lang, section.title)}>{section.title}</span>{' '}
            <span class="month">{page.words.months}</span>
          </h1>
          <p class="about">
            <a href={page.to(view.path)}>{page.words.backToSection(section.title)}</a>
          </p>
        </header>
        {yearsOf(view.months).map(([year, months]) => (
          <Year page={page} year={year} months={months} />
        ))}
      </main>
    </Frame>,
  );
}

interface YearProperties {
  readonly page: Page;
  readonly year: string;
  readonly months: SectionView['months'];
}

function Year({ page, year, months }: YearProperties): JSX.Element {
  return (
    <section aria-labelledby={`y-${year}`}>
      <h2 id={`y-${year}`}>{page.moments.year(year)}</h2>
      <Months page={page} months={months} />
    </section>
  );
}

/** Years of the Gregorian calendar, as months are named in addresses; the newest first. */
function yearsOf(months: SectionView['months']): [string, SectionView['months']][] {
  const years = new Map<string, SectionView['months'][number][]>();
  for (const one of months) {
    const year = one.month.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return [...years];
}
