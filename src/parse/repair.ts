/**
 * A feed document that is no XML, or put together in another way, to the nodes of one that is as it should be: well-formed, entries in their place,
 * vocabularies under their usual prefixes, markup inside a text turned into escaped HTML. The tree is read by cheerio in
 * XML mode, which forgives everything. Only documents that need it come here (xml/scan.ts decides).
 */
import { resolveUrl } from '../text/url.ts';
import type { FeedRoot } from './sniff.ts';
import { usualCase } from './xml/names.ts';
import { isUnusual, usualPrefix } from './xml/namespaces.ts';
import type { RawNode } from './xml/node.ts';
import { constructNames } from './xml/scan.ts';
import { asNode, type Branch, branchesOf, innerHtml, isBranch, type Leaf } from './xml/tree.ts';

/** Attributes with capitals that the adapters look for, by their lower case. */
const capitals = new Map(['isPermaLink', 'fileSize'].map((name) => [name.toLowerCase(), name] as const));

/** Elements of a feed that are none of HTML: inside a text they show that its end tag is missing. */
const strays: ReadonlySet<string> = new Set(
  'guid pubDate description category author comments enclosure content:encoded dc:date dc:creator dc:subject updated published id content'.split(
    ' ',
  ),
);
/** In a title, which holds no blocks, these are strays too. */
const titleStrays: ReadonlySet<string> = new Set('link source summary'.split(' '));

const linkAttributes = ['href', 'src', 'cite', 'action', 'poster', 'longdesc', 'data'];

/** Loaded with the first document that needs it, and kept. */
let library: Promise<typeof import('cheerio/slim')> | undefined;

/**
 * Rewrites one document.
 * @param xml from the root's start tag on, references mended
 * @param url the document's own address, for `xml:base` inside markup
 * @returns an element without a name around the usual root, or undefined where there is no such element
 */
export async function repair(xml: string, root: FeedRoot, url: string): Promise<RawNode | undefined> {
  library ??= import('cheerio/slim');
  const { load } = await library;
  const document = load(xml, { xml: { xmlMode: true, decodeEntities: true } });
  const [first] = document
    .root()
    .contents()
    .toArray()
    .map((node) => asTree(node))
    .filter((node) => node !== undefined)
    .filter(isBranch);
  if (first === undefined) return undefined;
  rename(first, { root, prefixes: new Map(), depth: 0 });
  const arranged = arrange(first, root);
  settleTexts(arranged, root, resolveUrl(url) ?? '');
  return asNode({ name: '', attributes: new Map(), children: [arranged] });
}

/** What is read of cheerio's nodes. */
interface DomNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly DomNode[];
}

function asTree(node: DomNode): Branch | Leaf | undefined {
  if (node.type === 'text') return { text: node.data ?? '', isCdata: false };
  if (node.type === 'cdata')
    return { text: (node.children ?? []).map((child) => child.data ?? '').join(''), isCdata: true };
  if (node.attribs === undefined) return undefined; // comments, processing instructions
  const children = (node.children ?? []).map((child) => asTree(child)).filter((child) => child !== undefined);
  return { name: node.name ?? '', attributes: new Map(Object.entries(node.attribs)), children };
}

interface Naming {
  readonly root: FeedRoot;
  /** Declared prefix → the usual one; only where they differ. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly depth: number;
}

function rename(branch: Branch, outer: Naming): void {
  // Most elements declare nothing: a copy for each would cost declarations times elements.
  const declares = [...branch.attributes.keys()].some((key) => key.startsWith('xmlns'));
  const prefixes = declares ? new Map(outer.prefixes) : (outer.prefixes as Map<string, string>);
  for (const [key, uri] of branch.attributes) {
    if (!key.startsWith('xmlns')) continue;
    const prefix = key.slice(6);
    if (isUnusual(prefix, uri, outer.root, outer.depth < 3))
      prefixes.set(prefix, usualPrefix(uri, outer.root) ?? prefix);
    else prefixes.delete(prefix);
  }
  branch.name = usualName(branch.name, prefixes, outer);
  for (const [key, value] of branch.attributes) {
    const known = key.includes(':')
      ? usualName(key, prefixes, outer)
      : (capitals.get(key.toLowerCase()) ?? key.toLowerCase());
    if (known === key || branch.attributes.has(known)) continue;
    branch.attributes.delete(key);
    branch.attributes.set(known, value);
  }
  for (const child of branchesOf(branch)) rename(child, { ...outer, prefixes, depth: outer.depth + 1 });
}

function usualName(written: string, prefixes: ReadonlyMap<string, string>, naming: Naming): string {
  const colon = written.indexOf(':');
  const prefix = written.slice(0, Math.max(colon, 0));
  const usual = prefixes.get(prefix) ?? (naming.root === 'atom' && prefix === 'atom' ? '' : prefix);
  return usualCase(`${usual}${usual === '' ? '' : ':'}${written.slice(colon + 1)}`);
}

/** The root under its usual name, with every entry where it belongs, in document order. */
function arrange(found: Branch, root: FeedRoot): Branch {
  const entryName = root === 'atom' ? 'entry' : 'item';
  const entries: Branch[] = [];
  takeEntries(found, entryName, entries);
  if (root === 'atom') return { name: 'feed', attributes: found.attributes, children: [...found.children, ...entries] };
  const channels = found.name === 'channel' ? [found] : branchesOf(found).filter(({ name }) => name === 'channel');
  const channel: Branch = {
    name: 'channel',
    attributes: channels[0]?.attributes ?? new Map(),
    children: channels.flatMap(({ children }) => children),
  };
  const others =
    found.name === 'channel' ? [] : found.children.filter((child) => isBranch(child) && child.name !== 'channel');
  if (root === 'rdf')
    return { name: 'rdf:RDF', attributes: found.attributes, children: [channel, ...others, ...entries] };
  channel.children.push(...others, ...entries);
  return {
    name: 'rss',
    attributes: new Map([...found.attributes].filter(([name]) => name !== 'version')),
    children: [channel],
  };
}

/** Takes entries out of the tree, the ones inside other entries and unfinished texts too; not those of an extension. */
function takeEntries(branch: Branch, entryName: string, taken: Branch[]): void {
  branch.children = branch.children.filter((child) => {
    if (!isBranch(child)) return true;
    const isEntry = child.name === entryName;
    if (isEntry) taken.push(child);
    if (!child.name.includes(':')) takeEntries(child, entryName, taken);
    return !isEntry;
  });
}

/** Turns markup in every text into escaped HTML; what an unfinished text has swallowed goes back behind it. */
function settleTexts(branch: Branch, root: FeedRoot, outerBase: string): void {
  const base = baseOf(branch, outerBase);
  const settled: (Branch | Leaf)[] = [];
  for (const child of branch.children) {
    settled.push(child);
    if (!isBranch(child)) continue;
    if (!constructNames.has(child.name)) settleTexts(child, root, base);
    else if (branchesOf(child).length > 0) {
      const swallowed = takeStrays(child);
      settleText(child, root, base);
      const rescued: Branch = { name: '', attributes: new Map(), children: [...swallowed] };
      settleTexts(rescued, root, base);
      settled.push(...rescued.children);
    }
  }
  branch.children = settled;
}

function takeStrays(text: Branch): readonly Branch[] {
  const isStray = (child: Branch | Leaf): child is Branch =>
    isBranch(child) && (strays.has(child.name) || (text.name === 'title' && titleStrays.has(child.name)));
  const taken: Branch[] = [];
  const take = (branch: Branch): void => {
    taken.push(...branch.children.filter(isStray));
    branch.children = branch.children.filter((child) => !isStray(child));
    for (const child of branchesOf(branch)) take(child);
  };
  take(text);
  return taken;
}

function settleText(text: Branch, root: FeedRoot, outerBase: string): void {
  const base = baseOf(text, outerBase);
  for (const child of branchesOf(text)) resolveInside(child, base, base);
  const [only, ...more] = branchesOf(text);
  const hasText = text.children.some((child) => !isBranch(child) && child.text.trim() !== '');
  const wrapper =
    only !== undefined && more.length === 0 && !hasText && /^(?:xhtml:)?div$/i.test(only.name) ? only : text;
  if (wrapper !== text) {
    // xml:lang of the wrapper is the text's: RFC 4287 §3.1.1.3 counts the div as no part of it.
    const lang = wrapper.attributes.get('xml:lang') ?? wrapper.attributes.get('lang');
    if (lang !== undefined) text.attributes.set('xml:lang', lang);
  }
  text.children = [{ text: innerHtml(wrapper), isCdata: false }];
  if (root === 'atom' || text.name.startsWith('atom:')) {
    const type = text.attributes.get('type') ?? '';
    if (!/^(?:image|audio|video)\/|\+xml$|\/xml$/i.test(type) || /xhtml/i.test(type))
      text.attributes.set('type', 'html');
    text.attributes.delete('mode');
  }
}

/** Resolves the links of a subtree that names a base of its own; where none does, the reader of the text will. */
function resolveInside(branch: Branch, base: string, outerBase: string): void {
  const own = baseOf(branch, base);
  if (own !== outerBase) {
    for (const name of linkAttributes) {
      const written = branch.attributes.get(name);
      if (written !== undefined) branch.attributes.set(name, resolveUrl(written, own) ?? written);
    }
  }
  for (const child of branchesOf(branch)) resolveInside(child, own, outerBase);
}

function baseOf(branch: Branch, outer: string): string {
  const written = branch.attributes.get('xml:base');
  return written === undefined ? outer : (resolveUrl(written, outer) ?? outer);
}
