/** A web page → what it tells of feeds: those that it names, links that look like one, and the program that made it. */
import { readWithin } from '../parse/nesting.ts';
import { isOfComments, lookAt, maxPageDepth } from '../parse/page-look.ts';
import { plainLine, xmlText } from '../text/safe.ts';
import { politenessKey, resolveUrl } from '../text/url.ts';

/** A feed that a page names, or seems to. */
export interface NamedFeed {
  readonly url: string;
  readonly title: string | undefined;
  /** `hreflang`, as written. */
  readonly lang?: string | undefined;
}

export interface PageSigns {
  readonly url: string;
  readonly title: string | undefined;
  /** Language of the page, in small letters: `fr`. */
  readonly lang: string | undefined;
  /** What wrote it, as it says itself; small letters. */
  readonly generator: string;
  /** Ids, classes, scripts and their addresses; small letters. */
  readonly machinery: string;
  /** Feeds that its head names, without those of comments. */
  readonly named: readonly NamedFeed[];
  /** Links of its site that look like feeds, in the order of the page. */
  readonly linked: readonly NamedFeed[];
  /** Addresses of its links, the first thousand. */
  readonly links: readonly string[];
  /** The channel that a page of YouTube is about. */
  readonly channelId: string | undefined;
}

const maxLinks = 1_000;
const maxLinked = 20;
/** What addresses of feeds end in, or hold. */
const feedLike =
  /(?:\/(?:feeds?|rss|atom|backend|syndication)(?:\/|\.php)?(?:\?[^#]*)?|\.(?:rss|atom|rdf)(?:\?[^#]*)?|\/(?:[\w-]*(?:feed|rss|atom|newswire)[\w-]*|index)\.(?:xml|json|php)|[?&](?:page=backend(?:-\w+)?|feed=(?:rss2?|atom|rdf)|format=(?:feed|rss|atom)|type=(?:rss|atom|9818|100))(?:&[^#]*)?|\/feeds\/[\w/.-]+)$/i;
/** What links to feeds are called. */
const feedWords =
  /^(?:rss(?: ?2(?:\.0)?)?|atom|feed|rss[ -]?feed|newsfeed|flux(?: rss)?|fil rss|s’abonner au flux|syndication|syndiquer .{0,40}|canal rss)$/i;

/**
 * Reads a page once more, for what only a search for feeds wants to know.
 * @param url its address, which relative ones resolve against
 */
export function signsOf(html: string, url: string): PageSigns {
  const look = lookAt(html, url);
  const hreflangs = new Map<string, string>();
  const linked = new Map<string, NamedFeed>();
  const links: string[] = [];
  let base = url;
  let lang: string | undefined;
  let generator = '';
  let channelId: string | undefined;
  let open: { readonly url: string; words: string } | undefined;
  const endLink = (): void => {
    if (open === undefined) return;
    const words = plainLine(open.words, 60);
    const isFeed = feedLike.test(open.url) || (feedWords.test(words) && open.url !== url);
    if (isFeed && isOfSite(open.url, url) && !isOfComments(open.url, words) && linked.size < maxLinked)
      linked.set(open.url, linked.get(open.url) ?? { url: open.url, title: words || undefined });
    open = undefined;
  };
  readWithin(
    maxPageDepth,
    html,
    {},
    {
      onopentag(name, attributes) {
        const href = attributes.href === undefined ? undefined : resolveUrl(xmlText(attributes.href), base);
        if (name === 'html') lang ??= languageIn(attributes.lang ?? attributes['xml:lang']);
        if (name === 'base' && href !== undefined) base = href;
        if (name === 'meta' && attributes.name?.toLowerCase() === 'generator' && generator === '')
          generator = (attributes.content ?? '').slice(0, 200).toLowerCase();
        const said = name === 'meta' || name === 'link' ? `${attributes.content ?? ''} ${attributes.href ?? ''}` : '';
        channelId ??= /(?:^|\/channel\/)(UC[\w-]{22})(?:\W|$)/.exec(said)?.[1];
        if (name === 'link' && href !== undefined && attributes.hreflang !== undefined)
          hreflangs.set(href, attributes.hreflang);
        if (name !== 'a' || href === undefined || !/^https?:/.test(href)) return;
        endLink();
        const target = href.replace(/#.*$/s, '');
        if (links.length < maxLinks) links.push(target);
        open = { url: target, words: attributes.title ?? '' };
      },
      ontext(text) {
        if (open !== undefined && open.words.length < 200) open.words += text;
      },
      onclosetag(name) {
        if (name === 'a') endLink();
      },
    },
  );
  endLink();
  const { title, machinery } = look;
  const named = look.feeds.map((feed) => ({ ...feed, lang: languageIn(hreflangs.get(feed.url)) }));
  return { url, title, lang, generator, machinery, named, linked: [...linked.values()], links, channelId };
}

/** The part of a tag that names a language, in small letters; undefined for what is none. */
export function languageIn(tag: string | undefined): string | undefined {
  return /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(tag ?? '')?.[1]?.toLowerCase();
}

function isOfSite(url: string, page: string): boolean {
  const isSafe = url.startsWith('https:') || page.startsWith('http:');
  return isSafe && politenessKey(url) === politenessKey(page);
}
