/** What the store knows of the processes that share the work on one database server. */
import type { Instant, SourceKey } from './model.ts';

/** A process that shares the work; instants by the database's clock. */
export interface Worker {
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly started: Instant;
  /** When it was last heard of. */
  readonly seen: Instant;
  /** Requests since it began. */
  readonly asked: number;
}

export interface FleetState {
  /** The database's clock: those of the workers, and ours, may differ. */
  readonly now: Instant;
  /** Those heard of within an hour, by host; one that ends in order leaves at once. */
  readonly workers: readonly Worker[];
  /** Sources that some worker has in hand. */
  readonly inHand: ReadonlySet<SourceKey>;
}

/** One process's claim on the data folder. */
export interface Held {
  readonly pid: number;
  readonly host: string;
  readonly since: Instant;
}

/** What sources came to. */
export interface Asked {
  readonly tried: number;
  readonly answered: number;
}

export interface FleetLibrary {
  /** Undefined where everything is in a file, which one process works on. */
  fleet(): Promise<FleetState | undefined>;
  /** Sources that were asked at or after an instant, by whichever process, and those of them that answered. */
  askedSince(instant: Instant): Promise<Asked>;
}
