/** A web page to entries by the selectors in sources.yaml, or, without selectors, to the feeds that it advertises. */
import type { AdvertisedFeed, Entry, Feed, PageSelectors, Parsed, RawHtml } from '../model.ts';
import { problem } from '../problems.ts';
import { plainLine, xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { readEntries } from './entries.ts';
import { readWithin, treeWithin } from './nesting.ts';
import { languageOf, maxTitle, rawHtml } from './xml/constructs.ts';
import type { Scope } from './xml/node.ts';

const feedTypes: ReadonlySet<string> = new Set(
  'application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json application/xml text/xml'.split(
    ' ',
  ),
);

/** Links of type JSON or XML that WordPress puts beside its feeds: descriptions of one page. */
const descriptions = /\/wp-json\/|oembed/i;
/** Feeds of comments, by address and by the title that WordPress and others give them. */
const commentAddress = /\/comments\/(?:feed|default|atom)|[?&]feed=comments|\/feed\/comments|comments-rss/i;
const commentTitle =
  /\bcomments?\b|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|σχόλια|yorum|التعليقات|دیدگاه/i;

const maxAdvertised = 50;
/** Go's HTML parser refuses more, and no page made by people has it. */
const maxDepth = 512;

/** Reads the head of a page: its title and the feeds it names, without feeds of comments and descriptions of pages. */
export function readPageLinks(html: string, url: string): Parsed {
  let title = '';
  let titleState: 'before' | 'inside' | 'after' = 'before';
  let base = url;
  const feeds = new Map<string, AdvertisedFeed>();
  readWithin(
    maxDepth,
    html,
    {},
    {
      onopentag(name, attributes) {
        if (name === 'title' && titleState === 'before') titleState = 'inside';
        if (name === 'base' && attributes.href !== undefined) base = resolveUrl(attributes.href, base) ?? base;
        const feed = name === 'link' || name === 'a' ? advertised(name, attributes, base) : undefined;
        if (feed !== undefined && !feeds.has(feed.url) && feeds.size < maxAdvertised) feeds.set(feed.url, feed);
      },
      ontext(text) {
        if (titleState === 'inside' && title.length < maxTitle) title += text;
      },
      onclosetag(name) {
        if (name === 'title' && titleState === 'inside') titleState = 'after';
      },
    },
  );
  return { kind: 'page', title: plainLine(title) || undefined, feeds: [...feeds.values()] };
}

function advertised(
  name: string,
  attributes: Readonly<Record<string, string>>,
  base: string,
): AdvertisedFeed | undefined {
  const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const type = (attributes.type ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
  const isFeed = rels.includes('feed') || (rels.includes('alternate') && feedTypes.has(type));
  if (!isFeed || (name === 'a' && !feedTypes.has(type))) return undefined;
  const url = resolveUrl(xmlText(attributes.href ?? ''), base);
  const title = plainLine(attributes.title ?? '') || undefined;
  if (url === undefined || !/^https?:/.test(url) || descriptions.test(url)) return undefined;
  return commentAddress.test(url) || commentTitle.test(title ?? '') ? undefined : { url, title };
}

/** What cheerio's selections are used for, so that its types stay in this file's one function. */
interface Found {
  readonly text: string;
  readonly html: string;
  attribute(name: string): string | undefined;
  first(selector: string): Found | undefined;
}

/**
 * Reads a page as a list of entries. Without a selector of its own, `title` is the first heading or link and `link` the
 * first link inside the item; a matched element that is no link lends the first link inside it.
 * @returns failed with parse/no-match where `item` matches nothing or is no selector
 */
export async function readPage(html: string, url: string, selectors: PageSelectors): Promise<Parsed> {
  const tree = treeWithin(maxDepth, html);
  if (tree === undefined) return noMatch(`the page is nested more than ${maxDepth} deep`);
  let page: { readonly head: Found; readonly items: readonly Found[] };
  try {
    page = await select(tree, selectors.item);
    page.items[0]?.first(
      Object.values(selectors)
        .filter((selector) => selector !== undefined)
        .join(', '),
    );
  } catch (cause) {
    return noMatch(`${selectors.item} (${cause instanceof Error ? cause.message : 'no selector'})`);
  }
  if (page.items.length === 0) return noMatch(selectors.item);
  const base = resolveUrl(page.head.first('base[href]')?.attribute('href') ?? '', url) ?? resolveUrl(url);
  const lang = languageOf(page.head.first('html')?.attribute('lang'));
  const { entries, problems } = readEntries(
    page.items,
    (item) => pageEntry(item, selectors, { base, lang: undefined }),
    (item) => item.text,
  );
  if (entries.length === 0) return noMatch(`title and link inside ${selectors.item}`);
  const feed: Feed = {
    format: 'page',
    title: plainLine(page.head.first('head > title, title')?.text ?? '') || undefined,
    home: resolveUrl(url),
    lang,
    rights: undefined,
    authors: [],
    hints: { ttlMs: undefined, updatePeriodMs: undefined },
    entries,
    deleted: [],
  };
  return { kind: 'feed', feed, problems };
}

function noMatch(selector: string): Parsed {
  return { kind: 'failed', problem: problem('parse/no-match', {}, selector) };
}

/** htmlparser2's tree is used, not a browser's: selectors see the page as it was written, and it has a bound. */
async function select(
  tree: NonNullable<ReturnType<typeof treeWithin>>,
  selector: string,
): Promise<{ readonly head: Found; readonly items: readonly Found[] }> {
  const { load } = await import('cheerio/slim');
  // cheerio brings an older htmlparser2 whose nodes have the same members and other types.
  const nodes = tree as unknown as Parameters<typeof load>[0];
  const page = load(nodes, { xml: { xmlMode: false, decodeEntities: true } });
  const wrap = (selection: ReturnType<typeof page.root> | ReturnType<typeof page>): Found => ({
    get text() {
      return selection.text();
    },
    get html() {
      return selection.html() ?? '';
    },
    attribute: (name) => selection.attr(name),
    first: (inner) => {
      const found = selection.is(inner) ? selection.filter(inner) : selection.find(inner).first();
      return found.length === 0 ? undefined : wrap(found);
    },
  });
  return {
    head: wrap(page.root()),
    items: page(selector)
      .toArray()
      .map((element) => wrap(page(element))),
  };
}

function pageEntry(item: Found, selectors: PageSelectors, scope: Scope): Entry | undefined {
  const titled = item.first(selectors.title ?? 'h1, h2, h3, h4, h5, h6') ?? item.first('a[href]');
  const linked = item.first(selectors.link ?? 'a[href]');
  const href = linked?.attribute('href') ?? linked?.first('a[href]')?.attribute('href');
  const link = href === undefined ? undefined : resolveUrl(xmlText(href), scope.base);
  const dated = item.first(selectors.date ?? 'time');
  const time = dated?.attribute('datetime') ?? dated?.first('time[datetime]')?.attribute('datetime') ?? dated?.text;
  const title: RawHtml | undefined = titled === undefined ? undefined : rawHtml(titled.html, scope, maxTitle);
  if (title === undefined && link === undefined) return undefined;
  return {
    guid: undefined,
    guidIsUrl: false,
    title,
    links: link === undefined ? [] : [{ href: link, rel: 'alternate' }],
    summary: undefined,
    content: selectors.content === undefined ? undefined : rawHtml(item.first(selectors.content)?.html ?? '', scope),
    authors: [],
    contributors: [],
    publishedText: plainLine(time ?? '', 100) || undefined,
    updatedText: undefined,
    categories: [],
    enclosures: [],
    source: undefined,
    origLink: undefined,
    rights: undefined,
    lang: languageOf(item.attribute('lang')),
  };
}
