/**
 * The nouns of one refresh, shared by the room that decides (stories) and the room that writes (store):
 * what was read, what is known, and what is wanted written. Plain data, as in model.ts.
 */
import type { Evidence, Instant, Item, News, Outcome, SourceKey, SourceMemory } from './model.ts';
import type { Problem } from './problems.ts';

/**
 * How an item is found again. `cite` keys are addresses it names, `alternate` those where it stands in another language; they
 * match another item's `url` keys. `names` are what a translation keeps: they find, and tie nothing. Nor do `said` and
 * `phrase`: by them a text of few words is known again that was taken back.
 */
export interface ItemKey {
  readonly kind: 'guid' | 'url' | 'text' | 'post' | 'title' | 'cite' | 'alternate' | 'names' | 'said' | 'phrase';
  readonly key: string;
}

/** What an item brings to the question "which story?". */
export interface Signals {
  readonly keys: readonly ItemKey[];
  /** Who it says wrote it; what joins it to others is found by comparing keys. */
  readonly statements: readonly Evidence[];
  /** False while it credits somebody unknown: read again when more names are known. */
  readonly isSettled: boolean;
  readonly problems: readonly Problem[];
}

/** An item of the document that is new or has changed, with what it says of itself. */
export interface ReadItem {
  readonly item: Item;
  readonly signals: Signals;
}

/** What a source served, read as far as needed. */
export interface Reading {
  readonly kind: 'read' | 'unchanged' | 'failed' | 'held';
  /** Entries in the document, known ones included. */
  readonly entries: number;
  /** New or changed items only. */
  readonly items: readonly ReadItem[];
  /** Stored items that have come back under another guid: the new guid, and the id of the item that it is. */
  readonly rekeyed: ReadonlyMap<string, number>;
  readonly deleted: readonly { readonly guid: string; readonly because: string }[];
  /** All guids of a document that is believed in what it does not list; undefined for any other. */
  readonly listed?: readonly string[] | undefined;
  readonly problems: readonly Problem[];
}

// ── known ────────────────────────────────────────────────────────────────────────────────────────

/** What a reader sees of an item, or is told of when its source corrects it. */
export type VisiblePart = Pick<
  Item,
  'title' | 'html' | 'url' | 'authors' | 'enclosures' | 'published' | 'events' | 'wish'
>;

/** A stored item of the source at hand. */
export interface KnownItem {
  readonly id: number;
  readonly storyId: number;
  readonly date: Instant;
  readonly seen: Instant;
  readonly isWithdrawn: boolean;
  /** Who took it back; undefined where nobody did, or it has been let in again. */
  readonly keptOutBy: 'source' | 'maintainer' | undefined;
  /** Nothing is left to do when its source says that it is taken back. */
  readonly isGoneForGood: boolean;
  /** Let in again, without its words: it is to be read as if for the first time. */
  readonly isAwaited: boolean;
  readonly visible: VisiblePart;
}

/** What is asked of the store before a plan is made. */
export interface Lookup {
  readonly sourceKey: SourceKey;
  readonly guids: readonly string[];
  /** Ids of items of the source that are looked up beside its guids. */
  readonly ids: readonly number[];
  /** Guids that a document lists, to see which stored items it lists no more; undefined where that is not asked. */
  readonly listed?: readonly string[] | undefined;
}

/** A source's stored items beside the document at hand. */
export interface Listing {
  /** By date, newest first, about twice as many as the document has entries. */
  readonly items: readonly {
    readonly id: number;
    readonly date: Instant;
    readonly isListed: boolean;
    /** It has a date of its own, and readers see it. */
    readonly mayVanish: boolean;
  }[];
  /** Items that are listed and older than all of those. */
  readonly olderListed: number;
  /** Items that were noted as missing and are listed now. */
  readonly back: readonly number[];
}

/** What a stored item's entry said, as far as an entry of a document is compared with it. */
export interface KnownEntry {
  readonly hash: string;
  readonly url: string | undefined;
}

/** What is known of a source's stored items when their guids no longer tell: enough to recognise them. */
export interface KnownSample {
  readonly id: number;
  readonly guid: string;
  readonly title: string;
  readonly url: string | undefined;
  /** The partner's own date. */
  readonly published: Instant | undefined;
  readonly date: Instant;
  readonly seen: Instant;
  readonly text: string;
  readonly html: string;
  readonly lang: string;
}

/** The words of a stored item. */
export interface KnownText extends Pick<Item, 'guid' | 'html' | 'text' | 'isExcerpt' | 'lang' | 'langs' | 'dir'> {
  readonly id: number;
}

/** The store's answer, read inside the transaction that will write. */
export interface Known {
  /** This source's items, by guid. */
  readonly own: ReadonlyMap<string, KnownItem>;
  /** Those asked for by id. */
  readonly byId: ReadonlyMap<number, KnownItem>;
  /** Dates of the source's newest items, newest first, at most ten. */
  readonly newestDates: readonly Instant[];
  /** Where `listed` was asked. */
  readonly listing?: Listing | undefined;
}

// ── wanted ───────────────────────────────────────────────────────────────────────────────────────

/** Marks of what sections have found in an item that a person is to look at, by section; those that found nothing are left out. */
export type Finds = ReadonlyMap<string, readonly string[]>;

export interface ItemInsert {
  readonly isFirstImport: boolean;
  /** Undefined where no section looks for anything; as in `ItemUpdate`. */
  readonly finds?: Finds | undefined;
  readonly item: Item;
  readonly date: Instant;
  readonly signals: Signals;
}

export interface ItemUpdate {
  readonly id: number;
  readonly finds?: Finds | undefined;
  readonly item: Item;
  /** A reader could notice a difference. */
  readonly looksOther: boolean;
  /** Its source has corrected it: keep the old version, say when. */
  readonly isRevision: boolean;
  readonly signals: Signals;
}

/** Everything one refresh wants written; there is always one, also for "unchanged". */
export interface RefreshPlan {
  readonly memory: SourceMemory;
  /** What it repeats is known otherwise than before: its newest stories are to be shown anew. */
  readonly hasOtherStanding: boolean;
  readonly inserts: readonly ItemInsert[];
  readonly updates: readonly ItemUpdate[];
  /** Items under new guids that are what was taken back: readers never see them, and somebody hears of each once. */
  readonly again: readonly { readonly insert: ItemInsert; readonly as: number; readonly by: 'source' | 'maintainer' }[];
  readonly withdrawals: readonly { readonly id: number; readonly because: string }[];
  /** Items taken back before whose source has other words for them now: the old ones are not to come back. */
  readonly rewritten: readonly number[];
  /** Items that the document lists no more although its dates span over them; and those that it lists again. */
  readonly missing: { readonly gone: readonly number[]; readonly back: readonly number[] };
  /** Items kept out of stories until the maintainer rules; stored so that none is lost. */
  readonly held: readonly ReadItem[];
  /** Items dated ahead whose source wants them to wait for their time; and guids that wait no more, if they did. */
  readonly waiting: { readonly come: readonly ReadItem[]; readonly gone: readonly string[] };
  /** What a person should hear of once. */
  readonly news: readonly News[];
  readonly now: Instant;
  readonly outcome: Outcome;
}
