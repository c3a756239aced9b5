/**
 * The feeds as parts of the site: of everything, of each source, of each language of a section. (That of a section itself is made
 * with its page, from the same stories.)
 */
import type { Language, Section, Source } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import { type Archive, archiveOf, feedSize } from './archive.ts';
import type { SectionState } from './section-state.ts';
import { byOpening, newestFirst, openedAt, primaryLanguage } from './selection.ts';
import { sourcePath } from './source-path.ts';
import { type Job, type Listed, type Supply, stampOf } from './supply.ts';
import { type TakenBack, takenBackBy, takenBackIn } from './taken-back.ts';
import type { FeedView, SiteDocument, SiteView, SourceView, StoryView } from './views.ts';

/** Looked at for a feed: some may be too old. */
const mostNewest = 100;

/** What a feed is called and where it is. */
type Place = Pick<FeedView, 'title' | 'about' | 'lang' | 'path' | 'page'>;

/** The three files of a feed. */
export async function feedDocuments(
  site: SiteView,
  place: Place,
  carried: Pick<FeedView, 'stories' | 'deleted'> & { readonly archive?: Archive },
  supply: Supply,
): Promise<readonly SiteDocument[]> {
  const { renderFeeds } = await import('./feeds/feeds.ts');
  const { archive, ...told } = carried;
  const newestArchive = archive?.documents.at(-1)?.number;
  const { rss, atom, json } = renderFeeds(site, { ...place, ...told, newestArchive, id: feedId(place, supply) });
  return [
    { path: `${place.path}feed.xml`, body: rss },
    { path: `${place.path}atom.xml`, body: atom },
    { path: `${place.path}feed.json`, body: json },
  ];
}

function feedId({ path }: Place, { tagPrefix }: Supply): string {
  return `${tagPrefix}feed/${path}`.replace(/\/$/, '');
}

/**
 * What stands in a feed and what in its archive. A site without an address has no archive: nothing could lead there.
 * @param sources those that it has its stories from
 */
export function archiveFor(
  { path }: Place,
  { listed, announced }: Pick<SectionState, 'listed' | 'announced'>,
  sources: readonly Source[],
  { config, archives, now }: Supply,
): Archive {
  if (config.site.url === undefined) return { carried: announced.slice(0, feedSize), documents: [], grown: [] };
  const ages = sources.flatMap(({ maxAgeMs }) => maxAgeMs ?? []);
  const oldest = now - Math.min(Number.POSITIVE_INFINITY, ...ages);
  return archiveOf({ feed: path, listed, announced, kept: archives.get(path) ?? [], oldest });
}

/** The documents of an archive, each a part of its own, so that a new story rewrites none of those that are closed. */
export function archiveJobs(
  name: string,
  place: Place,
  { documents, grown }: Archive,
  supply: Supply,
  site: SiteView,
): Job[] {
  return documents.map((document) => ({
    name: `${name}/archive/${document.number}`,
    stamp: stampOf(supply.base, document),
    notesPaths: true,
    archived: grown.filter(({ number }) => number === document.number),
    async *batches() {
      const { renderArchive } = await import('./feeds/feeds.ts');
      const { archivePath } = await import('./feeds/channel.ts');
      const stories = await viewsOf(document.stories, supply);
      const view = { ...place, stories, deleted: [], newestArchive: undefined, id: feedId(place, supply) };
      const { atom, json } = renderArchive(site, view, document);
      yield {
        documents: [
          { path: archivePath(place.path, document.number, 'xml'), body: atom },
          { path: archivePath(place.path, document.number, 'json'), body: json },
        ],
      };
    },
  }));
}

export function sectionPlace({ section }: Pick<SectionState, 'section'>, { site }: SiteView): Place {
  const path = `${section.id}/`;
  const title = `${section.title} – ${site.title}`;
  return { title, about: section.about, lang: section.lang, path, page: path };
}

/** Each story once, whichever sections it stands in; with the style sheet of all feeds. */
export function everythingJobs(states: readonly SectionState[], supply: Supply, site: SiteView): Job[] {
  const { title, lang } = site.site;
  const place = { title, about: undefined, lang, path: '', page: '' };
  const { sources } = supply.config;
  const archive = archiveFor(place, everything(states), sources, supply);
  const gone = takenBackIn(
    states.map(({ section }) => section),
    supply,
  );
  const job: Job = {
    name: '/feed',
    stamp: stampOf(
      supply.base,
      archive.carried,
      archive.documents.at(-1)?.number,
      agingOf(sources, supply),
      gone.state,
    ),
    notesPaths: true,
    async *batches() {
      const { feedStyleFor } = await import('./feeds/feed-style.ts');
      const { feedStylePath } = await import('./feeds/explanation.ts');
      const stories = youngEnough(await viewsOf(archive.carried, supply), supply);
      const told = { stories, deleted: await gone.tombstones(), archive };
      const documents = await feedDocuments(site, place, told, supply);
      yield { documents: [{ path: feedStylePath, body: feedStyleFor(site.site) }, ...documents] };
    },
  };
  return [...archiveJobs('', place, archive, supply, site), job];
}

/** What all sections hold and announce; of a story in several the day on which the first of them opened it. */
function everything(states: readonly SectionState[]): Pick<SectionState, 'listed' | 'announced'> {
  const [only] = states;
  if (only !== undefined && states.length === 1) return only;
  const inOne = (lists: readonly (readonly Listed[])[]): readonly Listed[] => {
    const known = new Map<number, Listed>();
    for (const story of lists.flat()) {
      const before = known.get(story.id);
      if (before === undefined || openedAt(before) > openedAt(story)) known.set(story.id, story);
    }
    return newestFirst(known.values());
  };
  const announced = inOne(states.map((state) => state.announced));
  return { listed: inOne(states.map(({ listed }) => listed)), announced: byOpening(announced) };
}

/** Of each source, in the order of the supply, what it wrote itself, as far as it stands in a section. */
export function sourceFeedJobs(supply: Supply, site: SiteView, listed: () => ReadonlySet<number>): Job[] {
  const sources = new Map(supply.config.sources.map((source) => [source.key, source]));
  return supply.sources.flatMap((view): Job[] => {
    const source = sources.get(view.key);
    return source === undefined ? [] : [sourceFeedJob(source, view, { supply, site, listed })];
  });
}

interface Around {
  readonly supply: Supply;
  readonly site: SiteView;
  /** Stories that stand in a section. */
  readonly listed: () => ReadonlySet<number>;
}

function sourceFeedJob(source: Source, view: SourceView, { supply, site, listed }: Around): Job {
  const gone = takenBackBy(source, supply);
  const { name, lang } = view;
  const isAging = supply.config.sections.some(({ id, keepMs }) => keepMs !== undefined && source.sections.includes(id));
  const today = isAging ? Math.floor(supply.now / dayMs) : agingOf([source], supply);
  return {
    name: `/feed of ${source.key}`,
    stamp: stampOf(supply.base, name, lang, supply.figures.get(source.key), today, gone.state),
    notesPaths: true,
    async *batches() {
      const ids = listed();
      const own = (await supply.ownStories(source.key)).filter((id) => ids.has(id));
      const stories = youngEnough(await supply.views(own.slice(0, mostNewest)), supply).slice(0, feedSize);
      const path = sourcePath(source.key);
      const title = `${name} – ${site.site.title}`;
      const place = { title, about: undefined, lang: lang ?? site.site.lang, path, page: path };
      yield { documents: await feedDocuments(site, place, { stories, deleted: await gone.tombstones() }, supply) };
    },
  };
}

/** Feeds of one language each: a story in two stands in both. The page of all of them is the section's. */
export function languageJobs(state: SectionState, supply: Supply, site: SiteView, gone: TakenBack): Job[] {
  const { section, announced, languages } = state;
  return languages.map((lang) => {
    const isIn = ({ langs }: Pick<Listed, 'langs'>): boolean => langs.some((one) => primaryLanguage(one) === lang);
    const newest = announced.filter(isIn).slice(0, mostNewest);
    return {
      name: `${section.id}/in/${lang}`,
      stamp: stampOf(supply.base, newest, agingOf(sourcesOf(section, supply), supply), gone.state),
      notesPaths: true,
      async *batches() {
        const { languageName } = await import('./words.ts');
        // A list knows all copies of a story, readers see one.
        const stories = youngEnough((await viewsOf(newest, supply)).filter(isIn), supply).slice(0, feedSize);
        const deleted = await gone.tombstones(isIn);
        const title = `${section.title} (${languageName(lang)}) – ${site.site.title}`;
        const place = { ...sectionPlace(state, site), lang, title, path: languagePath(section, lang) };
        yield { documents: await feedDocuments(site, place, { stories, deleted }, supply) };
      },
    };
  });
}

export function languagePath({ id }: Section, lang: Language): string {
  return `${id}/in/${lang}/`;
}

/** Without what is older than the `max_age` of the source whose copy is shown: that stays on the page. */
export function youngEnough(stories: readonly StoryView[], { maxAges, now }: Supply): readonly StoryView[] {
  return stories.filter((story) => now - story.published <= (maxAges.get(story.shownFrom) ?? Number.POSITIVE_INFINITY));
}

export function sourcesOf({ id }: Section, { config }: Supply): readonly Source[] {
  return config.sources.filter(({ sections }) => sections.includes(id));
}

/** Changes once a day where age alone takes stories out of feeds. */
export function agingOf(sources: readonly Source[], { now }: Supply): number {
  return sources.some(({ maxAgeMs }) => maxAgeMs !== undefined) ? Math.floor(now / dayMs) : 0;
}

export function viewsOf(stories: readonly Listed[], supply: Supply): Promise<readonly StoryView[]> {
  return supply.views(stories.map((story) => story.id));
}
