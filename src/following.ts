/**
 * The pages and archives of a feed (RFC 5005), followed at its first import and never again. What comes from there is the
 * source's own or nothing: same domain, never from https down to http, no address twice.
 */
import { letGo, open } from './asking.ts';
import type { Clock, FeedHead, Network, OpenFeed, Reader } from './edges.ts';
import { isOwn, type Lead, leads, linkedFrom, missed, partIn, requestOf, whyNot, withoutFragment } from './leads.ts';
import type { Library } from './library.ts';
import type { Fetched, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import { namesIn, newItems, signed } from './new-items.ts';
import { Halt } from './problems.ts';
import type { Known, Lookup, Reading, RefreshPlan } from './refresh-plan.ts';
import type { Directory } from './stories/directory.ts';
import type { HoldingSection } from './stories/holding.ts';
import { lookupFor, planRefresh } from './stories/plan.ts';
import type { Settle } from './story-plan.ts';

interface Edges {
  readonly clock: Clock;
  readonly network: Network;
  readonly reader: Reader;
  readonly library: Library;
}

interface Desk {
  directory(): Directory;
  readonly settle: Settle;
  memory(source: SourceKey): SourceMemory;
  learn(memory: SourceMemory): void;
  redact(text: string): string;
  readonly mostItems: number | undefined;
  readonly holding: readonly HoldingSection[];
}

/** Documents beside the first, and items in all where the settings say nothing. */
const mostDocuments = 10;
const usualItems = 1_000;

/** A document that was read, of a source that may never have been read before. */
interface Visited {
  readonly before: SourceMemory;
  readonly fetched: Fetched;
  readonly head: FeedHead | undefined;
  readonly reading: Reading;
}

/** Where older texts of a feed are, as its first document says. */
interface Archive {
  readonly rel: Lead;
  readonly at: string;
  /** Address of the first document. */
  readonly from: string;
  /** Items in the first document, and those that it takes back. */
  readonly entries: number;
  readonly deleted: readonly string[];
  readonly format: FeedHead['format'];
}

/** A first import whose first document is recorded. Nothing of that is kept: the archive takes the time of many requests. */
export interface Begun {
  readonly outcome: Outcome;
  readonly archive: Archive;
  /** To be remembered once all has come. */
  readonly memory: SourceMemory;
}

/**
 * Where the archive of a source begins; undefined where there is none, or this is not its first import. Before it is over,
 * no item is known to have come and no body to have been read: so a first import that was cut short begins anew, and what
 * has come of it already costs a look-up.
 */
export function archiveOf({ before, fetched, head, reading }: Visited): Archive | undefined {
  const isFirst = before.lastNewItem === undefined && before.bodyHash === undefined;
  if (!isFirst || reading.kind !== 'read' || fetched.kind !== 'fresh' || head === undefined) return undefined;
  if (head.format === 'page' || head.isComplete === true || (head.isCut === true && head.entryCount === 0))
    return undefined;
  const from = fetched.url;
  const deleted = head.deleted.map(({ guid }) => guid);
  for (const rel of leads) {
    const at = linkedFrom(head, rel, from);
    if (at !== undefined) return { rel, at, from, entries: head.entryCount, deleted, format: head.format };
  }
  return undefined;
}

/** Records the first document of a source with an archive. The memory that would end its first import comes later. */
export async function begin(
  archive: Archive,
  lookup: Lookup,
  plan: (known: Known) => RefreshPlan,
  desk: Desk,
  { library }: Edges,
): Promise<Begun> {
  let memory: SourceMemory | undefined;
  const outcome = await library.record(
    lookup,
    (known) => {
      const made = plan(known);
      memory = made.memory;
      return { ...made, memory: unfinished(made.memory) };
    },
    desk.settle,
  );
  if (memory === undefined) throw new Error('no plan was made');
  desk.learn(unfinished(memory));
  return { outcome, archive, memory };
}

/**
 * Records what the archive holds, a document at a time; last the memory, which lets the next visit be like all others. Told
 * to stop, it leaves that to the next visit; whatever else goes wrong ends it, with what has come.
 */
export async function goOn(
  { outcome, archive, memory }: Begun,
  source: Source,
  desk: Desk,
  edges: Edges,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const finish = async (): Promise<void> => {
    const after = { ...withWishes(memory, desk), lastNewItem: memory.lastNewItem ?? memory.lastTried };
    await edges.library.remember(after);
    desk.learn(after);
  };
  let whole = outcome;
  try {
    for await (const step of walk(archive, source, unfinished(memory), desk, edges)) {
      const entries = whole.entries + step.entries;
      const newItems = whole.newItems + step.newItems;
      const told = step.problems.map((one) => ({ ...one, subject: { source: outcome.source } }));
      whole = { ...whole, entries, newItems, problems: [...whole.problems, ...told] };
    }
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) return whole;
    if (!(error instanceof Halt)) await finish(); // a mistake of ours must not be made at every visit
    throw error;
  }
  await finish();
  return whole;
}

/** The partner may have been asked for its wishes since: an archive takes minutes, in which others are published. */
function withWishes(memory: SourceMemory, desk: Pick<Desk, 'memory'>): SourceMemory {
  const { wishes, wishesAsked } = desk.memory(memory.key);
  return { ...memory, wishes, wishesAsked };
}

/** The memory while there is more to come: what is left is the next run's. */
function unfinished(memory: SourceMemory): SourceMemory {
  const validators = { etag: undefined, lastModified: undefined };
  const nextDue = memory.lastTried ?? memory.nextDue;
  return { ...memory, validators, bodyHash: undefined, lastNewItem: undefined, nextDue };
}

type Step = Pick<Outcome, 'entries' | 'newItems' | 'problems'>;

/** What was newly recorded of each document. */
async function* walk(
  { rel, at, from, entries, deleted: takenBack, format }: Archive,
  source: Source,
  memory: SourceMemory,
  desk: Desk,
  edges: Edges,
): AsyncGenerator<Step> {
  const { network, reader } = edges;
  const areGuidsShared = memory.areGuidsShared === true;
  const seen = new Set([from, memory.askedUrl ?? from].map(withoutFragment));
  const deleted = new Set(takenBack);
  let room = (desk.mostItems ?? usualItems) - entries;
  let url: string | undefined = at;
  for (let count = 0; url !== undefined && !seen.has(url) && count < mostDocuments && room > 0; count++) {
    seen.add(url);
    const fetched: Fetched = await network.fetch(requestOf(url, source));
    try {
      const document = isOwn(fetched, from) ? await open(fetched, source, areGuidsShared, reader) : undefined;
      const part = partIn(document, { format, areGuidsShared });
      if (part === undefined) {
        if (document?.kind === 'feed') document.close();
        yield { entries: 0, newItems: 0, problems: [missed(desk.redact(whyNot(document, fetched)))] };
        return;
      }
      for (const { guid } of part.feed.deleted) deleted.add(guid);
      const recorded = await recordOlder(part, { source, memory, deleted, room, desk, edges });
      yield recorded;
      if (recorded.problems.length > 0) return;
      room -= recorded.newItems;
      url = linkedFrom(part.feed, rel, from);
    } finally {
      letGo(fetched, network);
    }
  }
}

interface Older {
  readonly source: Source;
  readonly memory: SourceMemory;
  /** What newer documents have taken back. */
  readonly deleted: ReadonlySet<string>;
  readonly room: number;
  readonly desk: Desk;
  readonly edges: Edges;
}

/** Records what is not known yet: of an entry that two documents have, the newer document's counts (RFC 5005 §4). */
async function recordOlder(document: OpenFeed, { source, memory, deleted, room, desk, edges }: Older): Promise<Step> {
  try {
    const { fresh, known, listed } = await namesIn(document, source, edges);
    const wanted = fresh.filter((guid) => !known.has(guid) && !deleted.has(guid)).slice(0, room);
    const made = await newItems(document, wanted, source, edges);
    if (made.kind === 'failed')
      return { entries: 0, newItems: 0, problems: [missed(desk.redact(made.problem.happened))] };
    const items = await signed(made.items, source, { home: memory.home, standing: memory.standing }, desk);
    const nothing = { rekeyed: new Map(), deleted: [], problems: [] };
    const reading: Reading = { kind: 'read', entries: listed.length, items, ...nothing };
    const now = memory.lastTried ?? edges.clock.now();
    const input = {
      source,
      before: memory,
      after: memory,
      reading,
      news: [],
      now,
      isBackCatalogue: true,
      holding: desk.holding,
    };
    const plan = (stored: Known): RefreshPlan => ({
      ...planRefresh({ ...input, rhythmOf: () => undefined }, stored),
      memory: withWishes(memory, desk),
    });
    const { newItems: count } = await edges.library.record(lookupFor(source, reading), plan, desk.settle);
    return { entries: listed.length, newItems: count, problems: [] };
  } finally {
    document.close();
  }
}
