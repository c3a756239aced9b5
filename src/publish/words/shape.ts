/**
 * Every word that Relais itself says to a reader, as one type: a language is a table of this shape. Sentences take names
 * as they are to be printed (plain text, or HTML already made safe), so no word here needs to look inside a name.
 */
import type { SourceState } from '../../source-status.ts';
import type { Reason, RelatedView } from '../views.ts';

export interface Words {
  /** Locale for dates, numbers and lists, e.g. `en-GB`. */
  readonly locale: string;

  // ── credit ──
  readonly from: (name: string) => string;
  readonly fromOn: (name: string, date: string) => string;
  /** @param others how many more groups there are than are named */
  readonly repostedBy: (names: readonly string[], others: number) => string;
  /** The same where nobody says who wrote it, so that nobody is known to have passed it on. */
  readonly alsoPublishedBy: (names: readonly string[], others: number) => string;
  /** Nobody says who wrote it: only the dates speak. */
  readonly firstSeenAt: (name: string) => string;
  readonly via: (name: string) => string;
  readonly carriedBy: (groups: number) => string;
  readonly readOriginal: string;
  readonly readWhole: (name: string) => string;

  // ── a story and the way it came ──
  /** Heading over the chain of groups. */
  readonly attribution: string;
  readonly writtenBy: string;
  /** Stands in the place of `writtenBy` where only the dates speak. */
  readonly seenFirst: string;
  readonly passedOnBy: string;
  /** Stands in the place of `passedOnBy` where only the dates speak. */
  readonly alsoBy: string;
  readonly howWeKnow: string;
  readonly noStatement: string;
  readonly earliestKnown: string;
  /** Stands in the place of reasons where the maintainer has said who wrote it. */
  readonly ruled: string;
  /** Heading over other stories that have to do with this one. */
  readonly related: string;
  /** What another story is to this one; its title follows. */
  readonly links: Readonly<Record<RelatedView['kind'], string>>;
  /** The text shown is the copy of the group named; the author's own is not among our sources. */
  readonly copyOf: (name: string) => string;
  readonly corrected: (date: string) => string;
  readonly withdrawnTitle: string;
  /** @param name '' when the group is not known */
  readonly withdrawn: (name: string, date: string) => string;
  /** What its authors have changed in a text, and when. */
  readonly corrections: {
    readonly heading: string;
    /** Opens a long correction. */
    readonly what: string;
    readonly title: string;
    readonly text: string;
    readonly authors: string;
    readonly date: string;
    /** Both are heard before words, and not seen. */
    readonly gone: string;
    readonly come: string;
    /** Stands in the place of words that are not printed again. */
    readonly withheld: (words: number) => string;
    readonly more: string;
    readonly elsewhere: string;
    /** When or where something takes place, that its authors say in a way that machines read. */
    readonly call: string;
    /** Beside a repost. */
    readonly stale: (date: string) => string;
    /** Heading in a digest. */
    readonly sinceLastDigest: string;
    /** @param name '' when the group is not known */
    readonly takenBack: (name: string, date: string) => string;
  };
  readonly moved: string;
  readonly licence: string;
  readonly permissionUnknown: string;
  readonly picture: string;
  readonly attachments: string;
  readonly categories: string;
  /** Stands before the names of the languages of a text. */
  readonly languages: string;
  /** Heading over the same statement in other languages. */
  readonly inOtherLanguages: string;
  /** Heading over the feeds that carry one language of a section. */
  readonly oneLanguage: string;

  // ── finding the way ──
  readonly skipToContent: string;
  readonly sections: string;
  readonly backToSection: (title: string) => string;
  readonly allOf: (title: string) => string;
  readonly newestStories: string;
  readonly stories: (count: number) => string;
  readonly months: string;
  readonly earlier: string;
  readonly later: string;
  readonly nothingYet: string;

  // ── subscribing ──
  readonly subscribe: string;
  readonly subscribeHow: string;
  /** What a feed says that is opened in a browser. */
  readonly feedHow: string;
  readonly feedOfAll: string;
  readonly feedOfSource: string;
  readonly rssFeedForSection: string;
  readonly atomFeedForSection: string;
  readonly jsonFeedForSection: string;
  readonly calendarForSection: string;
  readonly addressOf: (feed: string) => string;
  readonly subscriptionList: string;

  // ── what takes place ──
  /** Heading over events with their dates. */
  readonly comingUp: string;
  /** Stands behind the date of one that does not take place. */
  readonly cancelled: string;

  // ── digest ──
  /** @param week ISO 8601 week, `2026-W47` */
  readonly weeklyDigest: (week: string) => string;
  /** @param day in words */
  readonly dailyDigest: (day: string) => string;
  /** @param month in words */
  readonly monthlyDigest: (month: string) => string;
  readonly newestDigest: string;
  readonly allDigests: string;
  readonly digestsOf: (title: string) => string;
  /** The rule by which stories stand in it. @param marks tags that lift a story, as one list; '' where there are none */
  readonly digestOrder: (marks: string) => string;
  /** Headings over its parts. */
  readonly digestParts: { readonly several: string; readonly marked: string; readonly rest: string };
  /** Stands in the place of stories for which there is no room. */
  readonly andMore: (stories: number) => string;
  readonly asPlainText: string;
  readonly asMarkdown: string;
  readonly asMail: string;
  readonly digestFeed: string;
  readonly onTheWeb: string;

  // ── sources ──
  readonly sources: string;
  readonly allSources: string;
  readonly sourcesHow: string;
  /** Both lead to pages for those who write. */
  readonly howTreated: string;
  readonly shownNowhere: string;
  readonly feedAddress: string;
  readonly shown: string;
  readonly shows: { readonly full: string; readonly excerpt: string; readonly link: string };
  /** How a source answers, as a predicate: `since` and `because` may follow. */
  readonly states: Readonly<Record<SourceState, string>>;
  readonly since: (date: string) => string;
  /** A state and its reason as one sentence. */
  readonly because: (state: string, reason: string) => string;
  readonly reasons: Readonly<Record<Reason, string>>;

  // ── status ──
  readonly stateOfSources: string;
  readonly stateHow: string;
  /** Stands before a time. */
  readonly asOf: string;
  readonly answering: (sources: number, all: number) => string;
  readonly lastAnswer: string;
  readonly lastNew: string;
  /** The bar of the last days as a sentence. @param failed days on which it was asked and never answered */
  readonly lastDays: (days: number, answered: number, failed: number, newItems: number) => string;

  // ── foot of every page ──
  readonly promise: string;
  readonly writeTo: string;
  readonly noTracking: string;
  readonly timesIn: (zone: string) => string;
  /** Both stand before a date, on the front page. */
  readonly sourcesAnswered: string;
  readonly noAnswerSince: string;
}
