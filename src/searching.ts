/** What somebody searches for → the page with what was found. Nobody notes what that was. */

import type { Config } from './model.ts';
import { renderSearch, type SearchResult } from './publish/pages/search-page.tsx';
import { IndexLost, type SearchEntry, type SearchLibrary, type SearchQuery } from './search-library.ts';
import { askedWords } from './text/search-words.ts';

const hitsEach = 25;
/** Whoever has read so many pages searches for something else. */
const mostPages = 40;
const mostWords = 8;
const longestQuestion = 200;

/** @param question what stands behind the `?` of the address. @returns HTML */
export async function answerSearch(question: URLSearchParams, config: Config, search: SearchLibrary): Promise<string> {
  const asked = (question.get('q') ?? '').slice(0, longestQuestion).toWellFormed();
  const section = config.sections.find(({ id }) => id === question.get('section'))?.id;
  const page = Math.min(mostPages, Math.max(1, Math.floor(Number(question.get('page') ?? 1)) || 1));
  const words = askedWords(asked).slice(0, mostWords);
  const found = await foundIn(search, { words, section, skip: (page - 1) * hitsEach, limit: hitsEach + 1 });
  const result: SearchResult = {
    asked,
    section,
    hits: found?.slice(0, hitsEach) ?? [],
    page,
    hasMore: found !== undefined && found.length > hitsEach && page < mostPages,
    isBeingMade: found === undefined,
  };
  const sections = config.sections.map((one) => ({ section: one, path: `${one.id}/`, count: 0 }));
  return renderSearch({ site: config.site, sections }, result);
}

/** @returns undefined where nothing is found for that the index is only being made, after an upgrade or a loss */
async function foundIn(search: SearchLibrary, query: SearchQuery): Promise<readonly SearchEntry[] | undefined> {
  try {
    const found = await search.find(query);
    return found.length === 0 && (await search.stamp()) === undefined ? undefined : found;
  } catch (error) {
    if (error instanceof IndexLost) return undefined;
    throw error;
  }
}
