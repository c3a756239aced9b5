/** The nodes of Atom 1.0 (RFC 4287) and Atom 0.3 to a Feed and its entries, and RFC 6721's deleted entries. */
import type { DeletedEntry, Entry, Feed, Link, Person } from '../../model.ts';
import { resolveUrl } from '../../text/url.ts';
import { eventElements, eventsOf } from '../events/elements.ts';
import {
  atomPlain,
  atomText,
  languageOf,
  maxContent,
  maxSubtitle,
  maxTitle,
  plainText,
  rssBody,
} from './constructs.ts';
import { labelElements, labelsOf } from './labels.ts';
import { enclosuresOf, feedPictureElements, feedPictures, mediaElements, picturesOf } from './media.ts';
import {
  attribute,
  childrenOf,
  childrenOfAny,
  firstText,
  hasAnyOf,
  type RawNode,
  type Scope,
  scopeOf,
  textOf,
} from './node.ts';
import {
  addressOf,
  answered,
  atomLink,
  atomPerson,
  distinctLinks,
  distinctPeople,
  generatorOf,
  hintsOf,
  isComplete,
  personOfText,
  rightsOf,
  sourceOf,
  wishIn,
} from './parts.ts';
import { placeElements, placeOf } from './place.ts';

/** Elements read inside an entry. */
export const atomEntryElements: readonly string[] =
  `title link id summary content author contributor published updated issued modified created rights source pubDate
  dc:title dc:creator dc:contributor dc:description dc:date dc:identifier dc:language dc:rights dcterms:issued dcterms:created
  dcterms:modified dcterms:license itunes:author itunes:summary itunes:subtitle media:title media:description content:encoded
  feedburner:origLink pheedo:origLink creativeCommons:license cc:license thr:in-reply-to relais:republish relais:images`
    .split(/\s+/)
    .concat(mediaElements, labelElements, placeElements, eventElements);

const namesOfEntry = new Set(atomEntryElements);

/** Elements read inside the feed. */
export const atomFeedElements: readonly string[] =
  `title subtitle tagline info link id author rights copyright dc:title dc:description dc:creator dc:language dc:rights
  dcterms:license itunes:summary itunes:subtitle feedburner:browserFriendly creativeCommons:license cc:license sy:updatePeriod
  sy:updateFrequency generator admin:generatorAgent at:deleted-entry fh:complete relais:republish relais:images`
    .split(/\s+/)
    .concat(feedPictureElements);

/** Elements that say what the feed is about, best first: Atom 1.0, Atom 0.3, and what others add. */
const subtitles: readonly string[] =
  'subtitle tagline info dc:description itunes:summary itunes:subtitle feedburner:browserFriendly'.split(' ');

/** What the feed element says of the feed. @param scope of the feed; @param url the document's own address */
export function atomFeed(feed: RawNode, scope: Scope, url: string): Omit<Feed, 'entries' | 'deleted' | 'format'> {
  const ownBase: Scope = { base: scope.base ?? resolveUrl(url), lang: undefined };
  const links = distinctLinks(childrenOf(feed, 'link').map((link) => atomLink(link, ownBase)));
  const pages = links.filter(({ rel }) => rel === 'alternate');
  return {
    id: firstText(feed, 'id'),
    title: firstPlain(feed, ['title', 'dc:title']),
    subtitle: firstPlain(feed, subtitles, maxSubtitle),
    home: (pages.find(isPage) ?? pages[0])?.href,
    links,
    ...feedPictures(feed, ownBase),
    lang: languageOf(scope.lang) ?? languageOf(firstText(feed, 'dc:language')),
    rights: rightsOf(feed, atomPlain(childrenOfAny(feed, ['rights', 'copyright', 'dc:rights'])[0]), links, ownBase),
    authors: peopleOf(feed, 'author', 'dc:creator', ownBase),
    generator: generatorOf(feed),
    hints: hintsOf(feed),
    isComplete: isComplete(feed),
    wish: wishIn(feed),
  };
}

function firstPlain(feed: RawNode, names: readonly string[], maxLength?: number): string | undefined {
  return childrenOfAny(feed, names)
    .map((text) => atomPlain(text, maxLength))
    .find((text) => text !== undefined);
}

function isPage(link: Link): boolean {
  return link.type === undefined || link.type.includes('html');
}

/**
 * One entry.
 * @param outer scope of the feed, with the base that relative addresses fall back to
 * @param feedAuthors who wrote an entry that names nobody, and whose `source` names nobody (RFC 4287 §4.2.1)
 */
export function atomEntry(node: RawNode, outer: Scope, feedAuthors: readonly Person[]): Entry | undefined {
  if (node.attributes.size === 0 && !hasAnyOf(node, namesOfEntry)) return undefined;
  const scope = scopeOf(node, outer);
  const guid = firstText(node, 'id', 'dc:identifier');
  const content = childrenOf(node, 'content');
  const outOfLine = content.map((one) => ({
    href: addressOf(attribute(one, 'src'), scopeOf(one, scope)),
    type: attribute(one, 'type'),
  }));
  const links = distinctLinks([
    ...childrenOf(node, 'link').map((link) => atomLink(link, scope)),
    ...outOfLine.map(({ href, type }) => (href === undefined ? undefined : { href, rel: 'alternate', type })),
    ...answered(node, scope),
  ]);
  return {
    guid,
    guidIsUrl: guid !== undefined && /^https?:\/\//i.test(guid),
    title: childrenOfAny(node, ['title', 'dc:title', 'media:title'])
      .map((title) => atomText(title, scope, maxTitle))
      .find((title) => title !== undefined),
    links,
    ...textsOf(node, content, scope),
    authors: authorsOf(node, scope, feedAuthors),
    contributors: peopleOf(node, 'contributor', 'dc:contributor', scope),
    ...atomDates(node),
    categories: labelsOf(node),
    enclosures: enclosuresOf(node, scope),
    pictures: picturesOf(node, scope),
    place: placeOf(node),
    events: eventsOf(node, scope),
    source: sourceOf(node, scope),
    origLink: addressOf(firstText(node, 'feedburner:origLink', 'pheedo:origLink'), scope),
    rights: rightsOf(node, atomPlain(childrenOfAny(node, ['rights', 'dc:rights'])[0]), links, scope),
    lang:
      languageOf(firstText(node, 'dc:language')) ?? (scope.lang === outer.lang ? undefined : languageOf(scope.lang)),
    wish: wishIn(node),
  };
}

/** When an entry says it was published and changed. */
export function atomDates(node: RawNode): Pick<Entry, 'publishedText' | 'updatedText'> {
  return {
    publishedText: firstText(
      node,
      'published',
      'issued',
      'dcterms:issued',
      'dc:date',
      'pubDate',
      'created',
      'dcterms:created',
    ),
    updatedText: firstText(node, 'updated', 'modified', 'dcterms:modified'),
  };
}

function textsOf(node: RawNode, contents: readonly RawNode[], scope: Scope): Pick<Entry, 'summary' | 'content'> {
  const read = (one: RawNode): Entry['content'] => atomText(one, scope, maxContent);
  const media = [node, ...childrenOf(node, 'media:group')].flatMap((holder) => childrenOf(holder, 'media:description'));
  return {
    summary: [
      ...childrenOf(node, 'summary').map(read),
      ...[...childrenOfAny(node, ['dc:description', 'itunes:summary', 'itunes:subtitle']), ...media].map((one) =>
        rssBody(one, scope),
      ),
    ].find((text) => text !== undefined),
    content: [...contents.map(read), ...childrenOf(node, 'content:encoded').map((one) => rssBody(one, scope))].find(
      (text) => text !== undefined,
    ),
  };
}

function authorsOf(node: RawNode, scope: Scope, feedAuthors: readonly Person[]): readonly Person[] {
  const own = peopleOf(node, 'author', 'dc:creator', scope);
  if (own.length > 0) return own;
  const podcasters = distinctPeople(childrenOf(node, 'itunes:author').map((line) => personOfText(textOf(line))));
  if (podcasters.length > 0) return podcasters;
  const quoted = distinctPeople(
    childrenOf(node, 'source').flatMap((source) => peopleOf(source, 'author', 'dc:creator', scope)),
  );
  return quoted.length > 0 ? quoted : feedAuthors;
}

function peopleOf(node: RawNode, persons: string, lines: string, scope: Scope): readonly Person[] {
  return distinctPeople([
    ...childrenOf(node, persons).map((person) => atomPerson(person, scope)),
    ...childrenOf(node, lines).map((line) => personOfText(textOf(line))),
  ]);
}

/** Read of one document, whatever its format. */
export const mostDeleted = 1_000;

/** RFC 6721 §3: `ref` is the id of what was deleted. Read in RSS channels too. */
export function deletedEntries(feed: RawNode): readonly DeletedEntry[] {
  return childrenOf(feed, 'at:deleted-entry')
    .slice(0, mostDeleted)
    .flatMap((node) => {
      const guid = attribute(node, 'ref');
      const because = plainText(childrenOfAny(node, ['at:comment', 'comment'])[0]);
      return guid === undefined ? [] : [{ guid, whenText: attribute(node, 'when'), because }];
    });
}
