/** What the store knows of items that sections show only after a person has looked. */
import type { Instant, LogEntry, SourceKey, StoredItem } from './model.ts';
import type { Finds } from './refresh-plan.ts';

/** An item in a section that has parked it, or has opened it later than it came. */
export interface ParkedItem {
  readonly itemId: number;
  readonly storyId: number;
  readonly sourceKey: SourceKey;
  readonly section: string;
  /** First met by us. */
  readonly seen: Instant;
  /** Undefined where it is shown. */
  readonly parkedSince: Instant | undefined;
  /** When a person let it pass, or what had parked it was taken out of it. */
  readonly openedAt: Instant | undefined;
  /** Marks of what nobody has let pass. */
  readonly waiting: readonly string[];
  /** Somebody has heard of it. */
  readonly isTold: boolean;
  readonly isTakenBack: boolean;
}

export interface HoldLibrary {
  /** The longest parked first. */
  holds(): Promise<readonly ParkedItem[]>;
  /**
   * Lets pass what has been found in these items, in one section or in all; reposts that hold nothing else go along. In one
   * transaction that needs no lease.
   * @returns the sections that had parked them
   */
  release(
    items: readonly number[],
    section: string | undefined,
    said: Pick<LogEntry, 'who' | 'because'>,
    now: Instant,
  ): Promise<readonly string[]>;
  /** Notes that a person has heard of these. */
  toldOfHolds(told: readonly Pick<ParkedItem, 'itemId' | 'section'>[]): Promise<void>;
  /** Stored items that stand, by id, after one. */
  itemsAfter(id: number, limit: number): Promise<readonly StoredItem[]>;
  /** Notes what is found in stored items now. @param found with whether that counts as let pass */
  noteFinds(
    found: readonly { readonly item: StoredItem; readonly finds: Finds; readonly isLetPass: boolean }[],
    now: Instant,
  ): Promise<void>;
}
