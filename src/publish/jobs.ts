/**
 * The parts a site is made of, each with the stamp of the state it shows: equal stamps mean equal files, so a part
 * whose stamp is known is not rendered again. Says what is to be written; publication.ts has it written. Renderers are
 * loaded where they are used: a run that finds nothing new needs none of them.
 */
import type { Instant } from '../model.ts';
import { dayMs, localDay } from '../text/wall-clock.ts';
import { phasesOf } from './events.ts';
import { everythingJobs, sourceFeedJobs } from './feed-jobs.ts';
import { openListed, partnerJobs, partnerStates } from './partner-jobs.ts';
import { lastPeriod } from './period.ts';
import { searchedOf, searchJobs } from './search-jobs.ts';
import { sectionJobs } from './section-jobs.ts';
import { type SectionState, sectionView, stateOf } from './section-state.ts';
import { batchSize, type Circumstances, type Job, partNames, partsOf, type Supply, stampOf } from './supply.ts';
import type { LastAnswer, SiteView, StoryView } from './views.ts';

/** Stories of each section on the front page. */
const linesEach = 5;
const hourMs = 3_600_000;

/** All parts, in the order in which they are to be written: nothing may link to a page that is not there yet. */
export function siteJobs(supply: Supply): Job[] {
  const { config } = supply;
  const states = config.sections.map((section) => stateOf(section, supply));
  const site: SiteView = {
    site: config.site,
    sections: states.map(({ section, listed }) => ({ section, path: `${section.id}/`, count: listed.length })),
  };
  return [
    ...pictureJobs(supply),
    ...lookJobs(supply),
    storyJob(supply, site),
    ...sourceJobs(supply, site),
    ...states.flatMap((state) => sectionJobs(state, supply, site)),
    ...everythingJobs(states, supply, site),
    statusJob(supply, site),
    ...searchJobs(states, supply, site),
    frontJob(states, supply, site),
  ];
}

/** The page of each source, and its feed behind it: they show the same stories, whose views are remembered for a moment. */
function sourceJobs(supply: Supply, site: SiteView): Job[] {
  const listed = openListed(supply);
  const feeds = sourceFeedJobs(supply, site, listed);
  return partnerJobs(supply, site, listed).flatMap((job, at) => [job, ...feeds.slice(at, at + 1)]);
}

/**
 * Names everything that the stamps of the parts are made from; the lists among it change only with a story. While it
 * stays the same no part has changed, and nothing need be listed to know it.
 */
export function siteStamp(circumstances: Circumstances): string {
  const { config, now, base, newestChange, atNewest, aliases, sources } = circumstances;
  const pictures = circumstances.pictures.map(({ path }) => path);
  const days = [localDay(now, config.site.timezone), Math.floor(now / dayMs)];
  const closings = config.sections.map(({ digest }) => digest && lastPeriod(digest, config.site.timezone, now).end);
  const digests = circumstances.closed.length;
  const hour = Math.floor(latest(circumstances, 'lastNewItem') / hourMs);
  const changes = [newestChange, atNewest, aliases, pictures];
  const events = phasesOf(circumstances.eventful, config.site.timezone, now);
  return stampOf(
    base,
    changes,
    sources,
    days,
    closings,
    digests,
    hour,
    lastAnswerOf(circumstances),
    events,
    partnerStates(circumstances),
  );
}

/** None where no story shows any: then those that were there go. */
function pictureJobs({ pictures }: Supply): Job[] {
  if (pictures.length === 0) return [];
  return [
    {
      name: partNames.pictures,
      stamp: stampOf(pictures.map(({ path }) => path)),
      notesPaths: true,
      async *batches() {
        for (let at = 0; at < pictures.length; at += batchSize) yield { documents: pictures.slice(at, at + batchSize) };
      },
    },
  ];
}

/** What the maintainer has laid beside the settings and pages show. */
function lookJobs({ config, base }: Supply): Job[] {
  if (config.site.look === undefined) return [];
  return [
    {
      name: partNames.look,
      stamp: base,
      notesPaths: true,
      async *batches() {
        const { lookOf } = await import('./look/look.ts');
        yield { documents: lookOf(config.site).documents };
      },
    },
  ];
}

function storyJob(supply: Supply, site: SiteView): Job {
  return {
    name: partNames.stories,
    stamp: stampOf(supply.base, supply.newestChange, supply.atNewest, supply.aliases),
    notesPaths: false,
    async *batches() {
      const [{ renderStory }, { renderMoved }] = await Promise.all([
        import('./pages/story-page.tsx'),
        import('./pages/stubs.tsx'),
      ]);
      for (let at = 0; at < supply.changed.length; at += batchSize) {
        const ids = supply.changed.slice(at, at + batchSize);
        const views = await supply.tellings(ids);
        const [carried, gone] = [views.filter((view) => view.isCarried), views.filter((view) => !view.isCarried)];
        yield {
          documents: carried.map((view) => ({ path: `${view.path}index.html`, body: renderStory(site, view) })),
          gone: gone.map((view) => `${view.path}index.html`),
          searched: searchedOf(ids, views),
        };
      }
      const withdrawn = await withdrawnBehind(supply);
      const moved = supply.aliases.map(({ uid, now, story }) => {
        const path = `story/${uid}/`;
        const view = withdrawn.get(story);
        const body = view === undefined ? renderMoved(site, uid, now) : renderStory(site, { ...view, uid, path });
        return { path: `${path}index.html`, body };
      });
      yield { documents: moved, searched: { entries: [], gone: supply.aliases.map(({ uid }) => uid) } };
    },
  };
}

/** The stories behind other names that were taken back: a name that led to one must not lead to an empty page. */
async function withdrawnBehind({ aliases, views }: Supply): Promise<ReadonlyMap<number, StoryView>> {
  const ids = [...new Set(aliases.flatMap(({ story, isDoubtful }) => (isDoubtful ? [story] : [])))];
  const found = new Map<number, StoryView>();
  for (let at = 0; at < ids.length; at += batchSize)
    for (const view of await views(ids.slice(at, at + batchSize)))
      if (view.withdrawn !== undefined && view.isCarried) found.set(view.story, view);
  return found;
}

/**
 * How the sources stand: anew when a state changes, at most once an hour while new items come, and at the turn of each
 * day. That somebody was asked again and had nothing new is no reason.
 */
function statusJob(supply: Supply, site: SiteView): Job {
  const { config, now } = supply;
  const newest = latest(supply, 'lastNewItem');
  const today = localDay(now, config.site.timezone);
  return {
    name: partNames.status,
    stamp: stampOf(supply.base, supply.sources, today, Math.floor(newest / hourMs)),
    notesPaths: true,
    async *batches() {
      const { statusBatches } = await import('./status.ts');
      yield* statusBatches(site, supply);
    },
  };
}

function frontJob(states: readonly SectionState[], supply: Supply, site: SiteView): Job {
  const newest = states.map(({ firstPage }) => firstPage.slice(0, linesEach));
  const digests = states.map(({ newest: digest }) => digest);
  const lastAnswer = lastAnswerOf(supply);
  return {
    name: partNames.front,
    stamp: stampOf(supply.base, site.sections, newest, digests, supply.sources, lastAnswer),
    notesPaths: true,
    async *batches() {
      const [
        { renderFront },
        { renderAbout },
        { partPath },
        { renderSources },
        { renderOpml },
        { styleSheetFor },
        { iconDocuments },
      ] = await Promise.all([
        import('./pages/front-page.tsx'),
        import('./pages/about-page.tsx'),
        import('./pages/page.ts'),
        import('./pages/sources-page.tsx'),
        import('./opml.ts'),
        import('./pages/style.ts'),
        import('./pages/icon.ts'),
      ]);
      const sections = await Promise.all(
        states.map(async (state, at) => {
          const shown = await supply.views((newest[at] ?? []).map((story) => story.id));
          return sectionView(state, shown);
        }),
      );
      yield {
        documents: [
          { path: 'style.css', body: styleSheetFor(site.site) },
          ...iconDocuments(site.site),
          { path: 'opml.xml', body: renderOpml(site, supply.sources) },
          { path: 'about/index.html', body: renderAbout(site) },
        ],
      };
      for (const { rows, part } of partsOf(supply.sources))
        yield {
          documents: [{ path: `${partPath('sources/', part.page)}index.html`, body: renderSources(site, rows, part) }],
        };
      yield { documents: [{ path: 'index.html', body: renderFront(site, sections, lastAnswer) }] };
    },
  };
}

/** To the day, so that the front page is rewritten once a day and not with every answer. */
function lastAnswerOf(supply: Circumstances): LastAnswer | undefined {
  const newest = latest(supply, 'lastSuccess');
  if (newest === 0) return undefined;
  return { day: localDay(newest, supply.config.site.timezone), isOld: supply.now - newest > dayMs };
}

/** Of all sources; 0 where there is none. */
function latest({ config, memories }: Circumstances, what: 'lastSuccess' | 'lastNewItem'): Instant {
  return config.sources.reduce((newest, { key }) => Math.max(newest, memories.get(key)?.[what] ?? 0), 0);
}
