/** A web page to what a glance tells of it: its title, the feeds it names, what it says and what it is made of. */
import type { AdvertisedFeed } from '../model.ts';
import { foldSpace } from '../text/html.ts';
import { plainLine, xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { readWithin } from './nesting.ts';
import { maxTitle } from './xml/constructs.ts';

/** A page as far as it is looked at. */
export interface PageLook {
  readonly title: string | undefined;
  /** Without feeds of comments and descriptions of pages. */
  readonly feeds: readonly AdvertisedFeed[];
  /** The first 5,000 characters that a visitor reads, in one line, as `straight` writes it. */
  readonly text: string;
  /** The first 100,000 that no visitor reads: ids, classes, scripts and their addresses; lower case, no targets of links. */
  readonly machinery: string;
  /** There is a field for a password. */
  readonly hasPassword: boolean;
}

/** Go's HTML parser refuses more, and no page made by people has it. */
export const maxPageDepth = 512;
const maxText = 5_000;
const maxMachinery = 100_000;
const maxAdvertised = 50;

/** Looks at a page once, from its beginning to its end. @param url its address, which relative ones resolve against */
export function lookAt(html: string, url: string): PageLook {
  const feeds = new Map<string, AdvertisedFeed>();
  let base = url;
  let title: string | undefined;
  let text = '';
  let machinery = '';
  let hasPassword = false;
  let inside: 'title' | 'script' | 'style' | undefined;
  readWithin(
    maxPageDepth,
    html,
    {},
    {
      onopentag(name, attributes) {
        if (name === 'script' || name === 'style' || (name === 'title' && title === undefined)) inside = name;
        if (name === 'title') title ??= '';
        if (name === 'base' && attributes.href !== undefined) base = resolveUrl(attributes.href, base) ?? base;
        if (name === 'input' && attributes.type?.toLowerCase() === 'password') hasPassword = true;
        if (!text.endsWith(' ')) text += ' ';
        if (machinery.length < maxMachinery) machinery += machineryOf(name, attributes);
        const feed = name === 'link' || name === 'a' ? advertised(name, attributes, base) : undefined;
        if (feed !== undefined && !feeds.has(feed.url) && feeds.size < maxAdvertised) feeds.set(feed.url, feed);
      },
      ontext(piece) {
        if (inside === 'title' && title !== undefined && title.length < maxTitle) title += piece;
        if (inside === 'script' && machinery.length < maxMachinery) machinery += piece;
        if (inside === undefined && text.length < maxText) text += piece.replace(/\s+/g, ' ');
      },
      onclosetag(name) {
        if (name === inside) inside = undefined;
        if (!text.endsWith(' ')) text += ' ';
      },
    },
  );
  return {
    title: plainLine(title ?? '') || undefined,
    feeds: [...feeds.values()],
    text: straight(foldSpace(text).slice(0, maxText)),
    machinery: machinery.slice(0, maxMachinery).toLowerCase(),
    hasPassword,
  };
}

/** Words as they are compared: lower case, apostrophes straight. */
export function straight(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

/** Where a link leads is left out: a page that links to a trader in domains is not one of them. */
function machineryOf(name: string, attributes: Readonly<Record<string, string>>): string {
  const { id, class: classes, src, action, content, href } = attributes;
  const parts = [id, classes, src, action, content, name === 'link' ? href : undefined].filter(
    (one) => one !== undefined,
  );
  return parts.length === 0 ? '' : ` ${parts.join(' ')}`;
}

const feedTypes: ReadonlySet<string> = new Set(
  'application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json application/xml text/xml'.split(
    ' ',
  ),
);

/** Links of type JSON or XML that WordPress puts beside its feeds: descriptions of one page. */
const descriptions = /\/wp-json\/|oembed/i;
/** Feeds of comments, by address and by the title that WordPress and others give them. */
const commentAddress = /\/comments\/(?:feed|default|atom)|[?&]feed=comments|\/feed\/comments|comments-rss/i;
const commentTitle =
  /\bcomments?\b|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties|σχόλια|yorum|التعليقات|دیدگاه/i;

function advertised(
  name: string,
  attributes: Readonly<Record<string, string>>,
  base: string,
): AdvertisedFeed | undefined {
  const rels = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const type = (attributes.type ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
  const isFeed = rels.includes('feed') || (rels.includes('alternate') && feedTypes.has(type));
  if (!isFeed || (name === 'a' && !feedTypes.has(type))) return undefined;
  const url = resolveUrl(xmlText(attributes.href ?? ''), base);
  const title = plainLine(attributes.title ?? '') || undefined;
  if (url === undefined || !/^https?:/.test(url) || descriptions.test(url)) return undefined;
  return isOfComments(url, title) ? undefined : { url, title };
}

/** A feed of comments, by its address and by what it is called where it is named. */
export function isOfComments(url: string, title: string | undefined): boolean {
  return commentAddress.test(url) || commentTitle.test(title ?? '');
}
