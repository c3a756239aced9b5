/** Carries out a refresh plan: read what is known, let the plan be made, write all of it, settle the stories, in one transaction. */
import type { Instant, News, Outcome } from '../model.ts';
import type { Known, Lookup, RefreshPlan } from '../refresh-plan.ts';
import type { Going, Settle } from '../story-plan.ts';
import { type CountDay, openDayCounter, writeNews } from './chronicle.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import { hold } from './held.ts';
import { writeFinds } from './holds.ts';
import { insertItem, readItemsById, readKnownItems, updateItem } from './items.ts';
import { readListing, writeMissing } from './missing.ts';
import { openShelf } from './shelf.ts';
import type { Memories } from './sources.ts';
import { changeInstant, touchNewest } from './stories.ts';
import { writeAgainst } from './story-rulings.ts';
import { writeStories } from './story-writing.ts';
import { writeWaiting } from './waiting.ts';
import { emptyItems, takeBack, writeGoing } from './withdrawals.ts';

export interface Recording {
  /**
   * Carries out one plan inside a transaction that is under way.
   * @param plan pure; called once, with the answer to `lookup`
   */
  readonly record: (
    db: Database,
    lookup: Lookup,
    plan: (known: Known) => RefreshPlan,
    settle: Settle,
  ) => Promise<Outcome>;
  /** Decides anew which stories stored items belong to. @returns what has come to stand against a ruling */
  readonly settle: (db: Database, ids: readonly number[], settle: Settle, now: Instant) => Promise<readonly News[]>;
  /** Lets go of what memory holds to recognise texts by; the next one has it read again. */
  readonly rest: () => void;
}

interface Settled {
  /** What the maintainer is to hear. */
  readonly news: readonly News[];
  /** Items that had just come, and were taken back before. */
  readonly keptOut: number;
}

/** Dates from which a source's rhythm is told. */
const rhythmDates = 10;

/** Most plans want no more than a memory and a day's count: for those nothing is asked and compiled that is not needed. */
export function openRecording(engine: Engine, memories: Memories): Recording {
  const countDay = openDayCounter(engine);
  const dates = engine.prepare<{ date: Instant }>(
    `select date from items where source = ? order by date desc limit ${rhythmDates}`,
  );
  let shelf: ReturnType<typeof openShelf> | undefined;
  const settleStories = async (
    db: Database,
    { inserted, touched, seenOther, told }: Written,
    settle: Settle,
    now: Instant,
  ): Promise<Settled> => {
    if (touched.length === 0) return { news: [], keptOut: 0 };
    shelf ??= openShelf(engine);
    const own = shelf(db);
    const plan = await settle(touched, own);
    const toldAgain = await writeGoing(db, plan.going, now);
    const gone = plan.going.map(({ itemId }) => itemId);
    await writeStories(db, plan, [...seenOther, ...own.relinked(), ...gone], now);
    const news = [...told, ...toldAgain, ...(await writeAgainst(db, plan.examined, now))];
    return { news, keptOut: plan.going.filter(({ itemId, how }) => how === 'again' && inserted.has(itemId)).length };
  };
  return {
    async record(db, lookup, plan, settle) {
      const made = plan(
        await readKnown(
          db,
          lookup,
          (await dates.all(lookup.sourceKey)).map(({ date }) => date),
        ),
      );
      await writeVisit(made, memories, countDay);
      if (!hasContent(made)) return made.outcome;
      const { news, keptOut } = await settleStories(db, await writeItems(db, engine, made), settle, made.now);
      await writeBesides(db, made);
      const { outcome } = made;
      if (news.length === 0) return outcome;
      return { ...outcome, newItems: outcome.newItems - keptOut, news: [...outcome.news, ...news] };
    },
    settle: async (db, touched, settle, now) =>
      (await settleStories(db, { inserted: new Set(), touched, seenOther: [], told: [] }, settle, now)).news,
    rest() {
      shelf = undefined;
    },
  };
}

/** What the store knows about the items at hand. */
async function readKnown(db: Database, lookup: Lookup, newestDates: readonly Instant[]): Promise<Known> {
  const { sourceKey, guids, ids, listed } = lookup;
  const own = await readKnownItems(db, sourceKey, guids);
  const byId = await readItemsById(db, sourceKey, ids);
  const listing = listed === undefined ? undefined : await readListing(db, sourceKey, listed);
  return { own, byId, newestDates, listing };
}

async function writeVisit(
  { memory, outcome, now }: RefreshPlan,
  memories: Memories,
  countDay: CountDay,
): Promise<void> {
  // A plan that was made from what is stored (names learned, a ruling) asked nobody, and leaves the last try as it was.
  await countDay(outcome, now, (await memories.lastTried(memory.key)) !== memory.lastTried);
  await memories.write(memory);
}

function hasContent(plan: RefreshPlan): boolean {
  const { inserts, updates, again, withdrawals, rewritten, missing, held, waiting, news, hasOtherStanding } = plan;
  const parts = [
    inserts,
    updates,
    again,
    withdrawals,
    rewritten,
    missing.gone,
    missing.back,
    held,
    waiting.come,
    waiting.gone,
    news,
  ];
  return hasOtherStanding || parts.some((part) => part.length > 0);
}

interface Written {
  /** Ids of items that have just come. */
  readonly inserted: ReadonlySet<number>;
  /** Ids of items that may belong to another story now. */
  readonly touched: readonly number[];
  /** Those of them that readers see otherwise than before. */
  readonly seenOther: readonly number[];
  /** What the maintainer is to hear of them. */
  readonly told: readonly News[];
}

async function writeItems(db: Database, engine: Engine, plan: RefreshPlan): Promise<Written> {
  const { memory, now } = plan;
  // New items stand in no story until all have been compared; by the end of the transaction each has one.
  await engine.deferForeignKeys();
  const inserted: number[] = [];
  for (const insert of plan.inserts) {
    const id = await insertItem(db, insert, { sourceKey: memory.key, now });
    inserted.push(id);
    if (insert.finds !== undefined && insert.finds.size > 0) await writeFinds(db, id, { finds: insert.finds, now });
  }
  const kept: Going[] = [];
  for (const { insert, as: wentWith, by } of plan.again) {
    const itemId = await insertItem(db, insert, { sourceKey: memory.key, now });
    kept.push({ itemId, sourceKey: memory.key, source: plan.outcome.source, wentWith, by, how: 'again' });
  }
  const told = await writeGoing(db, kept, now);
  const turned: number[] = []; // parked now, or no more
  for (const update of plan.updates) {
    await updateItem(db, update, now);
    if (update.finds !== undefined && (await writeFinds(db, update.id, { finds: update.finds, now })))
      turned.push(update.id);
  }
  const orders = plan.withdrawals.map(
    ({ id, because }) => ({ itemId: id, by: 'feed', who: 'source', because }) as const,
  );
  await takeBack(db, orders, now);
  await emptyItems(db, plan.rewritten);
  const changed = plan.updates.filter(({ looksOther }) => looksOther).map(({ id }) => id);
  const gone = plan.withdrawals.map(({ id }) => id);
  const touched = [...inserted, ...kept.map(({ itemId }) => itemId), ...plan.updates.map(({ id }) => id), ...gone];
  return { inserted: new Set(inserted), touched, seenOther: [...changed, ...turned, ...gone], told };
}

async function writeBesides(db: Database, plan: RefreshPlan): Promise<void> {
  const { memory, now } = plan;
  if (plan.hasOtherStanding) await touchNewest(db, memory.key, await changeInstant(db, now));
  if (plan.held.length > 0) await hold(db, memory.key, plan.held, now);
  await writeMissing(db, plan.missing, now);
  await writeWaiting(db, memory.key, plan.waiting);
  await writeNews(db, plan.news);
}
