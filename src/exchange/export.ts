/**
 * sources.yaml → OPML 2.0: a folder for each section, in it an outline for each source. What OPML has no attribute for stands in a
 * namespace of our own, so that an import of it loses nothing. Made of the settings as they are written: a secret stays `${NAME}`.
 */
import { bySource, definingListing, type Listing } from '../config/listings.ts';
import { type OpmlAttributes, type OpmlFolder, opmlText, ownPrefix } from '../text/opml.ts';
import { plainLine } from '../text/safe.ts';
import { holdsPassword, secretsIn } from './addresses.ts';
import { cascading } from './cascade.ts';
import { ownAttributes, ownMarks } from './own-attributes.ts';
import { titleOfId } from './places.ts';

/** A source as its feed has told of it. */
export interface Learnt {
  readonly title: string | undefined;
  readonly home: string | undefined;
  readonly lang: string | undefined;
}

export interface Exported {
  readonly text: string;
  readonly folders: number;
  /** Sources that are in it. */
  readonly sources: number;
  /** Sources that are not, since their addresses are nobody else's business. */
  readonly left: number;
}

type Group = Readonly<Record<string, unknown>>;

/**
 * @param value of a sources.yaml without mistakes
 * @param listings of the same file
 * @param learnt by the key of a source
 * @param isPlain true for a list to be given to others: nothing in our namespace, and no source whose address holds a secret
 */
export function exportOpml(
  value: Group,
  listings: readonly Listing[],
  learnt: ReadonlyMap<string, Learnt>,
  isPlain: boolean,
): Exported {
  const defaults = cascadesOf(value.defaults);
  const grouped = bySource(listings);
  const written = new Set<string>();
  const left = new Set<string>();
  const folders = Object.entries(groupOf(value.sections)).map(([id, body]): OpmlFolder => {
    const settings: Group = { ...defaults, ...groupOf(body) };
    const outlines = listings
      .filter(({ section }) => section === id)
      .flatMap((listing): OpmlAttributes[] => {
        const same = grouped.get(listing.key) ?? [listing];
        const defining = definingListing(same);
        const url = writtenUrl(value, defining);
        if (isPlain && isPrivate(url)) {
          left.add(listing.key);
          return [];
        }
        written.add(listing.key);
        const lang =
          defining.settings?.lang ??
          cascadesOf({ ...defaults, ...groupOf(groupOf(value.sections)[defining.section]) }).lang;
        return [outline(url, defining, listing, { lang, learnt: learnt.get(listing.key), isPlain })];
      });
    return { attributes: folderAttributes(id, settings, isPlain), outlines };
  });
  const title = groupOf(value.site).title;
  const text = opmlText(typeof title === 'string' ? plainLine(title) : 'Relais', folders);
  const filled = folders.filter(({ outlines }) => outlines.length > 0).length;
  return { text, folders: filled, sources: written.size, left: left.size };
}

function isPrivate(url: string): boolean {
  return secretsIn(url).length > 0 || holdsPassword(url);
}

function folderAttributes(id: string, { title, sources: _sources, ...rest }: Group, isPlain: boolean): OpmlAttributes {
  const text = typeof title === 'string' ? title : titleOfId(id);
  return isPlain ? { text } : { text, [`${ownPrefix}:${ownMarks.section}`]: id, ...ownAttributes(rest) };
}

interface Beside {
  readonly lang: unknown;
  readonly learnt: Learnt | undefined;
  readonly isPlain: boolean;
}

/** `rss` is the type of every subscription, whatever the feed's format (OPML 2.0, Subscription Lists). */
function outline(
  xmlUrl: string,
  defining: Listing,
  listing: Listing,
  { lang, learnt, isPlain }: Beside,
): OpmlAttributes {
  const { url: _url, name, ...rest } = defining.settings ?? {};
  const shown = plainLine(typeof name === 'string' ? name : (learnt?.title ?? ''), 200);
  const text = shown === '' ? xmlUrl : shown;
  const language = typeof lang === 'string' ? lang : learnt?.lang;
  const known = {
    type: 'rss',
    text,
    title: text,
    xmlUrl,
    htmlUrl: learnt?.home,
    language: language === 'und' ? undefined : language,
    category: categories(rest.tags),
  };
  if (isPlain) return known;
  const mark = (one: string): string => `${ownPrefix}:${one}`;
  if (listing !== defining) return { ...known, [mark(ownMarks.describedIn)]: defining.section };
  const isExact = name === shown;
  const named = name === undefined ? { [mark(ownMarks.named)]: 'no' } : {};
  return { ...known, ...named, ...ownAttributes({ name: isExact ? undefined : name, ...rest }) };
}

/** A comma would make two of one, and a slash a path. */
function categories(tags: unknown): string | undefined {
  const plain = [tags].flat().filter((tag) => typeof tag === 'string' && !/[,/]/.test(tag));
  return plain.length === 0 ? undefined : plain.join(',');
}

/** The address as it stands in the file. */
function writtenUrl(value: Group, { settings, path }: Listing): string {
  if (typeof settings?.url === 'string') return settings.url;
  let at: unknown = value;
  for (const step of path) at = (at as Record<string | number, unknown> | null)?.[step];
  return typeof at === 'string' ? at : '';
}

function cascadesOf(body: unknown): Group {
  return Object.fromEntries(Object.entries(groupOf(body)).filter(([name]) => cascading.has(name)));
}

/** A list of sources is a section too, and says nothing. */
function groupOf(body: unknown): Group {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Group) : {};
}
