/**
 * Publishing, told in calls: what is stored becomes views, views become the parts of the site whose stamp has changed,
 * and of those the files that differ are written. A run that changed nothing renders nothing.
 */
import type { Clock, Library, ListedStory, Publication, SiteFolder } from './edges.ts';
import type { Config, Instant, Section, Site } from './model.ts';
import { Halt } from './problems.ts';
import type { ViewContext } from './publish/attribution-view.ts';
import { type Job, RENDERING_VERSION, type Supply, siteJobs, stampOf } from './publish/jobs.ts';
import { sourceView } from './publish/source-view.ts';
import type { StoryView } from './publish/views.ts';

export interface PublicationEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly folder: SiteFolder;
}

export interface PublicationReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Bugs of ours, by the part of the site or the story they befell: the rest was published all the same. */
  readonly defects: readonly { readonly sourceKey: string; readonly error: unknown }[];
}

/**
 * Brings the site up to date with the store. A kill in the middle is made good by the next call: a part counts as
 * published only once all its files are in place.
 */
export async function publishSite(config: Config, edges: PublicationEdges): Promise<PublicationReport> {
  const { library, folder, clock } = edges;
  const published = await library.publications();
  const isThere = folder.isThere('index.html');
  const supply = await gatherSupply(config, edges, isThere ? published : new Map());
  const isWhole = !isThere || published.get('base')?.stamp !== supply.base;
  const written: string[] = [];
  const removed: string[] = [];
  const defects: { sourceKey: string; error: unknown }[] = [];
  const jobs = siteJobs(supply, [...published.keys()]);
  for (const job of jobs) {
    const before = published.get(job.name);
    const isCurrent = before?.stamp === job.stamp && before.paths.every((path) => folder.isThere(path));
    if (!isWhole && isCurrent) continue;
    try {
      const made = await publishPart(job, before, folder);
      written.push(...made.written);
      removed.push(...made.removed);
      const at = job.name === 'stories' ? supply.newestChange : clock.now();
      await library.published(job.name, { stamp: job.stamp, at, paths: made.paths });
    } catch (error) {
      if (error instanceof Halt) throw error;
      defects.push({ sourceKey: job.name, error }); // its old files stay, and the next run tries again
    }
  }
  for (const [name, publication] of published) {
    if (name === 'base' || jobs.some((job) => job.name === name)) continue;
    removed.push(...(await folder.remove(publication.paths)));
    await library.unpublished(name);
  }
  if (isWhole && defects.length === 0)
    await library.published('base', { stamp: supply.base, at: clock.now(), paths: [] });
  return { written, removed, defects };
}

interface Made {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly paths: readonly string[];
}

async function publishPart(job: Job, before: Publication | undefined, folder: SiteFolder): Promise<Made> {
  const written: string[] = [];
  const paths = new Set<string>();
  const gone: string[] = [];
  for await (const batch of job.batches()) {
    written.push(...(await folder.write(batch.documents)).written);
    gone.push(...(batch.gone ?? []));
    if (job.notesPaths) for (const document of batch.documents) paths.add(document.path);
  }
  gone.push(...(before?.paths ?? []).filter((path) => !paths.has(path)));
  return { written, removed: await folder.remove(gone), paths: [...paths] };
}

async function gatherSupply(
  config: Config,
  { library, clock }: PublicationEdges,
  published: ReadonlyMap<string, Publication>,
): Promise<Supply> {
  const now = clock.now();
  const memories = await library.memories();
  const tagPrefix = await library.rememberOnce('tag-prefix', tagPrefixFor(config.site, now));
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const context: ViewContext = { config, sources, memories, tagPrefix };
  const names = config.sources.map(({ key }) => [
    memories.get(key)?.title,
    memories.get(key)?.home,
    memories.get(key)?.feedUrl,
  ]);
  const base = stampOf(RENDERING_VERSION, config.hash, tagPrefix, names);
  const views = async (ids: readonly number[]): Promise<readonly StoryView[]> => {
    const { storyView } = await import('./publish/story-view.ts');
    return (await library.stories(ids)).map((record) => storyView(record, context));
  };
  const listed = new Map<string, readonly ListedStory[]>();
  for (const section of config.sections) listed.set(section.id, await listSection(section, config, library, views));
  const isWhole = published.get('base')?.stamp !== base;
  const changed = await library.changedSince(isWhole ? 0 : (published.get('stories')?.at ?? 0));
  return {
    config,
    now,
    base,
    views,
    listed,
    sources: config.sources.map((source) => sourceView(source, memories.get(source.key))),
    changed: changed.ids,
    newestChange: changed.newest,
    atNewest: changed.atNewest,
    aliases: await library.aliases(),
  };
}

/** Filters look at items; without any the list alone is enough. */
async function listSection(
  section: Section,
  config: Config,
  library: Library,
  views: Supply['views'],
): Promise<readonly ListedStory[]> {
  const own = config.sources.filter((source) => source.sections.includes(section.id));
  const listed = await library.storiesOf(own.map((source) => source.key));
  if (own.every((source) => source.only === undefined && source.skip === undefined)) return listed;
  const wanted = new Set<number>();
  const batch = 200;
  for (let at = 0; at < listed.length; at += batch) {
    const part = listed.slice(at, at + batch);
    const shown = await views(part.map((story) => story.id));
    for (const [index, view] of shown.entries()) {
      const id = part[index]?.id;
      if (id !== undefined && view.sections.includes(section.id)) wanted.add(id);
    }
  }
  return listed.filter((story) => wanted.has(story.id));
}

/**
 * RFC 4151: an authority that is ours, and a date on which it was. Set at the first publication and kept for good, so
 * that no reader sees everything twice when the site moves.
 */
function tagPrefixFor(site: Site, now: Instant): string {
  const host = site.url === undefined ? 'relais.invalid' : new URL(site.url).hostname;
  return `tag:${host},${new Date(now).getUTCFullYear()}:`;
}
