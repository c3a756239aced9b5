/** What the web desk asks of the store for its pictures and lists. */
import type { Instant, SourceKey } from './model.ts';

/** How often one group passed on what another wrote. */
export interface RepostCount {
  /** Undefined for a group that is no source of ours. */
  readonly author: SourceKey | undefined;
  /** The author's name as it was credited, where it is no source. */
  readonly authorName: string | undefined;
  readonly by: SourceKey;
  readonly stories: number;
}

export interface DeskLibrary {
  /** How many stories that readers may see are dated in each of so many weeks, the first beginning at an instant. */
  storiesByWeek(first: Instant, weeks: number): Promise<readonly number[]>;
  /** Reposts of stories dated from then on whose author is said or ruled, the most frequent first. */
  repostCounts(since: Instant, limit: number): Promise<readonly RepostCount[]>;
  /** Ids of all stories, those taken back among them, the newest first. */
  newestStories(skip: number, limit: number): Promise<readonly number[]>;
}
