/** The text of an RSS or Atom document to a Feed: looked over, mended where it must be, made a tree, and handed to the adapters in xml/. */
import type { DeletedEntry, Entry, Feed, Parsed } from '../model.ts';
import { type Problem, problem, type Subject } from '../problems.ts';
import { xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import { type ReadEntries, readEntries } from './entries.ts';
import { readWithin } from './nesting.ts';
import { repair } from './repair.ts';
import type { FeedRoot } from './sniff.ts';
import { atomDates, atomEntry, atomFeed, deletedEntries } from './xml/atom.ts';
import { readAttributes } from './xml/attributes.ts';
import { feedIn, type RawFeed, readElements } from './xml/elements.ts';
import { declaredEntities, expandEntities } from './xml/entities.ts';
import { attribute, firstText, type RawNode, type Scope } from './xml/node.ts';
import { closeVoidElements, mendReferences } from './xml/references.ts';
import { rssDates, rssEntry, rssFeed } from './xml/rss.ts';
import { scanXml, type XmlShape } from './xml/scan.ts';

/** Entries that are never closed stand inside each other in the tree: a thousand of them, and what is in the last. */
const maxTreeDepth = 2_000;

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
  const cut = text.slice(rootAt, shape.end);
  const declared = declaredEntities(text.slice(0, rootAt));
  const sound = shape.needsReferences ? xmlText(mendReferences(expandEntities(cut, declared))) : cut;
  let raw: RawFeed | undefined;
  if (isSound(shape)) raw = feedIn(readElements(text, rootAt, shape.end), root);
  // References may be left that hid from those who mend them.
  else if (!shape.needsRebuild && isSound(scanXml(sound, root, 0)))
    raw = feedIn(readElements(sound, 0, sound.length), root);
  if (raw === undefined) {
    const mended = closeVoidElements(mendReferences(sound));
    if (mayNest(mended) && !readWithin(maxTreeDepth, mended, { xmlMode: true }))
      return broken('it is nested too deeply', place);
    const repaired = await repair(mended, root, url);
    raw = repaired && feedIn(repaired, root);
  }
  if (raw === undefined) return broken('there is no element in it', place);
  const { feed, problems } = assemble(raw, { root, shape, url, most });
  return { kind: 'feed', feed, problems: [...repairs(shape, place), ...problems] };
}

function isSound({ refusal, needsReferences, needsRebuild }: XmlShape): boolean {
  return refusal === undefined && !needsReferences && !needsRebuild;
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

function repairs(shape: XmlShape, place: Place): readonly Problem[] {
  const mistakes = [...shape.mistakes, ...(shape.isCut ? ['it stops in the middle'] : [])];
  const lost = shape.losesEntry
    ? [problem('parse/entry-skipped', { entry: 'the last one' }, 'the last one is cut off in the middle')]
    : [];
  return mistakes.length === 0 ? lost : [problem('parse/repaired', place, mistakes.join(', ')), ...lost];
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
  const base = scope.base ?? about.home ?? resolveUrl(url);
  const inner: Scope = { base, isAssumed: scope.base === undefined, lang: scope.lang };
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
