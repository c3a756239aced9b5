/** What the store knows of what a person has heard, and has to hear. */
import type { Instant, News, NewsKind, SourceDay, SourceKey } from './model.ts';

/** As it is kept. */
export interface KeptNews extends News {
  readonly id: number;
}

/** What runs have said of a source and is not over. */
export interface SaidOfSource {
  readonly key: SourceKey;
  readonly isFailingSaid: boolean;
  readonly isHeldSaid: boolean;
}

export interface SourceTrouble {
  readonly key: SourceKey;
  readonly what: 'failing' | 'held';
}

/** What a run has just said. */
export interface Said {
  /** Ids of news. */
  readonly news: readonly number[];
  readonly begun: readonly SourceTrouble[];
  readonly over: readonly SourceTrouble[];
}

export interface NewsLibrary {
  /** Days of all sources from then on. */
  days(since: Instant, sources?: readonly SourceKey[]): Promise<readonly SourceDay[]>;
  /** All news since an instant, told or not. */
  news(since: Instant): Promise<readonly News[]>;
  addNews(news: readonly News[]): Promise<void>;
  /** What no mail has told yet, oldest first. */
  untold(): Promise<readonly KeptNews[]>;
  told(ids: readonly number[]): Promise<void>;
  /** What no run has said yet, of these kinds, oldest first. */
  unsaid(kinds: readonly NewsKind[]): Promise<readonly KeptNews[]>;
  /** At least all sources that fail or are held, and those of which that was said. */
  troubled(): Promise<readonly SaidOfSource[]>;
  said(said: Said, now: Instant): Promise<void>;
}
