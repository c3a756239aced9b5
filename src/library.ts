/** The store as everybody else sees it: what can be asked of it and noted in it. */
import type { DeskLibrary } from './desk-library.ts';
import type { DigestLibrary } from './digest-library.ts';
import type { FeedLibrary } from './feed-library.ts';
import type { FleetLibrary, Held } from './fleet-library.ts';
import type { HoldLibrary } from './hold-library.ts';
import type { HubLibrary } from './hub-library.ts';
import type {
  Attribution,
  Evidence,
  Instant,
  ItemEvent,
  Language,
  LogEntry,
  Member,
  Outcome,
  Source,
  SourceKey,
  SourceMemory,
  StoredItem,
  StoryRecord,
  Version,
} from './model.ts';
import type { NewsLibrary } from './news-library.ts';
import type { PictureLibrary } from './picture-library.ts';
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
  readonly uid: string;
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
export interface StoryChange {
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
  | { readonly kind: 'resume' }
  /** What has vanished from its site at once is to go here too. */
  | { readonly kind: 'withdraw-vanished' }
  /** It is to stay. */
  | { readonly kind: 'keep-vanished' };

/** As much of a story as tells whether and when it may be shown, without its texts. */
export interface Carried {
  readonly attribution: Pick<Attribution, 'original' | 'jointly' | 'confidence'> & {
    readonly members: readonly (Pick<Member, 'itemId' | 'role'> & {
      /** At least what names a source of ours. */
      readonly evidence: readonly Pick<Evidence, 'says' | 'targetSource'>[];
    })[];
  };
  readonly items: readonly Pick<StoredItem, 'id' | 'sourceKey' | 'date' | 'seen' | 'withdrawn' | 'wish'>[];
}

export interface CarriedStory extends Carried {
  readonly id: number;
}

/** What tells whether anything has become otherwise of a source's items. */
export interface SourceFigures {
  /** Those that are not taken back. */
  readonly items: number;
  /** The last change of a story that has one of them, or is credited to it. */
  readonly changed: Instant;
}

/** What became of a source's items, by their stories, newest first. */
export interface Treatment {
  /** When the first of them was seen. */
  readonly since: Instant | undefined;
  readonly stories: readonly number[];
  /** Of its own, those that others have passed on; and those of others that it has. */
  readonly passedOn: { readonly count: number; readonly newest: readonly number[] };
  readonly reposts: { readonly count: number; readonly newest: readonly number[] };
}

/** An item that is to be taken back. */
export interface WithdrawalOrder {
  readonly itemId: number;
  /** Who takes it back: its source in its feed, its source by its page being gone, or the maintainer. */
  readonly by: 'feed' | 'page' | 'maintainer';
  /** For the log: `source`, or a person's name. */
  readonly who: string;
  readonly because: string;
}

/** What withdrawing came to: ids of items. */
export interface Withdrawn {
  readonly items: readonly number[];
  /** Those that went along: reposts, and copies in other feeds of the same group. */
  readonly alongside: readonly number[];
}

/** What undoing withdrawals came to: ids of items. */
export interface Restored {
  readonly shown: readonly number[];
  /** Those that have no words any more, and come back when their sources list them. */
  readonly awaited: readonly number[];
}

/** An item that has been read and is kept out of stories, as the maintainer sees it. */
export interface AsideItem {
  readonly sourceKey: SourceKey;
  readonly title: string;
  readonly url: string | undefined;
  /** When it comes into a story by itself; undefined of one that is held until the maintainer rules. */
  readonly waitsUntil: Instant | undefined;
}

/** An item that its feed lists no more although the feed's dates span over it. */
export interface MissingItem {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly guid: string;
  readonly title: string;
  readonly url: string | undefined;
  /** Another item of its source has the same address, or the same text. */
  readonly isShared: boolean;
  readonly since: Instant;
  /**
   * What its page says: nobody has asked; it is not there; it is; the answer says nothing; it has none of its own. Or that it
   * waits for the maintainer, since many went at once; that the maintainer keeps it; or that it is withdrawn.
   */
  readonly state: 'unasked' | 'gone' | 'there' | 'unclear' | 'no-page' | 'held' | 'kept' | 'withdrawn';
  /** Looks that said nothing. */
  readonly tries: number;
  /** The first time that its page was not there. */
  readonly firstGone: { readonly at: Instant; readonly status: 404 | 410 } | undefined;
  readonly checkedAt: Instant | undefined;
  readonly nextCheck: Instant | undefined;
  /** Why the last look said nothing. */
  readonly answer: string | undefined;
}

/** What is to be noted of a missing item. */
export interface PageFate extends Pick<MissingItem, 'tries' | 'firstGone' | 'checkedAt' | 'nextCheck' | 'answer'> {
  readonly kind: 'noted';
  readonly state: Exclude<MissingItem['state'], 'withdrawn'>;
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

/** What putting a copy in the place of the database came to. */
export interface PutBack {
  /** Path of the copy that was put back. */
  readonly copy: string;
  /** Path of the database that was there before; undefined where there was none. */
  readonly aside: string | undefined;
  /** The database that was there could not be read: what was taken back since the copy was made is not known. */
  readonly isForgetful?: true;
}

/** The store. Throws Halt when the disk will not have it, and ordinary errors for our own bugs. */
export interface Library
  extends FeedLibrary,
    PictureLibrary,
    MissingLibrary,
    HoldLibrary,
    DigestLibrary,
    HubLibrary,
    NewsLibrary,
    DeskLibrary,
    FleetLibrary {
  /** Of these sources, or of all. */
  memories(sources?: readonly SourceKey[]): Promise<ReadonlyMap<SourceKey, SourceMemory>>;
  /** Stored entries by guid, to leave alone what is known. */
  knownEntries(source: SourceKey, guids: readonly string[]): Promise<ReadonlyMap<string, KnownEntry>>;
  /** Asks, lets the plan be made, carries it out and settles the stories of what it touched, in one transaction. */
  record(lookup: Lookup, plan: (known: Known) => RefreshPlan, settle: Settle): Promise<Outcome>;
  /** Decides anew which stories these stored items belong to, or all items of a source. */
  settle(items: readonly number[] | SourceKey, settle: Settle, now: Instant): Promise<void>;
  /** Of some items in doubt (Shelf.doubt) it is decided anew how they stand to others. @returns how many these were */
  tellAgain(most: number, tellAgain: Settle, now: Instant): Promise<number>;
  /** Lets go of what memory holds to recognise texts by, tens of megabytes: to be called when none come for a while. */
  rest(): void;
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
  /** Notes what a person has said, in the log too; the next run acts on it. */
  rule(source: SourceKey, ruling: SourceRuling, now: Instant, who?: string): Promise<void>;
  /** What has been said and not been acted on, oldest first. */
  rulings(): Promise<readonly { readonly id: number; readonly sourceKey: SourceKey; readonly ruling: SourceRuling }[]>;
  /** Notes that a ruling has been carried out. */
  ruled(id: number): Promise<void>;
  /** Takes back what a source brought since an instant, keeping the texts; its stories elect their originals anew. @returns how many items */
  hideSince(source: SourceKey, since: Instant, settle: Settle, now: Instant): Promise<number>;
  /** Shows again what `hideSince` took back. @returns how many items */
  unhide(source: SourceKey, settle: Settle, now: Instant): Promise<number>;
  /** Takes items back, with all that goes along with them, in one transaction that needs no lease. */
  withdraw(orders: readonly WithdrawalOrder[], settle: Settle, now: Instant): Promise<Withdrawn>;
  /** Undoes withdrawals of these items, and of all that went along with them. */
  restoreItems(
    ids: readonly number[],
    said: Pick<LogEntry, 'who' | 'because'>,
    settle: Settle,
    now: Instant,
  ): Promise<Restored>;
  /** The newest entries, oldest first. */
  log(limit: number): Promise<readonly LogEntry[]>;
  /** Writes a memory outside a refresh. */
  remember(memory: SourceMemory): Promise<void>;

  /** Hosts that have asked us to wait, and until when. */
  silences(): Promise<ReadonlyMap<string, Instant>>;
  silence(host: string, until: Instant): Promise<void>;

  /** Items that credit somebody unknown, of the first source after this one: those of all are too many to hold at once. */
  unsettled(after: SourceKey): Promise<{ source: SourceKey; items: readonly StoredItem[] } | undefined>;
  /** Some of the items of which nothing is kept that they are recognised by. */
  unrecognised(limit: number): Promise<ReadonlyMap<SourceKey, readonly StoredItem[]>>;
  itemCounts(): Promise<ReadonlyMap<SourceKey, { readonly items: number; readonly newest: Instant }>>;

  /** Of all sources that have brought anything. */
  figures(): Promise<ReadonlyMap<SourceKey, SourceFigures>>;
  /**
   * @param without sources of which nothing is told, and `before`: only items published and seen by then are counted
   */
  treatment(
    source: SourceKey,
    without: { readonly hidden: readonly SourceKey[]; readonly before: Instant },
  ): Promise<Treatment>;
  /** Stories that a source wrote, alone or with others, and readers may see, newest first. */
  ownStories(source: SourceKey): Promise<readonly number[]>;
  /**
   * Who carries the stories that these sources carry or are said to have written.
   * @param since only those of which an item was first seen at or after this
   */
  carried(sources: readonly SourceKey[], since?: Instant): Promise<readonly CarriedStory[]>;
  /** The same of the stories that these items belong to. */
  carriedWith(items: readonly number[]): Promise<readonly CarriedStory[]>;
  /** Items of which their authors want nothing to be shown, whatever is agreed of the others. */
  unshownItems(): Promise<readonly number[]>;
  /** Has stories published anew, and those that link to them, as if they had changed now. */
  touch(stories: readonly number[], now: Instant): Promise<void>;
  /** The stories that these sources carry and readers may see, newest first. */
  storiesOf(sources: readonly SourceKey[]): Promise<readonly ListedStory[]>;
  /** Items that tell of something that is not over at an instant, the soonest first; a thousand at the most. */
  eventful(at: Instant): Promise<readonly EventfulItem[]>;
  stories(ids: readonly number[]): Promise<readonly StoryRecord[]>;
  /** What the items of these stories said before their sources changed them, oldest first; of each the newest twenty. */
  versions(stories: readonly number[]): Promise<ReadonlyMap<number, readonly Version[]>>;
  /** Corrections of items of these sources since an instant, newest first. */
  corrected(sources: readonly SourceKey[], since: Instant): Promise<readonly StoryChange[]>;
  /** Items of these sources that were taken back since an instant, by their stories, newest first. */
  takenBack(sources: readonly SourceKey[], since: Instant): Promise<readonly StoryChange[]>;
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
  /** Notes what is published of some parts of the site, by their names: of all of them, or of none. */
  published(parts: ReadonlyMap<string, Publication>): Promise<void>;
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
  /**
   * Takes the last words of what was taken back out of the database and its copies, so that no file holds them any more.
   * @returns files that still may, and whether the database is one of them
   */
  wipe(): Promise<{ readonly left: readonly string[] }>;
  /** Gives unused room back to the disk, forgets days and news that nobody asks for any more. */
  tidy(now: Instant): Promise<void>;
  close(): Promise<void>;
}

/** What the store knows of items that their feeds list no more. */
export interface MissingLibrary {
  /** Those of these sources whose pages are to be looked at: of each source in turn, the longest due first. */
  dueMissing(sources: readonly SourceKey[], now: Instant, limit: number): Promise<readonly MissingItem[]>;
  /** All that are missing, those withdrawn since among them; of these sources or items, or all. */
  missing(of?: {
    readonly sources?: readonly SourceKey[];
    readonly items?: readonly number[];
  }): Promise<readonly MissingItem[]>;
  decideMissing(item: number, fate: PageFate): Promise<void>;
  /** The newest items of a source that readers see and that are not missing. */
  stillListed(source: SourceKey, limit: number): Promise<readonly Pick<MissingItem, 'url' | 'isShared'>[]>;
}
