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
import { titleLine } from './titles.ts';

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
  const { only, skip, ...defaults } = cascadesOf(value.defaults);
  const sections = groupOf(value.sections);
  const around = (id: string): Group => ({ ...defaults, ...groupOf(sections[id]) });
  const grouped = bySource(listings);
  const written = new Set<string>();
  const left = new Set<string>();
  const folders = Object.keys(sections).map((id): OpmlFolder => {
    const outlines = listings.flatMap((listing): OpmlAttributes[] => {
      if (listing.section !== id) return [];
      const defining = definingListing(grouped.get(listing.key) ?? [listing]);
      const xmlUrl = writtenUrl(value, defining);
      if (isPlain && isPrivate(xmlUrl)) {
        left.add(listing.key);
        return [];
      }
      written.add(listing.key);
      const known = plainAttributes(xmlUrl, defining, around(defining.section), learnt.get(listing.key));
      if (isPlain) return [known];
      const layers = [listing.settings, groupOf(sections[id]), defining.settings];
      const filters = filtersBeside({ only, skip }, layers);
      return [
        {
          ...known,
          ...(listing === defining ? description(known.text, defining, filters) : mention(listing, defining, filters)),
        },
      ];
    });
    return { attributes: folderAttributes(id, around(id), isPlain), outlines };
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
  const said = typeof title === 'string' ? title : undefined;
  const text = titleLine(said) ?? titleOfId(id);
  const exact = said === titleLine(text) ? undefined : said;
  const own = { [`${ownPrefix}:${ownMarks.section}`]: id, ...ownAttributes({ title: exact, ...rest }) };
  return isPlain ? { text } : { text, ...own };
}

/** `rss` is the type of every subscription, whatever the feed's format (OPML 2.0, Subscription Lists). */
function plainAttributes(
  xmlUrl: string,
  { settings = {} }: Listing,
  section: Group,
  learnt: Learnt | undefined,
): OpmlAttributes & { readonly text: string } {
  const text = titleLine(typeof settings.name === 'string' ? settings.name : learnt?.title) ?? xmlUrl;
  const said = settings.lang ?? section.lang ?? learnt?.lang;
  return {
    type: 'rss',
    text,
    title: text,
    xmlUrl,
    htmlUrl: learnt?.home,
    language: typeof said === 'string' && said !== 'und' ? said : undefined,
    category: categories(settings.tags),
  };
}

/** All that is said of a source. @param text of its outline, which is its name where it has one */
function description(text: string, { settings = {} }: Listing, filters: Group): OpmlAttributes {
  const { url: _url, name, ...rest } = settings;
  const named = name === undefined ? { [`${ownPrefix}:${ownMarks.named}`]: 'no' } : {};
  return { ...named, ...ownAttributes({ name: name === titleLine(text) ? undefined : name, ...rest, ...filters }) };
}

/** That it is described in another folder; filters may be others in each. */
function mention({ settings = {} }: Listing, defining: Listing, filters: Group): OpmlAttributes {
  const { only, skip } = settings;
  const where = { [`${ownPrefix}:${ownMarks.describedIn}`]: defining.section };
  return { ...where, ...ownAttributes({ only, skip, ...filters }) };
}

/** Those under `defaults` count where nothing else is said (config/filtering.ts), and so they are said beside the source. */
function filtersBeside(
  defaults: { readonly only: unknown; readonly skip: unknown },
  layers: readonly (Group | undefined)[],
): Group {
  const names = ['only', 'skip'] as const;
  return Object.fromEntries(
    names
      .filter((name) => layers.every((layer) => layer?.[name] === undefined))
      .map((name) => [name, defaults[name]])
      .filter(([, value]) => value !== undefined),
  );
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
