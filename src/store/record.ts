/** Carries out a refresh plan: read what is known, let the plan be made, write all of it, in one transaction. */
import type { Attribution, Instant, Outcome } from '../model.ts';
import type { Known, Lookup, Ref, RefreshPlan, StoryWrite } from '../refresh-plan.ts';
import { type CountDay, openDayCounter, writeNews } from './chronicle.ts';
import type { Connection, Database } from './database.ts';
import { hold } from './held.ts';
import { insertItem, readItemsById, readKnownItems, readMatches, updateItem, withdrawItems } from './items.ts';
import type { Memories } from './sources.ts';
import { changeInstant, insertStory, readKnownStories, touchNewest, touchStories, writeStory } from './stories.ts';
import { writeWaiting } from './waiting.ts';

/**
 * Carries out one plan inside a transaction that is under way.
 * @param plan pure; called once, with the answer to `lookup`
 */
export type Record = (db: Database, lookup: Lookup, plan: (known: Known) => RefreshPlan) => Promise<Outcome>;

/** Dates from which a source's rhythm is told. */
const rhythmDates = 10;

/** Most plans want no more than a memory and a day's count: for those nothing is asked and compiled that is not needed. */
export function openRecord(sqlite: Connection, memories: Memories): Record {
  const countDay = openDayCounter(sqlite);
  const dates = sqlite
    .prepare<[string], Instant>(`select date from items where source = ? order by date desc limit ${rhythmDates}`)
    .pluck();
  return async (db, lookup, plan) => {
    const made = plan(await readKnown(db, lookup, dates.all(lookup.sourceKey)));
    writeVisit(made, memories, countDay);
    if (hasContent(made)) await writeContent(db, made);
    return made.outcome;
  };
}

/** What the store knows about the items at hand. */
async function readKnown(db: Database, lookup: Lookup, newestDates: readonly Instant[]): Promise<Known> {
  const { sourceKey, guids, ids, keys } = lookup;
  if (guids.length + ids.length + keys.length === 0)
    return { own: new Map(), byId: new Map(), newestDates, matches: [], stories: new Map() };
  const own = await readKnownItems(db, sourceKey, guids);
  const byId = await readItemsById(db, sourceKey, ids);
  const matches = await readMatches(db, keys);
  const storyIds = new Set([...own.values(), ...byId.values(), ...matches].map((one) => one.storyId));
  return { own, byId, newestDates, matches, stories: await readKnownStories(db, [...storyIds]) };
}

function writeVisit({ memory, outcome, now }: RefreshPlan, memories: Memories, countDay: CountDay): void {
  // A plan that was made from what is stored (names learned, a ruling) asked nobody, and leaves the last try as it was.
  countDay(outcome, now, memories.lastTried(memory.key) !== memory.lastTried);
  memories.write(memory);
}

function hasContent(plan: RefreshPlan): boolean {
  const { inserts, updates, withdrawals, stories, held, waiting, news, hasOtherStanding } = plan;
  const parts = [inserts, updates, withdrawals, stories, held, waiting.come, waiting.gone, news];
  return hasOtherStanding || parts.some((part) => part.length > 0);
}

async function writeContent(db: Database, plan: RefreshPlan): Promise<void> {
  const { now } = plan;
  const changedAt = await changeInstant(db, now);
  const storyIds = await makeStories(db, plan.stories, now, changedAt);
  const itemIds = await makeItems(db, plan, storyIds);
  for (const update of plan.updates) await updateItem(db, update, now);
  for (const write of plan.stories) {
    const attribution = withIds(write.attribution, itemIds);
    await writeStory(db, idOf(write.story, storyIds), { ...write, attribution }, changedAt);
  }
  for (const { id, because } of plan.withdrawals) {
    await withdrawItems(db, [id], because, now);
    const row = await db.selectFrom('items').select('story').where('id', '=', id).executeTakeFirstOrThrow();
    await touchStories(db, [row.story], changedAt); // it may have been taken into another story a moment ago
  }
  if (plan.hasOtherStanding) await touchNewest(db, plan.memory.key, changedAt);
  if (plan.held.length > 0) await hold(db, plan.memory.key, plan.held, now);
  await writeWaiting(db, plan.memory.key, plan.waiting);
  await writeNews(db, plan.news);
}

/** @returns ids by what the plan calls the stories */
async function makeStories(
  db: Database,
  stories: readonly StoryWrite[],
  now: Instant,
  changedAt: Instant,
): Promise<ReadonlyMap<Ref, number>> {
  const ids = new Map<Ref, number>();
  for (const { story, seed, date } of stories)
    ids.set(story, story > 0 ? story : await insertStory(db, seed ?? '', { date, now, changedAt }));
  return ids;
}

/** @returns ids by what the plan calls the items */
async function makeItems(
  db: Database,
  plan: RefreshPlan,
  storyIds: ReadonlyMap<Ref, number>,
): Promise<ReadonlyMap<Ref, number>> {
  const ids = new Map<Ref, number>();
  const sourceKey = plan.memory.key;
  // Where an item belongs once all merging is done: the plan's story that has it as a member.
  const places = new Map(
    plan.stories.flatMap(({ story, attribution }) => attribution.members.map((one) => [one.itemId, story] as const)),
  );
  for (const insert of plan.inserts) {
    const place = places.get(insert.ref);
    if (place === undefined) throw new RangeError(`the plan places item ${insert.ref} in no story`);
    const storyId = idOf(place, storyIds);
    ids.set(insert.ref, await insertItem(db, insert, { sourceKey, storyId, now: plan.now }));
  }
  return ids;
}

function idOf(ref: Ref, ids: ReadonlyMap<Ref, number>): number {
  if (ref > 0 && !ids.has(ref)) return ref;
  const id = ids.get(ref);
  if (id === undefined) throw new RangeError(`the plan names ${ref} and never makes it`);
  return id;
}

function withIds(attribution: Attribution, ids: ReadonlyMap<Ref, number>): Attribution {
  const { original } = attribution;
  return {
    original: original.kind === 'item' ? { kind: 'item', itemId: idOf(original.itemId, ids) } : original,
    members: attribution.members.map((member) => ({ ...member, itemId: idOf(member.itemId, ids) })),
  };
}
