/** Names of elements as the adapters know them, whatever case a feed writes them in. */
import { atomEntryElements, atomFeedElements } from './atom.ts';
import { rssEntryElements, rssFeedElements } from './rss.ts';

/** What an entry or a feed consists of, deeper down than the adapters' lists. */
const inside =
  `name email uri url homepage hour day text at:comment atom:name atom:email atom:uri gml:Point gml:pos media:title
  atom:logo atom:icon`.split(/\s+/);

/** Elements that a reader finds its way by. */
const skeleton: ReadonlySet<string> = new Set(['rss', 'rdf:RDF', 'channel', 'item', 'feed', 'entry']);

const byLowerCase: ReadonlyMap<string, string> = new Map(
  [...skeleton, ...inside, ...rssFeedElements, ...rssEntryElements, ...atomFeedElements, ...atomEntryElements].map(
    (name) => [name.toLowerCase(), name] as const,
  ),
);

/** `PubDate` and `PUBDATE` → `pubDate`; names that mean nothing to us stay as they are. */
export function usualCase(name: string): string {
  return byLowerCase.get(name.toLowerCase()) ?? name;
}
