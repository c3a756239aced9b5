/** The outlines of an OPML file → sources: folders, names, languages and tags, and what each program says in a way of its own. */
import { kinds } from '../config/kinds.ts';
import { ownSpace } from '../text/opml.ts';
import { plainLine } from '../text/safe.ts';
import { readAddress } from './addresses.ts';
import { readFreshRss } from './freshrss.ts';
import type { ImportedList, ImportedSource, ImportRead, Remark } from './imported.ts';
import { readMiniflux } from './miniflux.ts';
import { type Outline, readOutlines, spaces } from './outlines.ts';
import { ownMark, ownSettings } from './own-attributes.ts';
import { titleLine } from './titles.ts';

interface Reading {
  readonly isOwn: boolean;
  /** Thunderbird puts each feed into a folder of its own, under the same name. */
  readonly isThunderbird: boolean;
  readonly sources: ImportedSource[];
  readonly sections: Map<string, Readonly<Record<string, unknown>>>;
  readonly remarks: Remark[];
  lost: number;
}

/** @param text of the whole file */
export function readOpml(text: string): ImportRead {
  const document = readOutlines(text);
  if ('why' in document) return { kind: 'refused', ...document };
  const { title, namespaces, outlines } = document;
  const reading: Reading = {
    isOwn: namespaces.has(ownSpace),
    isThunderbird: /^Thunderbird/i.test(title ?? ''),
    sources: [],
    sections: new Map(),
    remarks: [],
    lost: 0,
  };
  for (const outline of outlines) take(outline, { folders: [], section: undefined }, reading);
  const form = formOf(reading.isOwn, namespaces, title);
  const { sources, sections, remarks, lost } = reading;
  const hasHomes = !reading.isOwn && sources.length > 0 && /\shtmlurl\s*=/i.test(text);
  const note = 'home pages and descriptions are not written down: Relais reads them from the feeds themselves';
  const all = hasHomes ? [...remarks, { line: undefined, text: note }] : remarks;
  const list: ImportedList = {
    form,
    title: ofPeople.test(title ?? '') ? titleLine(title) : undefined,
    sources,
    sections,
    remarks: all,
    lost,
  };
  return { kind: 'list', list };
}

/** Not the name that a program gives to all that it exports. */
const ofPeople =
  /^(?!.*(?:freshrss|miniflux|inoreader|feedly|feedbin|newsblur|thunderbird|liferea|newsboat|netnewswire|tiny tiny|subscriptions|opml|export|reader\b))/i;

function formOf(isOwn: boolean, namespaces: ReadonlySet<string>, title: string | undefined): string {
  if (isOwn) return 'OPML of Relais';
  if (namespaces.has(spaces.freshrss)) return 'OPML of FreshRSS';
  return namespaces.has(spaces.miniflux) || title === 'Miniflux' ? 'OPML of Miniflux' : 'OPML';
}

/** The folders around an outline, and the section that the innermost was. */
interface Place {
  readonly folders: readonly string[];
  readonly section: string | undefined;
}

function take(outline: Outline, place: Place, reading: Reading): void {
  const { attributes, children, line } = outline;
  const type = attributes.get('type')?.trim().toLowerCase() ?? '';
  const isFeed = /^(rss|rss1|atom|feed|pie|json)/.test(type);
  const address = attributes.get('xmlurl') ?? (isFeed ? attributes.get('url') : undefined) ?? '';
  if (address.trim() !== '') takeSource(outline, address, place, reading);
  else if (children.length === 0) passOver(outline, type, reading);
  const list = attributes.get(`${spaces.freshrss} opmlUrl`)?.trim() ?? '';
  if (list !== '') reading.remarks.push({ line, text: readingList(list) });
  if (children.length === 0) return;
  const inner = address.trim() === '' ? placeIn(outline, place, reading) : place;
  for (const child of children) take(child, inner, reading);
}

function placeIn(folder: Outline, place: Place, reading: Reading): Place {
  const title = titleOf(folder.attributes);
  const section = reading.isOwn ? ownMark(folder.attributes, 'section') : undefined;
  if (section !== undefined) reading.sections.set(section, ownSettings(folder.attributes));
  const isNone = title === undefined || (reading.isThunderbird && isNamedAsItsOnly(folder, title));
  return isNone ? { ...place, section } : { folders: [...place.folders, title], section };
}

function isNamedAsItsOnly({ children }: Outline, title: string): boolean {
  const [only, second] = children;
  return only !== undefined && second === undefined && titleOf(only.attributes) === title;
}

/** What is no source: a link to a page or to another list, an empty folder. */
function passOver({ attributes, line }: Outline, type: string, reading: Reading): void {
  const url = attributes.get('url')?.trim() ?? '';
  const isList = type === 'include' || /\.opml(\.xml)?$/i.test(url);
  if (url !== '' && isList) reading.remarks.push({ line, text: readingList(url) });
  else if (url !== '' || attributes.has('htmlurl') || attributes.has('xmlurl')) {
    const name = titleOf(attributes) ?? 'this entry';
    const page = url === '' ? (attributes.get('htmlurl')?.trim() ?? '') : url;
    const advice = page === '' ? '' : `. It names the page ${page}: relais add looks for a feed there`;
    reading.remarks.push({ line, text: `“${name}” has no address of a feed, so nothing was taken of it${advice}` });
    reading.lost += 1;
  }
}

function readingList(url: string): string {
  return `the list at ${url} is not fetched. Save it as a file and import that too`;
}

function takeSource({ attributes, line }: Outline, written: string, place: Place, reading: Reading): void {
  const address = readAddress(written);
  const title = titleOf(attributes);
  if ('why' in address) {
    reading.remarks.push({ line, text: `“${title ?? titleLine(written) ?? ''}” was not taken: ${address.why}` });
    reading.lost += 1;
    return;
  }
  const { url, remark } = address;
  const remarks = remark === undefined ? [] : [remark];
  const isMention = reading.isOwn && ownMark(attributes, 'describedIn') !== undefined;
  const name = title === undefined || isSame(title, written) ? undefined : title;
  if (reading.isOwn) {
    const isNamed = ownMark(attributes, 'named') !== 'no';
    const settings = isMention
      ? ownSettings(attributes)
      : { name: isNamed ? title : undefined, ...ownSettings(attributes) };
    reading.sources.push({ line, url, ...place, settings, isMention, remarks });
    return;
  }
  const miniflux = readMiniflux(attributes);
  const freshRss = readFreshRss(attributes);
  const settings = {
    name,
    ...plainSettings(attributes),
    every: freshRss.settings.every,
    only: miniflux.settings.only,
    skip: miniflux.settings.skip ?? freshRss.settings.skip,
    paused: miniflux.settings.paused ?? freshRss.settings.paused,
    page: freshRss.settings.page,
  };
  reading.sources.push({
    line,
    url,
    ...place,
    settings,
    remarks: [...remarks, ...miniflux.remarks, ...freshRss.remarks],
  });
}

function isSame(title: string, url: string): boolean {
  const bare = (text: string): string =>
    text
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '');
  return bare(title) === bare(url);
}

/** `language` and `category` of OPML 2.0: tags with commas between them, of which one with slashes is a path. */
function plainSettings(attributes: ReadonlyMap<string, string>): Record<string, unknown> {
  const written = attributes.get('language')?.trim() ?? '';
  const lang = kinds.language.pattern.test(written) ? written : kinds.language.guess(written);
  const category = attributes.get('category') ?? '';
  const tags = category.split(',').map((one) => plainLine(one.trim().replace(/^\/+|\/+$/g, ''), 100));
  const known = [...new Set(tags.filter((tag) => tag !== ''))];
  return {
    lang: lang !== undefined && kinds.language.pattern.test(lang) ? lang : undefined,
    tags: known.length === 0 ? undefined : known.length === 1 ? known[0] : known,
  };
}

function titleOf(attributes: ReadonlyMap<string, string>): string | undefined {
  return titleLine(attributes.get('text')) ?? titleLine(attributes.get('title'));
}
