/** What a document and its server say of hubs → where to ask to be told of changes (WebSub §4). */
import type { HubLinks, HubOffer, Link } from '../model.ts';
import { parseUrl } from './url.ts';

/** More hubs than anybody names for one feed. */
const mostHubs = 3;
/** No honest address is longer. */
const mostCharacters = 2_000;

/**
 * Headers come before what stands in the document (WebSub §4).
 * @param links those of the feed itself
 * @param header what the `Link` headers of its answer say
 * @param from the address that answered: it stands for a document that does not say its own
 * @returns undefined where no hub is named that can be asked
 */
export function hubOfferIn(links: readonly Link[], header: HubLinks | undefined, from: string): HubOffer | undefined {
  const named = (rel: string): string[] => links.filter((link) => link.rel === rel).map(({ href }) => href);
  const { hubs, self } = header ?? { hubs: named('hub'), self: undefined };
  const topic = [self, ...named('self'), from].find((url) => url !== undefined && isAddress(url));
  const askable = [...new Set(hubs)].filter(isAddress).slice(0, mostHubs);
  return askable.length === 0 || topic === undefined ? undefined : { hubs: askable, topic };
}

function isAddress(url: string): boolean {
  const protocol = url.length > mostCharacters ? undefined : parseUrl(url)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}
