/** What a feed says about itself, in all formats: title, addresses, id, date. */
import type { Site } from '../../model.ts';
import type { FeedView, SiteView } from '../views.ts';
import type { FeedEntry } from './feed-entry.ts';
import { feedLine, firstInstant, isWritable, webAddress } from './safe-values.ts';
import { type DeletedStory, deletedStories } from './tombstones.ts';

/** Path of a document of the archive of a feed. @param path the feed's folder */
export function archivePath(path: string, number: number, ending: 'xml' | 'json'): string {
  return `${path}archive/${number}.${ending}`;
}

/** Texts are single lines; addresses are absolute, and undefined while the site has none. */
export interface Channel {
  /** Whose feed it is. */
  readonly site: Site;
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly lang: string;
  readonly updated: Date;
  readonly page: string | undefined;
  readonly rss: string | undefined;
  readonly atom: string | undefined;
  readonly json: string | undefined;
  /** Who passes on that it has changed (WebSub §4). */
  readonly hub: string | undefined;
  /** A document of the archive, in Atom or JSON. */
  readonly archive: (number: number | undefined, ending: 'xml' | 'json') => string | undefined;
  /** Without those that it carries again. */
  readonly deleted: readonly DeletedStory[];
}

/** @param entries what it carries */
export function channelOf({ site }: SiteView, feed: FeedView, entries: readonly FeedEntry[]): Channel {
  const { path, stories } = feed;
  const at = (place: string): string | undefined =>
    site.url === undefined ? undefined : webAddress(new URL(place, site.url).href);
  const newest = Math.max(...stories.map(({ updated }) => updated), ...feed.deleted.map((one) => one.at));
  return {
    site,
    id: new URL(feed.id).href, // as the Atom writer would normalise it
    title: feedLine(feed.title),
    about: feedLine(feed.about ?? '', 2_000),
    lang: feed.lang,
    updated: new Date(isWritable(newest) ? newest : firstInstant),
    page: at(feed.page),
    rss: at(`${path}feed.xml`),
    atom: at(`${path}atom.xml`),
    json: at(`${path}feed.json`),
    hub: site.hub === undefined || site.url === undefined ? undefined : webAddress(site.hub),
    archive: (number, ending) => (number === undefined ? undefined : at(archivePath(path, number, ending))),
    deleted: deletedStories(feed.deleted, new Set(entries.map(({ id }) => id))),
  };
}
