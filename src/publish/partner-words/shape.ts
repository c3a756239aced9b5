/** Every word that Relais says to a partner on the page of its source, as one type: a language is a table of this shape. */
import type { FilterPart, FlawKind, Images } from '../../model.ts';
import type { Reason } from '../views.ts';

/** What is wrong, and how to mend it: whole sentences. */
export interface Advice {
  readonly what: string;
  readonly mend: string;
}

export interface PartnerWords {
  readonly title: (name: string) => string;
  readonly about: string;

  // ── what is taken ──
  readonly taken: string;
  readonly addressKept: string;
  readonly asked: string;
  readonly everyHours: (hours: number) => string;
  readonly byRhythm: string;
  readonly stored: string;
  readonly texts: (count: number) => string;
  readonly shownNow: string;
  readonly firstSeen: string;
  readonly only: string;
  readonly skip: string;
  readonly parts: Readonly<Record<FilterPart, string>>;
  readonly tags: string;

  // ── how it is shown ──
  readonly terms: string;
  readonly excerptOf: (words: number) => string;
  readonly images: string;
  readonly imagesAre: Readonly<Record<Images, string>>;
  readonly licenceSaidHere: string;
  readonly licenceOfTexts: string;
  readonly creditedAs: string;
  readonly example: string;
  readonly embargo: string;
  readonly hours: (count: number) => string;
  readonly agreed: string;
  readonly agreedOn: (on: string) => string;
  readonly agreedUntil: (until: string) => string;
  readonly agreementEnded: (until: string) => string;
  readonly notNoted: string;
  /** They have asked by themselves for less to be shown. */
  readonly wished: string;

  // ── what they can do ──
  readonly yours: string;
  readonly correct: Advice;
  readonly withdraw: Advice;
  readonly stop: Advice;
  /** Stands before an address, then the text of a file. */
  readonly inFile: string;
  readonly inFeed: string;
  readonly inJsonFeed: string;
  readonly inFeedToWithdraw: string;
  readonly write: string;
  readonly noContact: string;

  // ── what is wrong with the feed ──
  readonly flaws: string;
  readonly noFlaws: string;
  readonly notReadYet: string;
  readonly flawsAre: Readonly<Record<FlawKind, Advice>>;
  readonly entries: (count: number) => string;
  readonly line: (line: number, column: number) => string;
  readonly mends: Readonly<Partial<Record<Reason, string>>>;

  // ── in the network ──
  readonly network: string;
  readonly passedOn: string;
  readonly reposts: string;
  readonly none: string;
  readonly newest: string;
  readonly noReaders: string;

  // ── the page of sources of which nothing is shown ──
  readonly nowhereHow: readonly string[];
}
