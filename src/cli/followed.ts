/** A feed that was looked at → the source that is this feed already, under whatever address. */
import { keyOf, readListings } from '../config/listings.ts';
import type { SeenFeed } from '../discovery/seen-feed.ts';
import { type FindingEdges, openOne } from '../finding.ts';
import type { Library } from '../library.ts';
import type { Config, Source, SourceKey, SourceMemory } from '../model.ts';
import { hasDatabase, openToLook } from '../storage.ts';
import { hostOf } from '../text/url.ts';
import { readYaml } from '../yaml/read.ts';
import { type CommonOptions, foundStorage } from './settings.ts';

/** What earlier runs remember; nothing where there were none. */
export interface Remembered {
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  readonly library: Library | undefined;
  close(): Promise<void>;
}

/** Looks into the database, where there is one. */
export async function remember(options: CommonOptions): Promise<Remembered> {
  const data = await foundStorage(options);
  if (!(await hasDatabase(data))) return { memories: new Map(), library: undefined, close: async () => {} };
  const { library } = await openToLook(data);
  return { memories: await library.memories(), library, close: () => library.close() };
}

export interface Followed {
  readonly source: Source;
  /** How that is known: half a sentence about its address. */
  readonly because: string;
}

/** Guids that two feeds do not have by chance: addresses, and what is as long. */
const telling = /^.{16,}$|[/:]/;
const mostCompared = 10;
/** Sources of the same host that are asked, where nothing is remembered of them. */
const mostAsked = 2;

/** @param others addresses that led to it: what was typed, the page it was found behind */
export async function followedAs(
  look: SeenFeed,
  others: readonly string[],
  { sources }: Pick<Config, 'sources'>,
  { memories, library }: Pick<Remembered, 'memories' | 'library'>,
  edges: FindingEdges,
): Promise<Followed | undefined> {
  const own = new Set(look.addresses.map(keyOf));
  const ledHere = new Set(others.map(keyOf));
  for (const source of sources) {
    const memory = memories.get(source.key);
    if (own.has(source.key) || own.has(keyOf(source.url))) return { source, because: 'it has this address' };
    const known = [memory?.feedUrl, memory?.askedUrl, memory?.bodyUrl, memory?.move?.to, memory?.movedFrom];
    if (known.some((url) => url !== undefined && own.has(keyOf(url))))
      return { source, because: 'its address leads to this feed' };
    // A page is a source by the feed that it names, and nothing was found behind it otherwise.
    const isPage = ledHere.has(source.key) || ledHere.has(keyOf(source.url));
    if (isPage && memory?.feedUrl === undefined && look.format === 'page')
      return { source, because: 'it is this page' };
  }
  const guids = look.guids.filter((guid) => telling.test(guid)).slice(0, mostCompared);
  if (guids.length === 0) return undefined;
  const isMostly = (count: number): boolean => count >= Math.max(1, guids.length / 2);
  for (const source of sources) {
    const known = await library?.knownEntries(source.key, guids);
    if (known !== undefined && isMostly(known.size))
      return { source, because: 'Relais has had the same posts from there' };
  }
  const neighbours = sources.filter(({ url, key, paused }) => {
    const isUnknown = memories.get(key)?.lastSuccess === undefined;
    return isUnknown && paused === undefined && hostOf(url) === hostOf(look.url);
  });
  for (const source of neighbours.slice(0, mostAsked)) {
    const there = await guidsAt(source.url, edges);
    if (isMostly(guids.filter((guid) => there.has(guid)).length))
      return { source, because: 'the same posts stand there' };
  }
  return undefined;
}

/** Of the feed at an address, or of the first that the page there names. */
async function guidsAt(url: string, edges: FindingEdges): Promise<ReadonlySet<string>> {
  const opened = await openOne(url, edges);
  const named = opened.kind === 'page' ? opened.page.named[0]?.url : undefined;
  const feed = named === undefined ? opened : await openOne(named, edges);
  return new Set(feed.kind === 'feed' ? feed.look.guids : []);
}

/** Another source of the same site: one group may own both. */
export function neighbourOf(
  look: SeenFeed,
  { sources }: Pick<Config, 'sources'>,
  { memories }: Pick<Remembered, 'memories'>,
): Source | undefined {
  const home = look.home === undefined ? undefined : keyOf(look.home);
  return sources.find(({ key, url }) => {
    const theirs = memories.get(key)?.home;
    return hostOf(url) === hostOf(look.url) || (home !== undefined && theirs !== undefined && keyOf(theirs) === home);
  });
}

/** A source's address as it is written in the file, with the names of its secrets. */
export function addressAsWritten(text: string, key: SourceKey): string | undefined {
  const read = readYaml(text);
  if (read.kind === 'errors') return undefined;
  const listing = readListings(read.value, (name) => name).listings.find((one) => one.key === key);
  const at = listing?.path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[step] : undefined,
    read.value,
  );
  const url = typeof at === 'object' && at !== null ? (at as { readonly url?: unknown }).url : at;
  return typeof url === 'string' ? url : undefined;
}
