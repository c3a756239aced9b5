/**
 * One pass: every due source is refreshed, hosts side by side and one host's sources in turn, then credits that named
 * nobody are read again if more names are known. What is published afterwards is publication.ts's.
 */
import type { Claims } from './edges.ts';
import { noValidators } from './fetch/ask.ts';
import type { Library } from './library.ts';
import { type Lulls, type LullUse, openLulls } from './lulls.ts';
import { stumble } from './memory.ts';
import type { Config, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import { type Desk, type Edges, refresh } from './pipeline.ts';
import { Halt } from './problems.ts';
import { dueSources, queuesOf, type Wanted } from './queues.ts';
import { reconsiderUnsettled, settleDoubts } from './reconsidering.ts';
import { keepSilences } from './silences.ts';
import { type GrowingDirectory, openDirectory } from './stories/directory.ts';
import { holdingSections } from './stories/holding.ts';
import { withRuledAliases } from './stories/story-rulings.ts';
import { redactor } from './text/redact.ts';

export interface PassOptions extends Wanted {
  /** Told at the end which of those were to be asked and have not been: another worker has them in hand, or the pass was cut short. */
  readonly onUnasked?: ((pushed: ReadonlySet<SourceKey>) => void) | undefined;
  /** Told at the beginning how many are to be asked. */
  readonly onDue?: ((count: number) => void) | undefined;
  readonly onOutcome?: ((outcome: Outcome) => void) | undefined;
  /** Stops asking further sources; those that have begun to answer are finished, if they take seconds. */
  readonly signal?: AbortSignal | undefined;
  /** What to do with what has come, while nothing is left to do but to wait for slow servers. */
  readonly inLulls?: InLulls | undefined;
}

type Asked = Pick<SourceMemory, 'key' | 'wishes' | 'wishesAsked'>;

interface InLulls extends Pick<LullUse, 'bringOut'> {
  /** As in `LullUse`. @param learn to be told what has been asked of the partners of sources that have been visited */
  readonly prepare: (learn: (asked: Asked) => void) => Promise<void>;
}

/** What a pass needs. */
export interface PassEdges extends Edges {
  /** Where several workers share the sources. */
  readonly claims?: Claims | undefined;
}

export interface PassReport {
  readonly outcomes: readonly Outcome[];
  /** Our own bugs, by source: the others were refreshed all the same. */
  readonly defects: readonly { readonly sourceKey: SourceKey; readonly error: unknown }[];
  /** Sources that were to be asked when the pass was told to stop, and are left as they were. */
  readonly left: number;
  /** Sources left as they were because those before them at their address did not answer and the others were done. */
  readonly postponed: number;
}

/**
 * Sources in hand at once: many more than may ask at once, since most of them wait, for a name, for others at their
 * address, or to be read, which costs little and must keep nobody else waiting; and bounded, since it does cost a little.
 */
const mostInHand = 512;

/** The same beside other workers, for each request that may be made at once: what one has in hand no other can take. */
const inHandBeside = 2;

/**
 * For so long nothing but failures come until the rest waits for the next run: a hundred names on one dead address would
 * keep what the others have brought from being published for twenty minutes.
 */
const patienceMs = 5 * 60_000;

export async function runPass(config: Config, edges: PassEdges, options: PassOptions = {}): Promise<PassReport> {
  const desk = await openDesk(config, edges.library);
  const settleAll = async (): Promise<PassReport['defects']> => [
    ...(await reconsiderUnsettled(config, desk, edges)),
    ...(await settleDoubts(desk, edges)),
  ];
  const useOf = ({ prepare, bringOut }: InLulls): LullUse => ({
    // Or settling, and archives that are still followed, would write what was known before.
    prepare: () => prepare(({ key, wishes, wishesAsked }) => desk.learn({ ...desk.memory(key), wishes, wishesAsked })),
    async bringOut() {
      await settleAll(); // what fails here is told at the end of the pass
      await bringOut();
    },
  });
  const lulls = openLulls(edges.network, edges.clock, options.inLulls && useOf(options.inLulls));
  const report = await askDue(config, desk, edges, options, lulls).finally(lulls.end);
  return { ...report, defects: [...report.defects, ...(await settleAll())] };
}

/** The pass of a worker beside others, one of which reads credits again for all, and publishes. */
export async function runPassBeside(config: Config, edges: PassEdges, options: PassOptions): Promise<PassReport> {
  const lulls = openLulls(edges.network, edges.clock, undefined);
  return await askDue(config, await openDesk(config, edges.library), edges, options, lulls);
}

async function askDue(
  config: Config,
  desk: Desk,
  given: PassEdges,
  options: PassOptions,
  { network, during }: Lulls,
): Promise<PassReport> {
  const edges = { ...given, network };
  const due = dueSources(config.sources, desk, edges.clock.now(), options);
  options.onDue?.(due.length);
  const outcomes: Outcome[] = [];
  const defects: { sourceKey: SourceKey; error: unknown }[] = [];
  const silences = new Map(await edges.library.silences());
  const queues = queuesOf(due, desk, edges.random);
  const tired = new AbortController();
  const signal = options.signal === undefined ? tired.signal : AbortSignal.any([options.signal, tired.signal]);
  let others = 0;
  let lastGood = edges.clock.now();
  const lookAtClock = ({ kind }: Outcome): void => {
    const now = edges.clock.now();
    if (kind !== 'failed' || now < lastGood)
      lastGood = now; // or the clock was set back
    else if (now - lastGood >= patienceMs) tired.abort();
  };
  const ask = async (source: Source): Promise<void> => {
    try {
      const outcome = await during(() => refresh(source, desk, edges, signal));
      lookAtClock(outcome);
      await keepSilences(edges, silences);
      outcomes.push(outcome);
      options.onOutcome?.(outcome);
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (signal.aborted && error === signal.reason) return;
      defects.push({ sourceKey: source.key, error });
      const memory = desk.memory(source.key);
      await edges.library.remember(stumble(source, memory, error, edges.clock.now(), edges.random.next()));
    }
  };
  const takeTurns = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      if (signal.aborted) return;
      try {
        const own = await claimed(queue, desk, edges, options);
        others += queue.length - own.length;
        for (const source of own) {
          if (signal.aborted) return;
          await ask(source);
        }
      } finally {
        await edges.claims?.giveBack(queue.map(({ key }) => key));
      }
    }
  };
  const mostAtOnce = edges.claims === undefined ? mostInHand : inHandBeside * config.network.parallel;
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, queues.length) }, takeTurns));
  const asked = new Set([...outcomes, ...defects].map(({ sourceKey }) => sourceKey));
  const pushed = due.filter(({ key }) => options.pushed?.has(key) === true && !asked.has(key));
  options.onUnasked?.(new Set(pushed.map(({ key }) => key)));
  const unasked = due.length - others - outcomes.length - defects.length;
  const left = options.signal?.aborted === true ? unasked : 0;
  return { outcomes, defects, left, postponed: unasked - left };
}

/** Of sources that several workers share, those that no other has in hand and that are still due, as another may have left them. */
async function claimed(
  queue: readonly Source[],
  desk: Desk,
  { claims, library, clock }: PassEdges,
  options: PassOptions,
): Promise<readonly Source[]> {
  if (claims === undefined) return queue;
  const own = await claims.take(queue.map(({ key }) => key));
  for (const memory of (await library.memories([...own])).values()) desk.learn(memory);
  return dueSources(
    queue.filter(({ key }) => own.has(key)),
    desk,
    clock.now(),
    options,
  );
}

/** True where a source may be asked for something beside its feed: nobody has paused or stopped it, and it is believed. */
export function isAskable({ paused }: Source, memory: SourceMemory | undefined): boolean {
  return paused === undefined && memory?.stoppedSince === undefined && memory?.held === undefined;
}

/** The desk over what is remembered; names are indexed when first asked for: a pass that finds nothing new needs none. */
export async function openDesk(config: Config, library: Pick<Library, 'memories' | 'storyRulings'>): Promise<Desk> {
  const rulings = await library.storyRulings();
  const sources = withRuledAliases(
    config.sources,
    rulings.map(({ ruling }) => ruling),
  );
  const memories = new Map(await library.memories()); // also of sources that have left sources.yaml: their items are still known as their group's
  for (const { key } of config.sources) if (!memories.has(key)) memories.set(key, blankMemory(key));
  const open = new Set(config.sources.filter(({ openPublishing }) => openPublishing).map(({ key }) => key));
  const isOpen = (key: SourceKey): boolean => open.has(key);
  const kept = new Set(config.sources.filter(({ withdrawn }) => withdrawn === 'keep').map(({ key }) => key));
  const keepsReposts = (key: SourceKey): boolean => kept.has(key);
  let grown: GrowingDirectory | undefined;
  const directory = (): GrowingDirectory => {
    grown ??= openDirectory(sources, [...memories.values()]);
    return grown;
  };
  const names = new Map(sources.map(({ key, name }) => [key, name]));
  const nameOf = (key: SourceKey): string => names.get(key) ?? memories.get(key)?.title ?? key;
  const groups = () => ({ directory: directory(), isOpen, nameOf, keepsReposts });
  return {
    sources,
    redact: redactor(config.secrets),
    mostItems: config.network.maxItems,
    holding: holdingSections(config.sections),
    memory: (key) => memories.get(key) ?? blankMemory(key),
    directory,
    settle: async (touched, shelf) => (await import('./stories/settle.ts')).settle(touched, shelf, groups()),
    tellAgain: async (doubtful, shelf) => (await import('./stories/settle.ts')).tellAgain(doubtful, shelf, groups()),
    learn(memory) {
      const old = memories.get(memory.key);
      memories.set(memory.key, memory);
      if (old?.title !== memory.title || old?.home !== memory.home) grown?.learn(memory);
    },
  };
}

/** A source that was never asked: due at once. */
export function blankMemory(key: SourceKey): SourceMemory {
  return {
    key,
    feedUrl: undefined,
    askedUrl: undefined,
    bodyUrl: undefined,
    validators: noValidators,
    bodyHash: undefined,
    title: undefined,
    home: undefined,
    lang: undefined,
    generator: undefined,
    marks: undefined,
    feedHints: undefined,
    nextDue: 0,
    lastTried: undefined,
    lastSuccess: undefined,
    lastBody: undefined,
    lastNewItem: undefined,
    rhythmMs: undefined,
    failures: 0,
    failingSince: undefined,
    lastAbandoned: undefined,
    problem: undefined,
    isGone: false,
    move: undefined,
    held: undefined,
    stoppedSince: undefined,
    silentSince: undefined,
    standing: [],
    waitUntil: undefined,
  };
}
