/** The store as those see it who publish feeds: what these have said once and for all. */
import type { Instant, Language, SourceKey } from './model.ts';

/** Stories that stand in one document of the archive of a feed (RFC 5005), and stay there. */
export interface ArchivedStories {
  /** Folder of the feed, from the site's root. */
  readonly feed: string;
  /** From 1 on, the oldest first. */
  readonly number: number;
  /** Ids, the oldest first; of stories that are no more, too. */
  readonly stories: readonly number[];
}

/** A story that readers have seen and of which nothing is to be shown any more. */
export interface NotShown {
  readonly story: number;
  /** Its public name. */
  readonly uid: string;
  readonly since: Instant;
  readonly langs: readonly Language[];
  /** Sources of its items. */
  readonly sources: readonly SourceKey[];
}

export interface FeedLibrary {
  /** Stories that no reader has seen yet get for good the name of their original, and the date that they are listed under. */
  fixForGood(): Promise<void>;
  /** By feed, in the order of their numbers. */
  archives(): Promise<ReadonlyMap<string, readonly ArchivedStories[]>>;
  /** Notes what stands in these documents from now on. */
  keepArchived(documents: readonly ArchivedStories[]): Promise<void>;
  /**
   * Notes which stories are not to be shown now, all of them; the others are.
   * @param at `before`: what had been made by then has been published
   */
  noteNotShown(
    stories: readonly number[],
    at: { readonly before: Instant | undefined; readonly now: Instant },
  ): Promise<void>;
  /** Those that were shown until an instant or later, newest first. */
  notShown(since: Instant): Promise<readonly NotShown[]>;
}
