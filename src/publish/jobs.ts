/**
 * The parts a site is made of, each with the stamp of the state it shows: equal stamps mean equal files, so a part
 * whose stamp is known is not rendered again. Says what is to be written; publication.ts has it written. Renderers are
 * loaded where they are used: a run that finds nothing new needs none of them.
 */
import { createHash } from 'node:crypto';
import type { Config, Instant, Section, SiteDocument } from '../model.ts';
import type { SectionView, SiteView, SourceView, StoryView } from './views.ts';
import { digestPath, lastClosedWeek, type Week } from './week.ts';

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

export interface Job {
  readonly name: string;
  readonly stamp: string;
  readonly batches: () => AsyncIterable<readonly SiteDocument[]>;
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

/** All parts, in the order in which they are to be written: nothing may link to a page that is not there yet. */
export function siteJobs(supply: Supply): Job[] {
  const { config } = supply;
  const site: SiteView = {
    site: config.site,
    sections: config.sections.map((section) => ({
      section,
      path: `${section.id}/`,
      count: supply.listed.get(section.id)?.length ?? 0,
    })),
  };
  return [
    storyJob(supply, site),
    ...config.sections.flatMap((section) => [...monthJobs(section, supply, site), sectionJob(section, supply, site)]),
    frontJob(supply, site),
  ];
}

function storyJob(supply: Supply, site: SiteView): Job {
  return {
    name: 'stories',
    stamp: stampOf(supply.base, supply.newestChange, supply.atNewest, supply.aliases),
    async *batches() {
      const { renderMoved, renderStory } = await import('./pages/story-page.tsx');
      for (let at = 0; at < supply.changed.length; at += batchSize) {
        const views = await supply.views(supply.changed.slice(at, at + batchSize));
        yield views.map((view) => ({ path: `${view.path}index.html`, body: renderStory(site, view) }));
      }
      yield supply.aliases.map(({ uid, now }) => ({
        path: `story/${uid}/index.html`,
        body: renderMoved(site, uid, now),
      }));
    },
  };
}

interface Month {
  readonly month: string;
  readonly stories: readonly Listed[];
}

/** Months, newest first; none while one page holds everything. */
function monthsOf(listed: readonly Listed[], timezone: string): Month[] {
  if (listed.length <= pageSize) return [];
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit' });
  const months = new Map<string, Listed[]>();
  for (const story of listed) {
    const month = format.format(story.date).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), story]);
  }
  return [...months].map(([month, stories]) => ({ month, stories }));
}

function monthJobs(section: Section, supply: Supply, site: SiteView): Job[] {
  const listed = supply.listed.get(section.id) ?? [];
  return monthsOf(listed, supply.config.site.timezone).map(({ month, stories }) => ({
    name: `${section.id}/${month}`,
    stamp: stampOf(supply.base, stories),
    async *batches() {
      const views = await supply.views(stories.map((story) => story.id));
      const view = sectionView(section, supply, { shown: views, carried: [] });
      const { renderMonth } = await import('./pages/section-page.tsx');
      yield [{ path: `${section.id}/${month}/index.html`, body: renderMonth(site, view, month, views) }];
    },
  }));
}

function sectionJob(section: Section, supply: Supply, site: SiteView): Job {
  const listed = supply.listed.get(section.id) ?? [];
  const closed = closedWeek(section, supply);
  const aging = supply.config.sources.some(
    (source) => source.maxAgeMs !== undefined && source.sections.includes(section.id),
  );
  const day = aging ? Math.floor(supply.now / 86_400_000) : 0;
  return {
    name: section.id,
    stamp: stampOf(supply.base, listed, closed?.week, sourcesOf(section, supply), day),
    async *batches() {
      if (closed !== undefined) {
        const { digestDocuments } = await import('./digest.ts');
        const views = await supply.views(closed.stories.map((story) => story.id));
        yield await digestDocuments(site, section, closed.week, views);
      }
      const shown = await supply.views(listed.slice(0, pageSize).map((story) => story.id));
      const carried = shown.filter((story) => isYoungEnough(story, supply)).slice(0, feedSize);
      const view = sectionView(section, supply, { shown, carried });
      const { renderFeeds } = await import('./feeds/feeds.ts');
      const { renderSection } = await import('./pages/section-page.tsx');
      const { rss, atom, json } = renderFeeds(site, view);
      yield [
        { path: `${section.id}/feed.xml`, body: rss },
        { path: `${section.id}/atom.xml`, body: atom },
        { path: `${section.id}/feed.json`, body: json },
        { path: `${section.id}/index.html`, body: renderSection(site, view) },
      ];
    },
  };
}

function sectionView(
  section: Section,
  supply: Supply,
  stories: { readonly shown: readonly StoryView[]; readonly carried: readonly StoryView[] },
): SectionView {
  const listed = supply.listed.get(section.id) ?? [];
  const closed = closedWeek(section, supply);
  return {
    section,
    path: `${section.id}/`,
    stories: stories.shown,
    feedStories: stories.carried,
    months: monthsOf(listed, supply.config.site.timezone).map(({ month, stories: inMonth }) => ({
      month,
      path: `${section.id}/${month}/`,
      count: inMonth.length,
    })),
    digest: closed === undefined ? undefined : { week: closed.week.name, path: digestPath(section, closed.week) },
    sources: sourcesOf(section, supply),
    updated: Math.max(0, ...stories.carried.map((story) => story.updated)),
  };
}

function sourcesOf(section: Section, supply: Supply): SourceView[] {
  return supply.sources.filter((source) => source.sections.includes(section.id));
}

interface ClosedWeek {
  readonly week: Week;
  /** At least one: a week without stories has no digest. */
  readonly stories: readonly Listed[];
}

function closedWeek(section: Section, supply: Supply): ClosedWeek | undefined {
  if (section.digest === undefined) return undefined;
  const week = lastClosedWeek(section.digest, supply.config.site.timezone, supply.now);
  const stories = (supply.listed.get(section.id) ?? []).filter(
    (story) => story.date >= week.start && story.date < week.end,
  );
  return stories.length === 0 ? undefined : { week, stories };
}

/** By the `max_age` of the source whose copy is shown: older stories stay on the page. */
function isYoungEnough(story: StoryView, supply: Supply): boolean {
  const source = supply.config.sources.find((one) => one.key === story.shownFrom);
  return source?.maxAgeMs === undefined || supply.now - story.published <= source.maxAgeMs;
}

function frontJob(supply: Supply, site: SiteView): Job {
  const newest = supply.config.sections.map((section) => (supply.listed.get(section.id) ?? []).slice(0, 5));
  const weeks = supply.config.sections.map((section) => closedWeek(section, supply)?.week);
  return {
    name: 'front',
    stamp: stampOf(supply.base, site.sections, newest, weeks, supply.sources),
    async *batches() {
      const sections = await Promise.all(
        supply.config.sections.map(async (section, at) => {
          const shown = await supply.views((newest[at] ?? []).map((story) => story.id));
          return sectionView(section, supply, { shown, carried: [] });
        }),
      );
      const [{ renderFront }, { renderSources }, { renderOpml }, { styleSheet }, { icon }] = await Promise.all([
        import('./pages/front-page.tsx'),
        import('./pages/sources-page.tsx'),
        import('./opml.ts'),
        import('./pages/style.ts'),
        import('./pages/icon.ts'),
      ]);
      yield [
        { path: 'style.css', body: styleSheet },
        { path: 'icon.svg', body: icon },
        { path: 'opml.xml', body: renderOpml(site, supply.sources) },
        { path: 'sources/index.html', body: renderSources(site, supply.sources) },
        { path: 'index.html', body: renderFront(site, sections) },
      ];
    },
  };
}
