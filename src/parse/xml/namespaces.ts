/** XML namespaces to the prefixes that everyone uses, so that the adapters know a vocabulary by one name only. */
import { wishNamespace } from '../../text/wishes.ts';
import type { FeedRoot } from '../sniff.ts';

interface Vocabulary {
  /** The prefix that nearly every feed gives it. */
  readonly prefix: string;
  readonly uris: readonly string[];
}

/** A new vocabulary is a row here and nothing else. Addresses without their ending `/` or `#`. */
const vocabularies: readonly Vocabulary[] = [
  { prefix: 'atom', uris: ['http://www.w3.org/2005/Atom', 'https://www.w3.org/2005/Atom', 'http://purl.org/atom/ns'] },
  { prefix: 'admin', uris: ['http://webns.net/mvcb'] },
  { prefix: 'at', uris: ['http://purl.org/atompub/tombstones/1.0'] },
  { prefix: 'content', uris: ['http://purl.org/rss/1.0/modules/content'] },
  { prefix: 'cc', uris: ['http://web.resource.org/cc', 'http://creativecommons.org/ns'] },
  {
    prefix: 'creativeCommons',
    uris: [
      'http://backend.userland.com/creativeCommonsRssModule',
      'http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html',
    ],
  },
  { prefix: 'dc', uris: ['http://purl.org/dc/elements/1.1', 'http://purl.org/dc/elements/1.0'] },
  { prefix: 'dcterms', uris: ['http://purl.org/dc/terms'] },
  { prefix: 'ev', uris: ['http://purl.org/rss/1.0/modules/event', 'Event'] },
  { prefix: 'feedburner', uris: ['http://rssnamespace.org/feedburner/ext/1.0'] },
  { prefix: 'fh', uris: ['http://purl.org/syndication/history/1.0'] },
  { prefix: 'geo', uris: ['http://www.w3.org/2003/01/geo/wgs84_pos'] },
  { prefix: 'georss', uris: ['http://www.georss.org/georss'] },
  { prefix: 'gml', uris: ['http://www.opengis.net/gml'] },
  { prefix: 'googleplay', uris: ['http://www.google.com/schemas/play-podcasts/1.0'] },
  {
    prefix: 'itunes',
    uris: ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'http://www.itunes.com/DTDs/Podcast-1.0.dtd'],
  },
  { prefix: 'media', uris: ['http://search.yahoo.com/mrss', 'http://tools.search.yahoo.com/mrss'] },
  { prefix: 'mec', uris: ['http://webnus.net/rss/mec'] },
  { prefix: 'pheedo', uris: ['http://www.pheedo.com/namespace/pheedo'] },
  { prefix: 'rdf', uris: ['http://www.w3.org/1999/02/22-rdf-syntax-ns'] },
  { prefix: 'relais', uris: [wishNamespace] },
  {
    prefix: 'rss1',
    uris: [
      'http://purl.org/rss/1.0',
      'http://purl.org/net/rss1.1',
      'http://my.netscape.com/rdf/simple/0.9',
      'http://channel.netscape.com/rdf/simple/0.9',
      'http://backend.userland.com/rss',
      'http://backend.userland.com/rss2',
      'http://blogs.law.harvard.edu/tech/rss',
      'http://cyber.law.harvard.edu/rss/rss.html',
    ],
  },
  { prefix: 'slash', uris: ['http://purl.org/rss/1.0/modules/slash'] },
  {
    prefix: 'sy',
    uris: ['http://purl.org/rss/1.0/modules/syndication', 'http://purl.org/net/rss1.1/modules/syndication'],
  },
  { prefix: 'thr', uris: ['http://purl.org/syndication/thread/1.0'] },
  {
    prefix: 'xcal',
    uris: ['urn:ietf:params:xml:ns:xcal', 'urn:ietf:params:xml:ns:icalendar-2.0', 'http://www.w3.org/2002/12/cal/ical'],
  },
  { prefix: 'xhtml', uris: ['http://www.w3.org/1999/xhtml'] },
];

/** Of longer ones none is known, and to take away what ends a very long one would take its square. */
const longestUri = 200;
const bare = (uri: string): string =>
  uri
    .trim()
    .slice(0, longestUri)
    .toLowerCase()
    .replace(/[/#]+$/, '');
const prefixOf = new Map(vocabularies.flatMap(({ prefix, uris }) => uris.map((uri) => [bare(uri), prefix] as const)));

/** The vocabulary whose elements a document of this family writes without a prefix. */
const homeOf: Readonly<Record<FeedRoot, string>> = { atom: 'atom', rss: 'rss1', rdf: 'rss1' };

/**
 * The prefix under which the adapters look for a vocabulary in a document of this family, '' for its own.
 * @returns undefined for a vocabulary that is not in the table
 */
export function usualPrefix(uri: string, root: FeedRoot): string | undefined {
  const prefix = prefixOf.get(bare(uri)) ?? (/^http:\/\/purl\.org\/atom\/ns#draft/i.test(uri) ? 'atom' : undefined);
  return prefix === homeOf[root] ? '' : prefix;
}

/**
 * True where a declaration gives a vocabulary a name that the adapters would not find it by.
 * @param prefix '' for the default namespace
 * @param isOutside the declaration stands on the root, channel or an entry: a default namespace there says nothing in
 *   RSS, where wrong ones are common and the elements mean RSS all the same
 */
export function isUnusual(prefix: string, uri: string, root: FeedRoot, isOutside: boolean): boolean {
  if (prefix === '' && isOutside && root !== 'atom') return false;
  const usual = usualPrefix(uri, root);
  return usual !== undefined && usual !== prefix;
}
