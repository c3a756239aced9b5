/** Which sources a pass asks, and in which order: those that wait for each other stand in one queue. */
import { mayBeAsked } from './backlog.ts';
import type { Random } from './edges.ts';
import { hasToldUsToWait, isDue } from './fetch/due.ts';
import type { Instant, Source, SourceKey, SourceMemory } from './model.ts';
import type { Desk } from './pipeline.ts';
import { grouped } from './text/grouped.ts';
import { politenessKey } from './text/url.ts';

/** Sources to ask beside those whose turn it is. */
export interface Wanted {
  /** Ask also sources that are not due: all, or those with these names, addresses or keys. */
  readonly now?: 'all' | readonly string[] | undefined;
  /** Sources to ask although it is not their turn: their hubs have called. Whoever asks us to wait is left alone all the same. */
  readonly pushed?: ReadonlySet<SourceKey> | undefined;
}

/**
 * Sources to ask now. A source that is paused or stopped is never asked; one that told us to wait neither, also when it
 * is named; one that is gone only when it is named.
 */
export function dueSources(
  sources: readonly Source[],
  desk: Pick<Desk, 'memory'>,
  now: Instant,
  { now: wanted, pushed }: Wanted,
): Source[] {
  return sources.filter((source) => {
    const memory = desk.memory(source.key);
    if (!mayBeAsked(source, memory, now)) return false;
    const isTime = isDue(memory.nextDue, now, source.everyMs);
    if (hasToldUsToWait(memory) && !isTime) return false;
    if (Array.isArray(wanted)) return wanted.some((name) => isNamed(source, memory, name));
    return isTime || ((wanted === 'all' || pushed?.has(source.key) === true) && !memory.isGone);
  });
}

/** True when a person who types `name` means this source. */
export function isNamed(source: Source, memory: SourceMemory | undefined, name: string): boolean {
  const asked = name.toLowerCase();
  return [source.name, memory?.title, source.url, source.key, source.partner].some(
    (one) => one?.toLowerCase() === asked,
  );
}

/** Each to be taken in turn, all of them side by side. */
export function queuesOf(due: readonly Source[], desk: Pick<Desk, 'memory'>, random: Random): Source[][] {
  return shuffled([...groupByHost(due, desk)], random);
}

/**
 * Sources that wait for each other, each list to be taken in turn: those of one domain, and of domains that were last
 * found at one address.
 */
function groupByHost(sources: readonly Source[], desk: Pick<Desk, 'memory'>): Iterable<Source[]> {
  const dueOf = (source: Source): Instant => desk.memory(source.key).nextDue;
  const domainOf = (source: Source): string => politenessKey(desk.memory(source.key).feedUrl ?? source.url);
  const addressOf = (source: Source): string | undefined => desk.memory(source.key).marks?.address;
  const domains = grouped(sources, domainOf);
  const neighbours = grouped(domains, ([domain, own]) => own.map(addressOf).find((one) => one !== undefined) ?? domain);
  // Whoever has waited longest comes first: the end of a line that was given up once must have its turn.
  return [...neighbours.values()].map((lists) =>
    lists.flatMap(([, own]) => own).sort((one, other) => dueOf(one) - dueOf(other)),
  );
}

/** No partner is always the first to be asked, nor the last (Fisher–Yates). */
function shuffled<T>(list: T[], random: Random): T[] {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random.next() * (at + 1));
    const [one, two] = [list[at], list[other]];
    if (one !== undefined && two !== undefined) [list[at], list[other]] = [two, one];
  }
  return list;
}
