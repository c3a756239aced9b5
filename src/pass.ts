/**
 * One pass: every due source is refreshed, hosts side by side and one host's sources in turn, then credits that named
 * nobody are read again if more names are known. What is published afterwards is publication.ts's.
 */
import type { Config, Instant, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import { type Desk, type Edges, reconsider, refresh } from './pipeline.ts';
import { Halt } from './problems.ts';
import { type Directory, makeDirectory } from './stories/directory.ts';
import { politenessKey } from './text/url.ts';

export interface PassOptions {
  /** Ask also sources that are not due: all, or those with these names, addresses or keys. */
  readonly now?: 'all' | readonly string[] | undefined;
  readonly onOutcome?: ((outcome: Outcome) => void) | undefined;
  /** Stops asking further sources; those in hand are finished. */
  readonly signal?: AbortSignal | undefined;
}

export interface PassReport {
  readonly outcomes: readonly Outcome[];
  /** Our own bugs, by source: the others were refreshed all the same. */
  readonly defects: readonly { readonly sourceKey: SourceKey; readonly error: unknown }[];
}

/** A due time further ahead than this comes from a clock that was wrong; the source is due. */
const absurdlyFarMs = 30 * 24 * 3_600_000;

export async function runPass(config: Config, edges: Edges, options: PassOptions = {}): Promise<PassReport> {
  const desk = openDesk(config, await edges.library.memories());
  const due = dueSources(config.sources, desk, edges.clock.now(), options.now);
  const outcomes: Outcome[] = [];
  const defects: { sourceKey: SourceKey; error: unknown }[] = [];
  const queues = [...groupByHost(due, desk).values()];
  const takeTurns = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const source of queue) {
        if (options.signal?.aborted === true) return;
        try {
          const outcome = await refresh(source, desk, edges);
          outcomes.push(outcome);
          options.onOutcome?.(outcome);
        } catch (error) {
          if (error instanceof Halt) throw error;
          defects.push({ sourceKey: source.key, error });
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(config.network.parallel, queues.length) }, takeTurns));
  defects.push(...(await reconsiderUnsettled(config, desk, edges)));
  return { outcomes, defects };
}

/** Sources to ask now. A paused source is never asked; one that is gone or told us to wait only when it is named. */
function dueSources(sources: readonly Source[], desk: Desk, now: Instant, wanted: PassOptions['now']): Source[] {
  return sources.filter((source) => {
    if (source.paused !== undefined) return false;
    const memory = desk.memory(source.key);
    if (Array.isArray(wanted)) return wanted.some((name) => isNamed(source, memory, name));
    const isWaiting = memory.isGone || (memory.problem?.code === 'fetch/told-to-wait' && memory.nextDue > now);
    if (isWaiting) return false;
    return wanted === 'all' || memory.nextDue <= now || memory.nextDue > now + absurdlyFarMs;
  });
}

/** True when a person who types `name` means this source. */
export function isNamed(source: Source, memory: SourceMemory | undefined, name: string): boolean {
  const asked = name.toLowerCase();
  return [source.name, memory?.title, source.url, source.key, source.partner].some(
    (one) => one?.toLowerCase() === asked,
  );
}

function groupByHost(sources: readonly Source[], desk: Desk): ReadonlyMap<string, Source[]> {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const key = politenessKey(desk.memory(source.key).feedUrl ?? source.url);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return groups;
}

/** The desk over what is remembered; names are indexed again only when one was learned. */
function openDesk(config: Config, remembered: ReadonlyMap<SourceKey, SourceMemory>): Desk {
  const memories = new Map([
    ...remembered, // also of sources that have left sources.yaml: their items are still known as their group's
    ...config.sources.map(({ key }) => [key, remembered.get(key) ?? blankMemory(key)] as const),
  ]);
  let directory: Directory | undefined;
  return {
    memory: (key) => memories.get(key) ?? blankMemory(key),
    directory: () => {
      directory ??= makeDirectory(config.sources, [...memories.values()]);
      return directory;
    },
    learn(memory) {
      const old = memories.get(memory.key);
      memories.set(memory.key, memory);
      if (old?.title !== memory.title || old?.home !== memory.home) directory = undefined;
    },
  };
}

/** A source that was never asked: due at once. */
function blankMemory(key: SourceKey): SourceMemory {
  return {
    key,
    feedUrl: undefined,
    validators: { etag: undefined, lastModified: undefined },
    bodyHash: undefined,
    title: undefined,
    home: undefined,
    lang: undefined,
    nextDue: 0,
    lastTried: undefined,
    lastSuccess: undefined,
    lastNewItem: undefined,
    failures: 0,
    failingSince: undefined,
    problem: undefined,
    isGone: false,
  };
}

/** Reads unresolved credits again when names, aliases or homes differ from the last time. */
async function reconsiderUnsettled(config: Config, desk: Desk, edges: Edges): Promise<PassReport['defects']> {
  const defects: { sourceKey: SourceKey; error: unknown }[] = [];
  const names = config.sources.map((source) => {
    const { title, home } = desk.memory(source.key);
    return [source.key, source.name, source.partner, source.aliases, source.hosts, title, home];
  });
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  if ((await edges.library.rememberOnce('names', '')) === hash) return [];
  for (const [key, items] of await edges.library.unsettled()) {
    const source = config.sources.find((one) => one.key === key);
    if (source === undefined) continue;
    try {
      await reconsider(source, items, desk, edges);
    } catch (error) {
      if (error instanceof Halt) throw error;
      defects.push({ sourceKey: key, error });
    }
  }
  await edges.library.replaceFact('names', hash); // last, so that a kill in between only repeats the reading
  return defects;
}
