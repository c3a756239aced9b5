/** Feeds that were looked at → what can be told of each to a person, and which of them is the one that was meant. Pure. */
import type { FeedHead } from '../edges.ts';
import type { Feed, Instant, Item, Language } from '../model.ts';
import { plainLine } from '../text/safe.ts';
import { parseUrl, urlKey } from '../text/url.ts';
import { languageIn } from './page-signs.ts';

/** What a person is shown of an item. */
export interface SeenItem {
  /** '' for none. */
  readonly title: string;
  readonly url: string | undefined;
  readonly published: Instant | undefined;
}

/** A feed as far as it was looked at. */
export interface SeenFeed {
  /** The address to write down: the one asked, or where that leads for good. */
  readonly url: string;
  /** Every address that it is known by: asked, led to, said by itself. */
  readonly addresses: readonly string[];
  /** The address asked led there for good. */
  readonly isMoved: boolean;
  readonly title: string | undefined;
  /** Address of the site that it says it belongs to. */
  readonly home: string | undefined;
  readonly format: Feed['format'];
  /** That of its texts where they agree, else the one it declares; undefined where neither tells. */
  readonly lang: Language | undefined;
  /** All of its texts that were heard are in that language. */
  readonly isOneLanguage: boolean;
  readonly itemCount: number;
  /** It stops in the middle. */
  readonly isCut: boolean;
  readonly guids: readonly string[];
  /** The newest date that is not ahead. */
  readonly newest: Instant | undefined;
  /** Newest first, as far as they have dates. */
  readonly items: readonly SeenItem[];
  /** Characters that an item has in the middle. */
  readonly textLength: number;
  readonly isOfComments: boolean;
}

/** Where and how a feed was met. */
interface Met {
  readonly asked: string;
  /** Where the document came from. */
  readonly from: string;
  /** Every redirect on the way was for good. */
  readonly isForGood: boolean;
  readonly guids: readonly string[];
  readonly now: Instant;
}

const mostShown = 5;
/** What a feed of comments is called by itself: nobody calls a feed of texts so. */
const ofComments =
  /^(?:recent )?(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties)\b.{0,20}?(?:\b(?:on|for|to|sur|pour|de|zu|für|en|su|per|op|voor)\b|:)/i;

/** Puts together what is told of a feed. @param items its newest, made as for readers */
export function seenFeed(head: FeedHead, items: readonly Item[], met: Met): SeenFeed {
  const { asked, from, isForGood, guids, now } = met;
  const url = isForGood ? from : asked;
  const selfs = head.links.filter(({ rel }) => rel === 'self').map(({ href }) => href);
  const heard = items.map(({ lang }) => lang).filter((lang) => lang !== 'und');
  const [first] = heard;
  const isOneLanguage = first !== undefined && heard.every((lang) => languageIn(lang) === languageIn(first));
  const dated = items
    .map(({ title, url: address, published, text }) => {
      return { title: title || plainLine(text, 80), url: address, published };
    })
    .toSorted((one, other) => (other.published ?? 0) - (one.published ?? 0));
  const dates = dated.flatMap(({ published }) => (published === undefined || published > now ? [] : [published]));
  const lengths = items.map(({ text }) => text.length).toSorted((one, other) => one - other);
  return {
    url,
    addresses: [...new Set([url, asked, from, ...selfs.filter((one) => /^https?:/.test(one))])],
    isMoved: isForGood && from !== asked,
    title: head.title === undefined ? undefined : plainLine(head.title, 120) || undefined,
    home: head.home,
    format: head.format,
    lang: isOneLanguage ? first : (head.lang ?? mostOften(heard)),
    isOneLanguage,
    itemCount: head.entryCount,
    isCut: head.isCut === true,
    guids,
    newest: dates[0],
    items: dated.slice(0, mostShown),
    textLength: lengths[Math.floor(lengths.length / 2)] ?? 0,
    isOfComments: ofComments.test(head.title ?? '') || /\/comments\/feed\b|[?&]feed=comments/.test(from),
  };
}

function mostOften(langs: readonly Language[]): Language | undefined {
  const counts = new Map<Language, number>();
  for (const lang of langs) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
}

/** The page that a person named, as far as it tells which of its feeds was meant. */
export interface Meant {
  readonly url: string;
  readonly lang: string | undefined;
}

/**
 * The best first: one of texts before one of comments, one with items before an empty one, then the feed of the section that
 * the person named, in the language of its page, with the longest texts; else in the order in which the page names them.
 */
export function ranked(feeds: readonly SeenFeed[], { url, lang }: Meant): readonly SeenFeed[] {
  const path = parseUrl(url)?.pathname.replace(/\/$/, '') ?? '';
  const isOwn = (feed: SeenFeed): boolean =>
    path !== '' && parseUrl(feed.url)?.pathname.startsWith(`${path}/`) === true;
  const isSpoken = (feed: SeenFeed): boolean => lang === undefined || languageIn(feed.lang) === lang;
  const marks = (feed: SeenFeed): readonly number[] => [
    feed.isOfComments ? 0 : 1,
    feed.itemCount > 0 ? 1 : 0,
    isOwn(feed) ? 1 : 0,
    isSpoken(feed) ? 1 : 0,
    Math.round(Math.log2(feed.textLength + 1)), // half as much again is no other feed
  ];
  return feeds.toSorted((one, other) => {
    const [a, b] = [marks(one), marks(other)];
    const at = a.findIndex((mark, index) => mark !== b[index]);
    return at === -1 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
  });
}

/** Of feeds that were reached by two addresses, the first. */
export function eachOnce(feeds: readonly SeenFeed[]): readonly SeenFeed[] {
  const seen = new Set<string>();
  return feeds.filter(({ url }) => {
    const key = urlKey(url);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A feed without a new item for so long looks dead. */
const longSilenceMs = 365 * 86_400_000;

export type Doubt = 'cut' | 'empty' | 'old' | 'undated' | 'http' | 'comments';

/** What a person should think about before following it. */
export function doubtsOf(
  feed: Pick<SeenFeed, 'url' | 'itemCount' | 'isCut' | 'newest' | 'isOfComments'>,
  now: Instant,
): readonly Doubt[] {
  return [
    ...(feed.itemCount === 0 ? [feed.isCut ? ('cut' as const) : ('empty' as const)] : []),
    ...(feed.itemCount > 0 && feed.newest === undefined ? ['undated' as const] : []),
    ...(feed.newest !== undefined && now - feed.newest > longSilenceMs ? ['old' as const] : []),
    ...(feed.isOfComments ? ['comments' as const] : []),
    ...(feed.url.startsWith('http:') ? ['http' as const] : []),
  ];
}
