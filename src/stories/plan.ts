/**
 * The decision at the heart of a refresh: from what a source served and what is known, everything that is to be
 * written, as plain data. Pure; store/record.ts carries it out in one transaction, tests and dry runs read it.
 */
import type { Instant, News, Outcome, Source, SourceMemory } from '../model.ts';
import type {
  ItemInsert,
  ItemUpdate,
  Known,
  KnownItem,
  Lookup,
  ReadItem,
  Reading,
  RefreshPlan,
  StoryWrite,
} from '../refresh-plan.ts';
import { attribute } from './attribute.ts';
import type { Directory } from './directory.ts';
import { looksEqual, meansEqual, readsEqual, withOldNoise } from './edits.ts';
import { chooseJoins, findJoins, keysToLookUp } from './joins.ts';
import { openStoryBoard, type PlacedStory, type StoryBoard } from './story-board.ts';

export interface RefreshInput {
  readonly source: Source;
  readonly before: SourceMemory;
  /** Memory as it will be, but for what only the plan can tell. */
  readonly after: SourceMemory;
  readonly reading: Reading;
  /** Asked for only where there are items: names are indexed at the first call. */
  readonly directory: () => Directory;
  /** What a person should hear of this refresh. */
  readonly news: readonly News[];
  /** Median time between dates, newest first; undefined for too few. */
  readonly rhythmOf: (dates: readonly Instant[]) => number | undefined;
  /** The items come late and all at once: they waited for the maintainer, or stood in the archive of a new source's feed. */
  readonly isBackCatalogue?: boolean;
  readonly now: Instant;
}

/** What the store must be asked before `planRefresh` can decide. Items that are held ask nothing: nothing is decided. */
export function lookupFor(source: Source, reading: Reading): Lookup {
  if (reading.kind === 'held') return { sourceKey: source.key, guids: [], keys: [], ids: [] };
  return {
    sourceKey: source.key,
    guids: [...reading.items.map((read) => read.item.guid), ...reading.deleted.map((one) => one.guid)],
    keys: keysToLookUp(reading.items),
    ids: [...reading.rekeyed.values()],
  };
}

/** Always gives a plan: for an unchanged or failed source one without items, for a held one with items kept apart. */
export function planRefresh(input: RefreshInput, known: Known): RefreshPlan {
  const { reading, now } = input;
  if (reading.kind === 'held') return planHeld(input);
  const board = openStoryBoard(known);
  const inserts: ItemInsert[] = [];
  const updates: ItemUpdate[] = [];
  const changedIds = new Set<number>();
  const come: ReadItem[] = [];
  // A first document may have been empty; and what was held is a back catalogue too by the time it is let in.
  const isFirstImport = known.newestDates.length === 0 || input.isBackCatalogue === true;
  for (const came of reading.items) {
    const old = knownAs(came.item.guid, reading, known);
    // Only what its source wants to wait comes with a date ahead (normalise/moments.ts).
    if (old === undefined && came.item.published !== undefined && came.item.published > now) {
      come.push(came);
      continue;
    }
    if (old?.isWithdrawn === true) continue; // what was taken back never returns, whatever the feed says later
    const read = old === undefined ? came : { ...came, item: withOldNoise(came.item, old.visible) };
    const id = old?.id ?? -(inserts.length + 1);
    const placed = placeItem(read, id, input, known, board);
    if (old === undefined) inserts.push({ ref: id, isFirstImport, ...read, ...placed });
    else {
      const looksOther = !looksEqual(old.visible, read.item);
      // Other software writes other markup, at another address, around the same words: no correction of theirs.
      const isEqual = known.own.has(read.item.guid) ? meansEqual : readsEqual;
      const isRevision = looksOther && !isEqual(old.visible, read.item);
      if (looksOther) changedIds.add(id);
      updates.push({ id, ...read, isRevision, evidence: placed.evidence });
    }
  }
  const withdrawals = reading.deleted.flatMap(({ guid, because }) => {
    const old = known.own.get(guid);
    return old === undefined || old.isWithdrawn ? [] : [{ id: old.id, storyId: old.storyId, because }];
  });
  for (const { id, storyId } of withdrawals) {
    const member = known.stories.get(storyId)?.members.find((one) => one.itemId === id);
    if (member !== undefined) board.put(board.place([storyId], ''), { ...member, isWithdrawn: true });
    changedIds.add(id);
  }
  const revisedItems = updates.filter((update) => update.isRevision).length;
  return {
    memory: memoryAfter(input, inserts, known),
    hasOtherStanding: hasOtherStanding(input),
    inserts,
    updates,
    withdrawals,
    stories: board.placed().map((placed) => storyWrite(placed, changedIds, input.directory())),
    held: [],
    waiting: { come, gone: [...inserts.map(({ item }) => item.guid), ...reading.deleted.map(({ guid }) => guid)] },
    news: newsWith(input, inserts),
    now,
    outcome: outcomeOf(input, inserts.length, revisedItems, withdrawals.length),
  };
}

/** Nothing that a held source says is believed: neither items nor edits nor that something was taken back. */
function planHeld(input: RefreshInput): RefreshPlan {
  const { after, reading, news, now } = input;
  const waiting = { come: [], gone: [] };
  const nothing = { hasOtherStanding: false, inserts: [], updates: [], withdrawals: [], stories: [], waiting };
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

function placeItem(
  read: ReadItem,
  id: number,
  input: RefreshInput,
  known: Known,
  board: StoryBoard,
): Pick<ItemInsert, 'story' | 'date' | 'evidence'> {
  const { source, directory, now } = input;
  const old = knownAs(read.item.guid, input.reading, known);
  const sizeOf = (story: number): number => known.stories.get(story)?.members.length ?? 0;
  const joins = chooseJoins(findJoins(read, source.key, known.matches, directory()), old?.storyId, sizeOf);
  const evidence = [...joins.map((join) => join.evidence), ...read.signals.statements];
  const date = old?.date ?? read.item.published ?? now;
  const belongsTo = [...(old === undefined ? [] : [old.storyId]), ...joins.map((join) => join.storyId)];
  const story = board.place(belongsTo, [read.item.url ?? '', source.key, read.item.guid].join('\n'));
  const textLength = read.item.text.length;
  board.put(story, {
    itemId: id,
    sourceKey: source.key,
    date,
    seen: old?.seen ?? now,
    isWithdrawn: false,
    textLength,
    evidence,
  });
  return { story, date, evidence };
}

function storyWrite(placed: PlacedStory, changedIds: ReadonlySet<number>, directory: Directory): StoryWrite {
  const attribution = attribute(placed.members, directory);
  const { original } = attribution;
  const originalDate = placed.members.find((one) => original.kind === 'item' && one.itemId === original.itemId)?.date;
  const isAsBefore =
    placed.before !== undefined &&
    placed.before.members.length === placed.members.length &&
    placed.absorbed.length === 0;
  return {
    story: placed.story,
    seed: placed.seed,
    absorbed: placed.absorbed,
    attribution,
    date: originalDate ?? Math.min(...placed.members.map((one) => one.date)),
    hasChanged: !isAsBefore || placed.members.some((one) => changedIds.has(one.itemId)),
  };
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
