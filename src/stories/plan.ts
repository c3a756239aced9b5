/**
 * The decision at the heart of a refresh: from what a source served and what is known, everything that is to be
 * written of its items, as plain data. Pure; store/record.ts carries it out in one transaction, tests and dry runs read it.
 * Which stories they belong to is decided afterwards, from what is stored then (settle.ts).
 */
import type { Instant, Item, News, Outcome, Source, SourceMemory } from '../model.ts';
import type {
  ItemInsert,
  ItemUpdate,
  Known,
  KnownItem,
  Listing,
  Lookup,
  ReadItem,
  Reading,
  RefreshPlan,
  VisiblePart,
} from '../refresh-plan.ts';
import { areCorrections, type Change } from './corrections.ts';
import { looksEqual, withOldNoise } from './edits.ts';
import { findsOf, type HoldingSection } from './holding.ts';
import { vanishedIn } from './vanished.ts';

export interface RefreshInput {
  readonly source: Source;
  readonly before: SourceMemory;
  /** Memory as it will be, but for what only the plan can tell. */
  readonly after: SourceMemory;
  readonly reading: Reading;
  /** What a person should hear of this refresh. */
  readonly news: readonly News[];
  /** Median time between dates, newest first; undefined for too few. */
  readonly rhythmOf: (dates: readonly Instant[]) => number | undefined;
  /** The items come late and all at once: they waited for the maintainer, or stood in the archive of a new source's feed. */
  readonly isBackCatalogue?: boolean;
  /** Sections that want a person to look at some of it before they show it. */
  readonly holding?: readonly HoldingSection[];
  readonly now: Instant;
}

/** What the store must be asked before `planRefresh` can decide. Items that are held ask nothing: nothing is decided. */
export function lookupFor(source: Source, reading: Reading): Lookup {
  if (reading.kind === 'held') return { sourceKey: source.key, guids: [], ids: [] };
  return {
    sourceKey: source.key,
    listed: reading.listed,
    guids: [...reading.items.map((read) => read.item.guid), ...reading.deleted.map((one) => one.guid)],
    ids: [...reading.rekeyed.values()],
  };
}

/** Always gives a plan: for an unchanged or failed source one without items, for a held one with items kept apart. */
export function planRefresh(input: RefreshInput, known: Known): RefreshPlan {
  const { reading, now } = input;
  if (reading.kind === 'held') return planHeld(input);
  const inserts: ItemInsert[] = [];
  const changes: ItemChange[] = [];
  const come: ReadItem[] = [];
  const again: RefreshPlan['again'][number][] = [];
  const rewritten: number[] = [];
  // A first document may have been empty; and what was held is a back catalogue too by the time it is let in.
  const isFirstImport = known.newestDates.length === 0 || input.isBackCatalogue === true;
  const takenBack = new Set(reading.deleted.map(({ guid }) => guid));
  for (const came of reading.items) {
    const old = knownAs(came.item.guid, reading, known);
    const { published } = came.item;
    if (old === undefined && takenBack.has(came.item.guid)) continue; // a document that says both, as for one that is known
    // Only what its source wants to wait comes with a date ahead (normalise/moments.ts).
    if (old === undefined && published !== undefined && published > now) {
      come.push(came);
      continue;
    }
    if (old?.isWithdrawn === true) {
      // What was taken back never returns, whatever the feed says later.
      if (isRewritten(came.item, old)) rewritten.push(old.id);
      if (old.keptOutBy !== undefined && !known.own.has(came.item.guid))
        again.push({ insert: { isFirstImport, ...came, date: published ?? now }, as: old.id, by: old.keptOutBy });
      continue;
    }
    if (old === undefined) inserts.push({ isFirstImport, ...came, date: published ?? now, ...found(came.item, input) });
    else changes.push(changeOf(came, old, known.own.has(came.item.guid)));
  }
  const stored = Math.max(changes.length, reading.entries - inserts.length - come.length);
  const updates = updatesOf(changes, stored, now).map((update) => ({ ...update, ...found(update.item, input) }));
  const withdrawals = reading.deleted.flatMap(({ guid, because }) => {
    const old = known.own.get(guid);
    return old === undefined || old.isGoneForGood ? [] : [{ id: old.id, because }];
  });
  const revisedItems = updates.filter((update) => update.isRevision).length;
  return {
    memory: memoryAfter(input, inserts, known),
    hasOtherStanding: hasOtherStanding(input),
    inserts,
    updates,
    again,
    withdrawals,
    rewritten,
    missing: vanishedIn(
      withoutDeleted(known.listing, new Set(withdrawals.map(({ id }) => id))),
      inserts.map(({ date }) => date),
    ),
    held: [],
    waiting: { come, gone: [...inserts.map(({ item }) => item.guid), ...reading.deleted.map(({ guid }) => guid)] },
    news: newsWith(input, inserts),
    now,
    outcome: outcomeOf(input, inserts.length, revisedItems, withdrawals.length),
  };
}

/** It has its words still, and its source has changed them: whoever lets it in again means the new ones. */
function isRewritten(item: Item, { visible }: KnownItem): boolean {
  const hasWords = visible.title !== '' || visible.html !== '';
  return hasWords && !looksEqual(visible, withOldNoise(item, visible));
}

function found(item: Item, { source, holding = [] }: RefreshInput): Pick<ItemInsert, 'finds'> {
  return holding.length === 0 ? {} : { finds: findsOf(item, source, holding) };
}

/** What a document says is taken back is not missing from it, and no neighbour of what is. */
function withoutDeleted(listing: Listing | undefined, deleted: ReadonlySet<number>): Listing | undefined {
  return listing && { ...listing, items: listing.items.filter(({ id }) => !deleted.has(id)) };
}

/** Nothing that a held source says is believed: neither items nor edits nor that something was taken back. */
function planHeld(input: RefreshInput): RefreshPlan {
  const { after, reading, news, now } = input;
  const waiting = { come: [], gone: [] };
  const missing = { gone: [], back: [] };
  const nothing = {
    hasOtherStanding: false,
    inserts: [],
    updates: [],
    again: [],
    withdrawals: [],
    rewritten: [],
    waiting,
    missing,
  };
  return { memory: after, ...nothing, held: reading.items, news, now, outcome: outcomeOf(input, 0, 0, 0) };
}

function hasOtherStanding({ before, after }: RefreshInput): boolean {
  const known = new Set(before.standing);
  return known.size !== after.standing.length || after.standing.some((key) => !known.has(key));
}

/** The stored item that this guid means, also where it was stored under another. */
function knownAs(guid: string, { rekeyed }: Reading, known: Known): KnownItem | undefined {
  return known.own.get(guid) ?? known.byId.get(rekeyed.get(guid) ?? 0);
}

function memoryAfter(
  { after, rhythmOf, now }: RefreshInput,
  inserts: readonly ItemInsert[],
  known: Known,
): SourceMemory {
  if (inserts.length === 0) return after;
  const dates = [...known.newestDates, ...inserts.map(({ date }) => date)].sort((a, b) => b - a);
  return { ...after, lastNewItem: now, rhythmMs: rhythmOf(dates), silentSince: undefined };
}

/** A new item ends a silence that a person has heard of. */
function newsWith({ source, after, news, now }: RefreshInput, inserts: readonly ItemInsert[]): readonly News[] {
  if (after.silentSince === undefined || inserts.length === 0) return news;
  const name = source.name ?? after.title ?? source.key;
  const words = 'It brings new texts again. Nothing needs doing.';
  return [...news, { sourceKey: source.key, source: name, kind: 'back', at: now, words }];
}

interface ItemChange extends Change {
  readonly id: number;
  readonly isAwaited: boolean;
  readonly signals: ReadItem['signals'];
}

/** @param isUnderItsGuid false for one that has come back under another, as after a move to other software */
function changeOf({ item, signals }: ReadItem, old: KnownItem, isUnderItsGuid: boolean): ItemChange {
  const { id, isAwaited, visible } = old;
  return { id, isAwaited, signals, old: visible, now: withOldNoise(item, visible), isUnderItsGuid };
}

/** @param stored how many of the document's items are known, changed or not */
function updatesOf(changes: readonly ItemChange[], stored: number, at: Instant): ItemUpdate[] {
  const corrected = areCorrections(changes, stored, at);
  return changes.map(({ id, signals, old, now: item, isAwaited }, index) => {
    // What was awaited has no words to be corrected.
    const isRevision = corrected[index] === true && !isAwaited;
    const looksOther = isAwaited || isRevision || !looksEqual(old, item) || !asksEqual(old, item);
    return { id, item, signals, looksOther, isRevision };
  });
}

/** What its authors ask decides how much of it is seen, and is no correction. */
function asksEqual({ wish: a }: VisiblePart, { wish: b }: VisiblePart): boolean {
  return a?.republish === b?.republish && a?.images === b?.images;
}

/** It needs a person, or will if it goes on. */
function isFailing({ failures, problem }: SourceMemory): boolean {
  return failures > 0 || problem?.severity === 'failure';
}

function outcomeOf(input: RefreshInput, newItems: number, revisedItems: number, withdrawnItems: number): Outcome {
  const { source, reading, before, after } = input;
  const isHeld = reading.kind === 'held';
  // What a failure comes to in the long run is in the memory.
  const problems = reading.kind === 'failed' && after.problem !== undefined ? [after.problem] : reading.problems;
  const name = source.name ?? after.title ?? source.key;
  return {
    sourceKey: source.key,
    source: name,
    kind: reading.kind === 'read' ? 'fresh' : reading.kind,
    entries: reading.entries,
    newItems,
    revisedItems,
    withdrawnItems,
    problems: problems.map((one) => ({ ...one, subject: { ...one.subject, source: name } })),
    isNewlyFailing: isHeld ? before.held === undefined : isFailing(after) && !isFailing(before),
    hasRecovered: reading.kind !== 'failed' && !isHeld && isFailing(before),
    news: input.news,
  };
}
