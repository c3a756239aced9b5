/** What the parts of the site are made from, and what a part is: the nouns between publication.ts and the jobs. */
import { createHash } from 'node:crypto';
import type { CarryingDigest, ClosedDigest } from '../digest-library.ts';
import type { ArchivedStories, NotShown } from '../feed-library.ts';
import type { Alias, EventfulItem, SourceFigures, StoryChange, Treatment } from '../library.ts';
import type {
  Config,
  Instant,
  Language,
  SiteBytes,
  SiteDocument,
  SiteFile,
  SourceDay,
  SourceKey,
  SourceMemory,
} from '../model.ts';
import type { SearchEntry } from '../search-library.ts';
import type { SourceView, StoryView } from './views.ts';

/** A story in a section's list. */
export interface Listed {
  readonly id: number;
  readonly uid: string;
  readonly changed: Instant;
  readonly date: Instant;
  /** Since when it may be shown, where an embargo ended after its date: subscribers have it as new from then on. */
  readonly opened?: Instant | undefined;
  /** The source that brought it with the very first document read of it. */
  readonly firstImportOf: SourceKey | undefined;
  /** Languages of its items that readers may see. */
  readonly langs: readonly Language[];
}

/** What can be known of the state of the site without listing its stories. */
export interface Circumstances {
  readonly config: Config;
  readonly now: Instant;
  /** Stamp of everything that any page may show: settings, names, version of the renderers. */
  readonly base: string;
  readonly sources: readonly SourceView[];
  /** By source that has one, the age at which feeds let go of what it has brought. */
  readonly maxAges: ReadonlyMap<SourceKey, number>;
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  /** Stories to be rendered for their own sake: changed since the last publication, or all. */
  readonly changed: readonly number[];
  readonly newestChange: Instant;
  /** How many stories changed at that instant: it tells two changes within one millisecond apart. */
  readonly atNewest: number;
  /** Pictures that stories show, in the order of their names. */
  readonly pictures: readonly SiteFile[];
  /** Items that tell of something with a date which is not long over. */
  readonly eventful: readonly EventfulItem[];
  readonly aliases: readonly Alias[];
  /** Digests that have closed, the oldest first; those without stories too. */
  readonly closed: readonly ClosedDigest[];
  readonly views: (ids: readonly number[]) => Promise<readonly StoryView[]>;
  /** Ids of the sections in which each of these stories stands. */
  readonly standing: (ids: readonly number[]) => Promise<ReadonlyMap<number, readonly string[]>>;
  /** Views with their translations, for their own pages. */
  readonly tellings: (ids: readonly number[]) => Promise<readonly StoryView[]>;
  /** What stands before the names of stories and feeds in their `tag:` URIs (RFC 4151). */
  readonly tagPrefix: string;
  /** Stories that a source wrote, alone or with others, newest first. */
  readonly ownStories: (source: SourceKey) => Promise<readonly number[]>;
  /** What became of a source's items. */
  readonly treatment: (source: SourceKey) => Promise<Treatment>;
  /** What can be found of these stories, the newest first; that of the stories' pages has been noted by then. */
  readonly searched: (ids: readonly number[]) => Promise<readonly SearchEntry[]>;
  /** Days of these sources from then on. */
  readonly days: (since: Instant, sources: readonly SourceKey[]) => Promise<readonly SourceDay[]>;
}

/** What the jobs are made from. */
export interface Supply extends Circumstances {
  /** Newest first, by section id; also those that a section no longer keeps. */
  readonly listed: ReadonlyMap<string, readonly Listed[]>;
  /** What was corrected, and what was taken back, newest first, by section id; of sections with a digest alone the former. */
  readonly corrected: ReadonlyMap<string, readonly StoryChange[]>;
  readonly takenBack: ReadonlyMap<string, readonly StoryChange[]>;
  /** What was shown and is not to be any more, newest first. */
  readonly notShown: readonly NotShown[];
  readonly figures: ReadonlyMap<SourceKey, SourceFigures>;
  /** What stands in the archives of feeds, by their folders. */
  readonly archives: ReadonlyMap<string, readonly ArchivedStories[]>;
  /** Those that have closed and were made, the oldest first, by section id. */
  readonly digests: ReadonlyMap<string, readonly CarryingDigest[]>;
}

/** Parts beside those of the sections, which are called by their ids: no id begins with a slash. */
export const partNames = {
  base: '/base',
  site: '/site',
  pictures: '/pictures',
  look: '/look',
  stories: '/stories',
  status: '/status',
  front: '/front',
  search: '/search',
} as const;

/** What one part of the site wants written, a portion at a time; and which files of its own are to go. */
export interface Batch {
  readonly documents: readonly (SiteDocument | SiteBytes | SiteFile)[];
  readonly gone?: readonly string[];
  /** What can be found of these stories from now on; `gone` names stories, by id or public name, of which nothing can. */
  readonly searched?: {
    readonly entries: readonly SearchEntry[];
    readonly gone: readonly (number | string)[];
  };
}

export interface Job {
  readonly name: string;
  readonly stamp: string;
  /** Its files are noted, so that those it no longer has are removed; the stories' own pages are too many for that. */
  readonly notesPaths: boolean;
  /** What archives hold from now on: noted before it is published. */
  readonly archived?: readonly ArchivedStories[];
  readonly batches: () => AsyncIterable<Batch>;
}

/** Bumped when a renderer changes what it writes, so that an upgrade publishes everything anew. */
export const RENDERING_VERSION = 28;

/** Rendered at a time, so that memory does not grow with the archive. */
export const batchSize = 200;

/** Sources on a page: more would be too much for an old phone, and for the memory of the machine that writes it. */
const sourcesOnPage = 200;

/** Sources as the pages show them: at least one page. */
export function partsOf<T>(
  rows: readonly T[],
): { readonly rows: readonly T[]; readonly part: { page: number; of: number } }[] {
  const of = Math.max(1, Math.ceil(rows.length / sourcesOnPage));
  return Array.from({ length: of }, (_, at) => ({
    rows: rows.slice(at * sourcesOnPage, (at + 1) * sourcesOnPage),
    part: { page: at + 1, of },
  }));
}

/** Names a state. */
export function stampOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
