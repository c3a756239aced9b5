/** What is remembered of each source between refreshes, written by statements that are prepared once. */
import type {
  FeedHints,
  Flaw,
  Hold,
  HubOffer,
  Instant,
  Move,
  Permission,
  ServerMarks,
  SourceKey,
  SourceMemory,
  Wishes,
} from '../model.ts';
import type { Problem } from '../problems.ts';
import type { Awaitable } from '../text/awaitable.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import type { SourceRow } from './schema.ts';

export interface Memories {
  /** Of these sources or of all, by key. */
  read(sources?: readonly SourceKey[]): Promise<ReadonlyMap<SourceKey, SourceMemory>>;
  write(memory: SourceMemory): Awaitable<void>;
  /** When the source was last asked, as far as is written. */
  lastTried(key: SourceKey): Promise<Instant | undefined>;
}

/** The memories in an open database. Not SQL builders: a quiet pass is nothing but these statements. */
export function openMemories(engine: Engine): Memories {
  const upsert = engine.prepare(
    `insert into sources (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
     on conflict (key) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  );
  const tried = engine.prepare<{ last_tried: Instant | null }>('select last_tried from sources where key = ?');
  const words = `select ${columns.join(', ')} from sources`;
  const rows = (sources: readonly SourceKey[] | undefined) =>
    sources === undefined
      ? engine.lists(words)
      : engine.lists(`${words} where key in (select value from json_each(?))`, JSON.stringify(sources));
  return {
    async read(sources) {
      const parse = parserOfRepetitions();
      const memories = new Map<SourceKey, SourceMemory>();
      for (const row of await rows(sources)) {
        const memory = memoryOf(row, parse);
        memories.set(memory.key, memory);
      }
      return memories;
    },
    write: (memory) => upsert.run(...columns.map((name) => columnOf[name](memory) ?? null)),
    lastTried: async (key) => (await tried.get(key))?.last_tried ?? undefined,
  };
}

/** Number of items held of each source, and when the newest of them was met. */
export async function countItems(db: Database): Promise<ReadonlyMap<SourceKey, { items: number; newest: number }>> {
  const rows = await db
    .selectFrom('items')
    .select(({ fn }) => ['source', fn.countAll<number>().as('items'), fn.max('date').as('newest')])
    .where('withdrawn_at', 'is', null)
    .where('hidden_at', 'is', null)
    .groupBy('source')
    .execute();
  return new Map(rows.map((row) => [row.source, { items: Number(row.items), newest: Number(row.newest) }]));
}

type Parse = <T>(json: string | null) => T | undefined;

/** Thousands of sources run the same few programs: equal JSON becomes one value. */
function parserOfRepetitions(): Parse {
  const parsed = new Map<string, unknown>();
  return <T>(json: string | null): T | undefined => {
    if (json === null) return undefined;
    if (!parsed.has(json)) parsed.set(json, JSON.parse(json));
    return parsed.get(json) as T;
  };
}

/** Rows come as lists: making an object of each costs as much again. */
function memoryOf(row: readonly unknown[], parse: Parse): SourceMemory {
  const of = <Name extends keyof MemoryRow>(name: Name): MemoryRow[Name] => row[positions[name]] as MemoryRow[Name];
  const askedUrl = of('asked_url') ?? undefined;
  const bodyUrl = of('body_url') ?? undefined;
  return {
    key: of('key'),
    feedUrl: of('feed_url') ?? undefined,
    askedUrl,
    bodyUrl: bodyUrl === askedUrl ? askedUrl : bodyUrl, // mostly equal, and each row brings a string of its own
    validators: { etag: of('etag') ?? undefined, lastModified: of('last_modified') ?? undefined },
    bodyHash: of('body_hash') ?? undefined,
    title: of('title') ?? undefined,
    home: of('home') ?? undefined,
    lang: of('lang') ?? undefined,
    generator: of('generator') ?? undefined,
    marks: parse<ServerMarks>(of('marks')),
    feedHints: parse<FeedHints>(of('feed_hints')),
    nextDue: of('next_due'),
    waitUntil: of('wait_until') ?? undefined,
    lastTried: of('last_tried') ?? undefined,
    lastSuccess: of('last_success') ?? undefined,
    lastBody: of('last_body') ?? undefined,
    lastNewItem: of('last_new_item') ?? undefined,
    rhythmMs: of('rhythm_ms') ?? undefined,
    failures: of('failures'),
    failingSince: of('failing_since') ?? undefined,
    lastAbandoned: of('last_abandoned') ?? undefined,
    problem: parse<Problem>(of('problem')),
    isGone: of('is_gone') === 1,
    move: parse<Move>(of('move')),
    movedFrom: of('moved_from') ?? undefined,
    certificateUntil: of('certificate_until') ?? undefined,
    hubOffer: parse<HubOffer>(of('hub_offer')),
    held: parse<Hold>(of('held')),
    stoppedSince: of('stopped_since') ?? undefined,
    silentSince: of('silent_since') ?? undefined,
    permissions: parse<readonly Permission[]>(of('permissions')),
    wishes: parse<Wishes>(of('wishes')),
    wishesAsked: of('wishes_asked') ?? undefined,
    flaws: parse<readonly Flaw[]>(of('flaws')),
    areGuidsShared: of('guids_shared') === 1 || undefined,
    standing: parse<readonly string[]>(of('standing')) ?? [],
    emptyVisits: of('empty_visits') ?? undefined,
    cutVisits: of('cut_visits') ?? undefined,
    presumedGoneSince: of('presumed_gone_since') ?? undefined,
  };
}

/** What has been said of it is no memory (said.ts). */
type MemoryRow = Omit<SourceRow, 'said_failing' | 'said_held'>;

/** Every column with where its value comes from; undefined is written as null. */
const columnOf: { readonly [name in keyof MemoryRow]: (memory: SourceMemory) => MemoryRow[name] | undefined } = {
  key: (memory) => memory.key,
  feed_url: (memory) => memory.feedUrl,
  etag: (memory) => memory.validators.etag,
  last_modified: (memory) => memory.validators.lastModified,
  body_hash: (memory) => memory.bodyHash,
  title: (memory) => memory.title,
  home: (memory) => memory.home,
  lang: (memory) => memory.lang,
  next_due: (memory) => Math.round(memory.nextDue),
  last_tried: (memory) => memory.lastTried,
  last_success: (memory) => memory.lastSuccess,
  last_new_item: (memory) => memory.lastNewItem,
  failures: (memory) => memory.failures,
  failing_since: (memory) => memory.failingSince,
  problem: (memory) => jsonOf(memory.problem),
  is_gone: (memory) => (memory.isGone ? 1 : 0),
  asked_url: (memory) => memory.askedUrl,
  generator: (memory) => memory.generator,
  marks: (memory) => jsonOf(memory.marks),
  feed_hints: (memory) => jsonOf(memory.feedHints),
  last_body: (memory) => memory.lastBody,
  rhythm_ms: (memory) => (memory.rhythmMs === undefined ? undefined : Math.round(memory.rhythmMs)),
  last_abandoned: (memory) => memory.lastAbandoned,
  move: (memory) => jsonOf(memory.move),
  moved_from: (memory) => memory.movedFrom,
  certificate_until: (memory) => memory.certificateUntil,
  hub_offer: (memory) => jsonOf(memory.hubOffer),
  held: (memory) => jsonOf(memory.held),
  stopped_since: (memory) => memory.stoppedSince,
  silent_since: (memory) => memory.silentSince,
  permissions: (memory) => jsonOf(memory.permissions),
  guids_shared: (memory) => (memory.areGuidsShared === true ? 1 : undefined),
  standing: (memory) => (memory.standing.length === 0 ? undefined : JSON.stringify(memory.standing)),
  empty_visits: (memory) => memory.emptyVisits,
  cut_visits: (memory) => memory.cutVisits,
  presumed_gone_since: (memory) => memory.presumedGoneSince,
  body_url: (memory) => memory.bodyUrl,
  wait_until: (memory) => memory.waitUntil,
  wishes: (memory) => jsonOf(memory.wishes),
  wishes_asked: (memory) => memory.wishesAsked,
  flaws: (memory) => (memory.flaws?.length === 0 ? undefined : jsonOf(memory.flaws)),
};

const columns = Object.keys(columnOf) as (keyof MemoryRow)[];
const positions = Object.fromEntries(columns.map((name, index) => [name, index])) as Record<keyof MemoryRow, number>;

function jsonOf(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
