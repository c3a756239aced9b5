/** A web page to entries by the selectors in sources.yaml, or, without selectors, to the feeds that it advertises. */
import type { Entry, Feed, PageSelectors, Parsed, RawHtml } from '../model.ts';
import { problem } from '../problems.ts';
import { plainLine, xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { readEntries } from './entries.ts';
import { treeWithin } from './nesting.ts';
import { lookAt, maxPageDepth } from './page-look.ts';
import { strangePage } from './strange-pages.ts';
import { languageOf, maxTitle, rawHtml } from './xml/constructs.ts';
import type { Scope } from './xml/node.ts';
import { noHints } from './xml/parts.ts';

/**
 * Reads a page without selectors: its title and the feeds it names, without feeds of comments and descriptions of pages.
 * @returns failed where it names none and is a page of those in strange-pages.ts
 */
export function readPageLinks(html: string, url: string): Parsed {
  const look = lookAt(html, url);
  const strange = look.feeds.length === 0 ? strangePage(look) : undefined;
  return strange === undefined
    ? { kind: 'page', title: look.title, feeds: look.feeds }
    : { kind: 'failed', problem: strange.problem };
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
 * @returns failed with parse/no-match where `item` matches nothing or is no selector; or as strange-pages.ts names a page
 *   that is plainly of those, or on which the selectors match nothing
 */
export async function readPage(html: string, url: string, selectors: PageSelectors, most: number): Promise<Parsed> {
  const strange = strangePage(lookAt(html, url));
  if (strange?.isCertain) return { kind: 'failed', problem: strange.problem };
  const read = await readSelected(html, url, selectors, most);
  return read.kind === 'failed' && strange !== undefined ? { kind: 'failed', problem: strange.problem } : read;
}

async function readSelected(html: string, url: string, selectors: PageSelectors, most: number): Promise<Parsed> {
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
  const base = resolveUrl(page.head.first('base[href]')?.attribute('href') ?? '', url) ?? resolveUrl(url);
  const lang = languageOf(page.head.first('html')?.attribute('lang'));
  const { entries, problems } = readEntries(page.items, most, {
    read: (item) => pageEntry(item, selectors, { base, lang: undefined }),
    name: (item) => item.text,
    dates: (item) => pageDates(item, selectors),
  });
  if (entries.length === 0) return noMatch(`title and link inside ${selectors.item}`);
  const feed: Feed = {
    format: 'page',
    id: undefined,
    subtitle: undefined,
    links: [],
    image: undefined,
    icon: undefined,
    title: plainLine(page.head.first('head > title, title')?.text ?? '') || undefined,
    home: resolveUrl(url),
    lang,
    rights: undefined,
    generator: undefined,
    authors: [],
    hints: noHints,
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
    ...pageDates(item, selectors),
    categories: [],
    enclosures: [],
    pictures: [],
    place: undefined,
    source: undefined,
    origLink: undefined,
    rights: undefined,
    lang: languageOf(item.attribute('lang')),
  };
}

function pageDates(item: Found, selectors: PageSelectors): Pick<Entry, 'publishedText' | 'updatedText'> {
  const dated = item.first(selectors.date ?? 'time');
  const time = dated?.attribute('datetime') ?? dated?.first('time[datetime]')?.attribute('datetime') ?? dated?.text;
  return { publishedText: plainLine(time ?? '', 100) || undefined, updatedText: undefined };
}
