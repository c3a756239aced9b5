/**
 * An entry into the item that `feed` writes as RSS 2.0. What `feed` has no field for, or writes wrongly, goes through its
 * extension hook, which takes any element and leaves attributes unescaped.
 */
import type { FeedEntry } from './feed-entry.ts';
import { type Extension, extension, type LibraryItem } from './library-item.ts';
import { type PassedElement, passedElements } from './passed-on.ts';
import { elementText, feedLanguage, hasUsualHost } from './safe-values.ts';

const creativeCommons = 'http://backend.userland.com/creativeCommonsRssModule';
const atom = 'http://www.w3.org/2005/Atom';

/** @param siteLang language of the whole feed; an entry in another one says so */
export function rssItem(entry: FeedEntry, siteLang: string): LibraryItem {
  const first = entry.attachments.find(({ url }) => hasUsualHost(url)); // the RSS profile allows one; all are in Atom and JSON
  return {
    // Holes: title in CDATA breaks at a second `]]>`; here only its place is taken, and the extension of that name fills it.
    title: 'x',
    link: entry.link ?? '',
    guid: elementText(entry.id),
    date: entry.updated,
    published: entry.published,
    description: entry.summaryHtml,
    content: entry.contentHtml,
    category: entry.categories.map((name) => ({ name: elementText(name) })),
    ...(first === undefined ? {} : { enclosure: enclosure(first) }),
    // Hole: <author> must be a mail address (RSS 2.0) and `feed` writes the bare name, so there is no `author`.
    extensions: extensionsOf(entry, siteLang),
  };
}

/** RSS wants all three attributes. Hole: without a type `feed` makes one up from the file's ending, `image/mp3`. */
function enclosure({ url, type, bytes }: FeedEntry['attachments'][number]): {
  url: string;
  type: string;
  length: number;
} {
  return { url, type: elementText(type ?? 'application/octet-stream'), length: bytes ?? 0 };
}

function extensionsOf(entry: FeedEntry, siteLang: string): Extension[] {
  const { heading, authors, reposts, source, licence } = entry;
  const lang = languageOf(entry, siteLang);
  return [
    extension('title', element(heading)),
    extension(
      'dc:creator',
      authors.map(({ name }) => element(name)),
    ),
    ...(reposts.length === 0
      ? []
      : [
          extension(
            'dc:contributor',
            reposts.map(({ name }) => element(name)),
          ),
        ]),
    ...(lang === undefined ? [] : [extension('dc:language', element(lang))]),
    ...(source === undefined ? [] : [sourceExtension(source)]),
    ...(licence === undefined ? [] : licenceExtensions(licence)),
    ...passedExtensions(entry),
    extension('atom:link', atomLinks(entry)),
  ];
}

/**
 * RSS has a word for the feed that an item comes from, and no other: of a group whose feed nobody names, its site stands there;
 * of one of whom nothing but the name is known, Dublin Core has a word.
 */
function sourceExtension({ url, title, home }: NonNullable<FeedEntry['source']>): Extension {
  const address = url ?? home;
  return address === undefined
    ? extension('dc:source', element(title))
    : extension('source', element(title, { url: address }));
}

/** One that is the feed's own need not be said. Of several the first: twice is an error (`DuplicateElement`). */
function languageOf({ lang }: FeedEntry, siteLang: string): string | undefined {
  const own = feedLanguage(lang);
  return own === siteLang || own === 'und' ? undefined : own;
}

/** For machines its address, and for people its words, unless these are the address. */
function licenceExtensions({ url, text }: NonNullable<FeedEntry['licence']>): Extension[] {
  return [
    ...(url === undefined
      ? []
      : [extension('creativeCommons:license', element(url, { 'xmlns:creativeCommons': creativeCommons }))]),
    ...(url === text ? [] : [extension('dc:rights', element(text))]),
  ];
}

/** Of one name there is one extension, which may hold several. */
function passedExtensions({ wish, events }: FeedEntry): Extension[] {
  const all = passedElements(wish, events);
  const names = [...new Set(all.map(({ name }) => name))];
  return names.map((name) => extension(name, all.filter((one) => one.name === name).map(passedElement)));
}

function passedElement({ name, namespace, content }: PassedElement): Record<string, unknown> {
  const own = { _attributes: { [`xmlns:${name.split(':')[0]}`]: namespace } };
  if (typeof content === 'string') return { ...own, _text: elementText(content) };
  return { ...own, ...Object.fromEntries(content.map((one) => [one.name, passedElement(one)])) };
}

/** Whom we have it from, and our page about it: for machines. [] writes nothing. */
function atomLinks({ reposts, isGuess, original, page }: FeedEntry): unknown[] {
  const takenFrom = isGuess ? [] : reposts; // whom another Relais would take for the author
  const via = takenFrom.flatMap(({ url, name }) =>
    url === undefined ? [] : [atomLink({ rel: 'via', href: url, title: name })],
  );
  const related = original === undefined || page === undefined ? [] : [atomLink({ rel: 'related', href: page })];
  return [...via, ...related];
}

/** Declares its namespace itself: `feed` declares it for the whole document only when it writes a self link. */
export function atomLink(attributes: Readonly<Record<string, string>>): unknown {
  return { _attributes: { 'xmlns:atom': atom, ...escaped(attributes) } };
}

function element(text: string, attributes: Readonly<Record<string, string>> = {}): unknown {
  return { _attributes: escaped(attributes), _text: elementText(text) };
}

function escaped(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, elementText(value)]));
}
