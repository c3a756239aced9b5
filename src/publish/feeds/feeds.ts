/**
 * Stories into a feed, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. `feed` writes; the
 * files beside this one close its holes. The same stories give the same bytes: no clock is read.
 */
import { Feed, type FeedOptions } from 'feed';
import { generatorName } from '../../text/relais-feeds.ts';
import type { FeedView, SiteView } from '../views.ts';
import { atomItem, tag, weaveAtom } from './atom-entry.ts';
import { type Channel, channelOf } from './channel.ts';
import { atomExplanation, rssExplanation, styled } from './explanation.ts';
import { type FeedEntry, feedEntry } from './feed-entry.ts';
import { jsonFeedVersion, jsonItem, member } from './json-item.ts';
import { extension, type LibraryItem } from './library-item.ts';
import { atomLink, rssItem } from './rss-item.ts';
import { elementText, feedLanguage, spelledOut } from './safe-values.ts';
import { atomTombstones, rssTombstones } from './tombstones.ts';

/**
 * Renders a feed; a story that no feed can carry is left out and costs the others nothing.
 * While `site.url` is undefined the feed has no self link and no link to our pages; items keep their `tag:` ids.
 */
export function renderFeeds(site: SiteView, feed: FeedView): { rss: string; atom: string; json: string } {
  const entries = entriesOf(site, feed);
  const channel = channelOf(site, feed, entries);
  return {
    rss: styled(rss(channel, feed, entries), feed.path),
    atom: styled(
      atom(
        channel,
        feed,
        entries,
        [...hubLink(channel), ...archiveLink(channel, feed)].map((link) => tag('link', link)),
      ),
      feed.path,
    ),
    json: json(channel, entries, channel.archive(feed.newestArchive, 'json')),
  };
}

/** A document of the archive of a feed (RFC 5005 §4). */
export interface ArchivePlace {
  readonly number: number;
  readonly previous: number | undefined;
  /** Undefined while it is still filled. */
  readonly next: number | undefined;
}

/**
 * Renders a document of a feed's archive, in Atom for subscribers of RSS too, and in JSON Feed.
 * @param feed with the stories of that document
 */
export function renderArchive(site: SiteView, feed: FeedView, place: ArchivePlace): { atom: string; json: string } {
  const entries = entriesOf(site, feed);
  const channel = channelOf(site, feed, entries);
  const { archive } = channel;
  const addresses = { atom: archive(place.number, 'xml'), json: archive(place.number, 'json'), rss: undefined };
  const own = { ...channel, ...addresses, hub: undefined }; // what never changes needs nobody to say that it has
  const links = [
    ...linkTo('current', channel.atom, atomType),
    ...linkTo('prev-archive', archive(place.previous, 'xml'), atomType),
    ...linkTo('next-archive', archive(place.next, 'xml'), atomType),
  ].map((attributes) => tag('link', attributes));
  // What is still filled is no archive yet, since of that programs may believe that it never changes.
  const mark = place.next === undefined ? [] : [`<fh:archive xmlns:fh="${historyNamespace}"/>`];
  return {
    atom: styled(atom(own, feed, entries, [...links, ...mark]), `${feed.path}archive/`),
    json: json(own, entries, archive(place.previous, 'json')),
  };
}

/** RFC 5005 §3. */
const historyNamespace = 'http://purl.org/syndication/history/1.0';
const atomType = 'application/atom+xml';

/** Two entries with one id are an error in every format: the newer stays. */
function entriesOf(site: SiteView, feed: FeedView): FeedEntry[] {
  const entries = feed.stories.flatMap((story) => feedEntry(story, site.site) ?? []);
  const seen = new Set<string>();
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function rss(channel: Channel, view: FeedView, entries: readonly FeedEntry[]): string {
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
  if (channel.rss !== undefined) feed.addExtension(extension('atom:link', channelLinks(channel, view, channel.rss)));
  if (channel.deleted.length > 0) feed.addExtension(extension('at:deleted-entry', rssTombstones(channel.deleted)));
  feed.addExtension(extension('div', rssExplanation(channel, view)));
  return spelledOut(feed.rss2());
}

function channelLinks(channel: Channel, view: FeedView, self: string): unknown[] {
  return [
    { rel: 'self', href: self, type: 'application/rss+xml' },
    ...linkTo('alternate', channel.atom, atomType),
    ...linkTo('alternate', channel.json, 'application/feed+json'),
    ...hubLink(channel),
    ...archiveLink(channel, view),
  ].map(atomLink);
}

function hubLink({ hub }: Channel): Pick<Link, 'rel' | 'href'>[] {
  return hub === undefined ? [] : [{ rel: 'hub', href: hub }];
}

/** Atom's documents, for those who subscribe by RSS too: an archive in each format would be the same once more. */
function archiveLink({ archive }: Channel, { newestArchive }: FeedView): Link[] {
  return linkTo('prev-archive', archive(newestArchive, 'xml'), atomType);
}

type Link = Readonly<Record<'rel' | 'href' | 'type', string>>;

function linkTo(rel: string, href: string | undefined, type: string): Link[] {
  return href === undefined ? [] : [{ rel, type, href }];
}

/** @param own further elements of the feed */
function atom(channel: Channel, view: FeedView, entries: readonly FeedEntry[], own: readonly string[]): string {
  const feed = filled(channel, channel.atom, entries.map(atomItem));
  if (entries.length === 0) feed.options.author = { name: feed.options.title }; // RFC 4287 §4.1.1: where no entry has one
  const others = [
    ...linkTo('alternate', channel.rss, 'application/rss+xml'),
    ...linkTo('alternate', channel.json, 'application/feed+json'),
  ].map((link) => tag('link', link));
  const elements = [...others, ...own, atomExplanation(channel, view), ...atomTombstones(channel.deleted)];
  return weaveAtom(spelledOut(feed.atom1()), entries, feedLanguage(channel.lang), elements);
}

/** @param next address of the document with what is older */
function json(channel: Channel, entries: readonly FeedEntry[], next: string | undefined): string {
  const feed = filled(channel, undefined, entries.map(jsonItem));
  feed.options.title = channel.title; // JSON escapes for itself
  if (channel.about !== '') feed.options.description = channel.about;
  const members = [
    ...member('version', jsonFeedVersion),
    ...member('feed_url', channel.json),
    ...member('next_url', next),
    ...member('hubs', channel.hub === undefined ? undefined : [{ type: 'WebSub', url: channel.hub }]),
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
