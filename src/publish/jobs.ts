/**
 * The parts a site is made of, each with the stamp of the state it shows: equal stamps mean equal files, so a part
 * whose stamp is known is not rendered again. Says what is to be written; publication.ts has it written. Renderers are
 * loaded where they are used: a run that finds nothing new needs none of them.
 */
import { createHash } from 'node:crypto';
import type { Config, Instant, Section, SiteDocument } from '../model.ts';
import type { SectionView, SiteView, SourceView, StoryView } from './views.ts';
import { digestPath, lastClosedWeek, type Week, weeksNamed } from './week.ts';

/** A story in a section's list. */
export interface Listed {
  readonly id: number;
  readonly changed: Instant;
  readonly date: Instant;
}

/** What the jobs are made from. */
export interface Supply {
  readonly config: Config;
  readonly now: Instant;
  /** Stamp of everything that any page may show: settings, names, version of the renderers. */
  readonly base: string;
  readonly sources: readonly SourceView[];
  /** Newest first, by section id. */
  readonly listed: ReadonlyMap<string, readonly Listed[]>;
  /** Stories to be rendered for their own sake: changed since the last publication, or all. */
  readonly changed: readonly number[];
  readonly newestChange: Instant;
  /** How many stories changed at that instant: it tells two changes within one millisecond apart. */
  readonly atNewest: number;
  readonly aliases: readonly { readonly uid: string; readonly now: string }[];
  readonly views: (ids: readonly number[]) => Promise<readonly StoryView[]>;
}

/** What one part of the site wants written, a portion at a time; and which files of its own are to go. */
export interface Batch {
  readonly documents: readonly SiteDocument[];
  readonly gone?: readonly string[];
}

export interface Job {
  readonly name: string;
  readonly stamp: string;
  /** Its files are noted, so that those it no longer has are removed; the stories' own pages are too many for that. */
  readonly notesPaths: boolean;
  readonly batches: () => AsyncIterable<Batch>;
}

/** Bumped when a renderer changes what it writes, so that an upgrade publishes everything anew. */
export const RENDERING_VERSION = 1;

/** Rendered at a time, so that memory does not grow with the archive. */
const batchSize = 200;
/** Stories on a section's first page; older ones are on the months' pages. */
const pageSize = 100;
/** Stories in a section's feeds. */
const feedSize = 50;

/** Names a state. */
export function stampOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * All parts, in the order in which they are to be written: nothing may link to a page that is not there yet.
 * @param published names of the parts that are on the site now: digests among them are kept true to what they carry
 */
export function siteJobs(supply: Supply, published: readonly string[]): Job[] {
  const { config } = supply;
  const site: SiteView = {
    site: config.site,
    sections: config.sections.map((section) => ({
      section,
      path: `${section.id}/`,
      count: supply.listed.get(section.id)?.length ?? 0,
    })),
  };
  const states = config.sections.map((section) => stateOf(section, supply));
  return [
    storyJob(supply, site),
    ...states.flatMap((state) => [
      ...monthJobs(state, supply, site),
      ...digestJobs(state, supply, site, published),
      sectionJob(state, supply, site),
    ]),
    frontJob(states, supply, site),
  ];
}

/** A section as it stands: what every page of it needs to know. */
interface SectionState {
  readonly section: Section;
  /** Newest first. */
  readonly listed: readonly Listed[];
  /** Newest first; none while one page holds everything. */
  readonly months: readonly { readonly month: string; readonly stories: readonly Listed[] }[];
  /** The last week that has closed, unless it is empty: a week without stories has no digest. */
  readonly week: Week | undefined;
  readonly sources: readonly SourceView[];
}

function stateOf(section: Section, supply: Supply): SectionState {
  const listed = supply.listed.get(section.id) ?? [];
  const { timezone } = supply.config.site;
  const week = section.digest && lastClosedWeek(section.digest, timezone, supply.now);
  return {
    section,
    listed,
    months: listed.length > pageSize ? byMonth(listed, timezone) : [],
    week: week !== undefined && storiesIn(week, listed).length > 0 ? week : undefined,
    sources: supply.sources.filter((source) => source.sections.includes(section.id)),
  };
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

function storiesIn(week: Week, listed: readonly Listed[]): Listed[] {
  return listed.filter((story) => story.date >= week.start && story.date < week.end);
}

function storyJob(supply: Supply, site: SiteView): Job {
  return {
    name: 'stories',
    stamp: stampOf(supply.base, supply.newestChange, supply.atNewest, supply.aliases),
    notesPaths: false,
    async *batches() {
      const { renderMoved, renderStory } = await import('./pages/story-page.tsx');
      for (let at = 0; at < supply.changed.length; at += batchSize) {
        const views = await supply.views(supply.changed.slice(at, at + batchSize));
        const [carried, gone] = [views.filter((view) => view.isCarried), views.filter((view) => !view.isCarried)];
        yield {
          documents: carried.map((view) => ({ path: `${view.path}index.html`, body: renderStory(site, view) })),
          gone: gone.map((view) => `${view.path}index.html`),
        };
      }
      const moved = supply.aliases.map(({ uid, now }) => ({
        path: `story/${uid}/index.html`,
        body: renderMoved(site, uid, now),
      }));
      yield { documents: moved };
    },
  };
}

function monthJobs(state: SectionState, supply: Supply, site: SiteView): Job[] {
  const { section, months, sources } = state;
  const counts = months.map(({ month, stories }) => [month, stories.length]);
  return months.map(({ month, stories }) => ({
    name: `${section.id}/${month}`,
    stamp: stampOf(supply.base, stories, counts, sources),
    notesPaths: true,
    async *batches() {
      const { renderMonth } = await import('./pages/section-page.tsx');
      const views = await supply.views(stories.map((story) => story.id));
      const view = sectionView(state, { shown: views, carried: [] });
      yield { documents: [{ path: `${section.id}/${month}/index.html`, body: renderMonth(site, view, month, views) }] };
    },
  }));
}

/** The last closed week, and those made before: a digest on the site loses what is withdrawn like every other page. */
function digestJobs(state: SectionState, supply: Supply, site: SiteView, published: readonly string[]): Job[] {
  const { section, listed } = state;
  if (section.digest === undefined) return [];
  const prefix = `${section.id}/digest/`;
  const names = published.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const weeks = weeksNamed(names, section.digest, supply.config.site.timezone, supply.now);
  return weeks.map((week) => {
    const stories = storiesIn(week, listed);
    return {
      name: `${prefix}${week.name}`,
      stamp: stampOf(supply.base, stories, week),
      notesPaths: true,
      async *batches() {
        if (stories.length === 0) return;
        const { digestDocuments } = await import('./digest.ts');
        const views = await supply.views(stories.map((story) => story.id));
        yield { documents: await digestDocuments(site, section, week, views) };
      },
    };
  });
}

function sectionJob(state: SectionState, supply: Supply, site: SiteView): Job {
  const { section, listed, week, sources } = state;
  const aging = supply.config.sources.some(
    (source) => source.maxAgeMs !== undefined && source.sections.includes(section.id),
  );
  return {
    name: section.id,
    stamp: stampOf(supply.base, listed, week, sources, aging ? Math.floor(supply.now / 86_400_000) : 0),
    notesPaths: true,
    async *batches() {
      const { renderFeeds } = await import('./feeds/feeds.ts');
      const { renderSection } = await import('./pages/section-page.tsx');
      const shown = await supply.views(listed.slice(0, pageSize).map((story) => story.id));
      const carried = shown.filter((story) => isYoungEnough(story, supply)).slice(0, feedSize);
      const view = sectionView(state, { shown, carried });
      const { rss, atom, json } = renderFeeds(site, view);
      yield {
        documents: [
          { path: `${section.id}/feed.xml`, body: rss },
          { path: `${section.id}/atom.xml`, body: atom },
          { path: `${section.id}/feed.json`, body: json },
          { path: `${section.id}/index.html`, body: renderSection(site, view) },
        ],
      };
    },
  };
}

function sectionView(
  { section, months, week, sources }: SectionState,
  stories: { readonly shown: readonly StoryView[]; readonly carried: readonly StoryView[] },
): SectionView {
  return {
    section,
    path: `${section.id}/`,
    stories: stories.shown,
    feedStories: stories.carried,
    months: months.map(({ month, stories: inMonth }) => ({
      month,
      path: `${section.id}/${month}/`,
      count: inMonth.length,
    })),
    digest: week && { week: week.name, path: digestPath(section, week) },
    sources,
    updated: Math.max(0, ...stories.carried.map((story) => story.updated)),
  };
}

/** By the `max_age` of the source whose copy is shown: older stories stay on the page. */
function isYoungEnough(story: StoryView, supply: Supply): boolean {
  const source = supply.config.sources.find((one) => one.key === story.shownFrom);
  return source?.maxAgeMs === undefined || supply.now - story.published <= source.maxAgeMs;
}

function frontJob(states: readonly SectionState[], supply: Supply, site: SiteView): Job {
  const newest = states.map(({ listed }) => listed.slice(0, 5));
  const weeks = states.map(({ week }) => week);
  return {
    name: 'front',
    stamp: stampOf(supply.base, site.sections, newest, weeks, supply.sources),
    notesPaths: true,
    async *batches() {
      const [{ renderFront }, { renderSources }, { renderOpml }, { styleSheet }, { icon }] = await Promise.all([
        import('./pages/front-page.tsx'),
        import('./pages/sources-page.tsx'),
        import('./opml.ts'),
        import('./pages/style.ts'),
        import('./pages/icon.ts'),
      ]);
      const sections = await Promise.all(
        states.map(async (state, at) => {
          const shown = await supply.views((newest[at] ?? []).map((story) => story.id));
          return sectionView(state, { shown, carried: [] });
        }),
      );
      yield {
        documents: [
          { path: 'style.css', body: styleSheet },
          { path: 'icon.svg', body: icon },
          { path: 'opml.xml', body: renderOpml(site, supply.sources) },
          { path: 'sources/index.html', body: renderSources(site, supply.sources) },
          { path: 'index.html', body: renderFront(site, sections) },
        ],
      };
    },
  };
}
