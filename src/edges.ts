/** The outside world as Relais sees it: a few methods each, passed in, so that tests bring their own clock and dice. */
import type {
  Entry,
  Feed,
  Fetched,
  FetchRequest,
  Flaw,
  Instant,
  Item,
  PageSelectors,
  Parsed,
  Posted,
  PostRequest,
  SiteBytes,
  SiteDocument,
  SiteFile,
  Source,
  SourceKey,
} from './model.ts';
import type { Problem } from './problems.ts';

export interface Clock {
  now(): Instant;
  /** Resolves after `ms` milliseconds. */
  wait(ms: number): Promise<void>;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
}

/** Names and secrets that nobody can guess. */
export interface Tokens {
  /** A new one, of letters, digits, `-` and `_`: 128 bits of chance or more. */
  next(): string;
}

/** Where several workers share the sources: who has which in hand. */
export interface Claims {
  /** The others know of this one from now on, also while nothing is to be done. */
  join(): Promise<void>;
  /** @returns those of these that no other worker has; this one has them from now on */
  take(sources: readonly SourceKey[]): Promise<ReadonlySet<SourceKey>>;
  giveBack(sources: readonly SourceKey[]): Promise<void>;
}

/** Where several workers share the sources: one request at a time to a server, whoever makes it. */
export interface Turns {
  /**
   * Waits until no other worker asks any of these servers, and keeps all others from them.
   * @param keys domains and addresses, as requests of one worker are kept apart by
   * @param names under which these servers may have asked to be left alone
   * @throws the signal's reason
   */
  take(keys: readonly string[], names: readonly string[], signal: AbortSignal | undefined): Promise<Turn>;
}

/** Had until it is ended. */
export interface Turn {
  /** What these servers have asked other workers for: name → until when they are to be left alone. */
  readonly silences: ReadonlyMap<string, Instant>;
  /** Aborted when the turn could not be kept, and another worker may have it: to be given up at once. */
  readonly lost: AbortSignal;
  /**
   * @param restMs for which no other worker asks them
   * @param silences what they have asked for meanwhile
   */
  end(restMs: number, silences: ReadonlyMap<string, Instant>): Promise<void>;
}

/** The guarded HTTP client: asks one address, follows redirects by hand, never throws for what a server does. */
export interface Network {
  /**
   * @param signal once aborted, what waits for its turn is given up at once, and what is under way after a few seconds
   * @throws its reason, for what was given up
   */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<Fetched>;
  /**
   * Hands a form to a server, under the same guards. Nobody waits a turn for it: whoever has many for one server hands them over
   * one after the other.
   * @throws the signal's reason, as `fetch`
   */
  post(request: PostRequest, signal?: AbortSignal): Promise<Posted>;
  /** Gives back the memory of a fresh body, for which others wait: to be done once it is read. It is empty then. */
  letGo(body: Uint8Array): void;
  /** Hosts that have asked us to wait since the network was opened, and until when; those known before are given at opening. */
  silences(): ReadonlyMap<string, Instant>;
}

/** A document as it was fetched. */
export type FetchedDocument = Pick<Extract<Fetched, { kind: 'fresh' }>, 'body' | 'contentType' | 'url'>;

/** What is known of a source and its documents do not say. */
export interface ReadingHints {
  /** Selectors for a site without a feed. */
  readonly page: PageSelectors | undefined;
  /** Its guids have been seen to mean now this entry and now that: entries are named without them. */
  readonly areGuidsShared: boolean;
}

/** What a feed says of itself; its entries stay with the reader. */
export type FeedHead = Omit<Feed, 'entries'> & {
  readonly entryCount: number;
  /** Its entries are not named by their guids, which do not tell them apart. */
  readonly areGuidsShared: boolean;
  /** What can be told from all entries as they are written. */
  readonly flaws?: readonly Flaw[] | undefined;
};

/** An entry's name inside its source, and the hash of what it says. */
export interface EntryName {
  readonly guid: string;
  readonly hash: string;
}

/** An entry as it stands in its document. Never shown as markup. */
export interface WrittenEntry {
  readonly guid: string;
  readonly entry: Entry;
}

/** What normalising entries needs to know beside their document. */
export interface EntryContext {
  readonly source: Pick<Source, 'name' | 'lang' | 'hosts' | 'tags' | 'future'>;
  readonly now: Instant;
}

/** What entries came to. Failed: they cost more time or memory than a document may. */
export type NormalisedEntries =
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** A feed that was read and whose entries are still at hand. */
export interface OpenFeed {
  readonly kind: 'feed';
  readonly feed: FeedHead;
  /** Its entries in document order, without repetitions. */
  readonly names: readonly EntryName[];
  readonly problems: readonly Problem[];
  /** The entries with these guids as they are written, in document order; the document stays open. */
  written(guids: readonly string[]): Promise<readonly WrittenEntry[]>;
  /** Makes items of the entries with these guids, in document order, and closes the document. */
  normalise(guids: readonly string[], context: EntryContext): Promise<NormalisedEntries>;
  /** Lets go of the entries. Needed where `normalise` is not called; harmless after it. */
  close(): void;
}

export type OpenDocument = OpenFeed | Exclude<Parsed, { kind: 'feed' }>;

/**
 * Reads what partners send, at the cost of that one document: too much time or memory is parse/too-slow, parse/too-heavy.
 * One document is open at a time, and the next waits for it: close one before you read another.
 */
export interface Reader {
  read(document: FetchedDocument, hints: ReadingHints): Promise<OpenDocument>;
  /** Ends whatever is being read; documents read afterwards are read all the same. */
  close(): Promise<void>;
}

/** What became of a partner's picture. */
export type Developed =
  | {
      readonly kind: 'picture';
      /** Made from its pixels alone. */
      readonly bytes: Uint8Array;
      readonly type: 'jpg' | 'png';
      readonly width: number;
      readonly height: number;
    }
  /** There to be counted and not to be seen: a pixel or two wide or high. */
  | { readonly kind: 'counter' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Nothing can be developed on this machine. */
  | { readonly kind: 'unable'; readonly why: string };

/** Makes pictures of ours from partners' pictures, at the cost of that one picture: one that is a trap is refused. */
export interface Darkroom {
  /**
   * @param picture bytes of any kind, as they came
   * @param signal gives it up at once: then its reason is thrown
   */
  develop(picture: Uint8Array, signal?: AbortSignal): Promise<Developed>;
  /** Ends what is being developed; pictures brought afterwards are developed all the same. */
  close(): Promise<void>;
}

/** The disk below the data folder. */
export interface Disk {
  /** Undefined where the system does not say. */
  room(): Promise<{ readonly freeBytes: number; readonly totalBytes: number } | undefined>;
}

/** The folder that holds the pictures made anew. */
export interface PictureFolder {
  /** Where a file of it lies, on a disk or in the site's bucket. */
  pathOf(file: string): string;
  /** Names of all that are there. */
  files(): Promise<readonly string[]>;
  /** Kept for good when it resolves. @returns the file's name, made of its bytes */
  keep(bytes: Uint8Array, type: 'jpg' | 'png'): Promise<string>;
  /** Removes all others. */
  keepOnly(files: readonly string[]): Promise<void>;
}

/** The folder that holds the site, on a disk or in a bucket. */
export interface SiteFolder {
  /**
   * Looks which files are there. A publication begins with it.
   * @param paths those that should be: where the site is far away, what was seen before is believed while it has all of them
   */
  lookFor(paths: readonly string[]): Promise<(path: string) => boolean>;
  /** @returns undefined where there is no such file */
  read(path: string): Promise<string | undefined>;
  /** Begins a publication; what a killed one has left waiting is cleared away. */
  draft(): Promise<SiteDraft>;
  /** Clears that away when there is nothing to publish. */
  clear(): Promise<void>;
  /** Removes files that Relais has written, and folders left empty. @returns those that were there */
  remove(paths: readonly string[]): Promise<readonly string[]>;
}

/** What is to be published, out of readers' sight until it is whole. */
export interface SiteDraft {
  /** Takes in what differs from the site as it is; laid ready when it resolves. */
  add(documents: readonly (SiteDocument | SiteBytes | SiteFile)[]): Promise<void>;
  /** Paths of all that was taken in. */
  paths(): readonly string[];
  /** Puts all of it in place, at one go where that can be done; the last call of a draft. @returns paths, in the order in which readers could meet them */
  publish(): Promise<readonly string[]>;
}

/** Structured log of the daemon; one line an event. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}
