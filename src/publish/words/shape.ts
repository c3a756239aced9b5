/**
 * Every word that Relais itself says to a reader, as one type: a language is a table of this shape. Sentences take names
 * as they are to be printed (plain text, or HTML already made safe), so no word here needs to look inside a name.
 */

/** How a source answers, as the sources page says it. */
export interface StateWords {
  readonly answering: string;
  readonly failing: string;
  readonly gone: string;
  readonly paused: string;
  readonly notAskedYet: string;
}

export interface Words {
  /** Locale for dates, numbers and lists, e.g. `en-GB`. */
  readonly locale: string;

  // ── credit ──
  readonly from: (name: string) => string;
  readonly fromOn: (name: string, date: string) => string;
  /** @param others how many more groups there are than are named */
  readonly repostedBy: (names: readonly string[], others: number) => string;
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
  readonly howWeKnow: string;
  readonly noStatement: string;
  readonly earliestKnown: string;
  /** The text shown is the copy of the group named; the author's own is not among our sources. */
  readonly copyOf: (name: string) => string;
  readonly corrected: (date: string) => string;
  readonly withdrawnTitle: string;
  /** @param name '' when the group is not known */
  readonly withdrawn: (name: string, date: string) => string;
  readonly moved: string;
  readonly licence: string;
  readonly permissionUnknown: string;
  readonly picture: string;
  readonly attachments: string;
  readonly categories: string;

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
  readonly rssFeedForSection: string;
  readonly atomFeedForSection: string;
  readonly jsonFeedForSection: string;
  readonly addressOf: (feed: string) => string;
  readonly subscriptionList: string;

  // ── digest ──
  /** @param week ISO 8601 week, `2026-W47` */
  readonly weeklyDigest: (week: string) => string;
  readonly newestDigest: string;
  readonly digestOrder: string;
  readonly asPlainText: string;
  readonly onTheWeb: string;

  // ── sources ──
  readonly sources: string;
  readonly allSources: string;
  readonly sourcesHow: string;
  readonly feedAddress: string;
  readonly shown: string;
  readonly shows: { readonly full: string; readonly excerpt: string; readonly link: string };
  readonly states: StateWords;
  readonly since: (date: string) => string;

  // ── foot of every page ──
  readonly promise: string;
  readonly writeTo: string;
  readonly noTracking: string;
  readonly timesIn: (zone: string) => string;
}
