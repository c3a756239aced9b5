/** An open database, of whichever kind, as the rest of this room speaks to it. */
import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../model.ts';
import type { Posting, Shelf, Stopped } from '../story-plan.ts';
import type { Awaitable } from '../text/awaitable.ts';
import type { Database } from './database.ts';

export type Value = string | number | Uint8Array | null;

/**
 * A statement that is asked so often that building its words each time would cost more than the answer. Its words are plain SQL
 * that every kind of database has, or has been taught (postgres-words.ts).
 */
export interface Statement<Row> {
  get(...values: readonly Value[]): Awaitable<Row | undefined>;
  all(...values: readonly Value[]): Awaitable<readonly Row[]>;
  run(...values: readonly Value[]): Awaitable<void>;
}

export interface Engine {
  /** For everything that is asked less often. It and the statements share one connection, and so one transaction. */
  readonly db: Database;
  prepare<Row = never>(words: string): Statement<Row>;
  /** Rows as lists of their columns: thousands at once. */
  lists(words: string, ...values: readonly Value[]): Awaitable<Iterable<readonly unknown[]>>;
  /** Begins a transaction in which nobody else writes. */
  begin(): Awaitable<void>;
  /** Begins a transaction that sees all as it is at one instant, for as long as it takes, and keeps nobody from writing. */
  beginReading(): Awaitable<void>;
  /** A transaction is under way, and has not come to its end by itself. */
  isInTransaction(): boolean;
  /** Rows that were changed since the database was opened. */
  changes(): number;
  /** The clock of the server, which several processes go by; undefined of a file. */
  now(): Awaitable<Instant | undefined>;
  /** Until the end of the transaction rows may name others that are not there yet. */
  deferForeignKeys(): Awaitable<void>;
  /** Names of the columns of a table; none of one that is not there. */
  columnsOf(table: string): Awaitable<ReadonlySet<string>>;
  /** Has a table that numbers its rows go on behind those that have come with their numbers. */
  countOnFrom(table: string): Awaitable<void>;
  /** How fingerprints are found again. */
  readonly openPrints: () => PrintIndex;
}

/** What a look-up of fingerprints asks for. */
export interface Sought {
  readonly prints: Int32Array;
  /** Undefined for all. */
  readonly periods: ReadonlySet<number> | undefined;
  /** The item at hand, which is no answer. */
  readonly self: number;
}

export interface Met {
  /** Who seems to have which, some twice: to be asked of the imprint itself. */
  readonly met: readonly Posting[];
  /** What counts for nothing somewhere, as far as it was met. */
  readonly stopped: Stopped;
}

/** The inverted index of fingerprints. */
export interface PrintIndex extends Pick<Shelf, 'stopped' | 'stop'> {
  /** To be called before anything is written that the index would read. */
  catchUp(): Awaitable<void>;
  /** To be called when an imprint has been written. */
  written(): Awaitable<void>;
  /**
   * Another number whenever imprints may have changed by another hand, or what was written was undone; undefined where that is
   * not known, and nothing of them may be remembered.
   */
  epoch(): number | undefined;
  add(item: number, period: number, prints: Int32Array): Awaitable<void>;
  /** Forgets all, in the transaction that is under way; there are no items any more. */
  clear(): Awaitable<void>;
  /** @param uncounted of those that count for nothing somewhere, which are not looked for */
  find(sought: Sought, uncounted: (stopped: Stopped) => ReadonlySet<number>): Awaitable<Met>;
}

/** A list of numbers, given as JSON, in the place of a table. */
export const numbersIn = '(select cast(value as integer) from json_each(?))';

/** Lists in the words of the query builder. */
export function amongWords(values: readonly string[]): RawBuilder<string> {
  return sql`(select value from json_each(${JSON.stringify(values)}))`;
}

export function amongNumbers(values: readonly number[]): RawBuilder<number> {
  return sql`(select cast(value as integer) from json_each(${JSON.stringify(values)}))`;
}
