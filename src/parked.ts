/**
 * Texts that wait for a person before a section shows them: which these are, told once; and stored ones looked at again where
 * the maintainer wants something else looked for.
 */
import { createHash } from 'node:crypto';
import type { ParkedItem } from './hold-library.ts';
import type { Library } from './library.ts';
import type { Config, News, Source, SourceKey, StoredItem, StoryRecord } from './model.ts';
import { sectionsTaking } from './publish/filters.ts';
import { shownOf } from './publish/terms.ts';
import { sourceName } from './source-status.ts';
import { type Finding, findingsIn, findsOf, holdingSections } from './stories/holding.ts';
import { dayMs } from './text/wall-clock.ts';

interface ParkingEdges {
  readonly library: Library;
  readonly clock: { now(): number };
}

/** What is parked in sections that would show it, the longest parked first. */
export async function waitingForPerson(config: Config, library: Library): Promise<readonly ParkedItem[]> {
  const parked = (await library.holds()).filter(
    ({ parkedSince, isTakenBack }) => parkedSince !== undefined && !isTakenBack,
  );
  if (parked.length === 0) return [];
  const records = await library.stories([...new Set(parked.map(({ storyId }) => storyId))]);
  const stories = new Map(records.map((story) => [story.id, story]));
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  return parked.filter((one) => {
    const story = stories.get(one.storyId);
    return story !== undefined && wouldShow(one, story, sources);
  });
}

/** A section shows what it takes of its own sources, and of a story that it carries the text of whoever wrote it. */
function wouldShow(
  { itemId, section }: ParkedItem,
  story: StoryRecord,
  sources: ReadonlyMap<SourceKey, Source>,
): boolean {
  const taken = story.items.filter((item) => {
    const source = sources.get(item.sourceKey);
    return source !== undefined && source.show !== 'none' && sectionsTaking(item, source).includes(section);
  });
  if (taken.some(({ id }) => id === itemId)) return true;
  const isCarried = taken.some(({ withdrawn }) => withdrawn === undefined);
  return isCarried && shownOf(story, sources)?.id === itemId;
}

/** What has been found in a parked item and nobody has let pass. */
export function findingsWaiting(
  item: StoredItem,
  { section, waiting }: ParkedItem,
  { sections, sources }: Config,
): readonly Finding[] {
  const hold = sections.find(({ id }) => id === section)?.hold;
  if (hold === undefined) return [];
  const source = sources.find(({ key }) => key === item.sourceKey);
  const found = new Map(findingsIn(item, { hold, source }).map((one) => [one.mark, one]));
  return waiting.flatMap((mark) => found.get(mark) ?? []);
}

/** Says once that texts wait. */
export async function tellOfParked(config: Config, { library, clock }: ParkingEdges): Promise<void> {
  if (holdingSections(config.sections).length === 0) return;
  const untold = (await waitingForPerson(config, library)).filter(({ isTold }) => !isTold);
  if (untold.length === 0) return;
  const memories = await library.memories();
  const news = [...new Set(untold.map(({ sourceKey }) => sourceKey))].map((key): News => {
    const own = untold.filter(({ sourceKey }) => sourceKey === key);
    const source = config.sources.find((one) => one.key === key);
    return {
      sourceKey: key,
      source: source === undefined ? key : sourceName(source, memories.get(key)),
      kind: 'parked',
      at: clock.now(),
      words: parkedWords(own),
    };
  });
  await library.addNews(news);
  await library.toldOfHolds(untold);
}

/** No word of what was found: news is kept, and mailed. */
function parkedWords(own: readonly ParkedItem[]): string {
  const count = new Set(own.map(({ itemId }) => itemId)).size;
  const sections = [...new Set(own.map(({ section }) => section))].sort();
  const texts = count === 1 ? 'A text of it waits' : `${count} texts of it wait`;
  const shows = sections.length === 1 ? `the section ${sections[0]} shows` : `the sections ${sections.join(', ')} show`;
  return `${texts} for you before ${shows} ${count === 1 ? 'it' : 'them'}. See what was found, and what to type:  relais held`;
}

export type { Finding } from './stories/holding.ts';

const fact = 'holds-looked';
/** Items read at once. */
const batch = 200;
/** What was first seen longer ago has been read by everybody, and is let pass as it stands. */
const lookBackMs = 14 * dayMs;

/**
 * Looks for what the settings name now in stored items, where they have changed. Cut short, it goes on with the next run.
 * Costs one look-up where there is nothing to do.
 */
export async function lookAgain(config: Config, { library, clock }: ParkingEdges): Promise<void> {
  const holding = holdingSections(config.sections);
  const before = await library.fact(fact);
  if (before === undefined && holding.length === 0) return;
  const settings = [
    holding,
    config.sources.map(({ key, allow, picturesShowFaces }) => [key, allow, picturesShowFaces]),
  ];
  const stamp = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
  if (before === `${stamp} done`) return;
  const [earlier, reached] = (before ?? '').split(' ');
  let last = earlier === stamp ? Number(reached) : 0;
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const now = clock.now();
  for (let items = await library.itemsAfter(last, batch); items.length > 0; ) {
    const found = items.map((item) => {
      const isLetPass = now - item.seen > lookBackMs;
      return { item, finds: findsOf(item, sources.get(item.sourceKey), holding), isLetPass };
    });
    await library.noteFinds(found, now);
    last = items.at(-1)?.id ?? last;
    await library.replaceFact(fact, `${stamp} ${last}`);
    items = await library.itemsAfter(last, batch);
  }
  await library.replaceFact(fact, `${stamp} done`);
}
