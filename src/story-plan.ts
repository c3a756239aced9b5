/**
 * The nouns of one decision about stories, shared by the room that decides (stories) and the room that keeps (store): what
 * is kept of a text to recognise it again, how two items stand to each other, and what is wanted written. Plain data.
 */
import type { Attribution, CanonicalUrl, Evidence, Instant, LogEntry, SourceKey } from './model.ts';
import type { ItemKey } from './refresh-plan.ts';
import type { Awaitable } from './text/awaitable.ts';

/** What is kept of an item so that others that carry its words are recognised, also when it has been withdrawn. */
export interface Imprint {
  /** Fingerprints of its passages in the order of the text, each once: signed 32-bit numbers (prints.ts). */
  readonly prints: Int32Array;
  /** Words of its title as titles are compared, without place and source. */
  readonly title: readonly string[];
  /** Days that it names, `month-day`. */
  readonly days: readonly string[];
  /** Recordings that stand in it, `youtube:…`. */
  readonly media: readonly string[];
  /** Numbers and names that a translation keeps. */
  readonly names: readonly string[];
  /** It is a beginning, and says so. */
  readonly isCut: boolean;
}

/** From one instant to another, or one instant twice. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A stored item, as far as decisions about stories need it. */
export interface Standing {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly guid: string;
  readonly storyId: number;
  readonly url: CanonicalUrl | undefined;
  readonly date: Instant;
  /** When Relais first read it. */
  readonly seen: Instant;
  /** The partner's own date: its first and its last instant, where it names only a day, a month or a year. */
  readonly published: Span | undefined;
  readonly isWithdrawn: boolean;
  /**
   * Who took it back; `hidden` where its source was stopped. Undefined of one that stands, that is let in again, or whose words
   * no section keeps.
   */
  readonly takenBackBy: 'source' | 'maintainer' | 'hidden' | undefined;
  /** Let in again without its words, and not read since. */
  readonly isAwaited: boolean;
  /** The item that it went along with. */
  readonly wentWith: number | undefined;
  /** The maintainer has said that it stays. */
  readonly isLetIn: boolean;
  readonly textLength: number;
  readonly lang: string;
  readonly langs: readonly string[];
  /** What it says of itself. */
  readonly statements: readonly Evidence[];
}

/** A stored item with the words it is recognised by. */
export interface Worded extends Standing {
  readonly keys: readonly ItemKey[];
  readonly title: string;
  readonly text: string;
  readonly isExcerpt: boolean;
}

/** Strength of a statement from which it is believed of a text whose words are there (statements.ts). */
export const believable = 2;

/** As much of a stored item as tells whether its words may be another's. */
export interface Marked {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly published: Span | undefined;
  /** Its fingerprints by size, and not in the order of the text. */
  readonly sorted: Int32Array;
  /** Words of its title as titles are compared. */
  readonly title: readonly string[];
}

/** A stored item with all that is compared. */
export interface Compared extends Standing {
  readonly imprint: Imprint;
  readonly keys: readonly ItemKey[];
}

/**
 * How two items stand to each other. The first four make one story of them.
 *
 * - `edition`: one group, two channels
 * - `repost`: the same text
 * - `excerpt`: one is a part of the other
 * - `commented`: one is the other with words of one's own
 * - `includes`: a round-up, and a text in it
 * - `quotes`: a passage of one stands in the other
 * - `reissue`: an appeal used again
 * - `translation`: the same in another language
 * - `apart`: what they have in common was looked at and is not enough
 */
export type RelationKind =
  | 'edition'
  | 'repost'
  | 'excerpt'
  | 'commented'
  | 'includes'
  | 'quotes'
  | 'reissue'
  | 'translation'
  | 'apart';

/** Those of the others that readers are shown beside a story. */
export const linkingKinds: ReadonlySet<RelationKind> = new Set(['includes', 'reissue', 'translation']);

export const joiningKinds: ReadonlySet<RelationKind> = new Set(['edition', 'repost', 'excerpt', 'commented']);

/** One reason for a relation, or against it. */
export interface Reason {
  readonly code: ReasonCode;
  /** An address, a count or a name, where the reason has one. */
  readonly detail?: string | undefined;
}

export type ReasonCode =
  // for
  | 'same-guid'
  | 'same-url'
  | 'same-text'
  | 'same-post'
  | 'same-passages' // detail: how many of how many
  | 'same-title'
  | 'lead' // it is how the longer one begins
  | 'cut' // it says that it is only a beginning
  | 'names-page' // one names the other's page
  | 'names-group' // one credits the other's group
  | 'same-names' // numbers and names that a translation keeps; detail: some of them
  | 'alternate' // one names the other's page as its own in another language
  // against
  | 'one-source' // two posts of one source are two posts
  | 'other-days' // each names days, and none is the same
  | 'other-media'
  | 'far-apart' // more than sixty days
  | 'series' // titles that differ in a number only
  | 'small-part'
  | 'other-words'; // an address alone, and no word in common

export interface Relation {
  /** Ids of the two, the smaller first. */
  readonly a: number;
  readonly b: number;
  readonly kind: RelationKind;
  /** 0 to 100: which ties hold where not all can. */
  readonly strength: number;
  /** How much of each is in the other, 0 to 1, boilerplate left out. */
  readonly coverA: number;
  readonly coverB: number;
  /** Where in each the common passages lie, from and to, 0 to 1. */
  readonly placeA: readonly [number, number];
  readonly placeB: readonly [number, number];
  /** Whichever says so of itself, where it rests on what one of them says. */
  readonly claimer: number | undefined;
  /** Said outright by one of them, or by both carrying one address. */
  readonly isExplicit: boolean;
  readonly reasons: readonly Reason[];
}

/** One name for two items, whichever is named first. */
export function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** What the maintainer has said of items, by canonical address or guid. Absolute. */
export type StoryRuling =
  | { readonly kind: 'same' | 'different'; readonly a: string; readonly b: string }
  | { readonly kind: 'original'; readonly item: string; readonly group: string }
  | { readonly kind: 'alias'; readonly group: string; readonly name: string };

/** The addresses and guids that a ruling is about. */
export function namesIn(ruling: StoryRuling): readonly string[] {
  if (ruling.kind === 'alias') return [];
  return ruling.kind === 'original' ? [ruling.item] : [ruling.a, ruling.b];
}

/** Evidence that speaks against a ruling, which stands all the same. */
export interface Against {
  /** What kind it is, and of which item: told once. */
  readonly key: string;
  /** Half a sentence. */
  readonly words: string;
  /** When it was met; undefined of what was there when the ruling was first applied. */
  readonly at: Instant | undefined;
}

/** A ruling as it is kept. */
export interface KeptRuling {
  /** The number it is called by; never used again. */
  readonly id: number;
  readonly ruling: StoryRuling;
  readonly at: Instant;
  /** The maintainer's own words; '' for none. */
  readonly because: string;
  /** Who had each of its names, in turn, when the maintainer spoke; whatever they are called now. */
  readonly holders: readonly (readonly NamedItem[])[];
  /** Undefined until the items it is about have been met together. */
  readonly against: readonly Against[] | undefined;
}

/** An item that an address or a guid means. */
export interface NamedItem {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly storyId: number;
  /** First met by us. */
  readonly seen: Instant;
}

/** A story that readers are led to from another. */
export interface StoryLink {
  readonly story: number;
  readonly kind: Extract<RelationKind, 'includes' | 'reissue'>;
  /** Of a round-up and a text in it: the other one is in this. */
  readonly holds: boolean;
}

/** What is to become of the rulings on stories. */
export interface RulingChange {
  readonly add: readonly Pick<KeptRuling, 'ruling' | 'at' | 'because'>[];
  /** Numbers of those that are taken back. */
  readonly remove: readonly number[];
  /** Addresses and guids of the items that are to be settled. */
  readonly touched: readonly string[];
  /** Groups that have one name less: their credits are read again. */
  readonly renamed: readonly SourceKey[];
  readonly log?: readonly LogEntry[];
}

/** Decides on rulings by those that stand. */
export interface RulingPlan<T extends RulingChange> {
  /** Addresses and guids that are asked about. */
  readonly names: readonly string[];
  /** @param named the items that these names mean, and those of the rulings that stand */
  decide(kept: readonly KeptRuling[], named: ReadonlyMap<string, readonly NamedItem[]>): T;
}

export interface RulingOutcome<T extends RulingChange> {
  readonly change: T;
  /** Numbers of the rulings that were added, in their order. */
  readonly ids: readonly number[];
}

/** An item as rulings and relations show it. */
export interface Post {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly storyId: number;
  /** Public name of its story. */
  readonly storyUid: string;
  readonly guid: string;
  readonly url: string | undefined;
  readonly title: string;
  readonly date: Instant;
}

/** What the evidence says against a ruling whose items have all been looked at. */
export interface Examined {
  readonly ruling: number;
  readonly found: readonly (Pick<Against, 'key' | 'words'> & {
    /** Who says so. */
    readonly sourceKey: SourceKey;
    readonly source: string;
    /** The whole of it for a letter, with what to do. */
    readonly told: string;
  })[];
}

/** A story as it should be. */
export interface StoryDecision {
  /** The stored story that it goes on as; undefined for a new one. */
  readonly storyId: number | undefined;
  /** What the public name of a new one is made from. */
  readonly seed: string;
  /** Stored stories that all of it came from, whose names lead here from now on. */
  readonly absorbed: readonly number[];
  readonly attribution: Attribution;
  readonly date: Instant;
}

/** An item that is to go because another was taken back. */
export interface Going {
  readonly itemId: number;
  readonly sourceKey: SourceKey;
  /** What a person calls the source. */
  readonly source: string;
  /** The item that it goes along with. */
  readonly wentWith: number;
  readonly by: 'source' | 'maintainer';
  /** `again` where its own group took the text back before: it never comes to be seen. */
  readonly how: 'again' | 'edition' | 'repost';
}

/** Everything that one decision wants written about stories. */
export interface StoriesPlan {
  readonly stories: readonly StoryDecision[];
  readonly examined: readonly Examined[];
  readonly going: readonly Going[];
}

/** Where a fingerprint was met. */
export interface Posting {
  readonly print: number;
  readonly item: number;
}

/** Where a fingerprint counts for nothing: in the texts of these sources, or in all. */
export interface StopScope {
  readonly isEverywhere: boolean;
  readonly sources: ReadonlySet<SourceKey>;
}

/** Which fingerprints count for nothing somewhere: to be asked before anything else is written. */
export interface Stopped {
  /** Undefined of one that counts everywhere, and of one that was not asked for. */
  get(print: number): StopScope | undefined;
}

/** From now on a fingerprint counts for nothing in the texts of this source; everywhere, where none is named. */
export interface Stop {
  readonly print: number;
  readonly source: SourceKey | undefined;
}

/** The store as decisions about stories use it, inside the transaction that will write. */
export interface Shelf {
  /** Items by id, withdrawn ones included; unknown ids are left out. */
  standing(ids: readonly number[]): Awaitable<readonly Standing[]>;
  worded(ids: readonly number[]): Awaitable<readonly Worded[]>;
  compared(ids: readonly number[]): Awaitable<readonly Compared[]>;
  /** Who else holds one of these keys. */
  holders(
    keys: readonly ItemKey[],
  ): Awaitable<readonly (ItemKey & { readonly itemId: number; readonly sourceKey: SourceKey })[]>;
  /** Those that were taken back, by whomever, and hold one of these keys. */
  takenBack(keys: readonly ItemKey[]): Awaitable<readonly number[]>;
  /** Keeps what an item is recognised by; one that has lost its words keeps what it was recognised by. */
  imprint(item: Pick<Standing, 'id' | 'published' | 'sourceKey'>, imprint: Imprint): Awaitable<void>;
  /**
   * Where the fingerprints of an item were met beside it, in items dated at most sixty days before or after and in those
   * without a day.
   * @param uncounted of those that count for nothing somewhere, which are not looked for
   */
  postings(
    item: Pick<Compared, 'id' | 'published' | 'imprint'>,
    uncounted: (stopped: Stopped) => ReadonlySet<number>,
  ): Awaitable<readonly Posting[]>;
  /** What is kept of items, by id. */
  marked(ids: readonly number[]): Awaitable<ReadonlyMap<number, Marked>>;
  /** Sources that items say, believably, wrote them; of those items that say so. */
  crediting(ids: readonly number[]): Awaitable<ReadonlyMap<number, readonly SourceKey[]>>;
  nameKeys(id: number, keys: readonly ItemKey[]): Awaitable<void>;
  /** Those of these fingerprints that count for nothing somewhere. */
  stopped(prints: Iterable<number>): Awaitable<Stopped>;
  stop(stops: readonly Stop[]): Awaitable<void>;
  /** What is known of the pairs that have one of these items in them. */
  relations(ids: readonly number[]): Awaitable<readonly Relation[]>;
  relate(relations: readonly Relation[]): Awaitable<void>;
  forget(pairs: readonly Pick<Relation, 'a' | 'b'>[]): Awaitable<void>;
  /** Ids of the items of which a link that readers are shown has come, gone or changed. */
  relinked(): readonly number[];
  /** Notes items some of whose passages count for nothing any more: how they stand to others is to be decided anew. */
  doubt(items: readonly number[]): Awaitable<void>;
  /** Ids of the items of which a pair stands otherwise than before, and is one story now or was one. */
  joinedOrParted(): readonly number[];
  /** Ids of all items in these stories. */
  members(storyIds: readonly number[]): Awaitable<readonly number[]>;
  names(storyIds: readonly number[]): Awaitable<ReadonlyMap<number, StoryName>>;
  rulings(): Promise<readonly KeptRuling[]>;
  /** The items that these addresses or guids mean. */
  named(names: readonly string[]): Promise<ReadonlyMap<string, readonly NamedItem[]>>;
}

/** Which stories stored items belong to; inside the transaction that will write it. */
export type Settle = (touched: readonly number[], shelf: Shelf) => Promise<StoriesPlan>;

export interface StoryName {
  /** Its public name. */
  readonly uid: string;
  readonly created: Instant;
}

/** What the public name of a story is made from: one of its items, by what stays the same when it is read anew. */
export function seedOf({
  url,
  sourceKey,
  guid,
}: {
  readonly url: string | null | undefined;
  readonly sourceKey: SourceKey;
  readonly guid: string;
}): string {
  return [url ?? '', sourceKey, guid].join('\n');
}
