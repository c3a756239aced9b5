/**
 * A web page to entries by the selectors in sources.yaml; without selectors to the feeds that it advertises, or to entries by
 * the microformats in it.
 */
import type { Entry, Feed, Link, PageSelectors, Parsed, RawHtml } from '../model.ts';
import { problem } from '../problems.ts';
import { plainLine, xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { type ReadEntries, readEntries } from './entries.ts';
import { eventsMarkedIn } from './events/marked.ts';
import { datesOf, findFeed, isEntry, nameOfEntry, readHEntry } from './h-feed.ts';
import {
  type Microformat,
  type Microformats,
  mayHaveEntries,
  readMicroformats,
  type Tree,
  type TreeElement,
} from './microformats.ts';
import { treeWithin } from './nesting.ts';
import { lookAt, maxPageDepth } from './page-look.ts';
import { strangePage } from './strange-pages.ts';
import { languageOf, maxTitle, rawHtml } from './xml/constructs.ts';
import type { Scope } from './xml/node.ts';
import { noHints } from './xml/parts.ts';

/**
 * Reads a page without selectors: its title and the feeds it names, without feeds of comments and descriptions of pages;
 * of one that names none its microformats.
 * @returns a feed where it has entries; failed where it has neither and is a page of those in strange-pages.ts
 */
export async function readPlainPage(html: string, url: string, most: number): Promise<Parsed> {
  const look = lookAt(html, url);
  const page: Parsed = { kind: 'page', title: look.title, feeds: look.feeds };
  if (look.feeds.length > 0) return page;
  const strange = strangePage(look);
  const read = strange?.isCertain ? undefined : await readMarked(html, url, {}, most);
  return read ?? (strange === undefined ? page : { kind: 'failed', problem: strange.problem });
}

/** By microformats, and by selectors only where the list goes on; undefined where there are no entries. */
async function readMarked(
  html: string,
  url: string,
  selectors: PageSelectors,
  most: number,
): Promise<Parsed | undefined> {
  const tree = mayHaveEntries(html) ? treeWithin(maxPageDepth, html) : undefined;
  if (tree === undefined) return undefined;
  const things = readMicroformats(tree);
  if (!things.hasEntries) return undefined;
  const { head } = await select(tree, 'html');
  const scope = scopeIn(head, url);
  const { about, entries } = findFeed(things, scope);
  const read = readEntries(entries, most, {
    read: (entry) => readHEntry(entry, scope),
    name: nameOfEntry,
    dates: datesOf,
  });
  if (read.entries.length === 0) return undefined;
  return feedOf(head, url, read, { ...about, links: nextIn(head, selectors, scope) });
}

/** What cheerio's selections are used for, so that its types stay in this file's one function. */
interface Found {
  /** The element itself, as the tree has it. */
  readonly element: TreeElement | undefined;
  readonly text: string;
  readonly html: string;
  attribute(name: string): string | undefined;
  first(selector: string): Found | undefined;
}

/**
 * Reads a page as a list of entries; without `item`, by its microformats. Without a selector of its own, a part is what a microformat says of it; where the item
 * is none, `title` is the first heading or link and `link` the first link inside the item; a matched element that is no
 * link lends the first link inside it.
 * @returns failed with parse/no-match where `item` matches nothing or is no selector; or as strange-pages.ts names a page
 *   that is plainly of those, or on which the selectors match nothing
 */
export async function readPage(html: string, url: string, selectors: PageSelectors, most: number): Promise<Parsed> {
  const strange = strangePage(lookAt(html, url));
  if (strange?.isCertain) return { kind: 'failed', problem: strange.problem };
  const { item } = selectors;
  const read =
    item === undefined
      ? ((await readMarked(html, url, selectors, most)) ?? noMatch('no h-entry'))
      : await readSelected(html, url, { ...selectors, item }, most);
  return read.kind === 'failed' && strange !== undefined ? { kind: 'failed', problem: strange.problem } : read;
}

async function readSelected(
  html: string,
  url: string,
  selectors: PageSelectors & { readonly item: string },
  most: number,
): Promise<Parsed> {
  const tree = treeWithin(maxPageDepth, html);
  if (tree === undefined) return noMatch(`the page is nested more than ${maxPageDepth} deep`);
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
  const scope = scopeIn(page.head, url);
  const things = mayHaveEntries(html) ? readMicroformats(tree) : undefined;
  const entryIn = (item: Found): Microformat | undefined => {
    const thing = item.element && things?.of(item.element);
    return thing !== undefined && isEntry(thing) ? thing : undefined;
  };
  const read = readEntries(page.items, most, {
    read: (item) => pageEntry(item, entryIn(item), selectors, scope),
    name: (item) => item.text,
    dates: (item) => pageDates(item, entryIn(item), selectors),
  });
  if (read.entries.length === 0) return noMatch(`title and link inside ${selectors.item}`);
  return feedOf(page.head, url, read, {
    authors: authorsIn(things, scope),
    links: nextIn(page.head, selectors, scope),
  });
}

function authorsIn(things: Microformats | undefined, scope: Scope): Feed['authors'] {
  return things === undefined ? [] : findFeed(things, scope).about.authors;
}

/** Where the list goes on. */
function nextIn(head: Found, { next }: PageSelectors, scope: Scope): readonly Link[] {
  const href = next === undefined ? undefined : hrefIn(head.first(next));
  const url = href === undefined ? undefined : resolveUrl(xmlText(href), scope.base);
  return url === undefined ? [] : [{ href: url, rel: 'next' }];
}

function scopeIn(head: Found, url: string): Scope {
  const base = resolveUrl(head.first('base[href]')?.attribute('href') ?? '', url) ?? resolveUrl(url);
  return { base, lang: undefined };
}

/** A page that has been read, with what it says of itself beside its title. */
function feedOf(head: Found, url: string, { entries, problems }: ReadEntries, about: Partial<Feed>): Parsed {
  const title = plainLine(head.first('head > title, title')?.text ?? '') || undefined;
  const feed: Feed = {
    format: 'page',
    id: undefined,
    subtitle: undefined,
    links: [],
    image: undefined,
    icon: undefined,
    home: resolveUrl(url),
    lang: languageOf(head.first('html')?.attribute('lang')),
    rights: licenceIn(head.first(licensedAll), { base: resolveUrl(url), lang: undefined }),
    generator: undefined,
    authors: [],
    hints: noHints,
    entries,
    deleted: [],
    ...about,
    title: about.title ?? title,
  };
  return { kind: 'feed', feed, problems };
}

function noMatch(selector: string): Parsed {
  return { kind: 'failed', problem: problem('parse/no-match', {}, selector) };
}

/** htmlparser2's tree is used, not a browser's: selectors see the page as it was written, and it has a bound. */
async function select(
  tree: Tree,
  selector: string,
): Promise<{ readonly head: Found; readonly items: readonly Found[] }> {
  const { load } = await import('cheerio/slim');
  // cheerio brings an older htmlparser2 whose nodes have the same members and other types.
  const nodes = tree as unknown as Parameters<typeof load>[0];
  const page = load(nodes, { xml: { xmlMode: false, decodeEntities: true } });
  const wrap = (selection: ReturnType<typeof page.root> | ReturnType<typeof page>): Found => ({
    element: selection.get(0) as TreeElement | undefined,
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

function pageEntry(
  item: Found,
  marked: Microformat | undefined,
  selectors: PageSelectors,
  scope: Scope,
): Entry | undefined {
  const said = marked === undefined ? undefined : readHEntry(marked, scope);
  const events = item.element === undefined ? [] : eventsMarkedIn(item.element, scope.base);
  const title = isNamed(marked, item, selectors) ? said?.title : titleIn(item, selectors, scope);
  const links = selectors.link === undefined && said !== undefined ? said.links : [];
  const link = links.some(({ rel }) => rel === 'alternate') ? undefined : linkIn(item, selectors, scope);
  if (title === undefined && link === undefined && said === undefined) return undefined;
  return {
    ...(said ?? nothingSaid),
    title,
    links: [...(link === undefined ? [] : [link]), ...links],
    content: selectors.content === undefined ? said?.content : contentIn(item, selectors.content, scope),
    ...pageDates(item, marked, selectors),
    events,
    rights: licenceIn(item.first(licensed), scope) ?? said?.rights,
    lang: languageOf(item.attribute('lang')),
  };
}

const licensed = 'a[rel~="license"]:not(figure a), link[rel~="license"], .u-license';
/** What holds for all of a page stands in its head or at its foot; elsewhere it may be one text's. */
const licensedAll = 'head link[rel~="license"], body > footer a[rel~="license"]';

function licenceIn(found: Found | undefined, scope: Scope): string | undefined {
  const href = hrefIn(found);
  return href === undefined ? undefined : resolveUrl(xmlText(href), scope.base);
}

/** What the microformat calls the item counts; all its words, as a name that nobody has given it, only without a heading. */
function isNamed(marked: Microformat | undefined, item: Found, { title }: PageSelectors): boolean {
  return (
    title === undefined && marked !== undefined && (marked.properties.has('name') || item.first(headings) === undefined)
  );
}

const headings = 'h1, h2, h3, h4, h5, h6';

const nothingSaid = {
  guid: undefined,
  guidIsUrl: false,
  summary: undefined,
  authors: [],
  contributors: [],
  categories: [],
  enclosures: [],
  pictures: [],
  place: undefined,
  events: [],
  source: undefined,
  origLink: undefined,
  rights: undefined,
} satisfies Partial<Entry>;

function titleIn(item: Found, { title }: PageSelectors, scope: Scope): RawHtml | undefined {
  const titled = item.first(title ?? headings) ?? item.first('a[href]');
  return titled === undefined ? undefined : rawHtml(titled.html, scope, maxTitle);
}

function linkIn(item: Found, { link }: PageSelectors, scope: Scope): Link | undefined {
  const written = hrefIn(item.first(link ?? 'a[href]'));
  const href = written === undefined ? undefined : resolveUrl(xmlText(written), scope.base);
  return href === undefined ? undefined : { href, rel: 'alternate' };
}

function contentIn(item: Found, selector: string, scope: Scope): RawHtml | undefined {
  return rawHtml(item.first(selector)?.html ?? '', scope);
}

/** Of a link, or of the first one inside. */
function hrefIn(found: Found | undefined): string | undefined {
  return found?.attribute('href') ?? found?.first('a[href]')?.attribute('href');
}

function pageDates(
  item: Found,
  marked: Microformat | undefined,
  { date }: PageSelectors,
): Pick<Entry, 'publishedText' | 'updatedText'> {
  const said = marked === undefined || date !== undefined ? undefined : datesOf(marked);
  if (said?.publishedText !== undefined) return said;
  const dated = item.first(date ?? 'time');
  const time = dated?.attribute('datetime') ?? dated?.first('time[datetime]')?.attribute('datetime') ?? dated?.text;
  return { publishedText: plainLine(time ?? '', 100) || undefined, updatedText: said?.updatedText };
}
