/**
 * What partners ask of us by themselves, on their site or in their feed: read from what they wrote, brought together, and laid
 * over the settings. A wish makes stricter and never looser. The vocabulary is in docs/partners.md. Pure.
 */
import type { Config, Images, Show, Source, SourceKey, SourceMemory, Wish, Wishes } from '../model.ts';
import { fatesOfImages, shows, strictestOf } from './strictness.ts';
import { bareHost, parseUrl } from './url.ts';

/** Of our elements in feeds. */
export const wishNamespace = 'urn:relais:wishes';

/** Where a site says it, on the host of its home or of its feed. */
export const wishFile = '/.well-known/relais.json';

/**
 * A wish as written: an object with `republish` and `images`, or the word for `republish` alone. Case and white space around
 * a word say nothing; a word that we do not know says nothing either.
 * @returns undefined where nothing is asked
 */
export function wishOf(written: unknown): Wish | undefined {
  const own = (name: string): unknown =>
    typeof written === 'object' && written !== null && Object.hasOwn(written, name)
      ? (written as Readonly<Record<string, unknown>>)[name]
      : undefined;
  const republish = wordIn(typeof written === 'string' ? written : own('republish'), shows);
  const images = wordIn(own('images'), fatesOfImages);
  if (republish === undefined && images === undefined) return undefined;
  return { ...(republish !== undefined && { republish }), ...(images !== undefined && { images }) };
}

function wordIn<Word extends string>(written: unknown, words: readonly Word[]): Word | undefined {
  const said = typeof written === 'string' ? written.slice(0, 100).trim().toLowerCase() : undefined;
  return words.find((word) => word === said);
}

/** Whose wish is looked for in a site's file. */
export interface Asked {
  /** The host that the file is from, with its port. */
  readonly host: string;
  /** Addresses of the source's feed. */
  readonly feeds: readonly string[];
  /** The source's home is the root of that host: what the file says of the whole site is meant for it. */
  readonly isWholeSite: boolean;
}

/** Feeds that one file may name: more is nobody's hand. */
const mostFeeds = 1_000;

/**
 * What a site's file says of a source: what it says of its feed by name, else what it says of all.
 * @param text the file as it came, of any kind
 * @returns `junk` where it cannot be read; undefined where it asks nothing of this source
 */
export function wishInFile(text: string, { host, feeds, isWholeSite }: Asked): Wish | 'junk' | undefined {
  const written = jsonIn(text);
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return 'junk';
  const named = Object.hasOwn(written, 'feeds') ? (written as { feeds: unknown }).feeds : undefined;
  if (typeof named === 'object' && named !== null) {
    const own = new Set(feeds.flatMap((url) => pathAt(url, host) ?? []));
    for (const [name, wish] of Object.entries(named).slice(0, mostFeeds)) {
      const path = pathAt(name, host);
      if (path !== undefined && own.has(path)) return wishOf(wish);
    }
  }
  return isWholeSite ? wishOf(written) : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Path and query of an address on that host, or of a path alone, without a slash at the end. */
function pathAt(written: string, host: string): string | undefined {
  const url = parseUrl(written, `https://${host}/`);
  if (url === undefined || bareHost(url.host) !== bareHost(host)) return undefined;
  return `${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

/** All that a source's partner asks, as one wish. */
export function wholeWish(wishes: Wishes | undefined): Wish {
  const all = [wishes?.feed, ...(wishes?.sites ?? []).map(({ wish }) => wish)];
  return {
    republish: strictestOf(
      shows,
      all.map((one) => one?.republish),
    ),
    images: strictestOf(
      fatesOfImages,
      all.map((one) => one?.images),
    ),
  };
}

/** How much of a source is shown, and what becomes of its pictures. */
interface Terms {
  readonly republish: Show;
  readonly images: Images;
}

/** The stricter of what the settings allow and what the partner asks. */
export function stricterOf({ show, images }: Pick<Source, 'show' | 'images'>, wish: Wish): Terms {
  return {
    republish: strictestOf(shows, [show, wish.republish]) ?? show,
    images: strictestOf(fatesOfImages, [images, wish.images]) ?? images,
  };
}

const republishWords: Readonly<Record<Show, string>> = {
  none: 'nothing of its texts be republished',
  link: 'only titles and links of its texts be republished',
  excerpt: 'no more than beginnings of its texts be republished',
  full: 'its texts be republished in full',
};
const imageWords: Readonly<Record<Images, string>> = {
  none: 'no pictures of its texts be shown',
  link: 'its pictures only be linked',
  copy: 'its pictures be copied',
};

/** What is asked, as the end of a sentence for the maintainer; '' where nothing is. */
export function wishWords({ republish, images }: Wish): string {
  const parts = [republish && republishWords[republish], images && imageWords[images]];
  return parts.filter((part) => part !== undefined).join(', and that ');
}

/** The source as its partner wants it shown. */
function underWish(source: Source, memory: Pick<SourceMemory, 'wishes'> | undefined): Source {
  const wish = wholeWish(memory?.wishes);
  if (wish.republish === undefined && wish.images === undefined) return source;
  const { republish, images } = stricterOf(source, wish);
  return { ...source, show: republish, images };
}

/** The settings as partners want them: what is published under other wishes is made again. */
export function underWishes(config: Config, memories: ReadonlyMap<SourceKey, SourceMemory>): Config {
  const sources = config.sources.map((source) => underWish(source, memories.get(source.key)));
  const changed = sources.filter((source, at) => source !== config.sources[at]);
  if (changed.length === 0) return config;
  const wishes = changed.map(({ key, show, images }) => [key, show, images]);
  return { ...config, sources, hash: `${config.hash}-${JSON.stringify(wishes).replaceAll(' ', '%20')}` };
}
