/**
 * What the renderers of pages, feeds and digests are given: every decision already taken (which copy, how much of it,
 * whom to credit, in which words), every address absolute or relative to the site's root. Made in story-view.ts.
 */
import type {
  Direction,
  Enclosure,
  Instant,
  Language,
  SafeHtml,
  Section,
  Show,
  Site,
  SourceKey,
  Wish,
} from '../model.ts';
import type { SourceState, SourceStatus } from '../source-status.ts';
import type { Passage } from './word-diff.ts';

/** A group as it is credited. */
export interface GroupView {
  readonly name: string;
  /** Its home page. */
  readonly url: string | undefined;
}

export interface RepostView {
  readonly group: GroupView;
  /** The repost's own page. */
  readonly url: string | undefined;
  readonly date: Instant;
  /** False where it has no date that can be believed: `date` is when we first saw it. */
  readonly isDated: boolean;
  /** Where it was taken from, when that is nobody who wrote it; of a stranger the page that is named. */
  readonly via: GroupView | undefined;
  /** When the original was corrected in words that stand in this repost as they were before; on the story's own page alone. */
  readonly isBefore: Instant | undefined;
  /** Sentences that say how we know, for the story's page. */
  readonly because: readonly string[];
}

/** Names that have come; of those that have gone only how many words they had. */
export interface NamesChange {
  readonly gone: number;
  readonly come: readonly string[];
}

/** What its authors have corrected in a story, as far as it may be shown. */
export interface CorrectionView {
  readonly at: Instant;
  /** Empty where it has not changed. */
  readonly title: readonly Passage[];
  readonly text: readonly Passage[];
  readonly authors: NamesChange | undefined;
  readonly files: NamesChange | undefined;
  readonly date: { readonly from: Instant; readonly to: Instant } | undefined;
  /** When or where something takes place. */
  readonly isCallMoved: boolean;
  /** More of the text has changed than is shown here. */
  readonly isMore: boolean;
  /** Nothing of all that has: where a link leads, or a picture. */
  readonly isElsewhere: boolean;
}

export interface OriginalView {
  readonly group: GroupView;
  /** All who wrote it, where they are several, `group` first; empty for a text of one group. */
  readonly jointly: readonly GroupView[];
  /** How the group wants to be named in a credit, when that is more than its name. */
  readonly creditAs: string | undefined;
  /** The original's page. */
  readonly url: string | undefined;
  /** People, as the group names them. */
  readonly authors: readonly string[];
  readonly date: Instant;
  /** As in `RepostView`. */
  readonly isDated: boolean;
  /** Only dates speak for it: "first seen at", never "by". */
  readonly isGuess: boolean;
  /** The maintainer has said so, whatever the copies say. */
  readonly isRuled: boolean;
  /** We hold the author's own copy; otherwise the text shown is the first reposter's. */
  readonly isHeld: boolean;
  /** Of a translation that others publish: the author's page in the language it was written in, if anybody names it. */
  readonly translatedFrom: { readonly url: string | undefined } | undefined;
  /** The feed the original came from, for Atom and RSS `source`. */
  readonly feed: { readonly url: string; readonly title: string } | undefined;
  readonly because: readonly string[];
}

/** Another story that a reader of this one may want. */
export interface RelatedView {
  /** `includes`: the other stands in this one, a round-up; `included`: the other way round. */
  readonly kind: 'includes' | 'included' | 'reissue';
  readonly heading: string;
  readonly group: string;
  readonly lang: Language;
  readonly dir: Direction;
  /** Path of its page from the site's root, with a trailing slash. */
  readonly path: string;
}

/** The same statement in another language: its own story, with its own page. */
export interface TranslationView extends Pick<StoryView, 'path' | 'heading' | 'lang' | 'langs' | 'dir'> {
  /** Whose it is. */
  readonly group: GroupView;
}

/** Something with a date that a story tells of. */
export interface EventView {
  /** Its place among those of the story: with the story's name it names it for good. */
  readonly index: number;
  /** Of whole days the first midnight in the site's time zone. */
  readonly start: Instant;
  /** The first instant after it; undefined where nobody says when it ends. */
  readonly end: Instant | undefined;
  /** From when on it is over for readers. */
  readonly passes: Instant;
  /** First and last day (`2026-11-28`) of what takes whole days. */
  readonly days: { readonly first: string; readonly last: string } | undefined;
  /** Plain text; '' only of one whose story was taken back. */
  readonly title: string;
  readonly place: string | undefined;
  readonly url: string | undefined;
  readonly isCancelled: boolean;
}

/** An event with the story that tells of it. */
export interface StoryEvent {
  readonly event: EventView;
  readonly story: StoryView;
}

export interface StoryView {
  /** Its id in the store. */
  readonly story: number;
  readonly uid: string;
  /** Stable `tag:` URI (RFC 4151), the same in every feed and section. */
  readonly id: string;
  /** Path of its page from the site's root, with a trailing slash. */
  readonly path: string;
  /** Plain text; '' where the partner gave none. */
  readonly title: string;
  /** `title`, or what stands for it (heading.ts); '' only of a story that was taken back. */
  readonly heading: string;
  /** The original's page, where a reader should end up; our own story page is never it. */
  readonly url: string | undefined;
  readonly show: Show;
  /** As much of the text as the partner lets us show; '' when it is a link only. */
  readonly body: SafeHtml;
  /** What its source prints under every text: for the story's own page, once. */
  readonly standing: SafeHtml;
  /** Plain text, whole sentences as far as its terms allow; '' when it is a link only. */
  readonly excerpt: string;
  readonly lang: Language;
  /** All languages that much of the text is in; `lang` is the first. */
  readonly langs: readonly Language[];
  readonly dir: Direction;
  readonly published: Instant;
  /** False where its authors give it no date that can be believed: `published` is when we first saw it, and tells its place in lists. */
  readonly isDated: boolean;
  /** The same as feeds have first said it: a date that is corrected, or an older copy that is found, does not move it. */
  readonly firstPublished: Instant;
  /** Moves only with a correction. */
  readonly updated: Instant;
  /** Oldest first, ten at the most; on the story's own page alone. */
  readonly corrections: readonly CorrectionView[];
  readonly original: OriginalView;
  /** In the order of their dates. */
  readonly reposts: readonly RepostView[];
  /** The best first, ten at the most. */
  readonly related: readonly RelatedView[];
  /** The credit as one plain sentence in the story's language, and as HTML with links. */
  readonly credit: string;
  readonly creditHtml: SafeHtml;
  readonly licence: string | undefined;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  /** Of a story that was taken back only when they are. */
  readonly events: readonly EventView[];
  readonly sections: readonly string[];
  /** On the story's own page alone. */
  readonly translations: readonly TranslationView[];
  /** The source whose copy is shown. */
  readonly shownFrom: SourceKey;
  /** False once every source that had it has left sources.yaml, or no section keeps it: then it has no page. */
  readonly isCarried: boolean;
  /** What its authors ask by themselves of whoever passes it on; undefined where they ask nothing. */
  readonly wish: Wish | undefined;
  readonly withdrawn: { readonly at: Instant } | undefined;
}

/** A story that feeds have carried and carry no more. */
export interface Tombstone {
  /** As in `StoryView`. */
  readonly id: string;
  readonly at: Instant;
}

export interface SourceView {
  readonly key: string;
  readonly name: string;
  readonly home: string | undefined;
  /** Undefined where the address is a secret. */
  readonly feedUrl: string | undefined;
  readonly lang: Language | undefined;
  /** Of a source that shows nothing there is no view. */
  readonly show: Exclude<Show, 'none'>;
  readonly licence: string | undefined;
  readonly sections: readonly string[];
  readonly state: SourceState;
  readonly since: Instant | undefined;
  /** Why, as far as it is a reader's business. */
  readonly reason: Reason | undefined;
  /** Why, in the maintainer's own words. */
  readonly remark: string | undefined;
}

/** What a reader is told of why a source does not answer: no address, no word of a server. In words in message files. */
export type Reason =
  | 'unreachable'
  | 'slow'
  | 'certificate'
  | 'certificate-expired'
  | 'refused'
  | 'missing'
  | 'trouble'
  | 'astray'
  | 'no-feed'
  | 'broken'
  | 'too-large'
  | 'parked'
  | 'changed'
  | 'asked-to-wait'
  | 'overdue'
  | 'ours';

/** A source on the status page. */
export interface StatusRow extends SourceView, Pick<SourceStatus, 'lastSuccess' | 'lastNewItem' | 'days'> {}

export interface StatusView {
  /** When it was made. */
  readonly at: Instant;
  /** How many sources there are, and how many of them answer. */
  readonly of: number;
  readonly answering: number;
  /** Those of the page; over all pages, those that want a person first. */
  readonly rows: readonly StatusRow[];
}

/** When any source last answered. */
export interface LastAnswer {
  /** The calendar day in the site's time zone, as midnight UTC. */
  readonly day: Instant;
  /** Longer than a day ago: what is read may be old. */
  readonly isOld: boolean;
}

/** Stories of a digest under one heading. */
export interface DigestPart {
  /** Several groups carried them; those who wrote them marked them; the others. */
  readonly kind: 'several' | 'marked' | 'rest';
  readonly stories: readonly StoryView[];
}

export interface DigestView {
  readonly section: Section;
  /** `2026-11-12`, `2026-W47` or `2026-11`. */
  readonly name: string;
  /** Path from the site's root: `calais/digest/2026-w47/`. */
  readonly path: string;
  readonly start: Instant;
  /** Exclusive: the moment the digest closes. */
  readonly end: Instant;
  /** As many stories as there is room for, in order; no part is empty. */
  readonly parts: readonly DigestPart[];
  /** The others, in the same order. */
  readonly more: readonly StoryView[];
  /** What comes up after it closes, soonest first. */
  readonly comingUp: readonly StoryEvent[];
  /** Stories that an earlier digest has carried and that were corrected since the last one, and when. */
  readonly corrected: readonly { readonly story: StoryView; readonly at: Instant }[];
  /** The same of those that were withdrawn: by whom, '' where that is not said. */
  readonly takenBack: readonly { readonly name: string; readonly at: Instant }[];
}

export interface SectionView {
  readonly section: Section;
  /** `calais/` */
  readonly path: string;
  /** The languages that have feeds of their own, and the folders of these. */
  readonly languages: readonly { readonly lang: Language; readonly path: string }[];
  /** Newest first; all that the archive page shows. */
  readonly stories: readonly StoryView[];
  /** Months that have stories (`2026-11`), newest first; empty when one page holds them all. */
  readonly months: readonly { readonly month: string; readonly path: string; readonly count: number }[];
  /** The newest digest, if there is one. */
  readonly digest: { readonly path: string } | undefined;
  /** What is coming up, soonest first; on its page alone. */
  readonly comingUp: readonly StoryEvent[];
  /** Path of its calendar, where there is one; on its page alone. */
  readonly calendar: string | undefined;
  readonly sources: readonly SourceView[];
}

/** A feed that we publish: of a section, of one language of it, of a source, or of everything. */
export interface FeedView {
  /** `tag:` URI (RFC 4151) that stays whatever becomes of titles and addresses. */
  readonly id: string;
  readonly title: string;
  readonly about: string | undefined;
  readonly lang: Language;
  /** Folder of its files, from the site's root; '' for the root itself. */
  readonly path: string;
  /** Path of the page that people read in its place. */
  readonly page: string;
  /** Newest first. */
  readonly stories: readonly StoryView[];
  /** Stories that it says are withdrawn, newest first. */
  readonly deleted: readonly Tombstone[];
  /** Number of the newest document of its archive. */
  readonly newestArchive: number | undefined;
}

export interface SiteView {
  readonly site: Site;
  readonly sections: readonly { readonly section: Section; readonly path: string; readonly count: number }[];
}

export type { SiteDocument } from '../model.ts';
