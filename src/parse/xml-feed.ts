/**
 * The text of an RSS or Atom document to a Feed. The only file that knows rss-parser, and its holes:
 * - it makes a snippet of every description by a quadratic regular expression (60 kB of `a<h`: five seconds);
 * - one date or link it cannot read throws for the whole feed;
 * - it takes the first of every repeated element, no attributes, and gives no JSON Feed, no language, no base;
 * - `parseURL` has no limits and checks no addresses: it is never called.
 * So every element but the skeleton of the document goes by a shielded name, under which rss-parser looks at nothing;
 * it finds the entries, and hands over the raw nodes we list, which the adapters in xml/ read.
 */
import type { DeletedEntry, Entry, Feed, Parsed } from '../model.ts';
import { type Problem, problem, type Subject } from '../problems.ts';
import { xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { type ReadEntries, readEntries } from './entries.ts';
import { readWithin } from './nesting.ts';
import { repair } from './repair.ts';
import type { FeedRoot } from './sniff.ts';
import { atomDates, atomEntry, atomEntryElements, atomFeed, atomFeedElements, deletedEntries } from './xml/atom.ts';
import { readAttributes } from './xml/attributes.ts';
import { declaredEntities, expandEntities } from './xml/entities.ts';
import { type Shortened, shorten } from './xml/long-texts.ts';
import { skeleton, usualCase } from './xml/names.ts';
import { attribute, firstText, isElement, type RawElement, type RawNode, type Scope, shielded } from './xml/node.ts';
import { closeVoidElements, mendReferences } from './xml/references.ts';
import { rssDates, rssEntry, rssEntryElements, rssFeed, rssFeedElements } from './xml/rss.ts';
import { scanXml, type XmlShape } from './xml/scan.ts';

/** Entries that are never closed stand inside each other in the tree: a thousand of them, and what is in the last. */
const maxTreeDepth = 2_000;

interface RawFeed {
  readonly feed: RawElement;
  readonly entries: readonly RawNode[];
}

/**
 * Reads a document whose root is that of a feed.
 * @param text the whole document, without characters that XML does not allow
 * @param rootAt offset of the root's start tag
 * @param url the address it came from
 * @param most entries
 * @returns failed with parse/broken-xml; a feed with parse/repaired, parse/entry-skipped, parse/too-many-entries
 */
export async function readXmlFeed(
  text: string,
  { root, rootAt }: { readonly root: FeedRoot; readonly rootAt: number },
  url: string,
  most: number,
): Promise<Parsed> {
  const shape = scanXml(text, root, rootAt);
  const place = placeIn(text, shape);
  if (shape.refusal !== undefined) return broken(shape.refusal, place);
  const mistakes = new Set(shape.mistakes);
  const cut = text.slice(rootAt, shape.end);
  const declared = declaredEntities(text.slice(0, rootAt));
  const sound = shape.needsReferences ? xmlText(mendReferences(expandEntities(cut, declared))) : cut;
  let raw = shape.needsRebuild
    ? undefined
    : await listNodes(
        shape.needsReferences ? shortenMended(sound, root) : shorten(text, rootAt, shape.end, shape.longTexts),
        root,
      );
  if (raw === undefined || typeof raw === 'string') {
    if (typeof raw === 'string') mistakes.add(`broken markup (${raw})`);
    const mended = closeVoidElements(mendReferences(sound));
    if (mayNest(mended) && !readWithin(maxTreeDepth, mended, { xmlMode: true }))
      return broken('it is nested too deeply', place);
    const repaired = await repair(mended, root, url);
    raw = repaired === undefined ? 'there is no element in it' : await listNodes(repaired, root);
  }
  if (typeof raw === 'string') return broken(raw, place);
  const { feed, problems } = assemble(raw, { root, shape, url, most });
  return { kind: 'feed', feed, problems: [...repairs(mistakes, shape, place), ...problems] };
}

function shortenMended(xml: string, root: FeedRoot): Shortened {
  return shorten(xml, 0, xml.length, scanXml(xml, root, 0).longTexts);
}

/** False where there are too few tags for that. */
function mayNest(xml: string): boolean {
  let at = xml.indexOf('<');
  for (let tags = 0; at >= 0 && tags <= maxTreeDepth; tags++) at = xml.indexOf('<', at + 1);
  return at >= 0;
}

type Place = Pick<Subject, 'line' | 'column'>;

/** Of the first mistake, as a text editor counts; of a document that stops in the middle, where it stops. */
function placeIn(text: string, { mistakeAt, isCut }: XmlShape): Place {
  const at = mistakeAt ?? (isCut ? text.length : undefined);
  if (at === undefined) return {};
  let line = 1;
  let lineAt = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) {
    line++;
    lineAt = end + 1;
  }
  return { line, column: at - lineAt + 1 };
}

function broken(why: string, place: Place): Parsed {
  return { kind: 'failed', problem: problem('parse/broken-xml', place, why) };
}

function repairs(mistakes: Set<string>, shape: XmlShape, place: Place): readonly Problem[] {
  if (shape.isCut) mistakes.add('it stops in the middle');
  const lost = shape.losesEntry
    ? [problem('parse/entry-skipped', { entry: 'the last one' }, 'the last one is cut off in the middle')]
    : [];
  return mistakes.size === 0 ? lost : [problem('parse/repaired', place, [...mistakes].join(', ')), ...lost];
}

/** Loaded with the first document, and kept: to ask the loader again costs as much as a small document. */
let library: Promise<typeof import('rss-parser')> | undefined;

type HandedOver = [from: string, to: string, { keepArray: true }];
const handOver = (name: string): HandedOver => [name, name, { keepArray: true }];

interface Names {
  /** The name that an element goes by, of one as written. */
  readonly nameFor: (written: string) => string;
  readonly ofFeed: HandedOver[];
  readonly ofEntry: HandedOver[];
}

/**
 * The names in a document, as it is read. rss-parser looks for each that it shall hand over in every entry, but only when all
 * is read: so it is told those that there are, a few of a hundred.
 */
function openNames(root: FeedRoot): Names {
  const wanted = root === 'atom' ? [atomFeedElements, atomEntryElements] : [rssFeedElements, rssEntryElements];
  const [wantedOfFeed, wantedOfEntry] = wanted.map((names) => new Set(names));
  const ofFeed = [handOver('$')];
  const ofEntry = [handOver('$')];
  const made = new Map<string, string>();
  const make = (written: string): string => {
    if (skeleton.has(written)) return written;
    const usual = usualCase(written);
    if (wantedOfFeed?.delete(usual)) ofFeed.push(handOver(shielded(usual)));
    if (wantedOfEntry?.delete(usual)) ofEntry.push(handOver(shielded(usual)));
    return shielded(usual);
  };
  const nameFor = (written: string): string => {
    const known = made.get(written);
    if (known !== undefined) return known;
    const name = make(written);
    made.set(written, name);
    return name;
  };
  return { nameFor, ofFeed, ofEntry };
}

/** @returns the raw nodes, or what is wrong with the document, in words */
async function listNodes({ xml, restore }: Shortened, root: FeedRoot): Promise<RawFeed | string> {
  library ??= import('rss-parser').then((loaded) => loaded.default);
  const Parser = await library;
  const names = openNames(root);
  // A parser for each document: xml2js keeps state between documents.
  const parser = new Parser<RawElement, RawElement>({
    defaultRSS: 2,
    xml2js: {
      // Every element an object: given a string, rss-parser takes `String.prototype.link` for the entry's links and throws.
      explicitCharkey: true,
      emptyTag: () => ({}),
      valueProcessors: [restore],
      tagNameProcessors: [names.nameFor],
    },
    customFields: {
      // The declared type knows names of fields alone; the library takes these triples (its README, "Custom Fields").
      feed: names.ofFeed as unknown as never[],
      item: names.ofEntry as unknown as never[],
    },
  });
  try {
    const feed: unknown = await parser.parseString(xml);
    if (!isElement(feed)) return 'there is nothing in it';
    const entries: unknown = 'items' in feed ? feed.items : undefined;
    return { feed, entries: Array.isArray(entries) ? entries.map(asNode) : [] };
  } catch (cause) {
    return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'it cannot be read';
  }
}

/** An entry with neither attributes nor any of the elements we asked for has nothing in it. */
function asNode(item: unknown): RawNode {
  return isElement(item) && Object.keys(item).some((key) => key.startsWith('~') || key === '$') ? item : '';
}

interface Assembly {
  readonly root: FeedRoot;
  readonly shape: XmlShape;
  readonly url: string;
  readonly most: number;
}

function assemble(raw: RawFeed, { root, shape, url, most }: Assembly): { feed: Feed; problems: readonly Problem[] } {
  const ofRoot = new Map(readAttributes(shape.rootTag));
  const outer = explicit(ofRoot.get('xml:base'), ofRoot.get('xml:lang'), { base: undefined, lang: undefined }, url);
  const scope = explicit(attribute(raw.feed, 'xml:base'), attribute(raw.feed, 'xml:lang'), outer, url);
  const about = root === 'atom' ? atomFeed(raw.feed, scope, url) : rssFeed(raw.feed, scope, url);
  const inner: Scope = { base: scope.base ?? about.home ?? resolveUrl(url), lang: scope.lang };
  const read = (node: RawNode): Entry | undefined =>
    root === 'atom' ? atomEntry(node, inner, about.authors) : rssEntry(node, inner);
  const { entries, problems }: ReadEntries = readEntries(raw.entries, most, {
    read,
    name: (node) => firstText(node, 'title', 'guid', 'id', 'link') ?? '',
    dates: root === 'atom' ? atomDates : rssDates,
  });
  const deleted: readonly DeletedEntry[] = deletedEntries(raw.feed);
  return { feed: { format: root, ...about, entries, deleted, isCut: shape.isCut }, problems };
}

/** The scope of root and channel, whose `xml:base` may be relative to the document's own address. */
function explicit(base: string | undefined, lang: string | undefined, outer: Scope, url: string): Scope {
  return {
    base: base === undefined ? outer.base : (resolveUrl(base, outer.base ?? url) ?? outer.base),
    lang: lang ?? outer.lang,
  };
}
