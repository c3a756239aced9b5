/** Carries out a refresh plan: read what is known, let the plan be made, write all of it, in one transaction. */
import type { Attribution, Outcome } from '../model.ts';
import type { Known, Lookup, Ref, RefreshPlan, StoryWrite } from '../refresh-plan.ts';
import type { Database } from './database.ts';
import { insertItem, readKnownItems, readMatches, updateItem, withdrawItem } from './items.ts';
import { writeMemory } from './sources.ts';
import { changeInstant, insertStory, readKnownStories, touchStory, writeStory } from './stories.ts';

/**
 * @param plan pure; called once, inside the transaction, with the answer to `lookup`
 * @returns the plan's outcome, once everything is durable
 */
export async function record(db: Database, lookup: Lookup, plan: (known: Known) => RefreshPlan): Promise<Outcome> {
  return await db.transaction().execute(async (trx) => {
    const made = plan(await readKnown(trx, lookup));
    await applyPlan(trx, made);
    return made.outcome;
  });
}

/** What the store knows about the items at hand. */
async function readKnown(db: Database, lookup: Lookup): Promise<Known> {
  const own = await readKnownItems(db, lookup.sourceKey, lookup.guids);
  const matches = await readMatches(db, lookup.keys);
  const storyIds = new Set([
    ...[...own.values()].map((item) => item.storyId),
    ...matches.map((match) => match.storyId),
  ]);
  return { own, matches, stories: await readKnownStories(db, [...storyIds]) };
}

async function applyPlan(db: Database, plan: RefreshPlan): Promise<void> {
  const { now } = plan;
  const changedAt = await changeInstant(db, now);
  await writeMemory(db, plan.memory);
  const storyIds = new Map<Ref, number>();
  for (const write of plan.stories) {
    storyIds.set(
      write.story,
      write.story > 0 ? write.story : await insertStory(db, write.seed ?? '', { date: write.date, now, changedAt }),
    );
  }
  const itemIds = new Map<Ref, number>();
  for (const insert of plan.inserts) {
    const storyId = storyOfItem(plan.stories, insert.ref, storyIds);
    itemIds.set(insert.ref, await insertItem(db, insert, { sourceKey: plan.memory.key, storyId, now }));
  }
  for (const update of plan.updates) await updateItem(db, update, now);
  for (const write of plan.stories) {
    const attribution = withIds(write.attribution, itemIds);
    await writeStory(db, idOf(write.story, storyIds), { ...write, attribution }, changedAt);
  }
  for (const withdrawal of plan.withdrawals) {
    await withdrawItem(db, withdrawal.id, withdrawal.because, now);
    const row = await db.selectFrom('items').select('story').where('id', '=', withdrawal.id).executeTakeFirstOrThrow();
    await touchStory(db, row.story, changedAt); // it may have been taken into another story a moment ago
  }
}

/** Where an item belongs once all merging is done: the plan's story that has it as a member. */
function storyOfItem(stories: readonly StoryWrite[], item: Ref, ids: ReadonlyMap<Ref, number>): number {
  const story = stories.find((one) => one.attribution.members.some((member) => member.itemId === item));
  if (story === undefined) throw new RangeError(`the plan places item ${item} in no story`);
  return idOf(story.story, ids);
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
