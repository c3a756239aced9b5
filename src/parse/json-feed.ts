/** The text of a JSON Feed (1.0 and 1.1, jsonfeed.org) to a Feed; also RSS 2.0 written as JSON. */
import type { Enclosure, Entry, Feed, Link, Parsed, Person, Picture, RawHtml } from '../model.ts';
import { problem } from '../problems.ts';
import { generatorName } from '../text/relais-feeds.ts';
import { escapeMarkup } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { wishOf } from '../text/wishes.ts';
import { readEntries } from './entries.ts';
import { eventsInData } from './events/json-ld.ts';
import { addressIn, asText, isObject, type Json, listIn, member, textIn } from './json-members.ts';
import { deletedIn, isOfRelais, repostsIn, sourceIn, viaOf } from './json-relais.ts';
import { readLooseJson } from './loose-json.ts';
import { cut, languageOf, maxSubtitle, maxTitle, plainOf, rawHtml } from './xml/constructs.ts';
import { distinctLabels, label } from './xml/labels.ts';
import { byteCount } from './xml/media.ts';
import type { RawNode, Scope } from './xml/node.ts';
import { addressOf, distinct, distinctLinks, distinctPeople, noHints } from './xml/parts.ts';
import { rssDates, rssEntry, rssFeed } from './xml/rss.ts';

/**
 * Reads a document that starts with `{` or `[`. A member of the wrong type counts as missing; an item that is no
 * object costs itself.
 * @param url the address it came from
 * @param most items
 * @returns failed with parse/broken-json or parse/not-a-feed; a feed with parse/repaired, parse/entry-skipped,
 *   parse/too-many-entries
 */
export function readJsonFeed(text: string, url: string, most: number): Parsed {
  const { value, mistake, isCut, why } = parse(text);
  const read = value === undefined ? undefined : feedOf(value, url, most);
  if (mistake === undefined && read !== undefined) return read;
  if (read?.kind !== 'feed') return { kind: 'failed', problem: problem('parse/broken-json', {}, why) };
  const problems = [problem('parse/repaired', {}, mistake), ...read.problems];
  return { ...read, feed: { ...read.feed, isCut }, problems };
}

interface ReadText {
  readonly value?: unknown;
  readonly mistake?: string;
  readonly isCut?: boolean | undefined;
  readonly why?: string;
}

/** @returns what was wrong with it, in words; no value where nothing can be made of it, and why */
function parse(text: string): ReadText {
  try {
    return { value: JSON.parse(text) };
  } catch (cause) {
    const loose = readLooseJson(text);
    const mistake = loose?.isCut ? 'it stops in the middle' : 'broken JSON';
    return { value: loose?.value, mistake, isCut: loose?.isCut, why: cause instanceof Error ? cause.message : '' };
  }
}

function feedOf(value: unknown, url: string, most: number): Parsed {
  const version = isObject(value) ? textIn(value, 'version') : undefined;
  const items = isObject(value) ? member(value, 'items') : undefined;
  if (
    isObject(value) &&
    (version?.includes('jsonfeed.org') || (Array.isArray(items) && textIn(value, 'title') !== undefined))
  ) {
    return jsonFeed(value, Array.isArray(items) ? items : [], url, most);
  }
  const rss = isObject(value) ? member(value, 'rss') : undefined;
  const channel = isObject(rss) ? member(rss, 'channel') : undefined;
  if (isObject(channel)) return rssInJson(channel, url, most);
  return { kind: 'failed', problem: problem('parse/not-a-feed', {}, errorIn(value) ?? 'JSON that is no JSON Feed') };
}

/** What programming interfaces answer in a feed's place. Its short name is quoted, never its words: they name files. */
function errorIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const error = member(value, 'error') ?? (member(value, 'message') === undefined ? undefined : member(value, 'code'));
  const isError = typeof error === 'string' || isObject(error) || listIn(value, 'errors').length > 0;
  const name = typeof error === 'string' && /^[\w.-]{1,60}$/.test(error) ? ` (${error})` : '';
  return isError ? `an error message in JSON${name}` : undefined;
}

function jsonFeed(root: Json, items: readonly unknown[], url: string, most: number): Parsed {
  const home = resolveUrl(addressIn(root, 'home_page_url') ?? '', url);
  const scope: Scope = { base: home ?? resolveUrl(url), isAssumed: true, lang: undefined };
  const authors = authorsOf(root, scope);
  const { entries, problems } = readEntries(items, most, {
    read: (item) => (isObject(item) ? jsonEntry(item, scope, authors) : undefined),
    name: nameOf,
    dates: jsonDates,
  });
  const feed: Feed = {
    format: 'json',
    id: undefined,
    title: plainOf(textIn(root, 'title') ?? ''),
    subtitle: plainOf(textIn(root, 'description') ?? '', maxSubtitle),
    home,
    links: feedLinks(root, scope),
    image: addressOf(textIn(root, 'icon'), scope),
    icon: addressOf(textIn(root, 'favicon'), scope),
    lang: languageOf(textIn(root, 'language')),
    rights: rightsIn(root),
    authors,
    generator: items.some(isOfRelais) ? generatorName : undefined,
    hints: noHints,
    entries,
    deleted: deletedIn(root),
    wish: wishOf(member(root, '_relais')),
  };
  return { kind: 'feed', feed, problems };
}

function jsonEntry(item: Json, scope: Scope, feedAuthors: readonly Person[]): Entry {
  const guid = textIn(item, 'id');
  const own = authorsOf(item, scope);
  const lang = languageOf(textIn(item, 'language'));
  const inner: Scope = { ...scope, lang };
  const passedOn = repostsIn(item);
  const link = (name: string, rel: string): Link | undefined => {
    const href = addressOf(addressIn(item, name), scope);
    return href === undefined ? undefined : { href, rel };
  };
  return {
    guid,
    guidIsUrl: guid !== undefined && /^https?:\/\//i.test(guid),
    title: rawHtml(escapeMarkup(cut(textIn(item, 'title') ?? '', maxTitle)), inner),
    links: distinctLinks([link('url', 'alternate'), link('external_url', 'external'), ...passedOn.map(viaOf(scope))]),
    summary: rawHtml(escapeMarkup(textIn(item, 'summary') ?? ''), inner),
    content: contentOf(item, inner),
    authors: own.length > 0 ? own : feedAuthors,
    contributors: distinctPeople(passedOn.map((one) => ({ name: plainOf(textIn(one, 'group') ?? '', 300) }))),
    ...jsonDates(item),
    categories: distinctLabels(listIn(item, 'tags').map((tag) => label(asText(tag) ?? ''))),
    pictures: distinct(
      ['image', 'banner_image'].map((name) => pictureOf(addressOf(textIn(item, name), scope))),
      (picture) => picture.url,
    ),
    place: undefined,
    events: extensionEvents(item, scope.base),
    enclosures: distinct(
      listIn(item, 'attachments').map((file) => attachment(file, scope)),
      (file) => file.url,
    ),
    source: sourceIn(item, scope),
    origLink: undefined,
    rights: rightsIn(item),
    lang,
    wish: wishOf(member(item, '_relais')),
  };
}

/** JSON Feed has no word for it: what people write all the same, and what another Relais says (`_relais.licence`). */
function rightsIn(of: Json): string | undefined {
  const relais = member(of, '_relais');
  const licence = isObject(relais) ? member(relais, 'licence') : undefined;
  const told = isObject(licence) ? [textIn(licence, 'text'), textIn(licence, 'url')] : [];
  const written = ['license', 'licence', 'rights', 'copyright'].map((name) => textIn(of, name));
  const lines = [...told, ...written].map((line) => plainOf(escapeMarkup(cut(line ?? '', maxTitle))));
  return [...new Set(lines.filter((line) => line !== undefined))].join(' ') || undefined;
}

function jsonDates(item: unknown): Pick<Entry, 'publishedText' | 'updatedText'> {
  const text = (name: string): string | undefined => (isObject(item) ? textIn(item, name) : undefined);
  return { publishedText: text('date_published'), updatedText: text('date_modified') };
}

function pictureOf(url: string | undefined): Picture | undefined {
  return url === undefined ? undefined : { url };
}

/** What members of an item's own say (their names begin with an underscore), or the item itself, in JSON-LD. */
function extensionEvents(item: Json, base: string | undefined): Entry['events'] {
  const extensions = Object.entries(item).flatMap(([name, value]) => (name.startsWith('_') ? [value] : []));
  return eventsInData([...extensions, ...('@type' in item ? [item] : [])], base);
}

/** JSON Feed names hubs of any protocol; those of others speak another language. */
const hubType = /^(websub|pubsubhubbub)$/i;

/** `hubs` are objects with a `url`; `feed_url` is Atom's self, `next_url` its next. */
function feedLinks(root: Json, scope: Scope): readonly Link[] {
  const link = (written: string | undefined, rel: string): Link | undefined => {
    const href = addressOf(written, scope);
    return href === undefined ? undefined : { href, rel };
  };
  return distinctLinks([
    link(textIn(root, 'home_page_url'), 'alternate'),
    link(textIn(root, 'feed_url'), 'self'),
    link(textIn(root, 'next_url'), 'next'),
    ...listIn(root, 'hubs').map((hub) =>
      isObject(hub) && hubType.test(textIn(hub, 'type') ?? 'WebSub') ? link(textIn(hub, 'url'), 'hub') : undefined,
    ),
  ]);
}

function contentOf(item: Json, scope: Scope): RawHtml | undefined {
  const html = rawHtml(textIn(item, 'content_html') ?? '', scope);
  if (html !== undefined) return html;
  const paragraphs = (textIn(item, 'content_text') ?? '')
    .split(/\n[^\S\n]*\n/)
    .filter((paragraph) => paragraph.trim() !== '');
  return rawHtml(
    paragraphs.map((paragraph) => `<p>${escapeMarkup(paragraph.trim()).replaceAll('\n', '<br>')}</p>`).join('\n'),
    scope,
  );
}

function attachment(file: unknown, scope: Scope): Enclosure | undefined {
  const url = isObject(file) ? addressOf(addressIn(file, 'url'), scope) : undefined;
  if (!isObject(file) || url === undefined) return undefined;
  return {
    url,
    type: textIn(file, 'mime_type')?.toLowerCase(),
    bytes: byteCount(textIn(file, 'size_in_bytes')),
    title: textIn(file, 'title'),
  };
}

/** 1.1 has `authors`, 1.0 had `author`; both may stand side by side. */
function authorsOf(holder: Json, scope: Scope): readonly Person[] {
  return distinctPeople(
    [...listIn(holder, 'authors'), member(holder, 'author')].map((author) => {
      if (typeof author === 'string') return { name: plainOf(author, 300) };
      if (!isObject(author)) return undefined;
      const name = plainOf(textIn(author, 'name') ?? '', 300);
      const url = addressOf(addressIn(author, 'url'), scope);
      return name === undefined && url === undefined ? undefined : { name, url };
    }),
  );
}

function nameOf(item: unknown): string {
  return isObject(item) ? (textIn(item, 'title') ?? textIn(item, 'id') ?? '') : '';
}

/** RSS-in-JSON (scripting.com's, 2017): the elements of RSS as members, attributes beside them, text in `#value`. */
function rssInJson(channel: Json, url: string, most: number): Parsed {
  const scope: Scope = { base: undefined, lang: undefined };
  const items = member(channel, 'item');
  const about = rssFeed(asNode(channel), scope, url);
  const inner: Scope = { base: about.home ?? resolveUrl(url), isAssumed: true, lang: undefined };
  const { entries, problems } = readEntries(Array.isArray(items) ? items : items === undefined ? [] : [items], most, {
    read: (item) => (isObject(item) ? rssEntry(asNode(item), inner) : undefined),
    name: nameOf,
    dates: (item) => rssDates(asNode(item)),
  });
  return { kind: 'feed', feed: { format: 'json', ...about, entries, deleted: [] }, problems };
}

function asNode(value: unknown): RawNode {
  if (!isObject(value)) return { text: asText(value) ?? '', attributes: new Map(), children: new Map() };
  const attributes = new Map<string, string>();
  const children = new Map<string, readonly RawNode[]>();
  for (const [name, child] of Object.entries(value)) {
    const text = asText(child);
    if (text !== undefined) attributes.set(name, text);
    if (name !== '#value') children.set(name, (Array.isArray(child) ? child : [child]).map(asNode));
  }
  return { text: attributes.get('#value') ?? '', attributes, children };
}
