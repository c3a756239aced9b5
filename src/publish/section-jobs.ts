/** A section's list → its parts of the site: the months' pages, the digests, and the page with its feeds. */
import type { CarryingDigest } from '../digest-library.ts';
import type { Language, Section } from '../model.ts';
import { noHtml } from '../text/safe-html.ts';
import type { Archive } from './archive.ts';
import { digestJobs, digestListJob, newestOf } from './digest-jobs.ts';
import { comingUp, eventsIn, inCalendar, phasesOf } from './events.ts';
import {
  agingOf,
  archiveFor,
  archiveJobs,
  feedDocuments,
  languageJobs,
  languagePath,
  sectionPlace,
  sourcesOf,
  viewsOf,
  youngEnough,
} from './feed-jobs.ts';
import { monthsBeside } from './pages/section-margin.tsx';
import { announcedIn, firstPageOf, isKept, languagesOf } from './selection.ts';
import { absenceOf } from './source-view.ts';
import { batchSize, type Job, type Listed, type Supply, stampOf } from './supply.ts';
import { type TakenBack, takenBackIn } from './taken-back.ts';
import type { SectionView, SiteDocument, SiteView, SourceView, StoryEvent, StoryView } from './views.ts';

/** Stories on a page, so that it stays under 50 KB without its pictures; older ones are on the months' pages. */
const pageSize = 25;
/** Sources named in a section's margin; the page of all sources names the rest. */
const mostNamed = 30;

/** A section as it stands: what every page of it needs to know. */
export interface SectionState {
  readonly section: Section;
  /** Newest first, like all lists here: everything that the archive holds. */
  readonly listed: readonly Listed[];
  /** What feeds and digests may carry. */
  readonly announced: readonly Listed[];
  readonly firstPage: readonly Listed[];
  /** None while one page holds everything. */
  readonly months: readonly { readonly month: string; readonly stories: readonly Listed[] }[];
  /** Those that were made, the oldest first; none where the section has no digest. */
  readonly digests: readonly CarryingDigest[];
  /** The newest of them in which there is a story. */
  readonly newest: SectionView['digest'];
  readonly sources: readonly SourceView[];
  /** Items that tell of something with a date: of its stories, and of those that its sources took back. */
  readonly eventful: Supply['eventful'];
  /** Those that have feeds of their own. */
  readonly languages: readonly Language[];
}

/** What the section holds now, and what of it goes where. */
export function stateOf(section: Section, supply: Supply): SectionState {
  const { timezone } = supply.config.site;
  const all = supply.listed.get(section.id) ?? [];
  const listed = all.filter(({ date }) => isKept(date, section, supply.now));
  const announced = announcedIn(section, supply);
  const digests = section.digest === undefined ? [] : (supply.digests.get(section.id) ?? []);
  return {
    section,
    listed,
    announced,
    firstPage: firstPageOf(listed, announced, pageSize),
    months: listed.length > pageSize ? byMonth(listed, timezone) : [],
    digests,
    newest: newestOf({ section, listed, digests }),
    sources: supply.sources.filter((source) => source.sections.includes(section.id)).slice(0, mostNamed),
    eventful: eventfulOf(section, listed, supply),
    languages: languagesOf(announced),
  };
}

function eventfulOf({ id }: Section, listed: readonly Listed[], { config, eventful }: Supply): Supply['eventful'] {
  if (eventful.length === 0) return eventful;
  const stories = new Set(listed.map((story) => story.id));
  const sources = new Set(config.sources.filter(({ sections }) => sections.includes(id)).map(({ key }) => key));
  return eventful.filter(
    ({ storyId, sourceKey, takenBack }) => stories.has(storyId) || (takenBack !== undefined && sources.has(sourceKey)),
  );
}

function byMonth(listed: readonly Listed[], timezone: string): SectionState['months'] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const months = new Map<string, Listed[]>();
  for (const story of listed) {
    const month = format.format(story.date).slice(0, 7);
    const known = months.get(month);
    if (known === undefined) months.set(month, [story]);
    else known.push(story);
  }
  return [...months].map(([month, stories]) => ({ month, stories }));
}

/** The parts of one section, in the order in which they are to be written. */
export function sectionJobs(state: SectionState, supply: Supply, site: SiteView): readonly Job[] {
  const gone = takenBackIn([state.section], supply);
  const archive = archiveFor(sectionPlace(state, site), state, sourcesOf(state.section, supply), supply);
  return [
    ...monthJobs(state, supply, site),
    ...allMonthsJob(state, supply, site),
    ...digestJobs(state, supply, site, () => eventViewsOf(state, supply)),
    ...digestListJob(state, supply, site, () => eventViewsOf(state, supply)),
    ...languageJobs(state, supply, site, gone),
    ...archiveJobs(state.section.id, sectionPlace(state, site), archive, supply, site),
    sectionJob(state, supply, site, { gone, archive }),
  ];
}

function monthJobs(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { section, months } = state;
  return months.map(({ month, stories }, at) => ({
    name: `${section.id}/${month}`,
    stamp: stampOf(supply.base, stories, [months[at - 1]?.month, months[at + 1]?.month], besideOf(state)),
    notesPaths: true,
    async *batches() {
      const [{ renderMonth }, { partPath }] = await Promise.all([
        import('./pages/section-page.tsx'),
        import('./pages/page.ts'),
      ]);
      const of = Math.ceil(stories.length / pageSize);
      for (let page = 1; page <= of; page++) {
        const views = await viewsOf(stories.slice((page - 1) * pageSize, page * pageSize), supply);
        const view = sectionView(state, views);
        const body = renderMonth(site, view, month, views, { page, of });
        yield { documents: [{ path: `${partPath(`${section.id}/${month}/`, page)}index.html`, body }] };
      }
    },
  }));
}

/** None while the section's own page names them all. */
function allMonthsJob(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { months, section } = state;
  if (months.length <= monthsBeside) return [];
  return [
    {
      name: `${section.id}/months`,
      stamp: stampOf(
        supply.base,
        months.map(({ month, stories }) => [month, stories.length]),
      ),
      notesPaths: true,
      async *batches() {
        const { renderMonths } = await import('./pages/months-page.tsx');
        yield {
          documents: [{ path: `${section.id}/months/index.html`, body: renderMonths(site, sectionView(state, [])) }],
        };
      },
    },
  ];
}

interface InFeeds {
  readonly gone: TakenBack;
  readonly archive: Archive;
}

function sectionJob(state: SectionState, supply: Supply, site: SiteView, { gone, archive }: InFeeds): Job {
  const { section, listed, firstPage, newest: digest } = state;
  const { carried } = archive;
  return {
    name: section.id,
    stamp: stampOf(
      supply.base,
      listed,
      digest,
      besideOf(state),
      agingOf(sourcesOf(section, supply), supply),
      eventStamp(state, supply),
      gone.state,
      carried.map(({ id }) => id),
      archive.documents.at(-1)?.number,
    ),
    notesPaths: true,
    async *batches() {
      const { renderSection } = await import('./pages/section-page.tsx');
      const shown = await viewsOf(firstPage, supply);
      const isSame = carried.length === firstPage.length && carried.every((story, at) => story === firstPage[at]);
      const stories = youngEnough(isSame ? shown : await viewsOf(carried, supply), supply);
      const deleted = await gone.tombstones();
      const events = eventsIn(await eventViewsOf(state, supply));
      const kept = inCalendar(events, supply.now);
      const calendar = kept.length > 0 ? `${section.id}/calendar.ics` : undefined;
      const ahead = { from: undefined, now: supply.now };
      const view = { ...sectionView(state, shown), comingUp: comingUp(events, ahead), calendar };
      const feeds = await feedDocuments(site, sectionPlace(state, site), { stories, deleted, archive }, supply);
      const page = { path: `${section.id}/index.html`, body: renderSection(site, view) };
      yield { documents: [...feeds, ...(await calendarOf(view, kept, site)), page] };
    },
  };
}

/** None while there is nothing in it. */
async function calendarOf(
  { section, calendar }: SectionView,
  events: readonly StoryEvent[],
  site: SiteView,
): Promise<readonly SiteDocument[]> {
  if (calendar === undefined) return [];
  const { renderCalendar } = await import('./calendar.ts');
  return [{ path: calendar, body: renderCalendar(site, section, events) }];
}

/** Which of the events are over, coming up, or further ahead. */
function eventStamp({ eventful }: SectionState, { config, now }: Supply): unknown {
  return phasesOf(eventful, config.site.timezone, now);
}

/** The stories that tell of something with a date, without their texts: there may be many. */
export async function eventViewsOf({ section, eventful }: SectionState, supply: Supply): Promise<readonly StoryView[]> {
  const ids = [...new Set(eventful.map(({ storyId }) => storyId))];
  const views: StoryView[] = [];
  for (let at = 0; at < ids.length; at += batchSize)
    for (const view of await supply.views(ids.slice(at, at + batchSize)))
      if ((view.withdrawn !== undefined && view.isCarried) || view.sections.includes(section.id))
        views.push({ ...view, body: noHtml, standing: noHtml });
  return views;
}

/** What a section's pages say of its sources: whether one is away, and not why. */
function besideOf({ sources }: SectionState): readonly unknown[] {
  return sources.map((source) => [source.name, source.home, absenceOf(source)]);
}

/** What the renderers of a section's pages are given. @param shown the stories on the page */
export function sectionView(
  { section, months, newest: digest, sources, languages }: SectionState,
  shown: readonly StoryView[],
): SectionView {
  return {
    section,
    path: `${section.id}/`,
    languages: languages.map((lang) => ({ lang, path: languagePath(section, lang) })),
    stories: shown,
    months: months.map(({ month, stories: inMonth }) => ({
      month,
      path: `${section.id}/${month}/`,
      count: inMonth.length,
    })),
    comingUp: [],
    calendar: undefined,
    digest,
    sources,
  };
}
