/**
 * The nouns of Relais as plain, readonly data. Every room speaks in these; none of them does anything.
 * What each word means, and which words are forbidden, is in ARCHITECTURE.md.
 */
import type { Problem } from './problems.ts';

declare const brand: unique symbol;
type Brand<T, Name> = T & { readonly [brand]: Name };

/** HTML that has passed the allow-list. Made in normalise/clean-html.ts, combined in text/safe-html.ts, nowhere else. */
export type SafeHtml = Brand<string, 'SafeHtml'>;
/** An absolute http(s) address in canonical form (RFC 6596 sense; rules in text/url.ts). */
export type CanonicalUrl = Brand<string, 'CanonicalUrl'>;
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** BCP 47 language tag, lower-cased primary subtag; `und` when unknown. */
export type Language = string;
export type Direction = 'ltr' | 'rtl';
/** Stable name of a source in the database: its configured address without scheme, `www.` and trailing slash. */
export type SourceKey = string;

// ── configuration ────────────────────────────────────────────────────────────────────────────────

/** How much of an item may be republished: the partner's choice. Of `none` nothing is, not even that it is there. */
export type Show = 'full' | 'excerpt' | 'link' | 'none';

/** What becomes of the pictures in its texts: shown from our own site, linked, or left out. */
export type Images = 'copy' | 'link' | 'none';

/** What a partner asks of us by itself, without the maintainer: it counts where it is stricter than the settings. */
export interface Wish {
  readonly republish?: Show | undefined;
  readonly images?: Images | undefined;
}

/** What a source's partner has said on its own site, and when. */
export interface Wishes {
  /** In its feed, when that was last read; undefined where it says nothing. */
  readonly feed?: Wish | undefined;
  /** In `/.well-known/relais.json` of its hosts, by host. A file that says nothing of this source is left out. */
  readonly sites: readonly { readonly host: string; readonly wish: Wish; readonly readAt: Instant }[];
}

/**
 * What a source is among the others: a group writes, an aggregator passes on what groups write, and on a newswire groups
 * publish side by side, so that naming it does not say who wrote a text.
 */
export type SourceRole = 'group' | 'aggregator' | 'newswire';

/** Who of a group has agreed to how its texts are shown, and when: calendar days, `2026-11-20`. */
export interface Agreement {
  readonly by: string;
  readonly on: string;
  /** From this day on, in the site's time zone, it holds no more; undefined where no end was agreed. */
  readonly until: string | undefined;
}

/** CSS selectors for a site without a feed. All but `item` and `next` are looked up inside one item. */
export interface PageSelectors {
  /** Left out where the page marks its texts by microformats; then only `next` is said. */
  readonly item?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly date?: string | undefined;
  readonly content?: string | undefined;
  /** The link to the page on which the list goes on. */
  readonly next?: string | undefined;
}

export type FilterPart = 'title' | 'text' | 'author' | 'tag' | 'link' | 'lang';
/** Words (matched anywhere, whatever their case and accents) or regular expressions, by the part of the item they look at. */
export type Filter = { readonly [part in FilterPart]?: readonly (string | Pattern)[] | undefined };

/** Which items of a source a section takes: those that every `only` lets through and no `skip` hits. */
export interface SectionFilter {
  /** The section's id. */
  readonly section: string;
  readonly only: readonly Filter[];
  readonly skip: readonly Filter[];
}

/** A maintainer's regular expression, in an engine whose time grows with the text and no faster: partners write the texts. */
export interface Pattern {
  /** As it stands in sources.yaml, with its slashes. */
  readonly written: string;
  readonly test: (text: string) => boolean;
  /** Where it matches, in order, a hundred at the most; matches of nothing are left out. */
  readonly spans: (text: string) => readonly TextSpan[];
}

/** A part of a text, from its first character to the one behind its last. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

/** What can be found in a text without saying which words. */
export type FindKind = 'phone-numbers' | 'email-addresses' | 'bank-accounts';

/** What a section shows only after a person has looked. */
export interface SafetyHold {
  readonly kinds: readonly FindKind[];
  /** Found anywhere and in any case. */
  readonly words: readonly string[];
  readonly patterns: readonly Pattern[];
  /** Pictures of sources that say that theirs show faces. */
  readonly faces: boolean;
  /** What holds nothing up. */
  readonly allow: readonly (string | Pattern)[];
  /** For so long after it was first seen nothing of an item appears in the section. */
  readonly delayMs: number;
}

/** A value of the environment that must never be shown. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

export interface Source {
  readonly key: SourceKey;
  /** The address in sources.yaml: a feed, or a page that advertises one. */
  readonly url: string;
  /** Values from the environment that are part of its address, longest first: the source knows them, and nobody else may. */
  readonly secrets: readonly Secret[];
  /** The name in sources.yaml; without it the feed's own title is used. */
  readonly name: string | undefined;
  /** The group that owns the source. Sources with the same partner are never reposts of each other. */
  readonly partner: string | undefined;
  readonly aliases: readonly string[];
  /** Further hosts that belong to the source (an old domain, a mirror). */
  readonly hosts: readonly string[];
  readonly role: SourceRole;
  /** Anybody may post there: two of its items with one text are one story. */
  readonly openPublishing: boolean;
  readonly lang: Language | undefined;
  /** Ids of the sections that this source feeds, at least one. */
  readonly sections: readonly string[];
  /** How often to ask, at the least; undefined when the maintainer has not said: then the source's own rhythm counts. */
  readonly everyMs: number | undefined;
  /** Items of a first import that feeds may carry. */
  readonly firstImport: number;
  /** Proxy for this source alone, as in `NetworkLimits`; undefined for the one of all. */
  readonly proxy: string | undefined;
  /** PEM file with a certificate authority that is believed for this source, beside the system's. */
  readonly authorityFile: string | undefined;
  readonly show: Show;
  /** Words in the longest excerpt of a text. */
  readonly excerptWords: number;
  /** For so long after it was published, or first seen, nothing of an item appears. */
  readonly embargoMs: number;
  /** To these terms; undefined where nobody has noted any. */
  readonly agreed: Agreement | undefined;
  /** What becomes of paragraphs that it prints under one text after another: `once` is on the page of the story. */
  readonly footers: 'once' | 'none';
  /** What becomes of an item dated ahead: `show` is at once, under the moment it was first seen. */
  readonly future: 'show' | 'wait';
  readonly images: Images;
  /** What the maintainer allows, where its partner asks for less: then that is what `show` and `images` say. */
  readonly unasked?: { readonly show: Show; readonly images: Images } | undefined;
  /** What becomes of others’ reposts of a text that it takes back: `follow` is that they go too. */
  readonly withdrawn: 'follow' | 'keep';
  readonly licence: string | undefined;
  readonly credit: string | undefined;
  /** Older items stay in the archive but leave the section's feeds. */
  readonly maxAgeMs: number | undefined;
  /** One for each section that does not take everything. */
  readonly filters: readonly SectionFilter[];
  readonly tags: readonly string[];
  /** What it always prints, and no section holds up: its hotline, its bank account. */
  readonly allow?: readonly (string | Pattern)[] | undefined;
  /** Its pictures show faces: sections that hold these show none of its items with pictures before a person has looked. */
  readonly picturesShowFaces?: boolean | undefined;
  /** Why the source is not asked at present; undefined when it is. */
  readonly paused: string | undefined;
  readonly page: PageSelectors | undefined;
}

/** When a digest closes, by the clocks of the site's time zone. */
export interface DigestSchedule {
  readonly when: 'daily' | 'weekly' | 'monthly';
  /** 1 (Monday) to 7, of a weekly one. */
  readonly weekday: number;
  /** 1 to 28, of a monthly one. */
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Whom a digest is mailed to. */
export interface DigestReceiver {
  readonly address: string;
  /** A mailing list: how its members leave it is its own business. */
  readonly isList: boolean;
  /** The mail says that a program has written it. */
  readonly isAutoSubmitted: boolean;
}

export interface DigestSettings extends DigestSchedule {
  /** Tags that lift a story above others that as many groups carried. */
  readonly first: readonly string[];
  /** Stories told of; the others are counted. */
  readonly max: number;
  /** Sender of its mail. */
  readonly from: string | undefined;
  readonly to: readonly DigestReceiver[];
}

export interface Section {
  /** Short name in addresses: a-z 0-9 and hyphen. */
  readonly id: string;
  readonly title: string;
  readonly about: string | undefined;
  readonly lang: Language;
  readonly digest: DigestSettings | undefined;
  /** Stories older than this leave the archive too, and their texts the database; undefined keeps them for good. */
  readonly keepMs: number | undefined;
  readonly hold?: SafetyHold | undefined;
}

/** A message file of the maintainer's own, as it was found beside sources.yaml. */
export interface MessageFile {
  /** `el.yaml`: it says in which language it is. */
  readonly name: string;
  /** Where it is, as the maintainer has named the folder. */
  readonly path: string;
  /** '' where it could not be read. */
  readonly text: string;
  /** Why it could not be. */
  readonly mistake?: string;
}

/** A file that the maintainer has laid into the folder look/ beside sources.yaml, as it was found. */
export interface LookFile {
  readonly name: string;
  /** Where it is, as the maintainer has named the folder. */
  readonly path: string;
  /** '' of a picture, and where it could not be read. */
  readonly text: string;
  /** A picture's, in base64: settings are plain data. */
  readonly bytes?: string;
  /** Why it is not used. */
  readonly mistake?: string;
}

export interface Site {
  readonly title: string;
  /** Where the files are published, with a trailing slash; undefined when the maintainer has not said. */
  readonly url: string | undefined;
  readonly lang: Language;
  /** IANA name, for dates shown and digest times. */
  readonly timezone: string;
  /** Mail address or URL that goes into the User-Agent, so that partners can reach the maintainer. */
  readonly contact: string | undefined;
  /** What links, lines and buttons are drawn with, `#rrggbb`; undefined for ours. */
  readonly colour?: string | undefined;
  /** What the maintainer has translated, or wants said otherwise, in the order of the files' names. */
  readonly messages?: readonly MessageFile[] | undefined;
  /** How the maintainer has dressed it, those with a place of their own first, else in the order of the files' names. */
  readonly look?: readonly LookFile[] | undefined;
  /** The hub that passes on that our feeds have changed (WebSub); only of a site with an address. */
  readonly hub?: string | undefined;
}

/** Object storage that holds the site in place of the folder. */
export interface BucketSettings {
  readonly name: string;
  /** Before the path of each file: '' or folders, each with a slash after it. */
  readonly prefix: string;
  /** Undefined for Amazon's own. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Only from the environment. */
  readonly keys: { readonly id: string; readonly secret: string; readonly session: string | undefined };
}

export interface NetworkLimits {
  /** Addresses, address:port or CIDR ranges that may be asked although they are private. */
  readonly allow: readonly string[];
  /** Ports from 1024 up that may be asked beside the usual ones. */
  readonly ports: readonly number[];
  /** `http://host:port` (HTTP CONNECT) or `socks5://host:port`, names resolved by it; undefined asks directly. */
  readonly proxy: string | undefined;
  /** Gap between two requests to one host. */
  readonly spacingMs: number;
  /** Hosts asked at the same time. */
  readonly parallel: number;
  /** Everything from connecting to the last byte. */
  readonly totalMs: number;
  readonly wireBytes: number;
  readonly unpackedBytes: number;
  /** Entries taken of one document, the newest; undefined for as many as is usual. */
  readonly maxItems?: number | undefined;
  /** Where partners' hubs reach `relais start`, with a trailing slash; undefined where nobody is to subscribe to them. */
  readonly pushUrl?: string | undefined;
}

/** Where news about the relay itself goes: to the maintainer, not to readers. */
export interface Reporting {
  /** Called after each good run (a dead man's switch), with `/fail` added after a bad one; undefined calls nobody. */
  readonly ping: string | undefined;
  readonly mail: MailReport | undefined;
}

/** A mail to the maintainer when something has changed. */
export interface MailReport {
  readonly to: readonly string[];
  readonly from: string;
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtp: string;
}

/** The maintainer's page at /desk of `relais start`; it is on where there is either. */
export interface DeskSettings {
  /** Hash of its password, as text/password-hash.ts has it. */
  readonly password: string | undefined;
  /** Name of a Unix socket in the data folder, by which it is reached without a password. */
  readonly socket: string | undefined;
}

export interface Config {
  /** Path of the file as the maintainer gave it, for messages. */
  readonly file: string;
  readonly site: Site;
  readonly sections: readonly Section[];
  readonly sources: readonly Source[];
  readonly network: NetworkLimits;
  /** node-cron expression: how often `relais start` looks for sources that are due. */
  readonly refreshCron: string;
  readonly reporting: Reporting;
  /** The mail server that digests go out by, `smtp://user:password@host:port`; undefined where none is named or needed. */
  readonly smtp: string | undefined;
  /** Undefined where the site is the folder `site` on this machine's disk. */
  readonly bucket?: BucketSettings | undefined;
  /** Undefined where there is no web desk. */
  readonly desk?: DeskSettings | undefined;
  /** Where everything is kept, `postgres://…`; undefined for a file in the data folder. */
  readonly database?: string | undefined;
  /** Values that came from the environment, longest first: never printed, logged, stored in a problem or published. */
  readonly secrets: readonly Secret[];
  /** Changes whenever a setting changes; publications made under another one are made again. */
  readonly hash: string;
}

// ── fetching ─────────────────────────────────────────────────────────────────────────────────────

/** `ETag` and `Last-Modified` byte for byte as the server sent them. */
export interface Validators {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

export interface FetchRequest {
  readonly url: string;
  readonly validators: Validators;
  /** Where they came from: they are sent to no other address on the way. Undefined where that is `url`. */
  readonly bodyUrl?: string | undefined;
  /** Hash of the last body that was read, to notice a 200 that brings nothing new. */
  readonly bodyHash: string | undefined;
  /** In place of the proxy of all. */
  readonly proxy?: string | undefined;
  readonly authorityFile?: string | undefined;
  /** A page that a feed is read from counts as a feed; a `page` is only looked at, to see whether it is there. Undefined for a feed. */
  readonly what?: 'feed' | 'picture' | 'page' | 'wish' | 'hub' | undefined;
}

/** A form that is handed to a server. */
export interface PostRequest extends Pick<FetchRequest, 'proxy' | 'authorityFile'> {
  readonly url: string;
  /** `application/x-www-form-urlencoded` */
  readonly form: string;
}

/** Any 2xx is `taken`; what else the server answers is not read. */
export type Posted = { readonly kind: 'taken' } | Extract<Fetched, { kind: 'failed' }>;

/** Where a document says that whoever wants to hear of changes can ask for that (WebSub §4). */
export interface HubLinks {
  /** Addresses of hubs, in its order. */
  readonly hubs: readonly string[];
  /** The address by which the hubs know the document, as it says. */
  readonly self: string | undefined;
}

/** One redirect on the way to an answer. */
export interface Hop {
  readonly status: number;
  /** Absolute address it led to. */
  readonly to: string;
}

/** What can be told of the server that answered; a site that changes hands often changes all of it. */
export interface ServerMarks {
  /** IP address asked; undefined behind a proxy. */
  readonly address: string | undefined;
  /** Organisation or common name of the certificate's issuer. */
  readonly tlsIssuer: string | undefined;
  /** The `Server` header. */
  readonly software: string | undefined;
  /** Registrable domain that the answer came from, after redirects; unset until a feed has been read from there. */
  readonly domain?: string | undefined;
}

/** What the server asks of our timing; each undefined when it said nothing. */
export interface ServerHints {
  readonly maxAgeMs: number | undefined;
  readonly retryAfterMs: number | undefined;
}

export type Fetched =
  | {
      readonly kind: 'fresh';
      /** Address the body came from, after redirects. */
      readonly url: string;
      readonly body: Uint8Array;
      readonly bodyHash: string;
      readonly contentType: string | undefined;
      readonly validators: Validators;
      readonly hints: ServerHints;
      /** Redirects followed, in order. */
      readonly trail: readonly Hop[];
      readonly marks: ServerMarks;
      /** When its server's certificate ends; undefined without encryption. */
      readonly certificateUntil?: Instant | undefined;
      /** What its `Link` headers say of hubs; undefined where they name none. */
      readonly hubLinks?: HubLinks | undefined;
      /** Feeds that its `Link` headers name; undefined for none. */
      readonly feedLinks?: readonly AdvertisedFeed[] | undefined;
    }
  | {
      readonly kind: 'unchanged';
      readonly how: '304' | 'same-body';
      /** Address that said so, after redirects. */
      readonly url: string;
      readonly validators: Validators;
      readonly hints: ServerHints;
      readonly trail: readonly Hop[];
      readonly certificateUntil?: Instant | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly problem: Problem;
      readonly hints: ServerHints;
      /** Redirects that led to the answer that is one. */
      readonly trail?: readonly Hop[];
      /** Its host or a neighbour of it had asked us to wait, so nobody was asked. */
      readonly isUnasked?: true;
    };

/** Which hubs tell of changes of a feed, and the address by which they know it: its topic. */
export interface HubOffer {
  readonly hubs: readonly string[];
  readonly topic: string;
}

// ── what a partner wrote ─────────────────────────────────────────────────────────────────────────

export interface Link {
  /** Absolute, as resolved by the reader; not yet canonical, any scheme. */
  readonly href: string;
  /** Atom link relation, `alternate` where the format has none. */
  readonly rel: string;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly hreflang?: string | undefined;
}

export interface Person {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly url?: string | undefined;
}

export interface Enclosure {
  readonly url: string;
  readonly type?: string | undefined;
  readonly bytes?: number | undefined;
  readonly title?: string | undefined;
  /** In pixels, as Media RSS says them. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A picture that stands for an entry or a feed, not one of its files. */
export interface Picture {
  readonly url: string;
  /** In pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** What a text is filed under, as the partner wrote it. */
export interface Category {
  /** The word machines use; the only one in most formats. */
  readonly term: string;
  /** The word readers see (Atom `label`), where it is another. */
  readonly label?: string | undefined;
  /** Whose list the term is of: Atom `scheme`, RSS `domain`. */
  readonly scheme?: string | undefined;
}

/** Degrees, WGS 84. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Markup as the partner wrote it. Never shown; normalise makes SafeHtml of it. */
export interface RawHtml {
  readonly html: string;
  /** Address that relative links inside resolve against. */
  readonly base: string | undefined;
  readonly lang: Language | undefined;
}

/** Where an entry says it was copied from: RSS `<source>`, Atom `<source>`, FeedWordPress's child elements. */
export interface SourceElement {
  readonly title?: string | undefined;
  /** Address of the feed it came from. */
  readonly feedUrl?: string | undefined;
  /** Address of the site it came from. */
  readonly home?: string | undefined;
}

/** Something with a date that an entry tells of in a way that machines read, as the partner wrote it. */
export interface EntryEvent {
  readonly startText: string;
  readonly endText: string | undefined;
  /** How long it takes (ISO 8601), where no end is said. */
  readonly durationText: string | undefined;
  /** Where its clocks are (IANA name), for times that say nothing of it. */
  readonly zone: string | undefined;
  /** A day that ends it is the first that is not part of it, as in iCalendar. */
  readonly isEndExclusive: boolean;
  readonly title: string | undefined;
  readonly place: string | undefined;
  readonly url: string | undefined;
  readonly isCancelled: boolean;
}

/** One element of a feed as the partner wrote it. */
export interface Entry {
  readonly guid: string | undefined;
  /** RSS `isPermaLink`, or an id that is an http(s) address. */
  readonly guidIsUrl: boolean;
  /** HTML, also when the feed said text (then escaped by the reader). */
  readonly title: RawHtml | undefined;
  readonly links: readonly Link[];
  readonly summary: RawHtml | undefined;
  readonly content: RawHtml | undefined;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly publishedText: string | undefined;
  readonly updatedText: string | undefined;
  readonly categories: readonly Category[];
  readonly enclosures: readonly Enclosure[];
  /** Pictures that stand for it: `media:thumbnail`, `itunes:image`, JSON `image`. */
  readonly pictures: readonly Picture[];
  /** Where what it tells of is: GeoRSS, W3C Basic Geo. */
  readonly place: Place | undefined;
  /** What its elements say takes place; its text may say more. */
  readonly events: readonly EntryEvent[];
  readonly source: SourceElement | undefined;
  /** FeedBurner's origLink: the item's real address. */
  readonly origLink: string | undefined;
  readonly rights: string | undefined;
  readonly lang: Language | undefined;
  readonly wish?: Wish | undefined;
}

/** RFC 6721 `at:deleted-entry`. */
export interface DeletedEntry {
  readonly guid: string;
  readonly whenText: string | undefined;
  readonly because: string | undefined;
}

/** What the feed document itself asks of our timing. */
export interface FeedHints {
  readonly ttlMs: number | undefined;
  readonly updatePeriodMs: number | undefined;
  /** Hours of the day (0–23, GMT) in which we are asked to stay away. */
  readonly skipHours: readonly number[];
  /** Days of the week (0 Sunday – 6 Saturday, GMT) on which we are asked to stay away. */
  readonly skipDays: readonly number[];
}

/** A parsed document. Entries stand in document order. */
export interface Feed {
  /** `page` also where microformats make a page a feed. */
  readonly format: 'rss' | 'rdf' | 'atom' | 'json' | 'page';
  /** Atom `id`, RSS 1.0 `rdf:about`, as written. */
  readonly id: string | undefined;
  readonly title: string | undefined;
  /** What the feed says it is about, in one line of plain text. */
  readonly subtitle: string | undefined;
  /** Address of the site the feed belongs to. */
  readonly home: string | undefined;
  /** Every link of the feed itself: `self`, `hub`, `next`, `prev-archive` (RFC 5005), `alternate`, … */
  readonly links: readonly Link[];
  /** A large picture that stands for the feed (RSS `image`, Atom `logo`), and a small one (Atom `icon`, JSON `favicon`). */
  readonly image: string | undefined;
  readonly icon: string | undefined;
  readonly lang: Language | undefined;
  readonly rights: string | undefined;
  /** The software that wrote it, as it says: RSS and Atom `generator`. */
  readonly generator: string | undefined;
  readonly authors: readonly Person[];
  readonly hints: FeedHints;
  readonly entries: readonly Entry[];
  readonly deleted: readonly DeletedEntry[];
  /** How much of it may be republished, as it says in our own vocabulary. */
  readonly wish?: Wish | undefined;
  /** It says that it lists everything there is (RFC 5005 `fh:complete`): nothing is to be looked for elsewhere. */
  readonly isComplete?: boolean;
  /** It stops in the middle: what it lists is true, and what it does not list says nothing. */
  readonly isCut?: boolean | undefined;
}

/** A feed that a web page advertises by a `<link rel="alternate">`. */
export interface AdvertisedFeed {
  readonly url: string;
  readonly title: string | undefined;
}

export type Parsed =
  | { readonly kind: 'feed'; readonly feed: Feed; readonly problems: readonly Problem[] }
  | { readonly kind: 'page'; readonly title: string | undefined; readonly feeds: readonly AdvertisedFeed[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

// ── items ────────────────────────────────────────────────────────────────────────────────────────

/**
 * When something takes place, as far as it is said: a whole day (`2026-11-28`), what the clocks on the wall show there
 * (`2026-11-28T10:00`, in the site's time zone), or an instant.
 */
export type EventTime =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'wall'; readonly wall: string }
  | { readonly kind: 'instant'; readonly at: Instant };

/** Something with a date that an item tells of in a way that machines read. */
export interface ItemEvent {
  readonly start: EventTime;
  /** Later than the start, and of its kind; a day is the last. */
  readonly end: EventTime | undefined;
  /** Plain text, where it is another than the item's title. */
  readonly title: string | undefined;
  readonly place: string | undefined;
  readonly url: CanonicalUrl | undefined;
  readonly isCancelled: boolean;
}

/** An entry normalised: safe to store, compare and show. */
export interface Item {
  /** Identity inside its source: the wire guid, or what normalise/identity.ts made of an entry without one. */
  readonly guid: string;
  /** Hash of the entry as written; a different one under the same guid is an edit. */
  readonly hash: string;
  /** Where a person reads it. */
  readonly url: CanonicalUrl | undefined;
  /** Every address that is this very item: link, permalink guid, origLink. The first is `url` when there is one. */
  readonly urls: readonly CanonicalUrl[];
  /**
   * Addresses this item names as where it came from (`rel=via`, `rel=canonical`, `dc:source`), with the relation; `alternate` is
   * where it stands in another language (`hreflang`).
   */
  readonly cites: readonly {
    readonly rel: 'via' | 'canonical' | 'source' | 'related' | 'external' | 'alternate';
    readonly url: CanonicalUrl;
  }[];
  readonly source: SourceElement | undefined;
  /** Plain text, one line, at most 500 characters; '' when the partner gave none. */
  readonly title: string;
  /** The fullest text there is. Images keep their partner's address here; publish decides what becomes of them. */
  readonly html: SafeHtml;
  /** Plain text of `html`, paragraphs separated by a newline. */
  readonly text: string;
  /** The feed gave only a beginning of the text. */
  readonly isExcerpt: boolean;
  readonly authors: readonly string[];
  readonly lang: Language;
  /** All languages that much of the text is in; `lang` is the first. */
  readonly langs: readonly Language[];
  readonly dir: Direction;
  /** The partner's date; undefined when missing or impossible, then first sight counts. */
  readonly published: Instant | undefined;
  readonly publishedText: string | undefined;
  readonly updated: Instant | undefined;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  /** In the order of the entry, ten at the most. */
  readonly events: readonly ItemEvent[];
  readonly rights: string | undefined;
  /** What its authors ask of this item alone. */
  readonly wish?: Wish | undefined;
}

/** An item as the store keeps it. */
export interface StoredItem extends Item {
  readonly id: number;
  readonly sourceKey: SourceKey;
  readonly storyId: number;
  /** First met by us. */
  readonly seen: Instant;
  /** It came with the first items of its source, or was held and let in: a back catalogue, not announced in full. */
  readonly isFirstImport: boolean;
  /** Partner's date, or first sight where that is missing or lies in the future of first sight. */
  readonly date: Instant;
  readonly revisedAt: Instant | undefined;
  readonly withdrawn: Withdrawal | undefined;
}

/** A text that its source, or the maintainer, took back. */
export interface Withdrawal {
  readonly at: Instant;
  readonly by: 'source' | 'maintainer';
  readonly because: string;
}

/** What an item said until its source changed it. */
export interface Version extends Pick<Item, 'title' | 'authors' | 'enclosures' | 'published'> {
  readonly itemId: number;
  readonly until: Instant;
  /** False where what followed was no correction: other markup, another theme. */
  readonly isCorrected: boolean;
  /** Undefined of one that is too long to be compared. */
  readonly text: string | undefined;
  /** Undefined of versions from before they were kept. */
  readonly events?: readonly ItemEvent[] | undefined;
}

/** A partner's picture as we have made it anew. */
export interface PictureCopy {
  /** Name of the file: a hash of its bytes, and `.jpg` or `.png`. */
  readonly file: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

// ── stories ──────────────────────────────────────────────────────────────────────────────────────

export type EvidenceKind =
  | 'same-guid' // RFC 4151/URL guid equal in two sources
  | 'same-url' // canonical address equal
  | 'same-text' // equal normalised text, thirty words or more
  | 'same-passages' // most of one stands in the other
  | 'same-title' // short notices of one title
  | 'same-post' // two feeds of one partner: equal title and date
  | 'source-element' // RSS or Atom <source>
  | 'via-link' // rel=via
  | 'canonical-link' // rel=canonical
  | 'credit-phrase' // "reposted from X"
  | 'appeared-first' // WordPress's footer, naming another blog
  | 'byline' // "by X", or the author's own link inside a copy
  | 'joint' // one of several authors
  | 'translation-of' // "translated from X"
  | 'closing-name' // the title or a last line ends with the name of a group: "T – X"
  | 'foreign-link' // the item's link leads to another known source's host
  | 'foreign-guid' // its guid does
  | 'outbound-link'; // the text's first or last link leads to another known source's page that is called alike

/** One reason to believe something about an item: that it is the same as another, or who wrote it. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** 4 says so outright · 3 says so in words · 2 suggests · 1 hints (weights of spec reposts §5). */
  readonly strength: 1 | 2 | 3 | 4;
  /**
   * `same` joins two items; `original` says who wrote it; `via` says where the reposter took it; `translation` says whose text
   * it was in another language.
   */
  readonly says: 'same' | 'original' | 'via' | 'translation';
  /** The partner's own words or address that say so, at most 300 characters. */
  readonly quote: string;
  /** The known source meant, if it is one. */
  readonly targetSource: SourceKey | undefined;
  /** The address meant, if one is named. */
  readonly targetUrl: CanonicalUrl | undefined;
  /** The group's name as written, for one that is no source of ours. */
  readonly targetName: string | undefined;
}

/** What an item is to its story. */
export type Role = 'original' | 'repost' | 'copy'; // the same post in another feed of the partner who wrote it

/** Who wrote a story: an item we hold, or a group or page we only know from a credit. */
export type Original =
  | { readonly kind: 'item'; readonly itemId: number }
  | {
      readonly kind: 'elsewhere';
      readonly sourceKey: SourceKey | undefined;
      readonly name: string | undefined;
      readonly url: CanonicalUrl | undefined;
    };

/**
 * How well it is known who wrote a story: `said` by somebody, or nobody else carries it; `dated`, nobody says so and the dates
 * leave no doubt which group was first; `guessed`, they do, or none that carries it wrote it as far as is known; `ruled`, the
 * maintainer says so. Only what is said or ruled makes a group the author.
 */
export type Confidence = 'said' | 'dated' | 'guessed' | 'ruled';

/** One of several groups that wrote a text together. */
export interface Author {
  /** Undefined for one that is no source of ours. */
  readonly sourceKey: SourceKey | undefined;
  /** As the text names it. */
  readonly name: string;
}

/** The data from which a credit is printed: original, then reposts in order, with the evidence for each. */
export interface Attribution {
  readonly original: Original;
  /** All authors of a joint text, two or more, whoever `original` is of first; empty for a text of one group. */
  readonly jointly: readonly Author[];
  readonly confidence: Confidence;
  readonly members: readonly Member[];
}

export interface Member {
  readonly itemId: number;
  readonly role: Role;
  /** Where this reposter took it from, when that is nobody who wrote it: a newswire, an aggregator, another reposter. */
  readonly via: SourceKey | undefined;
  readonly evidence: readonly Evidence[];
}

/** A story with all its items, as publish receives it. */
export interface StoryRecord {
  readonly id: number;
  /** Stable name in addresses and tag: URIs. */
  readonly uid: string;
  readonly created: Instant;
  /** The date that feeds say for good; undefined until one has carried it. */
  readonly published: Instant | undefined;
  /** Last change that a reader could notice. */
  readonly changed: Instant;
  readonly attribution: Attribution;
  readonly items: readonly StoredItem[];
}

// ── sources over time ────────────────────────────────────────────────────────────────────────────

/** An address that a source redirects to for good, and how well that is attested. */
export interface Move {
  readonly to: string;
  readonly since: Instant;
  readonly sightings: number;
  /** The last sighting that counted. */
  readonly last: Instant;
}

/** What a source served is kept out of the output until the maintainer rules. */
export interface Hold {
  readonly since: Instant;
  /** In words, each a whole clause: "none of its items was known". */
  readonly reasons: readonly string[];
}

/** A page that its site lets programs read (robots.txt), and when it said so. */
export interface Permission {
  readonly url: string;
  readonly at: Instant;
}

/** What a partner could mend in its feed, or in how that is served. */
export type FlawKind =
  | 'markup' // XML or JSON that has to be repaired, or cannot be read
  | 'encoding' // it names another one than it uses
  | 'letters' // bytes that stand for none
  | 'entry' // one that cannot be read, or says nothing
  | 'no-guid'
  | 'same-guid'
  | 'new-guids'
  | 'no-date'
  | 'future-date'
  | 'bad-link'
  | 'double-encoded'
  | 'beginnings' // all of its texts are cut
  | 'emptied'
  | 'no-validators'
  | 'unencrypted'
  | 'has-https' // unencrypted, where it need not be
  | 'relative-links' // in texts, which others read elsewhere
  | 'certificate' // it ends soon
  | 'moved'; // its address redirects for good

export interface Flaw {
  readonly kind: FlawKind;
  /** How many entries have it, where that is known. */
  readonly entries?: number | undefined;
  /** Where it is in the document, 1-based. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The day on which it comes to pass. */
  readonly at?: Instant | undefined;
  /** In the words of a program, or of the feed: a line, without the maintainer's secrets. */
  readonly detail?: string | undefined;
}

/** What is remembered of a source between refreshes. */
export interface SourceMemory {
  readonly key: SourceKey;
  /** The address to ask in place of the configured one: the feed found behind a page, or where the feed has moved to. */
  readonly feedUrl: string | undefined;
  /** The address asked when the last body came: the body hash belongs to it. */
  readonly askedUrl: string | undefined;
  /** The address that the validators came from, after redirects. */
  readonly bodyUrl: string | undefined;
  readonly validators: Validators;
  readonly bodyHash: string | undefined;
  /** The feed's own title, home page, language and software when last read. */
  readonly title: string | undefined;
  readonly home: string | undefined;
  readonly lang: Language | undefined;
  readonly generator: string | undefined;
  readonly marks: ServerMarks | undefined;
  /** What the last document read asks of our timing: it holds for a 304 too. */
  readonly feedHints: FeedHints | undefined;
  readonly nextDue: Instant;
  /** Its server wants to be left alone until then; undefined where the last visit heard no such wish. */
  readonly waitUntil: Instant | undefined;
  readonly lastTried: Instant | undefined;
  readonly lastSuccess: Instant | undefined;
  /** The last time a body came, changed or not. */
  readonly lastBody: Instant | undefined;
  readonly lastNewItem: Instant | undefined;
  /** Median time between its newest items; undefined while there are too few to tell. */
  readonly rhythmMs: number | undefined;
  /** In a row; being asked to wait is none. */
  readonly failures: number;
  /** It has not answered well since, for failing or for asking us to wait. */
  readonly failingSince: Instant | undefined;
  /** The last failure that may mean that the domain has been lost: its name is not found, or a parking page answers. */
  readonly lastAbandoned: Instant | undefined;
  /** Why it fails; or, while it answers, what the last document cost us (a warning). */
  readonly problem: Problem | undefined;
  /** Said to be probably gone since; it has not answered well in between. */
  readonly presumedGoneSince?: Instant | undefined;
  /** Visits in a row that found no items where there were some. */
  readonly emptyVisits?: number | undefined;
  /** Visits in a row that found a document cut off in its first entry. */
  readonly cutVisits?: number | undefined;
  /** Its guids have been seen to mean now this entry and now that: links are what its entries are named by, for good. */
  readonly areGuidsShared?: boolean | undefined;
  /** Of a source that is read from pages, and only of one: those that led to the last answer. */
  readonly permissions?: readonly Permission[] | undefined;
  /** The server said 410: not asked again until a person says so. */
  readonly isGone: boolean;
  readonly move: Move | undefined;
  /** It has been asked elsewhere since this address redirected there for good. */
  readonly movedFrom?: string | undefined;
  /** When the certificate ends that its server showed last. */
  readonly certificateUntil?: Instant | undefined;
  /** Where its last document says that a hub tells of changes; of one whose address holds a secret nothing, since a hub would learn it. */
  readonly hubOffer?: HubOffer | undefined;
  readonly held: Hold | undefined;
  /** The maintainer has stopped it, and taken back what it brought, until the maintainer says otherwise. */
  readonly stoppedSince: Instant | undefined;
  /** Said to be silent against its own rhythm since. */
  readonly silentSince: Instant | undefined;
  readonly wishes?: Wishes | undefined;
  /** When the files of its site were last asked for wishes. */
  readonly wishesAsked?: Instant | undefined;
  /** What its last document could do better; one of each kind. */
  readonly flaws?: readonly Flaw[] | undefined;
  /** Paragraphs that it prints under one text after another, as text/standing.ts names them. */
  readonly standing: readonly string[];
}

/** One day of one source, for its bar on the status page. */
export interface SourceDay {
  readonly sourceKey: SourceKey;
  /** UTC midnight. */
  readonly day: Instant;
  readonly answered: number;
  readonly failed: number;
  readonly newItems: number;
}

/** What became of a source that a person should hear of once. */
export type NewsKind =
  | 'failing' // for longer than a passing trouble
  | 'gone'
  | 'back'
  | 'emptied' // it lists nothing any more
  | 'cut' // it arrives cut off in its first entry, time after time
  | 'silent' // against its own rhythm
  | 'moved'
  | 'wish' // it asks on its own site that less of it be shown, or no longer
  | 'vanished' // many of its texts have gone at once
  | 'parked' // texts of it wait for a person before a section shows them
  | 'agreement' // what its group has agreed to ends soon, or has ended
  | 'hub' // our hub is not told, or partners' hubs do not call us
  | 'digest' // a digest of a section, which stands in the place of a source, does not go out
  | 'again' // it lists again what was taken back
  | 'against' // it says otherwise than the maintainer has ruled on a story
  | 'held';

export interface News {
  readonly sourceKey: SourceKey;
  readonly source: string;
  readonly kind: NewsKind;
  readonly at: Instant;
  /** One or two sentences: what happened, what Relais did, what to do. */
  readonly words: string;
}

export type LogAct =
  | 'withdrew'
  | 'kept-out' // what was taken back has come again
  | 'restored'
  | 'ruled' // on stories
  | 'undid' // a ruling on stories
  | 'accept'
  | 'refuse'
  | 'stop'
  | 'resume'
  | 'withdraw-vanished'
  | 'keep-vanished'
  | 'release';

/** What was done to what readers see. */
export interface LogEntry {
  readonly at: Instant;
  /** A person's name on this machine; `source`; or `Relais`, for what follows by rule. */
  readonly who: string;
  readonly act: LogAct;
  /** An item's address or guid, a source's key, or a ruling as a line. Never a title or a text. */
  readonly subject: string;
  readonly sourceKey: SourceKey | undefined;
  /** '' where nobody has said why. */
  readonly because: string;
}

/** What one refresh of one source came to: the one record of it. */
export interface Outcome {
  readonly sourceKey: SourceKey;
  /** As a person knows it: the name in sources.yaml, else the feed's title. */
  readonly source: string;
  readonly kind: 'fresh' | 'unchanged' | 'failed' | 'held' | 'defect';
  readonly entries: number;
  readonly newItems: number;
  readonly revisedItems: number;
  readonly withdrawnItems: number;
  readonly problems: readonly Problem[];
  /** The source answered last time and fails now, or is held from now on. */
  readonly isNewlyFailing: boolean;
  readonly hasRecovered: boolean;
  /** What became of the source with this visit. */
  readonly news: readonly News[];
}

// ── publishing ───────────────────────────────────────────────────────────────────────────────────

/** One file of the site: path from its root with forward slashes, made of segments from configuration and our own ids. */
export interface SiteDocument {
  readonly path: string;
  readonly body: string;
}

/** One that is no text. */
export interface SiteBytes {
  readonly path: string;
  readonly body: Uint8Array;
}

/** One that lies ready elsewhere. Its name is made of what is in it: of two with one name, one is enough. */
export interface SiteFile {
  readonly path: string;
  /** Where it lies. */
  readonly copyOf: string;
}
