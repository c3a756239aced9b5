/**
 * Publishing, told in calls: what is stored becomes views, views become the parts of the site whose stamp has changed,
 * and of those the files that differ are written. A run that changed nothing renders nothing.
 */

import { inForce } from './agreements.ts';
import { closeDigests } from './digests.ts';
import { drawUp } from './drawing-up.ts';
import type { Clock, PictureFolder, SiteFolder } from './edges.ts';
import type { ParkedItem } from './hold-library.ts';
import type { Library, Publication } from './library.ts';
import { supplyOf } from './listing.ts';
import type { Config, Site, StoryRecord, Version } from './model.ts';
import { guardedStories, noteNotShown, openDue } from './openings.ts';
import type { ViewContext } from './publish/attribution-view.ts';
import { calendarKeepsMs } from './publish/events.ts';
import { holdsOf } from './publish/holding.ts';
import { siteJobs, siteStamp } from './publish/jobs.ts';
import { type LinkedView, linkedView, relatedViews } from './publish/related.ts';
import { rememberingViews } from './publish/remembered-views.ts';
import { maxAgesOf, sourceViews } from './publish/source-view.ts';
import { type Circumstances, type Job, partNames, RENDERING_VERSION, type Supply, stampOf } from './publish/supply.ts';
import type { RelatedView, StoryView } from './publish/views.ts';
import { IndexLost, type SearchLibrary } from './search-library.ts';
import { isFeedPath } from './text/feed-path.ts';
import { pictureFolder } from './text/safe-html.ts';

export interface PublicationEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly folder: SiteFolder;
  readonly pictures: Pick<PictureFolder, 'pathOf'>;
  readonly search: SearchLibrary;
}

export interface PublicationReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Bugs of ours, by the part of the site or the story they befell: the rest was published all the same. */
  readonly defects: readonly { readonly sourceKey: string; readonly error: unknown }[];
}

/** What is published beyond what is due. */
export interface PublicationOptions {
  /** Id of a section whose digest closes now, before its time. */
  readonly closing?: string | undefined;
  /** Told as files are drawn up, how many there are by then. */
  readonly onDrawn?: ((files: number) => void) | undefined;
}

/**
 * Brings the site up to date with the store. A kill at any instant leaves a site in which every link leads somewhere, and
 * is made good by the next call: before anything is put in place it is noted which parts are unfinished and which files
 * they may have by then, and a part counts as published only once its files are in place and those it has no more are gone.
 * @throws Halt with `publish/not-writable` or `store/…`; the site is then as it was, or in part as it is to be
 */
export async function publishSite(
  settings: Config,
  edges: PublicationEdges,
  options: PublicationOptions = {},
): Promise<PublicationReport> {
  try {
    return await publishOnce(settings, edges, options);
  } catch (error) {
    if (!(error instanceof IndexLost)) throw error;
    return await publishOnce(settings, edges, options); // the index is empty now, and is made anew
  }
}

async function publishOnce(
  settings: Config,
  edges: PublicationEdges,
  { closing, onDrawn }: PublicationOptions,
): Promise<PublicationReport> {
  const { library, folder, clock, search } = edges;
  await library.fixForGood(); // first: names that change now are no names that others led to
  const published = await library.publications();
  // An index that has been lost, or is of another time than the pages, is made anew, and the pages with it.
  const [shown, indexed] = [published.get(partNames.stories)?.stamp, await search.stamp()];
  const isSearched = indexed === shown || (shown === unfinished && indexed !== undefined);
  const isFile = await folder.lookFor(['index.html', ...[...published.values()].flatMap(({ paths }) => paths)]);
  const isThere = isFile('index.html') && isSearched;
  const { circumstances, parked } = await surroundings(settings, edges, isThere ? published : new Map());
  const isAsItWas = published.get(partNames.site)?.stamp === siteStamp(circumstances) && isComplete(published, isFile);
  if (isThere && isAsItWas && closing === undefined) {
    await folder.clear();
    return { written: [], removed: [], defects: [] };
  }
  const holds = holdsOf(parked);
  const guarded = await guardedStories(circumstances.config, library, holds);
  const before = published.get(partNames.stories)?.at;
  await noteNotShown(guarded, circumstances.config, library, { before, now: circumstances.now });
  const listed = await supplyOf(circumstances, guarded, holds, library);
  const digests = await closeDigests(listed, library, { early: closing, published: [...published.keys()] });
  const supply = { ...listed, digests };
  const stamp = siteStamp({ ...circumstances, closed: await library.digests() });
  const isWhole = !isThere || published.get(partNames.base)?.stamp !== supply.base;
  const jobs = siteJobs(supply);
  const due = jobs.filter((job) => isWhole || !isCurrent(job, published.get(job.name), isFile));
  const ended = [...published.keys()].filter((name) => !isWholeSite(name) && jobs.every((job) => job.name !== name));
  if (due.length === 0 && ended.length === 0) {
    await folder.clear();
    await library.published(new Map([[partNames.site, { stamp, at: clock.now(), paths: [] }]]));
    return { written: [], removed: [], defects: [] };
  }

  if (!isSearched) await search.clear();
  const draft = await folder.draft();
  const begun = (name: string, paths: readonly string[]): [string, Publication] => {
    const known = published.get(name);
    const mayHave = [...new Set([...(known?.paths ?? []), ...paths])];
    return [name, { stamp: unfinished, at: known?.at ?? 0, paths: mayHave }];
  };
  // What can be searched changes while parts are drawn up: after a kill in there, the state before is no longer published either.
  await library.unpublished(partNames.site);
  if (isWhole) await library.unpublished(partNames.base); // pages of two kinds lie side by side from here on
  if (due.some(({ name }) => name === partNames.stories))
    await library.published(new Map([begun(partNames.stories, [])]));
  const { parts, defects } = await drawUp(due, published, { draft, search, onDrawn });
  await library.published(new Map(parts.map(({ job, paths }) => begun(job.name, paths))));
  await library.keepArchived(parts.flatMap(({ job }) => job.archived ?? []));
  // Before anything is in place: after a kill in between, the next run puts it in place, and then tells the hub.
  if (settings.site.hub !== undefined) await library.addNotices(draft.paths().filter(isFeedPath), clock.now());
  const written = await draft.publish();
  const endedPaths = ended.flatMap((name) => published.get(name)?.paths ?? []);
  const removed = await folder.remove([...parts.flatMap(({ gone }) => gone), ...endedPaths]);
  const stories = parts.find(({ job }) => job.name === partNames.stories);
  if (stories !== undefined) await search.agree(stories.job.stamp);
  const now = clock.now();
  const finished = parts.map(({ job, paths }): [string, Publication] => {
    const at = job === stories?.job ? supply.newestChange : now;
    return [job.name, { stamp: job.stamp, at, paths }];
  });
  await library.published(new Map(finished));
  for (const name of ended) await library.unpublished(name);
  if (defects.length === 0) {
    const whole: Publication = { stamp: supply.base, at: now, paths: [] };
    await library.published(
      new Map([...(isWhole ? [[partNames.base, whole] as const] : []), [partNames.site, { ...whole, stamp }]]),
    );
  }
  return { written, removed, defects };
}

/** What is noted of the site as a whole, and not of a part of it. */
function isWholeSite(name: string): boolean {
  return name === partNames.base || name === partNames.site;
}

/** Somebody may have removed a page: it is made again. */
function isComplete(published: ReadonlyMap<string, Publication>, isFile: (path: string) => boolean): boolean {
  return [...published.values()].every(({ paths }) => paths.every(isFile));
}

/** In the place of a stamp: the same as none that a state can have. */
const unfinished = '';

function isCurrent(job: Job, before: Publication | undefined, isFile: (path: string) => boolean): boolean {
  return before?.stamp === job.stamp && before.paths.every(isFile);
}

/** What is known of the state of the site now, without its lists. */
export async function circumstancesNow(settings: Config, edges: PublicationEdges): Promise<Circumstances> {
  return (await surroundings(settings, edges, new Map())).circumstances;
}

/** What the site would be made of now, for those who want to see a part of it before its time. */
export async function supplyNow(settings: Config, edges: PublicationEdges): Promise<Omit<Supply, 'digests'>> {
  const { circumstances, parked } = await surroundings(settings, edges, new Map());
  const holds = holdsOf(parked);
  const guarded = await guardedStories(circumstances.config, edges.library, holds);
  return await supplyOf(circumstances, guarded, holds, edges.library);
}

async function surroundings(
  settings: Config,
  edges: PublicationEdges,
  published: ReadonlyMap<string, Publication>,
): Promise<{ readonly circumstances: Circumstances; readonly parked: readonly ParkedItem[] }> {
  const { library, clock } = edges;
  const now = clock.now();
  const memories = await library.memories();
  const config = inForce(settings, memories, now);
  await openDue(config, library, now);
  const parked = await library.holds();
  return { circumstances: await lookAround({ config, memories, now, parked }, edges, published), parked };
}

interface Around extends Pick<Circumstances, 'config' | 'memories' | 'now'> {
  readonly parked: readonly ParkedItem[];
}

async function lookAround(
  { config, memories, now, parked }: Around,
  { library, pictures, search }: PublicationEdges,
  published: ReadonlyMap<string, Publication>,
): Promise<Circumstances> {
  const tagPrefix = await library.rememberOnce('tag-prefix', tagPrefixFor(config.site));
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const holds = holdsOf(parked);
  const context: ViewContext = { config, sources, memories, tagPrefix, now, holds };
  // A story that any section has parked is linked from no other.
  const unlinked = new Set(parked.flatMap(({ storyId, parkedSince }) => (parkedSince === undefined ? [] : [storyId])));
  const names = config.sources.map(({ key }) => [
    memories.get(key)?.title,
    memories.get(key)?.home,
    memories.get(key)?.feedUrl,
  ]);
  const base = stampOf(RENDERING_VERSION, config.hash, tagPrefix, names);
  const files = await library.shownFiles();
  const isCopying = config.sources.some(({ images }) => images === 'copy');
  const readViews = async (
    ids: readonly number[],
    versions?: ReadonlyMap<number, readonly Version[]>,
  ): Promise<readonly StoryView[]> => {
    const { storyView } = await import('./publish/story-view.ts');
    const copies = isCopying ? await library.pictureCopies(ids) : undefined;
    const related = await readRelated(ids, unlinked, library, (record) => storyView(record, context));
    return (await library.stories(ids)).map((record) => storyView(record, { ...context, copies, related, versions }));
  };
  const views = rememberingViews((ids) => readViews(ids));
  const tellings = async (ids: readonly number[]): Promise<readonly StoryView[]> => {
    const { withTranslations } = await import('./publish/translation-view.ts');
    const translations = await library.translationsOf(ids);
    const others = [...new Set([...translations.values()].flat())].filter((id) => !unlinked.has(id));
    const told = new Map((await views(others)).map((view) => [view.story, view]));
    return (await readViews(ids, await library.versions(ids))).map((view) => {
      const own = (translations.get(view.story) ?? []).map((id) => told.get(id));
      return withTranslations(
        view,
        own.filter((one) => one !== undefined),
      );
    });
  };
  const hidden = config.sources.filter(({ show }) => show === 'none').map(({ key }) => key);
  const longestEmbargo = Math.max(0, ...config.sources.map(({ embargoMs }) => embargoMs));
  const isWhole = published.get(partNames.base)?.stamp !== base;
  const changed = await library.changedSince(isWhole ? 0 : (published.get(partNames.stories)?.at ?? 0));
  return {
    config,
    now,
    base,
    tagPrefix,
    views,
    async standing(ids) {
      const { sectionsShowing } = await import('./publish/story-view.ts');
      return new Map((await library.stories(ids)).map((record) => [record.id, sectionsShowing(record, context)]));
    },
    tellings,
    sources: sourceViews(config.sources, memories, now),
    maxAges: maxAgesOf(config),
    memories,
    ownStories: library.ownStories,
    treatment: (source) => library.treatment(source, { hidden, before: now - longestEmbargo }),
    searched: (ids) => search.some(ids),
    days: (since, sources) => library.days(since, sources),
    changed: changed.ids,
    newestChange: changed.newest,
    atNewest: changed.atNewest,
    pictures: files.map((file) => ({ path: `${pictureFolder}${file}`, copyOf: pictures.pathOf(file) })),
    eventful: await library.eventful(now - calendarKeepsMs),
    aliases: await library.aliases(),
    closed: await library.digests(),
  };
}

/** Linked stories at a time: of many of them no more is kept than what is shown beside others. */
const linkedAtOnce = 50;

async function readRelated(
  ids: readonly number[],
  unlinked: ReadonlySet<number>,
  library: Library,
  viewOf: (record: StoryRecord) => StoryView,
): Promise<ReadonlyMap<number, readonly RelatedView[]>> {
  const links = await library.links(ids);
  const all = [...links.values()].flatMap((list) => list.map(({ story }) => story));
  const wanted = [...new Set(all)].filter((id) => !unlinked.has(id));
  const linked = new Map<number, LinkedView>();
  for (let at = 0; at < wanted.length; at += linkedAtOnce)
    for (const record of await library.stories(wanted.slice(at, at + linkedAtOnce))) {
      const view = linkedView(viewOf(record));
      if (view !== undefined) linked.set(record.id, view);
    }
  return new Map([...links].map(([id, list]) => [id, relatedViews(list, linked)]));
}

/**
 * RFC 4151: an authority that is ours, and a date on which it was. Kept for good, so that no reader sees everything twice when the
 * site moves; and always of one year, so that who imports everything anew in another has the same names again.
 */
function tagPrefixFor({ url }: Site): string {
  const host = url === undefined ? '' : new URL(url).hostname;
  return `tag:${/^[a-z0-9.-]+$/.test(host) ? host : 'relais.invalid'},2026:`; // the year in which Relais began to give names
}
