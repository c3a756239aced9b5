/**
 * A section's newest stories into its merged feed, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. `feed` writes; the
 * files beside this one close its holes. The same section gives the same bytes: no clock is read.
 */
import { Feed, type FeedOptions } from 'feed';
import { generatorName } from '../../text/relais-feeds.ts';
import type { SectionView, SiteView } from '../views.ts';
import { atomItem, weaveAtom } from './atom-entry.ts';
import { type FeedEntry, feedEntry } from './feed-entry.ts';
import { jsonFeedVersion, jsonItem, member } from './json-item.ts';
import { extension, type LibraryItem } from './library-item.ts';
import { atomLink, rssItem } from './rss-item.ts';
import {
  elementText,
  feedLanguage,
  feedLine,
  firstInstant,
  isWritable,
  namelessId,
  spelledOut,
  webAddress,
} from './safe-values.ts';
import { type DeletedStory, deletedStories, rssTombstones, withTombstones } from './tombstones.ts';

/** What the feed says about itself, as plain text. */
interface Channel {
  readonly title: string;
  readonly about: string;
  readonly lang: string;
  readonly updated: Date;
  /** The section's page and the three feeds; undefined while the site has no address. */
  readonly page: string | undefined;
  readonly rss: string | undefined;
  readonly atom: string | undefined;
  readonly json: string | undefined;
  readonly id: string;
  /** Without those that it carries again. */
  readonly deleted: readonly DeletedStory[];
}

/**
 * Renders the feeds of a section; a story that no feed can carry is left out and costs the others nothing.
 * While `site.url` is undefined the feeds have no self link and no link to our pages; items keep their `tag:` ids.
 */
export function renderFeeds(site: SiteView, section: SectionView): { rss: string; atom: string; json: string } {
  const entries = entriesOf(site, section);
  const carried = new Set(entries.map(({ id }) => id));
  const channel = { ...channelOf(site, section), deleted: deletedStories(section.deleted, carried) };
  return { rss: rss(channel, entries), atom: atom(channel, entries), json: json(channel, entries) };
}

/** Two entries with one id are an error in every format: the newer stays. */
function entriesOf(site: SiteView, section: SectionView): FeedEntry[] {
  const entries = section.feedStories.flatMap((story) => feedEntry(story, site.site.url) ?? []);
  const seen = new Set<string>();
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function channelOf({ site }: SiteView, { section, path, feedPath, updated }: SectionView): Omit<Channel, 'deleted'> {
  const from = (folder: string, name: string): string | undefined =>
    site.url === undefined ? undefined : webAddress(new URL(`${folder}${name}`, site.url).href);
  const at = (name: string): string | undefined => from(feedPath, name);
  const page = from(path, '');
  return {
    title: feedLine(`${section.title} – ${site.title}`),
    about: feedLine(section.about ?? '', 2_000),
    lang: section.lang,
    updated: new Date(isWritable(updated) ? updated : firstInstant),
    page,
    rss: at('feed.xml'),
    atom: at('atom.xml'),
    json: at('feed.json'),
    // A feed of one language has no page of its own: what is named must be there.
    id: at(feedPath === path ? '' : 'atom.xml') ?? namelessId(site.title, feedPath === path ? section.id : feedPath),
  };
}

function rss(channel: Channel, entries: readonly FeedEntry[]): string {
  const lang = feedLanguage(channel.lang);
  const feed = filled(
    channel,
    channel.rss,
    entries.map((entry) => rssItem(entry, lang)),
  );
  feed.options.language = lang;
  feed.options.description ??= feed.options.title; // required, and blank is an error
  // Hole: an absent link is written as "undefined". [] writes nothing.
  if (channel.page === undefined) feed.addExtension(extension('link', []));
  // Hole: an extension replaces the self link that `feed` itself writes, so the list begins with it.
  if (channel.rss !== undefined) feed.addExtension(extension('atom:link', channelLinks(channel, channel.rss)));
  if (channel.deleted.length > 0) feed.addExtension(extension('at:deleted-entry', rssTombstones(channel.deleted)));
  return spelledOut(feed.rss2());
}

function channelLinks({ atom, json }: Channel, self: string): unknown[] {
  return [
    atomLink({ rel: 'self', href: self, type: 'application/rss+xml' }),
    ...(atom === undefined ? [] : [atomLink({ rel: 'alternate', href: atom, type: 'application/atom+xml' })]),
    ...(json === undefined ? [] : [atomLink({ rel: 'alternate', href: json, type: 'application/feed+json' })]),
  ];
}

function atom(channel: Channel, entries: readonly FeedEntry[]): string {
  const feed = filled(channel, channel.atom, entries.map(atomItem));
  if (entries.length === 0) feed.options.author = { name: feed.options.title }; // RFC 4287 §4.1.1: where no entry has one
  return withTombstones(weaveAtom(spelledOut(feed.atom1()), entries, feedLanguage(channel.lang)), channel.deleted);
}

function json(channel: Channel, entries: readonly FeedEntry[]): string {
  const feed = filled(channel, undefined, entries.map(jsonItem));
  feed.options.title = channel.title; // JSON escapes for itself
  if (channel.about !== '') feed.options.description = channel.about;
  const members = [
    ...member('version', jsonFeedVersion),
    ...member('feed_url', channel.json),
    ...member('language', channel.lang === 'und' ? undefined : channel.lang),
    ...member('_relais', channel.deleted.length === 0 ? undefined : { deleted: channel.deleted }),
  ];
  for (const one of members) feed.addExtension(one);
  return feed.json1();
}

/** @param self the feed's own address */
function filled(channel: Channel, self: string | undefined, items: readonly LibraryItem[]): Feed {
  const options: FeedOptions = {
    id: elementText(channel.id),
    title: elementText(channel.title),
    updated: channel.updated,
    generator: generatorName,
    ...(channel.about === '' ? {} : { description: elementText(channel.about) }),
    ...(channel.page === undefined ? {} : { link: channel.page }),
    ...(self === undefined ? {} : { feed: self }),
  };
  const feed = new Feed(options);
  for (const item of items) feed.addItem(item);
  return feed;
}
