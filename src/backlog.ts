/** What waits to be asked: sources whose time has come and that nobody has in hand, and for how long; and who is at work. */
import { isDue } from './fetch/due.ts';
import type { FleetState, Worker } from './fleet-library.ts';
import type { Config, Instant, Source, SourceKey, SourceMemory } from './model.ts';

export interface Backlog {
  readonly due: number;
  /** Of these, those that were never asked: nobody knows for how long they wait. */
  readonly neverAsked: number;
  /** The one of the others that has waited longest. */
  readonly oldest: { readonly source: Source; readonly forMs: number } | undefined;
}

/**
 * @param now the clock by which due times were written
 * @param fleet undefined where one process has all sources in hand
 */
export function backlogOf(
  { sources }: Pick<Config, 'sources'>,
  memories: ReadonlyMap<SourceKey, SourceMemory>,
  now: Instant,
  fleet: Pick<FleetState, 'inHand'> | undefined,
): Backlog {
  let due = 0;
  let neverAsked = 0;
  let oldest: { readonly source: Source; readonly since: Instant } | undefined;
  for (const source of sources) {
    const memory = memories.get(source.key);
    if (fleet?.inHand.has(source.key) === true || !isWaiting(source, memory, now)) continue;
    due++;
    if (memory?.lastTried === undefined) neverAsked++;
    else {
      const since = Math.max(memory.lastTried, memory.nextDue, memory.waitUntil ?? 0);
      if (since <= now && (oldest === undefined || since < oldest.since)) oldest = { source, since };
    }
  }
  return { due, neverAsked, oldest: oldest && { source: oldest.source, forMs: now - oldest.since } };
}

function isWaiting(source: Source, memory: SourceMemory | undefined, now: Instant): boolean {
  if (memory === undefined) return source.paused === undefined;
  return mayBeAsked(source, memory, now) && !memory.isGone && isDue(memory.nextDue, now, source.everyMs);
}

/** A worker that has not been heard of for so long holds nothing any more. */
const silentMs = 30_000;

/** Workers that are heard of; the others have been killed, or cut off. */
export function atWork({ now, workers }: Pick<FleetState, 'now' | 'workers'>): readonly Worker[] {
  return workers.filter(({ seen }) => now - seen <= silentMs);
}

/** Nobody has paused or stopped the source, and it has not told us to wait. */
export function mayBeAsked(source: Source, memory: SourceMemory, now: Instant): boolean {
  if (source.paused !== undefined || memory.stoppedSince !== undefined) return false;
  return memory.waitUntil === undefined || isDue(memory.waitUntil, now, source.everyMs);
}
