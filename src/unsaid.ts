/**
 * What a run has to say of the sources to a person, and none has said. It is found in what is stored and not in what this run has
 * met, and counts as said once it has been: what a run has met that was killed, or that the disk has stopped, the next one says.
 */
import type { Clock } from './edges.ts';
import type { Library } from './library.ts';
import type { Config, News, NewsKind, Outcome, Source, SourceKey, SourceMemory } from './model.ts';
import type { KeptNews, SaidOfSource, SourceTrouble } from './news-library.ts';
import { type Problem, problem } from './problems.ts';
import { isFailing } from './source-status.ts';

interface Edges {
  readonly library: Pick<Library, 'unsaid' | 'troubled' | 'memories' | 'said'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A source that has begun to fail, or is held. */
export interface Trouble {
  readonly what: SourceTrouble['what'];
  readonly sourceKey: SourceKey;
  readonly source: string;
  readonly problem: Problem;
}

/** A source that answers again, where its failing was said. */
export interface Recovery {
  readonly sourceKey: SourceKey;
  readonly source: string;
}

export interface Unsaid {
  readonly troubles: readonly Trouble[];
  readonly recoveries: readonly Recovery[];
  readonly news: readonly KeptNews[];
}

/** The others are told by mail alone: that a source fails or is held is said as soon as it does. */
const kinds: readonly NewsKind[] = [
  'gone',
  'emptied',
  'cut',
  'against',
  'again',
  'vanished',
  'wish',
  'agreement',
  'parked',
  'hub',
  'digest',
];

/** To be called where all that was asked has been recorded; and `noteSaid`, once it has been said. */
export async function findUnsaid({ sources }: Pick<Config, 'sources'>, { library, clock }: Edges): Promise<Unsaid> {
  const marks = await library.troubled();
  const memories = marks.length === 0 ? undefined : await library.memories(marks.map(({ key }) => key));
  const named = new Map(sources.map((source) => [source.key, source]));
  const found = marks.flatMap((said) => {
    const memory = memories?.get(said.key);
    return memory === undefined ? [] : [changesIn(said, memory, named.get(said.key))];
  });
  const troubles = found.flatMap((one) => one.troubles);
  const recoveries = found.flatMap((one) => one.recoveries);
  const over = found.flatMap((one) => one.over);
  // Whoever hears that it fails, hears why.
  const failing = new Set(troubles.flatMap(({ what, sourceKey }) => (what === 'failing' ? [sourceKey] : [])));
  const isCovered = ({ kind, sourceKey }: News): boolean => kind === 'gone' && failing.has(sourceKey);
  const all = await library.unsaid(kinds);
  const covered = all.filter(isCovered).map(({ id }) => id);
  if (covered.length + over.length > 0) await library.said({ news: covered, begun: [], over }, clock.now());
  return { troubles, recoveries, news: all.filter((one) => !isCovered(one)) };
}

interface Changes extends Pick<Unsaid, 'troubles' | 'recoveries'> {
  /** What has ended without a word. */
  readonly over: readonly SourceTrouble[];
}

/** How a source is otherwise than was said of it last. */
function changesIn(said: SaidOfSource, memory: SourceMemory, source: Source | undefined): Changes {
  const { key } = said;
  const about = { sourceKey: key, source: source?.name ?? memory.title ?? key };
  const { held, problem: why } = memory;
  const isFailingNow = isFailing(memory);
  const trouble = (what: Trouble['what'], one: Problem): Trouble => {
    return { what, ...about, problem: { ...one, subject: { ...one.subject, source: about.source } } };
  };
  // Of what nobody asks any more nothing is said; and when it is asked again, what is true then.
  const isAsked = source !== undefined && source.paused === undefined && memory.stoppedSince === undefined;
  const troubles: Trouble[] = [];
  if (isAsked && held !== undefined && !said.isHeldSaid)
    troubles.push(trouble('held', problem('trust/held', {}, held.reasons.join('; '))));
  if (isAsked && isFailingNow && why !== undefined && !said.isFailingSaid) troubles.push(trouble('failing', why));
  const hasRecovered = said.isFailingSaid && !isFailingNow;
  const isWorthWords = hasRecovered && isAsked && held === undefined;
  const over: SourceTrouble[] = [];
  if (said.isHeldSaid && held === undefined) over.push({ key, what: 'held' }); // whoever has let it in knows
  if (hasRecovered && !isWorthWords) over.push({ key, what: 'failing' });
  return { troubles, recoveries: isWorthWords ? [about] : [], over };
}

/** Troubles that this run has not met itself: what is said of an outcome, or of a mistake of ours, is not said twice. */
export function notMet(
  { troubles }: Pick<Unsaid, 'troubles'>,
  met: readonly Pick<Outcome, 'sourceKey' | 'kind'>[],
  defects: readonly Pick<Outcome, 'sourceKey'>[],
): readonly Trouble[] {
  const failed = met.filter(({ kind }) => kind === 'failed' || kind === 'held');
  const said = new Set([...failed, ...defects].map(({ sourceKey }) => sourceKey));
  return troubles.filter(({ sourceKey }) => !said.has(sourceKey));
}

/** It has been said, whoever has said it: cron's mail, a terminal, a log. */
export async function noteSaid({ troubles, recoveries, news }: Unsaid, { library, clock }: Edges): Promise<void> {
  if (troubles.length + recoveries.length + news.length === 0) return;
  const begun = troubles.map(({ sourceKey, what }) => ({ key: sourceKey, what }));
  const over = recoveries.map(({ sourceKey }) => ({ key: sourceKey, what: 'failing' as const }));
  await library.said({ news: news.map(({ id }) => id), begun, over }, clock.now());
}
