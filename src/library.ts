/** The store as everybody else sees it: what can be asked of it and noted in it. */
import type {
  Instant,
  ItemEvent,
  Language,
  News,
  Outcome,
  PictureCopy,
  Source,
  SourceDay,
  SourceKey,
  SourceMemory,
  StoredItem,
  StoryRecord,
  Version,
} from './model.ts';
import type { Known, KnownEntry, KnownSample, KnownText, Lookup, ReadItem, RefreshPlan } from './refresh-plan.ts';
import type {
  KeptRuling,
  NamedItem,
  Post,
  Relation,
  RulingChange,
  RulingOutcome,
  RulingPlan,
  Settle,
  StoryLink,
} from './story-plan.ts';

/** One process's claim on the data folder. */
export interface Held {
  readonly pid: number;
  readonly host: string;
  readonly since: Instant;
}

/** What was last published of one part of the site, and from which state; equal stamps mean equal files. */
export interface Publication {
  readonly stamp: string;
  readonly at: Instant;
  /** The files it is made of; none are noted for the stories' own pages. */
  readonly paths: readonly string[];
}

/** A story in a list. */
export interface ListedStory {
  readonly id: number;
  /** Last change that a reader could notice. */
  readonly changed: Instant;
  /** The date it is listed under. */
  readonly date: Instant;
  /** The source that brought it with a first import. */
  readonly firstImportOf: SourceKey | undefined;
  /** Languages of its items that readers may see. */
  readonly langs: readonly Language[];
}

/** An item that tells of something with a date. */
export interface EventfulItem {
  readonly storyId: number;
  readonly sourceKey: SourceKey;
  /** Last change of its story that a reader could notice. */
  readonly changed: Instant;
  /** When it was taken back, if it was. */
  readonly takenBack: Instant | undefined;
  readonly events: readonly ItemEvent[];
}

/** The name of a story that was taken into another. */
export interface Alias {
  readonly uid: string;
  /** The other's name. */
  readonly now: string;
  readonly story: number;
  /** An item of the other has been taken back, and the whole story may be. */
  readonly isDoubtful: boolean;
}

/** That a story was corrected, or an item of it taken back. */
export interface StoryEvent {
  readonly story: number;
  /** Whose item it was. */
  readonly sourceKey: SourceKey;
  readonly at: Instant;
}

/** What a person has said about a source. */
export type SourceRuling =
  /** What is held is the partner's after all: let it in, and believe the source as it is now. */
  | { readonly kind: 'accept' }
  /** What is held is not: throw it away. The source goes on being asked, and held. */
  | { readonly kind: 'refuse' }
  /** Do not ask any more, and take back everything first seen since then. */
  | { readonly kind: 'stop'; readonly since: Instant }
  /** Undo a stop: ask again, and show again what it had taken back. */
  | { readonly kind: 'resume' };

/** A story that is to show a picture, and the source whose text it stands in. */
export interface PictureUse {
  readonly story: number;
  readonly address: string;
  readonly source: SourceKey;
}

/** A picture to be asked for. */
export interface DuePicture {
  readonly address: string;
  /** How often it has been asked for in vain. */
  readonly tries: number;
  /** In whose texts it stands, of those that were asked about. */
  readonly sources: readonly SourceKey[];
}

/** An item that has been read and is kept out of stories, as the maintainer sees it. */
export interface AsideItem {
  readonly sourceKey: SourceKey;
  readonly title: string;
  readonly url: string | undefined;
  /** When it comes into a story by itself; undefined of one that is held until the maintainer rules. */
  readonly waitsUntil: Instant | undefined;
}

/** What became of a picture. A failed one is asked for again, or given up for good. */
export type PictureFate =
  | { readonly kind: 'copied'; readonly copy: PictureCopy }
  | { readonly kind: 'counter' }
  | {
      readonly kind: 'failed';
      readonly tries: number;
      readonly nextTry: Instant | undefined;
      /** For the maintainer. */
      readonly why: string;
    };

/** How a picture stands that a story is to show. */
export interface PictureStanding {
  readonly address: string;
  readonly state: 'wanted' | 'copied' | 'counter' | 'given-up';
  /** When it is asked for again, of one that is wanted; 0 for the next run. */
  readonly nextTry: Instant;
  /** What went wrong the last time. */
  readonly why: string | undefined;
  readonly file: string | undefined;
}

/** What a look at the database's files came to. */
export interface Checkup {
  /** SQLite's own words, undefined when it is whole. */
  readonly damage: string | undefined;
}

export interface Backup {
  /** File name, `relais-2026-11-23.db`. */
  readonly name: string;
  readonly at: Instant;
  readonly bytes: number;
}

/** The store. Throws Halt when the disk will not have it, and ordinary errors for our own bugs. */
export interface Library extends PictureLibrary {
  memories(): Promise<ReadonlyMap<SourceKey, SourceMemory>>;
  /** Stored entries by guid, to leave alone what is known. */
  knownEntries(source: SourceKey, guids: readonly string[]): Promise<ReadonlyMap<string, KnownEntry>>;
  /** Asks, lets the plan be made, carries it out and settles the stories of what it touched, in one transaction. */
  record(lookup: Lookup, plan: (known: Known) => RefreshPlan, settle: Settle): Promise<Outcome>;
  /** Decides anew which stories these stored items belong to, or all items of a source. */
  settle(items: readonly number[] | SourceKey, settle: Settle, now: Instant): Promise<void>;
  /** What the maintainer has said of stories, oldest first. */
  storyRulings(): Promise<readonly KeptRuling[]>;
  /** Changes what the maintainer has said of stories and settles the items that are meant, in one transaction. */
  ruleOnStories<T extends RulingChange>(plan: RulingPlan<T>, settle: Settle, now: Instant): Promise<RulingOutcome<T>>;
  /** The items that these addresses or guids mean. */
  named(names: readonly string[]): Promise<ReadonlyMap<string, readonly NamedItem[]>>;
  /** By id, in no order. */
  posts(ids: readonly number[]): Promise<readonly Post[]>;
  /** The source's newest items, newest first, as far as recognising them needs. */
  samples(source: SourceKey, limit: number): Promise<readonly KnownSample[]>;
  /** Words of the source's items with these guids or ids. */
  texts(source: SourceKey, guids: readonly string[], ids: readonly number[]): Promise<readonly KnownText[]>;
  /**
   * Items of these sources that have waited for their time and may be let in, by source: that time has come, or the source
   * is not among those that wait any more.
   */
  itemsDue(
    now: Instant,
    sources: readonly Pick<Source, 'key' | 'future'>[],
  ): Promise<ReadonlyMap<SourceKey, readonly ReadItem[]>>;
  /** How many items of each source wait for their time, and when the first of them comes; none of those without. */
  waitingCounts(): Promise<ReadonlyMap<SourceKey, { readonly items: number; readonly first: Instant }>>;
  /** Items that are held, by source. */
  heldItems(): Promise<ReadonlyMap<SourceKey, readonly ReadItem[]>>;
  /** Throws away what is held of a source. */
  dropHeld(source: SourceKey): Promise<void>;
  /** Notes what a person has said; the next run acts on it. */
  rule(source: SourceKey, ruling: SourceRuling, now: Instant): Promise<void>;
  /** What has been said and not been acted on, oldest first. */
  rulings(): Promise<readonly { readonly id: number; readonly sourceKey: SourceKey; readonly ruling: SourceRuling }[]>;
  /** Notes that a ruling has been carried out. */
  ruled(id: number): Promise<void>;
  /** Takes back what a source brought since an instant, keeping the texts; its stories elect their originals anew. @returns how many items */
  hideSince(source: SourceKey, since: Instant, settle: Settle, now: Instant): Promise<number>;
  /** Shows again what `hideSince` took back. @returns how many items */
  unhide(source: SourceKey, settle: Settle, now: Instant): Promise<number>;
  /** Writes a memory outside a refresh. */
  remember(memory: SourceMemory): Promise<void>;

  /** Days of all sources from then on. */
  days(since: Instant, sources?: readonly SourceKey[]): Promise<readonly SourceDay[]>;
  /** What no mail has told yet, oldest first. */
  untold(): Promise<readonly (News & { readonly id: number })[]>;
  /** All news since an instant, told or not. */
  news(since: Instant): Promise<readonly News[]>;
  addNews(news: readonly News[]): Promise<void>;
  told(ids: readonly number[]): Promise<void>;

  /** Hosts that have asked us to wait, and until when. */
  silences(): Promise<ReadonlyMap<string, Instant>>;
  silence(host: string, until: Instant): Promise<void>;

  /** Items that credit somebody unknown. */
  unsettled(): Promise<ReadonlyMap<SourceKey, readonly StoredItem[]>>;
  /** Some of the items of which nothing is kept that they are recognised by. */
  unrecognised(limit: number): Promise<ReadonlyMap<SourceKey, readonly StoredItem[]>>;
  itemCounts(): Promise<ReadonlyMap<SourceKey, { readonly items: number; readonly newest: Instant }>>;

  /** The stories that these sources carry and readers may see, newest first. */
  storiesOf(sources: readonly SourceKey[]): Promise<readonly ListedStory[]>;
  /** Items that tell of something that is not over at an instant, the soonest first; a thousand at the most. */
  eventful(at: Instant): Promise<readonly EventfulItem[]>;
  stories(ids: readonly number[]): Promise<readonly StoryRecord[]>;
  /** What the items of these stories said before their sources changed them, oldest first; of each the newest twenty. */
  versions(stories: readonly number[]): Promise<ReadonlyMap<number, readonly Version[]>>;
  /** Corrections of items of these sources since an instant, newest first. */
  corrected(sources: readonly SourceKey[], since: Instant): Promise<readonly StoryEvent[]>;
  /** Items of these sources that were taken back since an instant, by their stories, newest first. */
  takenBack(sources: readonly SourceKey[], since: Instant): Promise<readonly StoryEvent[]>;
  changedSince(
    instant: Instant,
  ): Promise<{ readonly ids: readonly number[]; readonly newest: Instant; readonly atNewest: number }>;
  /** Public names of stories that were taken into others. */
  aliases(): Promise<readonly Alias[]>;
  /** Of these stories, those that are translations of others → these, at most twelve. */
  translationsOf(stories: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
  /** The story with this public name, or the one an item with this address or guid belongs to. */
  findStory(name: string): Promise<number | undefined>;
  /** How the items of a story stand to those of other stories, the most alike first; five hundred at the most. */
  relationsBeside(story: number): Promise<readonly Relation[]>;
  /** What readers are led to from these stories, the best first, ten at the most of each. */
  links(stories: readonly number[]): Promise<ReadonlyMap<number, readonly StoryLink[]>>;
  /** The item with this address or guid that stands in no story yet. */
  findAside(name: string): Promise<AsideItem | undefined>;

  publications(): Promise<ReadonlyMap<string, Publication>>;
  published(name: string, publication: Publication): Promise<void>;
  /** Forgets a part of the site that is no more. */
  unpublished(name: string): Promise<void>;
  /** A fact that never changes once set. @returns the one that counts */
  rememberOnce(name: string, value: string): Promise<string>;
  /** @returns the fact as it is, undefined when nobody has set it */
  fact(name: string): Promise<string | undefined>;
  /** @returns the fact as it was before */
  replaceFact(name: string, value: string): Promise<string | undefined>;

  /** Takes the lease. @returns who holds it, if that is somebody else */
  takeLease(now: Instant): Promise<Held | undefined>;
  /** @returns false when the lease was lost */
  renewLease(now: Instant): Promise<boolean>;
  giveBackLease(): Promise<void>;
  /** Copies the database while it is in use; the copy is whole and verified before it gets its name. */
  backup(folder: string, name: string): Promise<Backup>;
  check(how: 'quick' | 'full'): Promise<Checkup>;
  /** Takes away texts of stories that no section keeps any more. @returns how many items */
  expire(sources: readonly SourceKey[], before: Instant, now: Instant): Promise<number>;
  /** Gives unused room back to the disk, forgets days and news that nobody asks for any more. */
  tidy(now: Instant): Promise<void>;
  close(): Promise<void>;
}

/** What the store knows of pictures. */
export interface PictureLibrary {
  /** Of these stories, those of which an item of these sources holds a picture. */
  withPictures(stories: readonly number[], sources: readonly SourceKey[]): Promise<readonly number[]>;
  /** Notes which pictures these stories are to show, in the place of what was noted; those never met are due. */
  usePictures(stories: readonly number[], uses: readonly PictureUse[]): Promise<void>;
  useNoPictures(): Promise<void>;
  /** Pictures of these sources to be asked for, the newest of each source before the second newest of any. */
  duePictures(sources: readonly SourceKey[], now: Instant, limit: number): Promise<readonly DuePicture[]>;
  /** Notes what became of a picture; where readers will see it, the stories that show it have changed. */
  decidePicture(address: string, fate: PictureFate, now: Instant): Promise<void>;
  /** What there is to show of the pictures of these stories, by address; `none` for those that only count readers. */
  pictureCopies(stories: readonly number[]): Promise<ReadonlyMap<number, ReadonlyMap<string, PictureCopy | 'none'>>>;
  /** How the pictures of a story stand, for the maintainer. */
  picturesOf(story: number): Promise<readonly PictureStanding[]>;
  /** Names of the files that stories show. */
  shownFiles(): Promise<readonly string[]>;
  /** Pictures whose file is one of these, which are lost, are due again, and the stories that show them have changed. */
  noteLostFiles(files: readonly string[], now: Instant): Promise<void>;
  /** Forgets pictures that no story shows. @returns names of the files of all others */
  forgetUnusedPictures(): Promise<readonly string[]>;
}
