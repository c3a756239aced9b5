/** How the processes stand that share the work on one database server, and what waits for them; in lines for `relais status`. */
import { atWork, backlogOf } from '../backlog.ts';
import type { FleetState, Worker } from '../fleet-library.ts';
import type { Config, Instant, SourceKey, SourceMemory } from '../model.ts';
import { grouped } from '../text/grouped.ts';
import { plainLine } from '../text/safe.ts';
import { counted } from './counted.ts';
import { length } from './status-words.ts';

export interface FleetStatus {
  /** The database's clock. */
  readonly now: Instant;
  /** By host. */
  readonly atWork: readonly Worker[];
  /** Killed or cut off within the hour, and not started again on their machine. */
  readonly silent: readonly Worker[];
  readonly inHand: number;
  readonly due: number;
  /** Of those due. */
  readonly neverAsked: number;
  /** Of those due that were asked before, the one that waits longest. */
  readonly oldest: { readonly source: string; readonly forMs: number } | undefined;
}

export function fleetStatus(
  config: Config,
  memories: ReadonlyMap<SourceKey, SourceMemory>,
  fleet: FleetState,
): FleetStatus {
  const { oldest, due, neverAsked } = backlogOf(config, memories, fleet.now, fleet);
  const heard = atWork(fleet);
  return {
    now: fleet.now,
    atWork: heard,
    silent: withoutSuccessor(
      fleet.workers.filter((one) => !heard.includes(one)),
      fleet.workers,
    ),
    inHand: fleet.inHand.size,
    due,
    neverAsked,
    oldest: oldest && {
      source: oldest.source.name ?? memories.get(oldest.source.key)?.title ?? oldest.source.key,
      forMs: oldest.forMs,
    },
  };
}

/** A worker that began on the same machine since takes the place of one. */
function withoutSuccessor(silent: readonly Worker[], all: readonly Worker[]): readonly Worker[] {
  const free = new Set([...all].sort((one, other) => one.started - other.started));
  return [...silent]
    .sort((one, other) => one.seen - other.seen)
    .filter((gone) => {
      const next = [...free].find(({ host, started }) => host === gone.host && started > gone.seen);
      if (next !== undefined) free.delete(next);
      return next === undefined;
    });
}

/** What there is to say of them; each a sentence, or `→` and what to do. */
export function fleetLines(fleet: FleetStatus): string[] {
  const { now, atWork: heard, silent, inHand } = fleet;
  const hands = inHand === 0 ? '' : `, ${counted(inHand, 'source')} in hand`;
  const versions = grouped(heard, ({ version }) => version);
  return [
    heard.length === 0
      ? `Workers: no worker is at work${hands}; ${dueWords(fleet)}`
      : `Workers: ${heard.length} at work (${hostsOf(heard)})${hands}; ${dueWords(fleet)}`,
    ...(heard.length === 0 ? ['→ Start  relais work  or  relais start,  unless cron starts  relais run'] : []),
    ...(silent.length === 0
      ? []
      : [
          `Workers not heard of: ${some(
            silent.map(({ host, pid, seen }) => `${host} (process ${pid}) for ${span(now - seen)}`),
          )}; what they had in hand others take`,
        ]),
    ...(versions.size < 2
      ? []
      : [
          `Workers of different versions, as in the middle of an upgrade: ${some(
            [...versions].map(([version, own]) => `${version} (${hostsOf(own)})`),
          )}`,
        ]),
  ];
}

function dueWords({ due, neverAsked, oldest }: FleetStatus): string {
  if (due === 0) return 'none is due';
  const never = neverAsked === 0 ? '' : ` (${neverAsked} never asked)`;
  return `${due} due${never}${oldest === undefined ? '' : `, the oldest for ${span(oldest.forMs)} (${plainLine(oldest.source, 80)})`}`;
}

/** `a.example 2, b.example 1` */
function hostsOf(workers: readonly Worker[]): string {
  return some([...grouped(workers, ({ host }) => host)].map(([host, own]) => `${host} ${own.length}`));
}

const mostNamed = 6;

function some(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** As `length`, and seconds where there are no minutes. */
function span(ms: number): string {
  return ms < 120_000 ? `${Math.max(0, Math.round(ms / 1_000))} s` : length(ms);
}
