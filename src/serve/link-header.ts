/** The `Link` header of a feed: its hub and its own address (WebSub §4). A static server of one's own may do without: they are in the feed too. */
import type { Site } from '../model.ts';
import { isFeedPath } from '../text/feed-path.ts';

/**
 * @param path from the site's root, with or without a slash before it: `/calais/feed.xml`
 * @returns the value of the header; undefined where there is none: of other files, and without a hub
 */
export function linksOf(path: string, { site }: { readonly site: Pick<Site, 'url' | 'hub'> }): string | undefined {
  const { url, hub } = site;
  const file = path.replace(/^\/+/, '');
  if (url === undefined || hub === undefined || !isFeedPath(file)) return undefined;
  return `<${new URL(hub).href}>; rel="hub", <${new URL(file, url).href}>; rel="self"`;
}
