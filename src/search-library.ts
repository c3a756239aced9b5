/** What readers can search: an index beside the store, made by publishing from what pages show, and from nothing else. */
import type { Direction, Instant, Language } from './model.ts';

/** A story as a search finds and shows it. */
export interface SearchEntry {
  readonly story: number;
  /** Its public name, by which its page is found. */
  readonly uid: string;
  readonly published: Instant;
  readonly sections: readonly string[];
  readonly heading: string;
  /** Who wrote it. */
  readonly group: string;
  /** The beginning, in plain words. */
  readonly excerpt: string;
  readonly lang: Language;
  readonly dir: Direction;
  /** Each word that its page shows, folded, once (text/search-words.ts). */
  readonly words: readonly string[];
}

export interface SearchQuery {
  /** Folded; each stands for all words that begin so, and all must be in a story. */
  readonly words: readonly string[];
  /** Id of the section to which it is limited. */
  readonly section: string | undefined;
  /** Hits to be left out: those of earlier pages. */
  readonly skip: number;
  readonly limit: number;
}

/** The index was damaged and has been thrown away: what is asked of it from now on is asked of an empty one. */
export class IndexLost extends Error {
  constructor(cause: unknown) {
    super('the search index is damaged', { cause });
  }
}

/**
 * What it holds is made of pages that are there, so it may be lost: it is then made anew. Where damage is come upon only while
 * something is asked of it, that throws IndexLost.
 */
export interface SearchLibrary {
  /** Of the stories' publication that it agrees with; undefined where it must be made anew. */
  stamp(): Promise<string | undefined>;
  /**
   * Notes stories as they are shown now, in the place of what it knew of them.
   * @param gone stories, by id or public name, that are shown no more
   */
  keep(entries: readonly SearchEntry[], gone: readonly (number | string)[]): Promise<void>;
  /** Notes that it agrees with that publication now. */
  agree(stamp: string): Promise<void>;
  /** Forgets everything, what it agrees with too. */
  clear(): Promise<void>;
  /** Those of these stories that can be found, the newest first. */
  some(stories: readonly number[]): Promise<readonly SearchEntry[]>;
  /** The newest first. Without words nothing is found. */
  find(query: SearchQuery): Promise<readonly SearchEntry[]>;
  close(): Promise<void>;
}
