/**
 * Every message that Relais says to readers and partners, by the name that it has in message files, with what is put into it.
 * What it says, and where, stands in src/messages/en.yaml. A further message is a line here and one in each of these files.
 */
import type { EvidenceKind, FilterPart, FlawKind, Images } from '../../model.ts';
import type { SourceState } from '../../source-status.ts';
import type { Reason, RelatedView } from '../views.ts';

/**
 * What stands in braces in a message, and what is put there: a text as it is to be printed (plain, or a name's slot), or a number,
 * which is written in the digits of the language. `{n}` is what a message counts: it may have a form for each plural category.
 */
const placeholders = {
  name: 'text',
  groups: 'text',
  date: 'text',
  day: 'text',
  week: 'text',
  month: 'text',
  year: 'text',
  title: 'text',
  feed: 'text',
  marks: 'text',
  quote: 'text',
  state: 'text',
  reason: 'text',
  zone: 'text',
  n: 'number',
  all: 'number',
  share: 'number',
  days: 'number',
  answered: 'number',
  failed: 'number',
  new: 'number',
  line: 'number',
  column: 'number',
} as const satisfies Readonly<Record<string, 'text' | 'number'>>;

export type Placeholder = keyof typeof placeholders;

/** What a message takes, in the order in which code gives it. */
export type Places = readonly Placeholder[];

/** Messages by name, some in groups. */
export interface Shape {
  readonly [name: string]: Places | Shape;
}

const plain = [] as const satisfies Places;
/** What is wrong, and how to mend it. */
const advice = { what: plain, mend: plain } as const;

const readers = {
  from: ['name'],
  fromOn: ['name', 'date'],
  repostedBy: ['groups'],
  alsoPublishedBy: ['groups'],
  translationPublishedBy: ['groups'],
  moreGroups: ['n'],
  groups: ['n'],
  firstSeenAt: ['name'],
  via: ['name'],
  carriedBy: ['n'],
  readOriginal: plain,
  readWhole: ['name'],

  attribution: plain,
  writtenBy: plain,
  seenFirst: plain,
  passedOnBy: plain,
  alsoBy: plain,
  translationBy: plain,
  howWeKnow: plain,
  seenHere: ['date'],
  noStatement: plain,
  earliestKnown: plain,
  ruled: plain,
  related: plain,
  links: { includes: plain, included: plain, reissue: plain } satisfies Record<RelatedView['kind'], Places>,
  copyOf: ['name'],
  corrected: ['date'],
  withdrawnTitle: plain,
  withdrawn: ['date'],
  withdrawnBy: ['name', 'date'],
  corrections: {
    heading: plain,
    what: plain,
    title: plain,
    text: plain,
    authors: plain,
    date: plain,
    gone: plain,
    come: plain,
    withheld: ['n'],
    more: plain,
    elsewhere: plain,
    call: plain,
    stale: ['date'],
    sinceLastDigest: plain,
    takenBack: ['date'],
    takenBackOf: ['name', 'date'],
  },
  moved: plain,
  licence: plain,
  permissionUnknown: plain,
  picture: plain,
  attachments: plain,
  categories: plain,
  languages: plain,
  inOtherLanguages: plain,
  oneLanguage: plain,

  evidence: {
    'same-guid': plain,
    'same-passages': ['share'],
    'same-title': plain,
    'same-url': plain,
    'same-text': plain,
    'same-text-as': ['name'],
    'same-post': plain,
    'source-element': ['quote'],
    'via-link': ['quote'],
    'canonical-link': ['quote'],
    'credit-phrase': ['quote'],
    'foreign-link': ['quote'],
    'appeared-first': ['quote'],
    byline: ['quote'],
    joint: ['quote'],
    'translation-of': ['quote'],
    'closing-name': ['quote'],
    'foreign-guid': ['quote'],
    'outbound-link': ['quote'],
  } satisfies Record<EvidenceKind | 'same-text-as', Places>,

  skipToContent: plain,
  sections: plain,
  backToSection: ['title'],
  allOf: ['title'],
  stories: ['n'],
  months: plain,
  earlier: plain,
  later: plain,
  nothingYet: plain,
  searching: {
    title: plain,
    how: plain,
    words: plain,
    everywhere: plain,
    found: plain,
    none: plain,
    working: plain,
    failed: plain,
    needsScript: plain,
    privacy: plain,
  },
  about: {
    title: plain,
    what: plain,
    whose: plain,
    whoseHow: plain,
    forWriters: plain,
    readers: plain,
    readersHow: plain,
    made: plain,
  },

  subscribe: plain,
  subscribeHow: plain,
  feedHow: plain,
  feedOfAll: plain,
  feedOfSource: plain,
  rssFeedForSection: plain,
  atomFeedForSection: plain,
  jsonFeedForSection: plain,
  calendarForSection: plain,
  addressOf: ['feed'],
  subscriptionList: plain,

  comingUp: plain,
  cancelled: plain,

  weeklyDigest: ['week', 'year'],
  dailyDigest: ['day'],
  monthlyDigest: ['month'],
  newestDigest: plain,
  allDigests: plain,
  digestsOf: ['title'],
  digestOrder: plain,
  digestOrderMarked: ['marks'],
  digestParts: { several: plain, marked: plain, rest: plain },
  andMore: ['n'],
  asPlainText: plain,
  asMarkdown: plain,
  asMail: plain,
  digestFeed: plain,
  onTheWeb: plain,

  sources: plain,
  allSources: plain,
  sourcesHow: plain,
  howTreated: plain,
  shownNowhere: plain,
  feedAddress: plain,
  shown: plain,
  shows: { full: plain, excerpt: plain, link: plain },
  states: {
    ok: plain,
    failing: plain,
    held: plain,
    gone: plain,
    silent: plain,
    waiting: plain,
    stopped: plain,
    paused: plain,
    'never-asked': plain,
  } satisfies Record<SourceState, Places>,
  since: ['date'],
  because: ['state', 'reason'],
  reasons: {
    unreachable: plain,
    slow: plain,
    certificate: plain,
    'certificate-expired': plain,
    refused: plain,
    missing: plain,
    trouble: plain,
    astray: plain,
    'no-feed': plain,
    broken: plain,
    'too-large': plain,
    parked: plain,
    changed: plain,
    'asked-to-wait': plain,
    overdue: plain,
    ours: plain,
  } satisfies Record<Reason, Places>,

  stateOfSources: plain,
  stateHow: plain,
  asOf: plain,
  answering: ['n', 'all'],
  lastAnswer: plain,
  lastNew: plain,
  lastDays: ['days', 'answered', 'failed', 'new'],

  promise: plain,
  writeTo: plain,
  noTracking: plain,
  timesIn: ['zone'],
  sourcesAnswered: plain,
  noAnswerSince: plain,
} as const satisfies Shape;

const partners = {
  title: ['name'],
  about: plain,

  taken: plain,
  addressKept: plain,
  asked: plain,
  everyHours: ['n'],
  byRhythm: plain,
  stored: plain,
  texts: ['n'],
  shownNow: plain,
  firstSeen: plain,
  only: plain,
  skip: plain,
  parts: { title: plain, text: plain, author: plain, tag: plain, link: plain, lang: plain } satisfies Record<
    FilterPart,
    Places
  >,
  tags: plain,

  terms: plain,
  excerptOf: ['n'],
  images: plain,
  imagesAre: { copy: plain, link: plain, none: plain } satisfies Record<Images, Places>,
  licenceSaidHere: plain,
  licenceOfTexts: plain,
  creditedAs: plain,
  example: plain,
  embargo: plain,
  hours: ['n'],
  agreed: plain,
  agreedOn: ['date'],
  agreedUntil: ['date'],
  agreementEnded: ['date'],
  notNoted: plain,
  wished: plain,

  yours: plain,
  correct: advice,
  withdraw: advice,
  stop: advice,
  inFile: plain,
  inFeed: plain,
  inJsonFeed: plain,
  inFeedToWithdraw: plain,
  write: plain,
  noContact: plain,

  flaws: plain,
  noFlaws: plain,
  notReadYet: plain,
  flawsAre: {
    markup: advice,
    encoding: advice,
    letters: advice,
    entry: advice,
    'no-guid': advice,
    'same-guid': advice,
    'new-guids': advice,
    'no-date': advice,
    'future-date': advice,
    'bad-link': advice,
    'double-encoded': advice,
    beginnings: advice,
    emptied: advice,
    'no-validators': advice,
    unencrypted: advice,
    'has-https': advice,
    'relative-links': advice,
    certificate: advice,
    moved: advice,
  } satisfies Record<FlawKind, Shape>,
  entries: ['n'],
  line: ['line', 'column'],
  mends: {
    certificate: plain,
    'certificate-expired': plain,
    refused: plain,
    missing: plain,
    trouble: plain,
    astray: plain,
    'no-feed': plain,
    'too-large': plain,
    slow: plain,
  } satisfies Partial<Record<Reason, Places>>,

  network: plain,
  passedOn: plain,
  reposts: plain,
  none: plain,
  newest: plain,
  noReaders: plain,

  nowhereHow: plain,
  nowhereChange: plain,
} as const satisfies Shape;

export const shape = { readers, partners } as const satisfies Shape;

/** A message that nothing is put into is a text; any other is a function of what is put into it. */
export type Spoken<S> = {
  readonly [Name in keyof S]: S[Name] extends Places
    ? S[Name] extends readonly []
      ? string
      : (...values: Values<S[Name]>) => string
    : Spoken<S[Name]>;
};

type Values<P extends Places> = {
  readonly [At in keyof P]: (typeof placeholders)[P[At]] extends 'number' ? number : string;
};

/** What is said to readers. */
export interface Words extends Spoken<typeof readers> {
  /** Locale for numbers and lists, e.g. `en-GB`. */
  readonly locale: string;
}

/** What is said to partners on the pages about their sources. */
export type PartnerWords = Spoken<typeof partners>;

/** True for the end of a way through the shape. */
export function isMessage(one: Places | Shape): one is Places {
  return Array.isArray(one);
}
