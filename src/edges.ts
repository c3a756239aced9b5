/** The outside world as Relais sees it: a few methods each, passed in, so that tests bring their own clock and dice. */
import type {
  Fetched,
  FetchRequest,
  Instant,
  Outcome,
  SiteDocument,
  SourceKey,
  SourceMemory,
  StoredItem,
  StoryRecord,
} from './model.ts';
import type { Known, Lookup, RefreshPlan } from './refresh-plan.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms` milliseconds. */
  wait(ms: number): Promise<void>;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
}

/** The guarded HTTP client: asks one address, follows redirects by hand, never throws for what a server does. */
export interface Network {
  fetch(request: FetchRequest): Promise<Fetched>;
}

/** One process's claim on the data folder. */
export interface Held {
  readonly pid: number;
  readonly host: string;
  readonly since: Instant;
}

/** What was last published of one part of the site, and from which state; equal stamps mean equal files. */
export interface Publication {
  readonly stamp: string;
  readonly at: Instant;
  /** The files it is made of; none are noted for the stories' own pages. */
  readonly paths: readonly string[];
}

/** A story in a list. */
export interface ListedStory {
  readonly id: number;
  /** Last change that a reader could notice. */
  readonly changed: Instant;
  /** The date it is listed under. */
  readonly date: Instant;
}

/** The store. Throws Halt when the disk will not have it, and ordinary errors for our own bugs. */
export interface Library {
  memories(): Promise<ReadonlyMap<SourceKey, SourceMemory>>;
  /** Entry hashes by guid, to leave alone what is known. */
  hashes(source: SourceKey, guids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Asks, lets the plan be made, and carries it out, in one transaction. */
  record(lookup: Lookup, plan: (known: Known) => RefreshPlan): Promise<Outcome>;
  /** Items that credit somebody unknown. */
  unsettled(): Promise<ReadonlyMap<SourceKey, readonly StoredItem[]>>;
  itemCounts(): Promise<ReadonlyMap<SourceKey, { readonly items: number; readonly newest: Instant }>>;

  /** The stories that these sources carry and readers may see, newest first. */
  storiesOf(sources: readonly SourceKey[]): Promise<readonly ListedStory[]>;
  stories(ids: readonly number[]): Promise<readonly StoryRecord[]>;
  changedSince(
    instant: Instant,
  ): Promise<{ readonly ids: readonly number[]; readonly newest: Instant; readonly atNewest: number }>;
  /** Public names of stories that were taken into others. */
  aliases(): Promise<readonly { readonly uid: string; readonly now: string }[]>;
  /** The story with this public name, or the one an item with this address or guid belongs to. */
  findStory(name: string): Promise<number | undefined>;

  publications(): Promise<ReadonlyMap<string, Publication>>;
  published(name: string, publication: Publication): Promise<void>;
  /** Forgets a part of the site that is no more. */
  unpublished(name: string): Promise<void>;
  /** A fact that never changes once set. @returns the one that counts */
  rememberOnce(name: string, value: string): Promise<string>;
  /** @returns the fact as it was before */
  replaceFact(name: string, value: string): Promise<string | undefined>;

  /** Takes the lease. @returns who holds it, if that is somebody else */
  takeLease(now: Instant): Promise<Held | undefined>;
  /** @returns false when the lease was lost */
  renewLease(now: Instant): Promise<boolean>;
  giveBackLease(): Promise<void>;
  close(): Promise<void>;
}

/** The folder that holds the site. */
export interface SiteFolder {
  isThere(path: string): boolean;
  /** Writes what differs, whole files only. @returns paths written */
  write(
    documents: readonly SiteDocument[],
  ): Promise<{ readonly written: readonly string[]; readonly unchanged: number }>;
  /** Removes files that Relais has written, and folders left empty. @returns those that were there */
  remove(paths: readonly string[]): Promise<readonly string[]>;
}

/** Structured log of the daemon; one line an event. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
