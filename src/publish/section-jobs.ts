/** A section's list → its parts of the site: the months' pages, the digests, and the page with its feeds. */
import type { CarryingDigest } from '../digest-library.ts';
import type { Language, Section } from '../model.ts';
import { noHtml } from '../text/safe-html.ts';
import { dayMs } from '../text/wall-clock.ts';
import { digestJobs, digestListJob, newestOf } from './digest-jobs.ts';
import { comingUp, eventsIn, inCalendar, phasesOf } from './events.ts';
import { announcedIn, firstPageOf, isKept, languagesOf, primaryLanguage } from './selection.ts';
import { absenceOf } from './source-view.ts';
import { batchSize, type Job, type Listed, type Supply, stampOf } from './supply.ts';
import { type TakenBack, takenBackIn } from './taken-back.ts';
import type { SectionView, SiteDocument, SiteView, SourceView, StoryEvent, StoryView, Tombstone } from './views.ts';

/** Stories on a section's first page; older ones are on the months' pages. */
const pageSize = 100;
/** Sources named in a section's margin; the page of all sources names the rest. */
const mostNamed = 60;
/** Stories in a section's feeds. */
const feedSize = 50;

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
  const gone = takenBackIn(state.section, supply);
  return [
    ...monthJobs(state, supply, site),
    ...digestJobs(state, supply, site, () => eventViewsOf(state, supply)),
    ...digestListJob(state, supply, site, () => eventViewsOf(state, supply)),
    ...languageJobs(state, supply, site, gone),
    sectionJob(state, supply, site, gone),
  ];
}

function monthJobs(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { section, months } = state;
  const counts = months.map(({ month, stories }) => [month, stories.length]);
  return months.map(({ month, stories }) => ({
    name: `${section.id}/${month}`,
    stamp: stampOf(supply.base, stories, counts, besideOf(state)),
    notesPaths: true,
    async *batches() {
      const [{ renderMonth }, { partPath }] = await Promise.all([
        import('./pages/section-page.tsx'),
        import('./pages/page.ts'),
      ]);
      const of = Math.ceil(stories.length / batchSize);
      for (let page = 1; page <= of; page++) {
        const views = await viewsOf(stories.slice((page - 1) * batchSize, page * batchSize), supply);
        const view = sectionView(state, { shown: views, carried: [] });
        const body = renderMonth(site, view, month, views, { page, of });
        yield { documents: [{ path: `${partPath(`${section.id}/${month}/`, page)}index.html`, body }] };
      }
    },
  }));
}

function sectionJob(state: SectionState, supply: Supply, site: SiteView, gone: TakenBack): Job {
  const { section, listed, announced, firstPage, newest: digest } = state;
  return {
    name: section.id,
    stamp: stampOf(
      supply.base,
      listed,
      digest,
      besideOf(state),
      agingOf(state, supply),
      eventStamp(state, supply),
      gone.events,
    ),
    notesPaths: true,
    async *batches() {
      const { renderFeeds } = await import('./feeds/feeds.ts');
      const { renderSection } = await import('./pages/section-page.tsx');
      const shown = await viewsOf(firstPage, supply);
      const newest = announced.slice(0, pageSize);
      const isSame = newest.length === firstPage.length && newest.every((story, at) => story === firstPage[at]);
      const carried = carriedOf(isSame ? shown : await viewsOf(newest, supply), supply);
      const deleted = await gone.tombstones();
      const events = eventsIn(await eventViewsOf(state, supply));
      const kept = inCalendar(events, supply.now);
      const calendar = kept.length > 0 ? `${section.id}/calendar.ics` : undefined;
      const ahead = { from: undefined, now: supply.now };
      const view = { ...sectionView(state, { shown, carried, deleted }), comingUp: comingUp(events, ahead), calendar };
      const page = { path: `${section.id}/index.html`, body: renderSection(site, view) };
      yield {
        documents: [...feedDocuments(view, renderFeeds(site, view)), ...(await calendarOf(view, kept, site)), page],
      };
    },
  };
}

function feedDocuments(
  { feedPath }: SectionView,
  { rss, atom, json }: { readonly rss: string; readonly atom: string; readonly json: string },
): readonly SiteDocument[] {
  return [
    { path: `${feedPath}feed.xml`, body: rss },
    { path: `${feedPath}atom.xml`, body: atom },
    { path: `${feedPath}feed.json`, body: json },
  ];
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

/** Of the newest stories those that feeds carry. */
function carriedOf(newest: readonly StoryView[], supply: Supply): readonly StoryView[] {
  return newest.filter((story) => isYoungEnough(story, supply)).slice(0, feedSize);
}

/** Feeds of one language each: a story in two stands in both. The page of all of them is the section's. */
function languageJobs(state: SectionState, supply: Supply, site: SiteView, gone: TakenBack): Job[] {
  const { section, announced, languages } = state;
  return languages.map((lang) => {
    const isIn = ({ langs }: Pick<Listed, 'langs'>): boolean => langs.some((one) => primaryLanguage(one) === lang);
    const newest = announced.filter(isIn).slice(0, pageSize);
    return {
      name: `${section.id}/in/${lang}`,
      stamp: stampOf(supply.base, newest, agingOf(state, supply), gone.events),
      notesPaths: true,
      async *batches() {
        const { renderFeeds } = await import('./feeds/feeds.ts');
        const { languageName } = await import('./words.ts');
        // A list knows all copies of a story, readers see one.
        const carried = carriedOf((await viewsOf(newest, supply)).filter(isIn), supply);
        const deleted = await gone.tombstones(isIn);
        const whole = sectionView(state, { shown: [], carried, deleted });
        const own = { ...section, lang, title: `${section.title} (${languageName(lang)})` };
        const view = { ...whole, section: own, feedPath: languagePath(section, lang) };
        yield { documents: feedDocuments(view, renderFeeds(site, view)) };
      },
    };
  });
}

function languagePath({ id }: Section, lang: Language): string {
  return `${id}/in/${lang}/`;
}

/** Changes once a day where age alone takes stories out of feeds. */
function agingOf({ section }: SectionState, { config, now }: Supply): number {
  const isAging = config.sources.some(
    (source) => source.maxAgeMs !== undefined && source.sections.includes(section.id),
  );
  return isAging ? Math.floor(now / dayMs) : 0;
}

/** What a section's pages say of its sources: whether one is away, and not why. */
function besideOf({ sources }: SectionState): readonly unknown[] {
  return sources.map((source) => [source.name, source.home, absenceOf(source)]);
}

function viewsOf(stories: readonly Listed[], supply: Supply): Promise<readonly StoryView[]> {
  return supply.views(stories.map((story) => story.id));
}

/** By the `max_age` of the source whose copy is shown: older stories stay on the page. */
function isYoungEnough(story: StoryView, supply: Supply): boolean {
  const source = supply.config.sources.find((one) => one.key === story.shownFrom);
  return source?.maxAgeMs === undefined || supply.now - story.published <= source.maxAgeMs;
}

/** What the renderers of a section's pages are given. */
export function sectionView(
  { section, months, newest: digest, sources, languages }: SectionState,
  stories: {
    readonly shown: readonly StoryView[];
    readonly carried: readonly StoryView[];
    readonly deleted?: readonly Tombstone[];
  },
): SectionView {
  const { deleted = [] } = stories;
  return {
    section,
    path: `${section.id}/`,
    feedPath: `${section.id}/`,
    languages: languages.map((lang) => ({ lang, path: languagePath(section, lang) })),
    stories: stories.shown,
    feedStories: stories.carried,
    deleted,
    months: months.map(({ month, stories: inMonth }) => ({
      month,
      path: `${section.id}/${month}/`,
      count: inMonth.length,
    })),
    comingUp: [],
    calendar: undefined,
    digest,
    sources,
    updated: Math.max(0, ...stories.carried.map((story) => story.updated), ...deleted.map(({ at }) => at)),
  };
}
