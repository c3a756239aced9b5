/**
 * Libraries on real files in a temporary folder, or on a server where the environment names one, and memories with everything at
 * its plainest.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/edges.ts';
import type { Library } from '../../src/library.ts';
import type { Instant, Outcome, Source, SourceKey, SourceMemory } from '../../src/model.ts';
import { Halt, type Problem } from '../../src/problems.ts';
import type { RefreshPlan } from '../../src/refresh-plan.ts';
import type { LeaseEdges } from '../../src/store/lease.ts';
import { openLibrary } from '../../src/store/library.ts';
import { openPostgresLibrary } from '../../src/store/postgres-library.ts';
import type { Holder } from '../../src/store/process.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { type Groups, settle, tellAgain } from '../../src/stories/settle.ts';
import type { Settle } from '../../src/story-plan.ts';
import { storageIn } from '../storage.ts';

export const noon = Date.UTC(2026, 10, 20, 12);

export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'relais-store-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

export function holder(given: Partial<Holder> = {}): Holder {
  return { owner: 'test', pid: 11, host: 'here', bootId: 'boot', pidSpace: 'space', started: '1000', ...given };
}

const stillClock: Clock = { now: () => noon, wait: () => Promise.resolve() };

export function edges(given: Partial<LeaseEdges> = {}): LeaseEdges {
  return { clock: stillClock, processes: { isAlive: () => true, startOf: () => '1000' }, ...given };
}

export async function openTestLibrary(folder: string, self: Holder = holder()): Promise<Library> {
  const file = join(folder, 'relais.db');
  const { database } = storageIn(folder);
  return database === undefined
    ? await openLibrary(file, self, edges())
    : await openPostgresLibrary(database, file, self, edges());
}

export function memoryOf(key: SourceKey, given: Partial<SourceMemory> = {}): SourceMemory {
  return {
    key,
    feedUrl: undefined,
    askedUrl: undefined,
    bodyUrl: undefined,
    validators: { etag: '"1"', lastModified: undefined },
    bodyHash: 'h',
    title: undefined,
    home: undefined,
    lang: undefined,
    generator: undefined,
    marks: undefined,
    feedHints: undefined,
    nextDue: noon,
    lastTried: noon,
    lastSuccess: noon,
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
    ...given,
  };
}

export function outcomeOf(sourceKey: SourceKey, given: Partial<Outcome> = {}): Outcome {
  return {
    sourceKey,
    source: sourceKey,
    kind: 'unchanged',
    entries: 0,
    newItems: 0,
    revisedItems: 0,
    withdrawnItems: 0,
    problems: [],
    isNewlyFailing: false,
    hasRecovered: false,
    news: [],
    ...given,
  };
}

/** The plan of a refresh that brought nothing. */
export function quietPlan(memory: SourceMemory, now: Instant, given: Partial<RefreshPlan> = {}): RefreshPlan {
  return {
    memory,
    hasOtherStanding: false,
    inserts: [],
    again: [],
    updates: [],
    withdrawals: [],
    rewritten: [],
    missing: { gone: [], back: [] },
    held: [],
    waiting: { come: [], gone: [] },
    news: [],
    now,
    outcome: outcomeOf(memory.key),
    ...given,
  };
}

export const nothingAsked = { guids: [], ids: [] };

/** For plans that touch no item. */
export const settleNothing: Settle = () => Promise.resolve({ stories: [], examined: [], going: [] });

/** As a pass has it, with these sources and no home page known. */
export function settleAmong(sources: readonly Source[]): Settle {
  return (touched, shelf) => settle(touched, shelf, groupsOf(sources));
}

/** What a pass does at its end. */
export async function settleDoubts(library: Library, sources: readonly Source[]): Promise<void> {
  const again: Settle = (doubtful, shelf) => tellAgain(doubtful, shelf, groupsOf(sources));
  while ((await library.tellAgain(200, again, noon)) > 0);
}

function groupsOf(sources: readonly Source[]): Groups {
  const directory = openDirectory(sources, []);
  return { directory, isOpen: () => false, nameOf: (key) => key, keepsReposts: () => false };
}

/** The problem inside the Halt that ends this; anything else is thrown on. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Halt) return error.problem;
    throw error;
  }
  throw new Error('it went well');
}
