/** What the desk's pages show, read from the store by the functions that the commands read it by. */
import type { DeskLibrary } from '../desk-library.ts';
import type { Library } from '../library.ts';
import type { Config, Instant, StoryRecord } from '../model.ts';
import { holdsOf } from '../publish/holding.ts';
import { IndexLost, type SearchLibrary } from '../search-library.ts';
import { readBeside } from '../telling/explain-story.ts';
import { termsLines } from '../telling/explain-terms.ts';
import { countHeldTexts, readHeldSources, readHeldTexts } from '../telling/held.ts';
import { nameOfSource } from '../telling/named.ts';
import { relayStatus } from '../telling/relay-status.ts';
import { redactor } from '../text/redact.ts';
import { askedWords } from '../text/search-words.ts';
import { storyInAddress } from '../text/url.ts';
import { firstWeekShown, namedCounts, weeksShown } from './figures.ts';
import { renderBoard } from './pages/board-page.tsx';
import type { Sitting } from './pages/frame.tsx';
import { renderHeld, type VanishedSource } from './pages/held-page.tsx';
import { renderLog } from './pages/log-page.tsx';
import { renderStories, type StoryLine } from './pages/stories-page.tsx';
import { renderStory } from './pages/story-page.tsx';

export interface ViewEdges {
  readonly config: Config;
  readonly library: Library;
  readonly search: SearchLibrary;
  readonly now: Instant;
}

/** A page; a path of the desk to go to instead; undefined where there is nothing. */
export type Shown = { readonly html: string } | { readonly to: string } | undefined;

/** Pairs of author and reposter that are counted. */
const mostPairs = 200;
const storiesEach = 50;
const mostPages = 200;
const entriesShown = 200;
/** Texts that wait, on one page: each is shown whole. */
const textsShown = 50;

/** @param path below the desk; '' for the board */
export async function show(
  path: string,
  question: URLSearchParams,
  edges: ViewEdges,
  sitting: Sitting,
): Promise<Shown> {
  if (path === '') return { html: await board(question, edges, sitting) };
  if (path === 'held') return { html: await held(edges, sitting) };
  if (path === 'stories') return await stories(question, edges, sitting);
  if (path === 'log') return { html: await log(edges, sitting) };
  const [, post] = /^post\/(\d{1,15})$/.exec(path) ?? [];
  if (post !== undefined) {
    const [found] = await edges.library.posts([Number(post)]);
    return found === undefined ? undefined : { to: `story/${found.storyUid}` };
  }
  const [, uid] = /^story\/([\w-]{1,80})$/.exec(path) ?? [];
  return uid === undefined ? undefined : await story(uid, edges, sitting);
}

function pageIn(question: URLSearchParams): number {
  return Math.min(mostPages, Math.max(1, Math.floor(Number(question.get('page') ?? 1)) || 1));
}

async function board(
  question: URLSearchParams,
  { config, library, now }: ViewEdges,
  sitting: Sitting,
): Promise<string> {
  const relay = await relayStatus(config, library, now);
  const names = await namesIn(config, library);
  const { weeks, reposts } = await figuresOf(library, now);
  const parked = await countHeldTexts(config, library);
  return renderBoard(
    { relay, config, parked, weeks, reposts: namedCounts(reposts, names), page: pageIn(question) },
    sitting,
  );
}

async function figuresOf(
  library: DeskLibrary,
  now: Instant,
): Promise<{
  readonly weeks: readonly number[];
  readonly reposts: Awaited<ReturnType<DeskLibrary['repostCounts']>>;
}> {
  const first = firstWeekShown(now);
  return {
    weeks: await library.storiesByWeek(first, weeksShown),
    reposts: await library.repostCounts(first, mostPairs),
  };
}

async function held({ config, library }: ViewEdges, sitting: Sitting): Promise<string> {
  const names = await namesIn(config, library);
  const waiting = (await library.missing()).filter(({ state }) => state === 'held');
  const vanished = [...new Set(waiting.map(({ sourceKey }) => sourceKey))].map((sourceKey): VanishedSource => {
    return { sourceKey, name: names(sourceKey), items: waiting.filter((one) => one.sourceKey === sourceKey) };
  });
  const ruled = new Set((await library.rulings()).map(({ sourceKey }) => sourceKey));
  const sources = await readHeldSources(config, library);
  const texts = await readHeldTexts(config, library, textsShown);
  const further = Math.max(0, (await countHeldTexts(config, library)) - textsShown);
  return renderHeld({ sources, texts, further, vanished, ruled }, sitting);
}

async function log({ config, library }: ViewEdges, sitting: Sitting): Promise<string> {
  return renderLog({ entries: await library.log(entriesShown), nameOf: await namesIn(config, library) }, sitting);
}

/** An address or a guid leads to its story at once. */
async function stories(question: URLSearchParams, edges: ViewEdges, sitting: Sitting): Promise<Shown> {
  const { config, library, search } = edges;
  const asked = (question.get('q') ?? '').trim().slice(0, 2_000).toWellFormed();
  const page = pageIn(question);
  if (asked !== '') {
    const named = (await library.findStory(storyInAddress(asked) ?? asked)) ?? (await library.findStory(asked));
    const [found] = named === undefined ? [] : await library.stories([named]);
    if (found !== undefined) return { to: `story/${found.uid}` };
  }
  const skip = (page - 1) * storiesEach;
  const found = asked === '' ? await library.newestStories(skip, storiesEach + 1) : await foundBy(asked, skip, search);
  const records = await library.stories((found ?? []).slice(0, storiesEach));
  const names = await namesIn(config, library);
  const trouble =
    found === undefined ? 'The search index is being made anew: try again after the next run.' : undefined;
  const lines = records.map((record) => lineOf(record, names));
  const hasMore = (found?.length ?? 0) > storiesEach && page < mostPages;
  return { html: renderStories({ asked, lines, page, hasMore, trouble }, sitting) };
}

/** What readers find by these words. @returns undefined where the index is not there */
async function foundBy(asked: string, skip: number, search: SearchLibrary): Promise<readonly number[] | undefined> {
  const words = askedWords(asked).slice(0, 8);
  try {
    const found = await search.find({ words, section: undefined, skip, limit: storiesEach + 1 });
    return found.map(({ story: id }) => id);
  } catch (error) {
    if (error instanceof IndexLost) return undefined;
    throw error;
  }
}

function lineOf({ uid, items, attribution, created }: StoryRecord, nameOf: (key: string) => string): StoryLine {
  const { original, confidence } = attribution;
  const item = items.find(({ id }) => original.kind === 'item' && original.itemId === id) ?? items[0];
  const elsewhere = original.kind === 'elsewhere' ? (original.sourceKey ?? original.name ?? original.url) : undefined;
  const isGone = items.every(({ withdrawn }) => withdrawn !== undefined);
  const carried = items.length > 1 ? [`carried ${items.length} times`] : [];
  const isUnsure = items.length > 1 && (confidence === 'guessed' || confidence === 'dated');
  return {
    uid,
    title: item === undefined || item.title === '' ? '(without a title)' : item.title,
    group: nameOf(elsewhere ?? item?.sourceKey ?? ''),
    date: item?.date ?? created,
    remarks: [...carried, ...(isUnsure ? ['nobody says who wrote it'] : []), ...(isGone ? ['withdrawn'] : [])],
  };
}

async function story(uid: string, { config, library, now }: ViewEdges, sitting: Sitting): Promise<Shown> {
  const id = await library.findStory(uid);
  const [record] = id === undefined ? [] : await library.stories([id]);
  if (record === undefined) return undefined;
  if (record.uid !== uid) return { to: `story/${record.uid}` };
  const memories = await library.memories();
  const hasItems = record.items.length > 0;
  const terms = hasItems ? termsLines(record, { config, memories, holds: holdsOf(await library.holds()), now }) : [];
  const nameOf = (key: string): string => nameOfSource(key, config, memories);
  const groups = config.sources
    .map(({ key }) => ({ key, name: nameOf(key) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return {
    html: renderStory(
      {
        story: record,
        beside: await readBeside(record, { config, library }),
        terms,
        groups,
        nameOf,
        address: `/story/${record.uid}/`,
      },
      sitting,
    ),
  };
}

async function namesIn(config: Config, library: Library): Promise<(key: string) => string> {
  const memories = await library.memories();
  return (key) => nameOfSource(key, config, memories);
}

/** The same without the maintainer's secrets, whoever has repeated them. */
export function withoutSecrets(html: string, { secrets }: Pick<Config, 'secrets'>): string {
  return redactor(secrets)(html);
}
