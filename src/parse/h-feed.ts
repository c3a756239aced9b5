/** Microformats to a feed and its entries: h-feed and h-entry (microformats.org/wiki/h-feed), and hAtom before them. */
import type { Enclosure, Entry, Feed, Link, Person, Picture } from '../model.ts';
import { escapeMarkup, plainLine } from '../text/safe.ts';
import { eventsMarkedIn } from './events/marked.ts';
import { addressValue, dateValue, markupValue, nameOf, plainValue, urlsOf, wordsOf } from './microformat-values.ts';
import { isElement, type Microformat, type Microformats, type Property } from './microformats.ts';
import { languageOf, maxTitle, plainOf, rawHtml } from './xml/constructs.ts';
import { distinctLabels, label } from './xml/labels.ts';
import type { Scope } from './xml/node.ts';
import { distinct, distinctLinks, distinctPeople, personOfText } from './xml/parts.ts';

/** What a page says of its feed, and the entries in it. */
export interface HFeed {
  readonly about: Pick<Feed, 'title' | 'subtitle' | 'image' | 'authors'>;
  readonly entries: readonly Microformat[];
}

/**
 * The feed that a page is: the first that has entries, else the entries that are in nothing else. What an entry has inside
 * it, a comment or something quoted, is no entry of the feed.
 */
export function findFeed({ outermost }: Microformats, scope: Scope): HFeed {
  const feed = firstFeed(outermost);
  const nothing = { title: undefined, subtitle: undefined, image: undefined, authors: [] };
  return feed === undefined
    ? { about: nothing, entries: outermost.filter(isEntry) }
    : { about: aboutFeed(feed, scope), entries: feed.inside.filter(isEntry) };
}

export function isEntry({ types }: Microformat): boolean {
  return types.includes('h-entry');
}

/** In document order, and in the order of nesting. */
function firstFeed(things: readonly Microformat[]): Microformat | undefined {
  for (const thing of things) {
    if (isEntry(thing)) continue;
    if (thing.types.includes('h-feed') && thing.inside.some(isEntry)) return thing;
    const found = firstFeed(thing.inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

function aboutFeed(feed: Microformat, scope: Scope): HFeed['about'] {
  const [name] = said(feed, 'name');
  const [summary] = said(feed, 'summary');
  const [photo] = said(feed, 'photo');
  return {
    title: name && plainOf(escapeMarkup(plainValue(name))),
    subtitle: summary && plainOf(escapeMarkup(plainValue(summary))),
    image: photo && addressValue(photo, scope.base),
    authors: authorsOf(feed, scope),
  };
}

/** An entry. @returns undefined for one that says nothing */
export function readHEntry(entry: Microformat, outer: Scope): Entry | undefined {
  const scope: Scope = { base: outer.base, lang: undefined };
  const title = titleOf(entry);
  const content = contentOf(entry, scope);
  const summary = said(entry, 'summary')[0];
  const urls = ownAddresses(entry, scope);
  const uid = said(entry, 'uid')[0];
  const guid = uid === undefined ? undefined : (addressValue(uid, scope.base) ?? plainValue(uid)) || undefined;
  const read: Entry = {
    guid,
    guidIsUrl: guid !== undefined && /^https?:/i.test(guid),
    title: rawHtml(escapeMarkup(title), scope, maxTitle * 2),
    links: distinctLinks([
      ...urls.map((href): Link => ({ href, rel: 'alternate' })),
      ...linked(entry, 'in-reply-to', 'in-reply-to', scope),
      ...linked(entry, 'repost-of', 'via', scope),
      ...linked(entry, 'syndication', 'syndication', scope),
    ]),
    summary: summary === undefined ? undefined : rawHtml(escapeMarkup(plainValue(summary)), scope),
    content,
    authors: authorsOf(entry, scope),
    contributors: [],
    ...datesOf(entry),
    categories: distinctLabels(said(entry, 'category').map((one) => label(escapeMarkup(plainValue(one))))),
    enclosures: filesOf(entry, scope),
    pictures: picturesOf(entry, scope),
    place: undefined,
    events: eventsMarkedIn(entry.element, scope.base),
    source: undefined,
    origLink: undefined,
    rights: said(entry, 'license').map((one) => addressValue(one, scope.base))[0],
    lang: languageOf(entry.element.attribs.lang),
  };
  const isEmpty = read.title === undefined && content === undefined && read.summary === undefined;
  return isEmpty && urls.length === 0 ? undefined : read;
}

/** What a person would know it by. */
export function nameOfEntry(entry: Microformat): string {
  return nameOf(entry) ?? wordsOf(entry.element);
}

export function datesOf(entry: Microformat): Pick<Entry, 'publishedText' | 'updatedText'> {
  const [published, updated] = ['published', 'updated'].map((name) => {
    const [one] = said(entry, name);
    return one && (plainLine(dateValue(one), 100) || undefined);
  });
  return { publishedText: published, updatedText: updated };
}

function said(thing: Microformat, name: string): readonly Property[] {
  return thing.properties.get(name) ?? [];
}

/**
 * Its name, but for notes, which have none: their name is all of their text, said so or implied, or a beginning of it with
 * dots behind.
 */
function titleOf(entry: Microformat): string {
  const name = nameOf(entry) ?? '';
  const [content] = said(entry, 'content');
  const [text, summary] = [content, said(entry, 'summary')[0]].map((one) => (one && wordsOf(one.element)) ?? '');
  const isCut = /\s*(?:…|\.\.\.)$/.exec(name);
  const isBeginning = isCut !== null && text?.startsWith(name.slice(0, isCut.index)) === true;
  const isText = name === text || (content === undefined && name === summary);
  return isText || isBeginning ? '' : name;
}

function contentOf(entry: Microformat, scope: Scope): Entry['content'] {
  const [content] = said(entry, 'content');
  if (content === undefined) return undefined;
  const lang = languageOf(content.element.attribs.lang);
  return rawHtml(markupValue(content) ?? escapeMarkup(plainValue(content)), { ...scope, lang });
}

/** Where it says it is read; themes of before made only its name a link. */
function ownAddresses(entry: Microformat, scope: Scope): readonly string[] {
  const urls = urlsOf(entry, scope.base);
  const [name] = urls.length === 0 ? said(entry, 'name') : [];
  const links = name === undefined ? [] : [name.element, ...name.element.children.filter(isElement)];
  const link = links.find((one) => one.name === 'a' && one.attribs.href !== undefined);
  const href = link && addressValue({ kind: 'u', element: link, thing: undefined }, scope.base);
  return href === undefined ? urls : [href];
}

function linked(entry: Microformat, name: string, rel: string, scope: Scope): readonly (Link | undefined)[] {
  return said(entry, name).map((one) => {
    const href = addressValue(one, scope.base);
    return href === undefined ? undefined : { href, rel };
  });
}

function authorsOf(thing: Microformat, scope: Scope): readonly Person[] {
  return distinctPeople(said(thing, 'author').map((one) => personOf(one, scope)));
}

function personOf(author: Property, scope: Scope): Person | undefined {
  const name = plainOf(escapeMarkup(plainValue(author)), 300);
  if (author.thing === undefined)
    return author.kind === 'u' ? { url: addressValue(author, scope.base) } : personOfText(name ?? '');
  const [url] = urlsOf(author.thing, scope.base);
  return name === undefined && url === undefined ? undefined : { name, url };
}

/** Sounds and films; and pictures, unless the text shows them. */
function filesOf(entry: Microformat, scope: Scope): readonly Enclosure[] {
  const shown = said(entry, 'content')[0]?.element;
  const photos = said(entry, 'photo').filter(({ element }) => !isInside(element, shown));
  const files = [...photos, ...said(entry, 'audio'), ...said(entry, 'video')];
  return distinct(
    files.map((file): Enclosure | undefined => {
      const url = addressValue(file, scope.base);
      return url === undefined ? undefined : { url, type: file.element.attribs.type?.toLowerCase() };
    }),
    ({ url }) => url,
  );
}

function isInside(element: Property['element'], outer: Property['element'] | undefined): boolean {
  if (outer === undefined) return false;
  for (let at: Property['element']['parent'] = element; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

function picturesOf(entry: Microformat, scope: Scope): readonly Picture[] {
  const pictures = [...said(entry, 'featured'), ...said(entry, 'photo')];
  return distinct(
    pictures.map((one): Picture | undefined => {
      const url = addressValue(one, scope.base);
      return url === undefined ? undefined : { url };
    }),
    ({ url }) => url,
  );
}
