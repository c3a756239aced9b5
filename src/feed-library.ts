/** The store as those see it who publish feeds: what these have said once and for all. */

/** Stories that stand in one document of the archive of a feed (RFC 5005), and stay there. */
export interface ArchivedStories {
  /** Folder of the feed, from the site's root. */
  readonly feed: string;
  /** From 1 on, the oldest first. */
  readonly number: number;
  /** Ids, the oldest first; of stories that are no more, too. */
  readonly stories: readonly number[];
}

export interface FeedLibrary {
  /** Stories that have no date yet which feeds say for good get the one that they are listed under. */
  fixDates(): Promise<void>;
  /** By feed, in the order of their numbers. */
  archives(): Promise<ReadonlyMap<string, readonly ArchivedStories[]>>;
  /** Notes what stands in these documents from now on. */
  keepArchived(documents: readonly ArchivedStories[]): Promise<void>;
}
