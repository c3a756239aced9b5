/** A section's months → their pages. What is old stays as it is: a new story rewrites the newest page of its month alone. */
import { viewsOf } from './feed-jobs.ts';
import { besideOf, monthsBeside, pageSize, partsFromOldest, type SectionState, sectionView } from './section-state.ts';
import { type Job, type Supply, stampOf } from './supply.ts';
import type { SiteView } from './views.ts';

/**
 * The pages of a month are counted from its oldest stories on, so that each stays what it is once it is full; the newest has the
 * month's own address.
 */
export function monthJobs(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { section, months } = state;
  return months.flatMap(({ month, stories }, at): Job[] => {
    const neighbours = [months[at - 1]?.month, months[at + 1]?.month];
    return partsFromOldest(stories, pageSize).map(({ part: page, of, stories: shown }): Job => {
      return {
        name: page === of ? `${section.id}/${month}` : `${section.id}/${month}/${page}`,
        stamp: stampOf(supply.base, shown, of, neighbours, besideOf(state)),
        notesPaths: true,
        async *batches() {
          const { monthPath, renderMonth } = await import('./pages/month-page.tsx');
          const view = sectionView(state, await viewsOf(shown, supply));
          const path = monthPath(`${section.id}/${month}/`, { page, of });
          yield { documents: [{ path: `${path}index.html`, body: renderMonth(site, view, month, { page, of }) }] };
        },
      };
    });
  });
}

/** None while the section's own page names them all. */
export function allMonthsJob(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { months, section } = state;
  if (months.length <= monthsBeside) return [];
  const counts = months.map(({ month, stories }) => [month, stories.length]);
  return [
    {
      name: `${section.id}/months`,
      stamp: stampOf(supply.base, counts),
      notesPaths: true,
      async *batches() {
        const { renderMonths } = await import('./pages/months-page.tsx');
        const body = renderMonths(site, sectionView(state, []));
        yield { documents: [{ path: `${section.id}/months/index.html`, body }] };
      },
    },
  ];
}
