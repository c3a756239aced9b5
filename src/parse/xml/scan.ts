/**
 * One linear pass over a document's tags: is it within bounds, is it XML, and what of it would not be looked for where it is?
 * Only a document that answers here is rewritten by repair.ts.
 */
import type { FeedRoot } from '../sniff.ts';
import { maxAttributes, readAttributes } from './attributes.ts';
import { isUnusual } from './namespaces.ts';
import { referenceAt } from './references.ts';
import { endOfName, isTagSound, tagEnd } from './tags.ts';

/** Deeper documents are bombs: the deepest feed met in the wild has some forty levels, all in one article's markup. */
const maxDepth = 256;
const maxElements = 500_000;

/** Elements that hold a text and no feed structure. Markup inside must be turned into text before xml2js loses its order. */
export const constructNames: ReadonlySet<string> = new Set(
  `title subtitle tagline description summary content info copyright rights body fullitem content:encoded
  atom:title atom:subtitle atom:summary atom:content atom:rights xhtml:body xhtml:div media:description media:title
  dc:title dc:description dc:rights dcterms:abstract itunes:summary itunes:subtitle`.split(/\s+/),
);

/** HTML elements without an end tag (HTML §13.1.2): unclosed ones do not nest. */
const voidElements: ReadonlySet<string> = new Set('area base br col embed hr img input param track wbr'.split(' '));

/** What the pass found out. */
export interface XmlShape {
  /** Why the document must not be parsed; undefined when it may. */
  readonly refusal: string | undefined;
  /** Offset behind the root's end tag; of a document that stops early, where its last unfinished entry begins. */
  readonly end: number;
  /** The root's start tag, as written. */
  readonly rootTag: string;
  /** The document stops before its root is closed. */
  readonly isCut: boolean;
  /** An entry was begun and never finished. */
  readonly losesEntry: boolean;
  readonly needsReferences: boolean;
  readonly needsRebuild: boolean;
  /** What the partner's program does wrong, in words. */
  readonly mistakes: ReadonlySet<string>;
  /** Offset of the first of them, or of what the document is refused for; undefined where there is none. */
  readonly mistakeAt: number | undefined;
}

interface Scan {
  readonly text: string;
  readonly root: FeedRoot;
  readonly open: { readonly name: string; readonly at: number }[];
  readonly mistakes: Set<string>;
  /** Offset of the construct in hand. */
  at: number;
  mistakeAt: number | undefined;
  elements: number;
  channels: number;
  lastEntryAt: number;
  refusal: string | undefined;
  nextReference: number;
  nextNamespace: number;
  needsReferences: boolean;
  needsRebuild: boolean;
}

/** The name of an entry's element in each family, and of the element it must stand in. */
const places: Readonly<Record<FeedRoot, { readonly entry: string; readonly parent: string }>> = {
  rss: { entry: 'item', parent: 'channel' },
  rdf: { entry: 'item', parent: 'rdf:RDF' },
  atom: { entry: 'entry', parent: 'feed' },
};
/** The same, and their parents, in capitals. */
const inCapitals = /^(?:rss|rdf|channel|item|feed|entry)$/i;
const rootNames: Readonly<Record<FeedRoot, string>> = { rss: 'rss', rdf: 'rdf:RDF', atom: 'feed' };

/** Looks at a document from its root's start tag on. Time is linear in its length, whatever is in it. */
export function scanXml(text: string, root: FeedRoot, rootAt: number): XmlShape {
  const scan: Scan = {
    text,
    root,
    open: [],
    mistakes: new Set(),
    at: rootAt,
    mistakeAt: undefined,
    elements: 0,
    channels: 0,
    lastEntryAt: -1,
    refusal: undefined,
    nextReference: text.indexOf('&', rootAt),
    nextNamespace: text.indexOf('xmlns', rootAt),
    needsReferences: false,
    needsRebuild: false,
  };
  const rootEnd = tagEnd(text, rootAt);
  let at = rootAt;
  let end = -1;
  while (end < 0 && at >= 0 && scan.refusal === undefined) {
    const tag = text.indexOf('<', at);
    checkReferences(scan, tag < 0 ? text.length : tag);
    at = tag < 0 ? -1 : step(scan, tag);
    if (at >= 0 && scan.open.length === 0) end = at;
  }
  const isCut = end < 0 && scan.refusal === undefined;
  const half = isCut ? scan.open.findLast(({ at: start }) => start === scan.lastEntryAt) : undefined;
  return {
    refusal: scan.refusal,
    end: end >= 0 ? end : (half?.at ?? text.length),
    rootTag: text.slice(rootAt, rootEnd < 0 ? rootAt + 2_000 : rootEnd),
    isCut,
    losesEntry: half !== undefined,
    needsReferences: scan.needsReferences,
    needsRebuild: scan.needsRebuild || isCut,
    mistakes: scan.mistakes,
    mistakeAt: scan.refusal === undefined ? scan.mistakeAt : scan.at,
  };
}

/** Takes the construct that starts at this `<`. @returns the offset behind it, -1 where the text stops inside */
function step(scan: Scan, tag: number): number {
  const { text } = scan;
  scan.at = tag;
  if (text.startsWith('<![CDATA[', tag)) return skipTo(scan, ']]>', tag);
  if (text.startsWith('<!--', tag)) return skipTo(scan, '-->', tag);
  if (text.startsWith('<?', tag)) return skipTo(scan, '?>', tag);
  if (text.startsWith('<!', tag)) {
    wrong(scan, 'a declaration in the middle');
    return skipTo(scan, '>', tag);
  }
  const isEnd = text.charCodeAt(tag + 1) === 47;
  const nameAt = isEnd ? tag + 2 : tag + 1;
  const nameEnd = endOfName(text, nameAt);
  if (nameEnd === nameAt) {
    scan.needsReferences = true; // a `<` that is meant as text
    note(scan, 'a bare < in a text', tag);
    return tag + 1;
  }
  const end = tagEnd(text, nameEnd);
  if (end < 0) return -1;
  const name = text.slice(nameAt, nameEnd);
  if (isEnd) closeTag(scan, name);
  else openTag(scan, name, tag, end);
  return end;
}

function openTag(scan: Scan, name: string, at: number, end: number): void {
  const parent = scan.open.at(-1)?.name;
  const first = name.charCodeAt(0);
  if (first > 64 && first < 91 && inCapitals.test(name)) wrong(scan, 'names in capitals');
  scan.elements++;
  if (scan.elements > maxElements) scan.refusal = `it has more than ${maxElements} elements`;
  if (end - at > 2 * maxAttributes && readAttributes(scan.text.slice(at, end)).length > maxAttributes)
    scan.refusal = `an element has more than ${maxAttributes} attributes`;
  checkReferences(scan, end);
  if (end - at > name.length + 3 && !isTagSound(scan.text, at + 1 + name.length, end))
    note(scan, 'attributes without quotes', at);
  checkNamespaces(scan, at, end);
  if (parent !== undefined && constructNames.has(parent)) scan.needsRebuild = true;
  else checkPlace(scan, name, parent, at);
  const isClosed = scan.text.charCodeAt(end - 2) === 47;
  if (isClosed) return;
  if (voidElements.has(name)) wrong(scan, 'unclosed tags');
  else scan.open.push({ name, at });
  if (scan.open.length > maxDepth) scan.refusal = `it is nested more than ${maxDepth} deep`;
}

function closeTag(scan: Scan, name: string): void {
  const { open } = scan;
  if (voidElements.has(name)) return; // `<br></br>`
  if (open.at(-1)?.name === name) {
    open.pop();
    return;
  }
  wrong(scan, 'tags that do not match');
  const at = open.findLastIndex((one) => one.name === name);
  if (at >= 0) open.length = at;
}

/** Roots and entries that would not be looked for where they are, or by their names. */
function checkPlace(scan: Scan, name: string, parent: string | undefined, at: number): void {
  const { entry, parent: expected } = places[scan.root];
  if (parent === undefined) {
    if (name !== rootNames[scan.root]) scan.needsRebuild = true;
    return;
  }
  if (name.slice(name.indexOf(':') + 1) === entry) scan.lastEntryAt = at;
  if (name === entry && parent !== expected) {
    wrong(scan, 'entries out of their place');
    const unfinished = scan.open.findIndex((one) => one.name === entry);
    if (unfinished >= 0) scan.open.length = unfinished; // never closed, so its successors do not stand inside it
  }
  if (scan.root === 'atom' ? name.startsWith('atom:') : name === 'channel' && ++scan.channels > 1)
    scan.needsRebuild = true;
}

/** Declarations by which an element would go by a name that the adapters do not look for. */
function checkNamespaces(scan: Scan, at: number, end: number): void {
  if (scan.nextNamespace >= 0 && scan.nextNamespace < at) scan.nextNamespace = scan.text.indexOf('xmlns', at);
  if (scan.nextNamespace < 0 || scan.nextNamespace >= end) return;
  const parent = scan.open.at(-1)?.name;
  const inConstruct = parent !== undefined && constructNames.has(parent);
  for (const [name, value] of readAttributes(scan.text.slice(at, end))) {
    if (!name.startsWith('xmlns') || inConstruct) continue;
    if (isUnusual(name.slice(6), value, scan.root, scan.open.length < 3)) scan.needsRebuild = true;
  }
  scan.nextNamespace = scan.text.indexOf('xmlns', end);
}

/** Looks at every `&` before `end` that has not been looked at. */
function checkReferences(scan: Scan, end: number): void {
  while (scan.nextReference >= 0 && scan.nextReference < end) {
    const { raw, isSound } = referenceAt(scan.text, scan.nextReference);
    if (!isSound) {
      scan.needsReferences = true;
      const mistake = raw === '&' ? 'a bare &' : `references XML does not know, such as ${raw}`;
      note(scan, mistake, scan.nextReference);
      scan.nextReference = -1; // one is enough: mending goes over them all
      return;
    }
    scan.nextReference = scan.text.indexOf('&', scan.nextReference + 1);
  }
}

function skipTo(scan: Scan, what: string, at: number): number {
  const found = scan.text.indexOf(what, at);
  if (found < 0) return -1;
  const end = found + what.length;
  if (scan.nextReference >= 0 && scan.nextReference < end) scan.nextReference = scan.text.indexOf('&', end);
  return end;
}

function note(scan: Scan, mistake: string, at: number): void {
  scan.mistakes.add(mistake);
  scan.mistakeAt ??= at;
}

function wrong(scan: Scan, mistake: string): void {
  note(scan, mistake, scan.at);
  scan.needsRebuild = true;
}
