/** The nodes of RSS 0.9x, 1.0 and 2.0, with the vocabularies that people add to it, to a Feed and its entries. */
import type { Entry, Feed, Link, RawHtml } from '../../model.ts';
import { resolveUrl } from '../../text/url.ts';
import { eventElements, eventsOf } from '../events/elements.ts';
import { atomText, languageOf, maxContent, maxSubtitle, plainText, rssBody, rssTitle } from './constructs.ts';
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

/** Elements read inside an item. */
export const rssEntryElements: readonly string[] =
  `title link guid description content:encoded author comments source pubDate updated published modified summary content
  body fullitem xhtml:body xhtml:div abstract a
  atom:title atom:link atom:id atom:author atom:contributor atom:summary atom:content atom:published atom:updated atom:issued
  atom:created atom:modified atom:rights atom:source
  dc:title dc:creator dc:author dc:contributor dc:date dc:identifier dc:source dc:language dc:rights dc:description
  dcterms:issued dcterms:created dcterms:modified dcterms:abstract dcterms:license dcterms:rights copyright itunes:author itunes:summary itunes:subtitle
  googleplay:description media:title media:description feedburner:origLink pheedo:origLink creativeCommons:license cc:license
  thr:in-reply-to relais:republish relais:images`
    .split(/\s+/)
    .concat(mediaElements, labelElements, placeElements, eventElements);

const namesOfEntry = new Set(rssEntryElements);

/** Elements read inside a channel. */
export const rssFeedElements: readonly string[] =
  `title link description language copyright ttl managingEditor author abstract tagline
  atom:id atom:title atom:subtitle atom:tagline atom:link atom:author atom:rights atom:generator
  dc:title dc:description dc:language dc:rights dc:creator dcterms:license dcterms:rights itunes:author itunes:summary itunes:subtitle
  googleplay:description feedburner:browserFriendly creativeCommons:license cc:license
  sy:updatePeriod sy:updateFrequency skipHours skipDays generator admin:generatorAgent at:deleted-entry fh:complete relais:republish relais:images`
    .split(/\s+/)
    .concat(feedPictureElements);

/** Elements that say what the feed is about, best first. */
const subtitles: readonly string[] =
  `description atom:subtitle atom:tagline tagline abstract dc:description googleplay:description itunes:summary itunes:subtitle
  feedburner:browserFriendly`.split(/\s+/);

/** What the channel says of the feed. @param scope of the channel; @param url the document's own address */
export function rssFeed(channel: RawNode, scope: Scope, url: string): Omit<Feed, 'entries' | 'deleted' | 'format'> {
  const ownBase: Scope = { base: scope.base ?? resolveUrl(url), lang: undefined };
  const links = linksOfRss(channel, ownBase);
  const sentence = plainText(childrenOfAny(channel, ['copyright', 'dc:rights', 'atom:rights', 'dcterms:rights'])[0]);
  return {
    id: firstText(channel, 'atom:id') ?? attribute(channel, 'rdf:about'),
    title: firstOf(childrenOfAny(channel, ['title', 'dc:title', 'atom:title']), (title) => plainText(title)),
    subtitle: firstOf(childrenOfAny(channel, subtitles), (text) => plainText(text, maxSubtitle)),
    home: links.find(({ rel }) => rel === 'alternate')?.href,
    links,
    ...feedPictures(channel, ownBase),
    lang: languageOf(firstText(channel, 'language', 'dc:language')) ?? languageOf(scope.lang),
    rights: rightsOf(channel, sentence, links, ownBase),
    authors: peopleOf(channel, ownBase, ['managingEditor', 'author', 'dc:creator'], 'atom:author'),
    generator: generatorOf(channel),
    hints: hintsOf(channel),
    isComplete: isComplete(channel),
    wish: wishIn(channel),
  };
}

/** One item. @param outer scope of the channel, with the base that relative addresses fall back to */
export function rssEntry(node: RawNode, outer: Scope): Entry | undefined {
  if (node.attributes.size === 0 && !hasAnyOf(node, namesOfEntry)) return undefined;
  const scope = scopeOf(node, outer);
  const about = attribute(node, 'rdf:about');
  const guidNode = childrenOfAny(node, ['guid', 'atom:id']).find((guid) => textOf(guid) !== '');
  const guid = guidNode === undefined ? (about ?? firstText(node, 'dc:identifier')) : textOf(guidNode);
  const links = linksOfRss(node, scope);
  const texts = textsOf(node, scope);
  const sentence = plainText(childrenOfAny(node, ['dc:rights', 'atom:rights', 'dcterms:rights', 'copyright'])[0]);
  return {
    guid,
    guidIsUrl:
      guid !== undefined && /^https?:\/\//i.test(guid) && attribute(guidNode, 'isPermaLink')?.toLowerCase() !== 'false',
    title: firstOf(childrenOfAny(node, ['title', 'dc:title', 'atom:title', 'media:title']), (title) =>
      rssTitle(title, scope),
    ),
    links:
      links.length > 0 || about === undefined
        ? links
        : distinctLinks([{ href: addressOf(about, scope) ?? about, rel: 'alternate' }]),
    ...texts,
    authors: peopleOf(node, scope, ['author', 'dc:creator', 'dc:author'], 'atom:author'),
    contributors: peopleOf(node, scope, ['dc:contributor'], 'atom:contributor', false),
    ...rssDates(node),
    categories: labelsOf(node),
    enclosures: enclosuresOf(node, scope),
    pictures: picturesOf(node, scope),
    place: placeOf(node),
    events: eventsOf(node, scope),
    source: sourceOf(node, scope) ?? dublinSource(node),
    origLink: addressOf(firstText(node, 'feedburner:origLink', 'pheedo:origLink'), scope),
    rights: rightsOf(node, sentence, links, scope),
    lang:
      languageOf(firstText(node, 'dc:language')) ?? (scope.lang === outer.lang ? undefined : languageOf(scope.lang)),
    wish: wishIn(node),
  };
}

/** When an item says it was published and changed. */
export function rssDates(node: RawNode): Pick<Entry, 'publishedText' | 'updatedText'> {
  return {
    publishedText: firstText(
      node,
      'pubDate',
      'dc:date',
      'dcterms:issued',
      'atom:published',
      'atom:issued',
      'published',
      'dcterms:created',
      'atom:created',
    ),
    updatedText:
      firstText(node, 'atom:updated', 'dcterms:modified', 'atom:modified', 'updated', 'modified') ??
      attribute(node, 'lastmod'),
  };
}

/** The first that can be read. */
function firstOf<Read>(nodes: readonly RawNode[], read: (node: RawNode) => Read | undefined): Read | undefined {
  return nodes.map(read).find((text) => text !== undefined);
}

/** RSS Best Practices Profile: `description` is the summary where `content:encoded` holds the whole. */
function textsOf(node: RawNode, scope: Scope): Pick<Entry, 'summary' | 'content'> {
  const body = (child: RawNode): RawHtml | undefined => rssBody(child, scope);
  const content =
    firstOf(childrenOfAny(node, ['content:encoded', 'xhtml:body', 'body', 'xhtml:div', 'fullitem']), body) ??
    firstOf(childrenOfAny(node, ['atom:content', 'content']), (child) => atomText(child, scope, maxContent));
  const groups = [node, ...childrenOf(node, 'media:group')];
  const summary =
    firstOf(childrenOfAny(node, ['description', 'abstract']), body) ??
    firstOf(childrenOfAny(node, ['atom:summary', 'summary']), (child) => atomText(child, scope, maxContent)) ??
    firstOf(
      childrenOfAny(node, [
        'dc:description',
        'dcterms:abstract',
        'googleplay:description',
        'itunes:summary',
        'itunes:subtitle',
      ]),
      body,
    ) ??
    firstOf(
      groups.flatMap((holder) => childrenOf(holder, 'media:description')),
      body,
    );
  return { summary, content };
}

/** `<link>` holds its address as text; some write it as Atom does; a permalink of the comments is a reply link. */
function linksOfRss(node: RawNode, scope: Scope): readonly Link[] {
  const asText = (link: RawNode, rel: string): Link | undefined => {
    const href = addressOf(textOf(link) === '' ? attribute(link, 'rdf:resource') : textOf(link), scopeOf(link, scope));
    return href === undefined ? undefined : { href, rel };
  };
  const relation = firstText(node, 'dc:source');
  return distinctLinks([
    ...childrenOf(node, 'link').map((link) => asText(link, 'alternate') ?? atomLink(link, scope)),
    ...childrenOf(node, 'atom:link').map((link) => atomLink(link, scope)),
    ...hrefs(node).map((href) => ({ href: addressOf(href, scope) ?? href, rel: 'alternate' })),
    ...childrenOf(node, 'comments').map((link) => asText(link, 'replies')),
    ...answered(node, scope),
    relation !== undefined && /^https?:\/\//i.test(relation)
      ? { href: addressOf(relation, scope) ?? relation, rel: 'source' }
      : undefined,
  ]);
}

/** Channel Definition Format (1997): the address is an attribute of the item, or of an `A` in it. */
function hrefs(node: RawNode): readonly string[] {
  return [node, ...childrenOf(node, 'a')].map((one) => attribute(one, 'href')).filter((href) => href !== undefined);
}

/** `dc:source` names what an item was derived from; an address there is a link, words are a title. */
function dublinSource(node: RawNode): Entry['source'] {
  const title = plainText(childrenOf(node, 'dc:source')[0]);
  return title === undefined || /^https?:\/\//i.test(title) ? undefined : { title };
}

function peopleOf(
  node: RawNode,
  scope: Scope,
  lines: readonly string[],
  persons: string,
  orPodcaster = true,
): Feed['authors'] {
  const people = distinctPeople([
    ...childrenOfAny(node, lines).map((line) => atomPerson(line, scope)),
    ...childrenOf(node, persons).map((person) => atomPerson(person, scope)),
  ]);
  return people.length > 0 || !orPodcaster
    ? people
    : distinctPeople(childrenOf(node, 'itunes:author').map((line) => personOfText(textOf(line))));
}
