/**
 * A site that a person names → the feeds behind it, looked at. Asked in the order of what is most certain: what the address
 * itself is, what its page names, what its links look like, where its program puts feeds; politely, and never more than
 * a dozen times.
 */
import { askForPage, letGo } from './asking.ts';
import { guessesByAddress, guessesByPage } from './discovery/habits.ts';
import { type NamedFeed, type PageSigns, signsOf } from './discovery/page-signs.ts';
import { eachOnce, ranked, type SeenFeed, seenFeed } from './discovery/seen-feed.ts';
import type { Clock, EntryContext, Network, OpenFeed, Reader } from './edges.ts';
import { noValidators } from './fetch/ask.ts';
import { isForGood } from './fetch/moves.ts';
import type { Fetched, FetchRequest, Instant, PageSelectors } from './model.ts';
import { decode } from './parse/decode.ts';
import type { Problem } from './problems.ts';
import { isHomePage, urlKey } from './text/url.ts';

export interface FindingEdges {
  readonly clock: Clock;
  readonly network: Network;
  readonly reader: Reader;
}

/** How feeds were found. `marked`: the page itself is one, by its microformats. */
export type Way = 'itself' | 'named' | 'linked' | 'guessed' | 'marked';

/** A page without a feed. */
export interface FeedlessPage {
  readonly url: string;
  readonly title: string | undefined;
  readonly lang: string | undefined;
  readonly html: string;
}

export type Found =
  | {
      readonly kind: 'feeds';
      readonly way: Way;
      /** The program or service by whose habit they were guessed. */
      readonly habit?: string | undefined;
      /** The page that they were found behind; undefined where the address is a feed. */
      readonly page: string | undefined;
      /** The best first; at least one. */
      readonly feeds: readonly [SeenFeed, ...SeenFeed[]];
    }
  | { readonly kind: 'page'; readonly page: FeedlessPage }
  /** Nothing answers there that could be followed. */
  | { readonly kind: 'failed'; readonly problem: Problem; readonly asked: string };

/** Addresses looked at in one search; redirects, robots.txt and a page read by guessed selectors come on top. */
const mostRequests = 12;
/** Feeds of one page that are looked at. */
const mostLooks = 5;
/** Items of a feed that are read for its look. */
const mostItems = 60;

/** Troubles of the way to a host: whatever else is asked there meets them again. */
const ofTheHost = /^fetch\/(?:unreachable|timeout|tls|refused-address|proxy|told-to-wait|bad-answer)$/;

/** What an address turned out to be. */
type Opened =
  | { readonly kind: 'feed'; readonly look: SeenFeed }
  | { readonly kind: 'page'; readonly page: PageSigns; readonly html: string; readonly isMarked: boolean }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** A search under way: it asks no address twice, and stops asking at its bound. */
interface Search {
  open(url: string): Promise<Opened | undefined>;
}

/**
 * Finds the feeds behind an address.
 * @param urls what was typed, the likeliest first: the next one only where nothing answers at the one before
 * @param onAsk hears each address before it is asked: a host is given seconds between two questions
 */
export async function findFeeds(
  urls: readonly [string, ...string[]],
  edges: FindingEdges,
  onAsk: (url: string) => void = () => {},
): Promise<Found> {
  const search = beginSearch(edges, onAsk);
  let failure: (Found & { readonly kind: 'failed' }) | undefined;
  for (const url of urls) {
    const first = await search.open(url);
    if (first === undefined) break;
    if (first.kind === 'feed') return feedsIn('itself', [first.look], undefined, url);
    if (first.kind === 'page') return await behindPage(first, url, search, edges);
    failure ??= { kind: 'failed', problem: first.problem, asked: url };
    if (ofTheHost.test(first.problem.code)) continue; // the same without encryption may answer
    return (await withoutPage(url, search, edges)) ?? failure;
  }
  if (failure === undefined) throw new Error('nothing was asked');
  return failure;
}

/** The page cannot be read: its service may still have a habit, and its site's front page may name feeds. */
async function withoutPage(url: string, search: Search, edges: FindingEdges): Promise<Found | undefined> {
  const guessed = await guess(guessesByAddress(url), url, search);
  if (guessed !== undefined) return guessed;
  if (isHomePage(url)) return undefined;
  const home = await search.open(new URL('/', url).href);
  if (home?.kind !== 'page') return home?.kind === 'feed' ? feedsIn('itself', [home.look], undefined, url) : undefined;
  const found = await behindPage(home, home.page.url, search, edges);
  return found.kind === 'feeds' ? found : undefined;
}

async function behindPage(
  opened: Opened & { readonly kind: 'page' },
  typed: string,
  search: Search,
  edges: FindingEdges,
): Promise<Found> {
  const { page, html, isMarked } = opened;
  const named = await openAll(page.named, search);
  if (named.length > 0) return feedsIn('named', named, page, typed);
  const linked = await openAll(page.linked, search);
  if (linked.length > 0) return feedsIn('linked', linked, page, typed);
  const guessed = await guess(guessesByPage(page), typed, search, page);
  if (guessed !== undefined) return guessed;
  const marked = isMarked ? await readPage(page.url, undefined, edges) : undefined;
  if (marked?.kind === 'feed') return feedsIn('marked', [marked.look], page, typed);
  if (!isHomePage(page.url)) {
    const home = await search.open(new URL('/', page.url).href);
    const above = home?.kind === 'page' ? await openAll(home.page.named, search) : [];
    if (above.length > 0) return feedsIn('named', above, home?.kind === 'page' ? home.page : page, typed);
  }
  const { url, title, lang } = page;
  return { kind: 'page', page: { url, title, lang, html } };
}

/** Feeds among these; those of comments only where there are no others. */
async function openAll(named: readonly NamedFeed[], search: Search): Promise<readonly SeenFeed[]> {
  const looks: SeenFeed[] = [];
  for (const { url } of named.slice(0, mostLooks)) {
    const opened = await search.open(url);
    if (opened?.kind === 'feed' && opened.look.format !== 'page') looks.push(opened.look);
    if (opened?.kind === 'failed' && ofTheHost.test(opened.problem.code)) break;
  }
  const ofTexts = looks.filter(({ isOfComments }) => !isOfComments);
  return ofTexts.length > 0 ? ofTexts : looks;
}

/** Tries where programs put their feeds. The first good answer of each ends the search for that one. */
async function guess(
  guesses: ReturnType<typeof guessesByPage>,
  typed: string,
  search: Search,
  page?: PageSigns,
): Promise<Found | undefined> {
  const pages = new Set([typed, page?.url ?? typed, new URL('/', page?.url ?? typed).href].map(urlKey));
  for (const { name, urls } of guesses) {
    for (const url of urls) {
      const opened = await search.open(url);
      if (opened === undefined) return undefined;
      if (opened.kind === 'failed' && ofTheHost.test(opened.problem.code)) return undefined;
      if (opened.kind !== 'feed' || opened.look.isOfComments) continue;
      // Whoever leads every unknown address to the same place has no feed at this one.
      const isElsewhere = opened.look.addresses.some((address) => pages.has(urlKey(address)));
      if (!isElsewhere) return { ...feedsIn('guessed', [opened.look], page, typed), habit: name };
    }
  }
  return undefined;
}

function feedsIn(
  way: Way,
  looks: readonly SeenFeed[],
  page: PageSigns | undefined,
  typed: string,
): Found & { readonly kind: 'feeds' } {
  const [first, ...others] = eachOnce(ranked(looks, { url: page?.url ?? typed, lang: page?.lang }));
  if (first === undefined) throw new Error('no feed was found');
  return { kind: 'feeds', way, page: page?.url, feeds: [first, ...others] };
}

function beginSearch(edges: FindingEdges, onAsk: (url: string) => void): Search {
  const asked = new Map<string, Opened>();
  return {
    async open(url) {
      const before = asked.get(url);
      if (before !== undefined) return before;
      if (asked.size >= mostRequests) return undefined;
      onAsk(url);
      const opened = await openOne(url, edges);
      asked.set(url, opened);
      return opened;
    },
  };
}

/** Looks at whatever answers at an address. A page that is a feed by its microformats is a page that may be read. */
export async function openOne(url: string, { clock, network, reader }: FindingEdges): Promise<Opened> {
  const fetched = await network.fetch(requestFor(url));
  if (fetched.kind === 'failed') return { kind: 'failed', problem: fetched.problem };
  if (fetched.kind === 'unchanged') throw new Error('nothing was known of it');
  try {
    const document = await reader.read(fetched, { page: undefined, areGuidsShared: false });
    if (document.kind === 'failed') return { kind: 'failed', problem: document.problem };
    if (document.kind === 'feed' && document.feed.format !== 'page')
      return await looked(document, url, fetched, clock.now());
    if (document.kind === 'feed') document.close();
    const html = (await decode(fetched.body, fetched.contentType)).text;
    const signs = signsOf(html, fetched.url);
    const named = [...signs.named, ...(fetched.feedLinks ?? [])];
    return { kind: 'page', page: { ...signs, named }, html, isMarked: document.kind === 'feed' };
  } finally {
    letGo(fetched, network);
  }
}

/**
 * Reads a page as its source would be read: by the leave of its site, with these selectors or by its microformats.
 * @returns failed where the site does not want that, or nothing is found
 */
export async function readPage(
  url: string,
  page: PageSelectors | undefined,
  edges: FindingEdges,
): Promise<Exclude<Opened, { readonly kind: 'page' }> | undefined> {
  const source = { secrets: [], page };
  const { fetched, document } = await askForPage(source, requestFor(url), { permissions: undefined }, edges);
  try {
    if (fetched.kind === 'failed') return { kind: 'failed', problem: fetched.problem };
    if (document?.kind === 'failed') return { kind: 'failed', problem: document.problem };
    if (fetched.kind === 'unchanged' || document?.kind !== 'feed') return undefined;
    return await looked(document, url, fetched, edges.clock.now());
  } finally {
    letGo(fetched, edges.network);
  }
}

/** Reads a feed's newest entries for its look, and closes it. @param by what is known of its source */
export async function looked(
  document: OpenFeed,
  asked: string,
  { url: from, trail }: Fetched & { readonly kind: 'fresh' },
  now: Instant,
  by: EntryContext['source'] = unknownSource,
): Promise<Exclude<Opened, { readonly kind: 'page' }>> {
  const guids = document.names.map(({ guid }) => guid);
  const made = await document.normalise(guids.slice(0, mostItems), { source: by, now });
  if (made.kind === 'failed') return { kind: 'failed', problem: made.problem };
  const met = { asked, from, isForGood: isForGood(trail), guids, now };
  return { kind: 'feed', look: seenFeed(document.feed, made.items, met) };
}

const unknownSource: EntryContext['source'] = { name: undefined, lang: undefined, hosts: [], tags: [], future: 'show' };

function requestFor(url: string): FetchRequest {
  return { url, validators: noValidators, bodyHash: undefined };
}
