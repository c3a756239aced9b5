/** What can be searched: stories as their pages show them → the index, and files of it by months, for sites without our server. */
import type { SearchEntry } from '../search-library.ts';
import { excerptOf } from '../text/excerpt.ts';
import { safeHtmlToBlocks } from '../text/safe-text.ts';
import { searchWords } from '../text/search-words.ts';
import { localDay } from '../text/wall-clock.ts';
import { byMonth, partsFromOldest, type SectionState } from './section-state.ts';
import { newestFirst } from './selection.ts';
import { type Batch, type Job, type Listed, partNames, type Supply, stampOf } from './supply.ts';
import type { SiteView, StoryView } from './views.ts';

/** Words of the beginning that stands under a hit. */
const excerptWords = 30;
/** Stories of a file: some 200 kB, and as much as is in memory at a time. */
const storiesOfFile = 500;

/**
 * What of these stories can be found from now on, and what can be found no more.
 * @param ids of the stories; of one that is no more there is no view
 */
export function searchedOf(ids: readonly number[], views: readonly StoryView[]): NonNullable<Batch['searched']> {
  const shown = views.filter((view) => view.isCarried && view.withdrawn === undefined && view.sections.length > 0);
  const found = new Set(shown.map(({ story }) => story));
  return { entries: shown.map(entryOf), gone: ids.filter((id) => !found.has(id)) };
}

function entryOf(view: StoryView): SearchEntry {
  const text = safeHtmlToBlocks(view.body);
  const group = view.original.creditAs ?? view.original.group.name;
  const all = [view.heading, group, ...view.reposts.map((repost) => repost.group.name), ...view.categories, text];
  return {
    story: view.story,
    uid: view.uid,
    published: view.published,
    sections: view.sections,
    heading: view.heading,
    group,
    excerpt: excerptOf(view.show === 'full' ? text : view.excerpt, view.lang, excerptWords).text,
    lang: view.lang,
    dir: view.dir,
    words: searchWords(all.join('\n')),
  };
}

/** The page to search from, and the files that its script reads. */
export function searchJobs(states: readonly SectionState[], supply: Supply, site: SiteView): readonly Job[] {
  const { timezone } = supply.config.site;
  const files = byMonth(allListed(states), timezone).flatMap(filesOf);
  const names = files.map(({ name }) => name);
  return [
    ...files.map(({ name, stories }) => ({
      name: `${partNames.search}/${name}`,
      stamp: stampOf(
        supply.base,
        stories.map(({ id, changed }) => [id, changed]),
      ),
      notesPaths: true,
      async *batches() {
        // By the stories of which the stamp tells, so that none stays in the file when it is taken back.
        const entries = await supply.searched(stories.map(({ id }) => id));
        const lines = entries.map((entry) => ({
          uid: entry.uid,
          date: entry.published,
          line: JSON.stringify(rowOf(entry, timezone)),
        }));
        const body = `[${newestFirst(lines)
          .map(({ line }) => line)
          .join(',\n')}]\n`;
        yield { documents: [{ path: `search/${name}.json`, body }] };
      },
    })),
    {
      name: partNames.search,
      stamp: stampOf(
        supply.base,
        names,
        site.sections.map(({ path }) => path),
      ),
      notesPaths: true,
      async *batches() {
        const [{ renderSearch }, { searchScript }] = await Promise.all([
          import('./pages/search-page.tsx'),
          import('./pages/search-script.ts'),
        ]);
        yield {
          documents: [
            { path: 'search/files.json', body: `${JSON.stringify(names)}\n` },
            { path: 'search/search.js', body: searchScript },
            { path: 'search/index.html', body: renderSearch(site, undefined) },
          ],
        };
      },
    },
  ];
}

interface SearchFile {
  /** `2026-11`, or `2026-11-1` of the oldest of several. */
  readonly name: string;
  readonly stories: readonly Listed[];
}

/** The files of a month, newest first. */
function filesOf({ month, stories }: { readonly month: string; readonly stories: readonly Listed[] }): SearchFile[] {
  return partsFromOldest(stories, storiesOfFile)
    .map(({ part, of, stories: own }) => ({ name: part === of ? month : `${month}-${part}`, stories: own }))
    .reverse();
}

/** Stories of all sections, each once, newest first. */
function allListed(states: readonly SectionState[]): readonly Listed[] {
  const stories = new Map(states.flatMap(({ listed }) => listed.map((story) => [story.id, story] as const)));
  return newestFirst(stories.values());
}

/** As search-script.ts reads it. */
function rowOf({ uid, heading, group, published, lang, dir, sections, words }: SearchEntry, timezone: string): unknown {
  const day = new Date(localDay(published, timezone)).toISOString().slice(0, 10);
  return [uid, heading, group, day, lang, dir, sections.join(' '), [...words].sort().join(' ')];
}
