/**
 * What is known of each source → one row that says how it stands: its state, since when and why, what to do, and its
 * last thirty days. `relais status`, the site's status page and whoever else shows sources all read these rows. Pure.
 */
import type { Agreement, Config, Hold, Instant, Move, Source, SourceDay, SourceKey, SourceMemory } from './model.ts';
import { type Problem, problem } from './problems.ts';
import { redactor } from './text/redact.ts';
import { hostOf } from './text/url.ts';
import { dayMs } from './text/wall-clock.ts';
import { wholeWish, wishWords } from './text/wishes.ts';

/** In the order in which they want a person. */
export const sourceStates = [
  'held', // what it sends is kept out until a person has looked
  'gone', // it said 410
  'failing',
  'silent', // it answers, and is quiet against its own rhythm
  'waiting', // late: it asked us to wait, or its turn is long past
  'stopped', // the maintainer wants it asked no more, and may have taken back what it brought
  'paused', // by sources.yaml
  'never-asked',
  'ok',
] as const;
export type SourceState = (typeof sourceStates)[number];

export type StatusDay = Omit<SourceDay, 'sourceKey'>;

export interface SourceStatus {
  readonly key: SourceKey;
  /** The name in sources.yaml, else the feed's own title, else its host. */
  readonly name: string;
  /** Its home page. */
  readonly home: string | undefined;
  /** The configured address; with the name of a secret in place of its value. */
  readonly url: string;
  /** The address asked in its place; undefined where it would show a secret. */
  readonly feedUrl: string | undefined;
  readonly sections: readonly string[];
  readonly state: SourceState;
  /** Since when it is in this state, where that is known. */
  readonly since: Instant | undefined;
  /** Why, in words for the maintainer; of a source that answers, what its last document cost us. */
  readonly why: string | undefined;
  /** What the maintainer can do; '' when nothing is needed. */
  readonly todo: string;
  /** What `why` is made from, where that is a Problem. */
  readonly code: Problem['code'] | undefined;
  /** What its group has agreed to, where that is noted. */
  readonly agreed: Agreement | undefined;
  readonly items: number;
  readonly newestItem: Instant | undefined;
  /** Items dated ahead that are kept until their time, as `future: wait` says. */
  readonly itemsWaiting: number;
  /** When the first of them comes. */
  readonly firstWaiting: Instant | undefined;
  /** What its partner asks by itself, as the end of a sentence; undefined where nothing is asked. */
  readonly wish: string | undefined;
  /** Items that its feed lists no more and whose pages are looked at; and those of them that wait for the maintainer. */
  readonly itemsMissing: number;
  readonly itemsVanished: number;
  readonly lastTried: Instant | undefined;
  readonly lastSuccess: Instant | undefined;
  readonly lastNewItem: Instant | undefined;
  readonly failures: number;
  readonly failingSince: Instant | undefined;
  /** Undefined for a source that is not asked any more. */
  readonly nextDue: Instant | undefined;
  /** A redirect for good that is being watched; its host alone where the address would show a secret. */
  readonly move: Move | undefined;
  /** The last thirty days, oldest first, today included; none where they were not asked for. */
  readonly days: readonly StatusDay[];
}

export interface StatusInputs {
  readonly config: Pick<Config, 'sources' | 'secrets'>;
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  readonly now: Instant;
  readonly counts?: ReadonlyMap<SourceKey, { readonly items: number; readonly newest: Instant }>;
  readonly waiting?: ReadonlyMap<SourceKey, { readonly items: number; readonly first: Instant }>;
  readonly days?: readonly SourceDay[];
  readonly missing?: ReadonlyMap<SourceKey, { readonly items: number; readonly held: number }>;
}

const daysShown = 30;
/** Runs may be half a day apart; a turn that is longer past has been missed. */
const overdueMs = 12 * 3_600_000;

/** The first of the days that a row shows: UTC midnight. */
export function firstDayShown(now: Instant): Instant {
  return Math.floor(now / dayMs) * dayMs - (daysShown - 1) * dayMs;
}

/**
 * A row for each source, in the order of sources.yaml. Secrets of the configuration are in none of its words.
 * @param inputs counts, what waits and days cost the store a long look: leave them out where they are not shown
 */
export function sourceStatuses({
  config,
  memories,
  now,
  counts,
  waiting,
  days,
  missing,
}: StatusInputs): SourceStatus[] {
  const hide = redactor(config.secrets);
  const daysBySource = days && groupDays(days);
  return config.sources.map((source) => {
    const memory = memories.get(source.key);
    const isSecret = hasSecret(source);
    const { state, since, why, todo = '', problem: told } = standingOf(source, memory, now);
    const isAsked = state !== 'gone' && state !== 'paused' && state !== 'stopped' && state !== 'never-asked';
    return {
      key: source.key,
      name: sourceName(source, memory),
      home: memory?.home,
      url: isSecret ? source.key : hide(source.url),
      feedUrl: isSecret || memory?.feedUrl === undefined ? undefined : hide(memory.feedUrl),
      sections: source.sections,
      state,
      since,
      why: why === undefined ? undefined : hide(why),
      todo,
      code: told?.code,
      agreed: source.agreed,
      items: counts?.get(source.key)?.items ?? 0,
      newestItem: counts?.get(source.key)?.newest,
      itemsWaiting: waiting?.get(source.key)?.items ?? 0,
      firstWaiting: waiting?.get(source.key)?.first,
      wish: wishWords(wholeWish(memory?.wishes)) || undefined,
      itemsMissing: missing?.get(source.key)?.items ?? 0,
      itemsVanished: missing?.get(source.key)?.held ?? 0,
      lastTried: memory?.lastTried,
      lastSuccess: memory?.lastSuccess,
      lastNewItem: memory?.lastNewItem,
      failures: memory?.failures ?? 0,
      failingSince: memory?.failingSince,
      nextDue: isAsked ? memory?.nextDue : undefined,
      move: memory?.move && { ...memory.move, to: isSecret ? (hostOf(memory.move.to) ?? '') : hide(memory.move.to) },
      days: daysBySource === undefined ? [] : monthOf(daysBySource.get(source.key), now),
    };
  });
}

/** Those that want a person before those that do not; else as given. */
export function worstFirst(rows: readonly SourceStatus[]): SourceStatus[] {
  return [...rows].sort((a, b) => sourceStates.indexOf(a.state) - sourceStates.indexOf(b.state));
}

/** True where the address holds a value from the environment: the key has its name in its place. */
export function hasSecret({ key, secrets }: Source): boolean {
  return secrets.length > 0 || key.includes('${');
}

/** The name in sources.yaml, else the feed's own title, else its host. */
export function sourceName(source: Source, memory: SourceMemory | undefined): string {
  return source.name ?? memory?.title ?? hostOf(source.url) ?? source.key;
}

export interface Standing {
  readonly state: SourceState;
  readonly since?: Instant | undefined;
  /** In words for the maintainer. */
  readonly why?: string | undefined;
  readonly todo?: string;
  /** What `why` is made from, where that is a Problem. */
  readonly problem?: Problem | undefined;
}

/**
 * How one source stands, with whatever secrets a server has repeated in its words. What a person has ruled comes before
 * what the source does; what it sends, before whether it answers.
 */
export function standingOf(source: Source, memory: SourceMemory | undefined, now: Instant): Standing {
  if (memory?.stoppedSince !== undefined) return stopped(memory.stoppedSince);
  if (source.paused !== undefined) return { state: 'paused', why: source.paused };
  if (memory === undefined) return { state: 'never-asked' };
  const told = { problem: memory.problem, why: memory.problem?.happened, todo: memory.problem?.todo ?? '' };
  if (memory.held !== undefined) return held(memory.held);
  if (memory.isGone) return { state: 'gone', since: memory.failingSince, ...told };
  if (isFailing(memory)) return { state: 'failing', since: memory.failingSince ?? memory.lastTried, ...told };
  if (memory.lastTried === undefined) return { state: 'never-asked' };
  if (memory.problem?.code === 'fetch/told-to-wait' && memory.nextDue > now) return { state: 'waiting', ...told };
  if (memory.nextDue + overdueMs < now) return overdue(memory.nextDue);
  if (memory.silentSince !== undefined && memory.failingSince === undefined)
    return silent(memory.lastNewItem ?? memory.silentSince);
  return { state: 'ok', ...told };
}

/** It needs a person, or will if it goes on. */
export function isFailing({ failures, problem: why }: Pick<SourceMemory, 'failures' | 'problem'>): boolean {
  return failures > 0 || why?.severity === 'failure';
}

function stopped(since: Instant): Standing {
  return {
    state: 'stopped',
    since,
    why: 'you have stopped it: it is not asked, and what you have taken back of it is shown nowhere',
    todo: 'To ask it again and show its items again, run  relais stop --undo  with its name.',
  };
}

function held({ since, reasons }: Hold): Standing {
  const why = problem('trust/held', {}, reasons.join('; '));
  return { state: 'held', since, problem: why, why: why.happened, todo: why.todo };
}

function overdue(nextDue: Instant): Standing {
  return {
    state: 'waiting',
    since: nextDue,
    why: 'its turn is long past and nothing has asked it',
    todo: 'Look whether  relais start  or the line in crontab is running.',
  };
}

function silent(since: Instant): Standing {
  return {
    state: 'silent',
    since,
    why: 'answers and brings nothing new, which is unlike it',
    todo: 'Look at its site: perhaps the feed stands still while the group writes elsewhere.',
  };
}

function groupDays(days: readonly SourceDay[]): ReadonlyMap<SourceKey, ReadonlyMap<Instant, SourceDay>> {
  const groups = new Map<SourceKey, Map<Instant, SourceDay>>();
  for (const day of days) {
    const known = groups.get(day.sourceKey);
    if (known === undefined) groups.set(day.sourceKey, new Map([[day.day, day]]));
    else known.set(day.day, day);
  }
  return groups;
}

function monthOf(known: ReadonlyMap<Instant, SourceDay> | undefined, now: Instant): StatusDay[] {
  const first = firstDayShown(now);
  return Array.from({ length: daysShown }, (_, at) => {
    const day = first + at * dayMs;
    const { answered = 0, failed = 0, newItems = 0 } = known?.get(day) ?? {};
    return { day, answered, failed, newItems };
  });
}
