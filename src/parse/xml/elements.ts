/**
 * A document that is sound (scan.ts) to the tree of its elements. Because it is, all that must be looked for is the next `<`: articles,
 * nearly all there is in a feed, are passed over at the speed of a search. rss-parser, which was here before, reads letter by letter (sax)
 * at five times the cost of everything here, and then looks in its tree for what we had to hide from it: its snippets are made by a
 * quadratic expression (60 kB of `a<h`: five seconds), one date or link that it cannot read throws for the whole feed, and it takes
 * the first of every repeated element, without attributes.
 */
import type { FeedRoot } from '../sniff.ts';
import { readAttributes } from './attributes.ts';
import { usualCase } from './names.ts';
import { addChild, type RawNode } from './node.ts';
import { decodeReferences } from './references.ts';
import { endOfName, tagEnd } from './tags.ts';

/** The element that says what a feed is, and its entries. */
export interface RawFeed {
  readonly feed: RawNode;
  readonly entries: readonly RawNode[];
}

interface Growing {
  readonly name: string;
  text: string;
  readonly attributes: ReadonlyMap<string, string>;
  children: Map<string, RawNode[]>;
}

/** Most elements have none of either. */
const noAttributes: ReadonlyMap<string, string> = new Map();
const noChildren = new Map<string, RawNode[]>();

const slash = 47;

/**
 * Reads what stands between two places of a document.
 * @param text XML text in which scan.ts has found nothing to mend: references are sound, all that begins ends, in order
 * @returns an element without a name around the root
 */
export function readElements(text: string, start: number, end: number): RawNode {
  const names = new Map<string, string>();
  const nameFor = (written: string): string => {
    const known = names.get(written);
    if (known !== undefined) return known;
    const name = usualCase(written);
    names.set(written, name);
    return name;
  };
  const open: Growing[] = [];
  const outside: Growing = { name: '', text: '', attributes: noAttributes, children: new Map() };
  let inner = outside;
  const add = (name: string, node: RawNode): void => {
    if (inner.children === noChildren) inner.children = new Map();
    addChild(inner.children, name, node);
  };
  for (let at = start; at < end; ) {
    const tag = text.indexOf('<', at);
    const textEnd = tag < 0 || tag > end ? end : tag;
    // White space before a text is not part of it, and most of it stands between elements.
    if (textEnd > at && (inner.text !== '' || text.charCodeAt(at) > 32 || text.slice(at, textEnd).trim() !== ''))
      inner.text += decodeReferences(text.slice(at, textEnd));
    if (textEnd === end) break;
    const nameEnd = endOfName(text, tag + 1);
    if (nameEnd > tag + 1) {
      at = tagEnd(text, nameEnd);
      const isClosed = text.charCodeAt(at - 2) === slash;
      const hasAttributes = at - nameEnd > (isClosed ? 2 : 1);
      const attributes = hasAttributes ? attributesIn(text.slice(tag, at)) : noAttributes;
      const element: Growing = {
        name: nameFor(text.slice(tag + 1, nameEnd)),
        text: '',
        attributes,
        children: noChildren,
      };
      if (isClosed) add(element.name, element);
      else {
        open.push(inner);
        inner = element;
      }
    } else if (text.charCodeAt(tag + 1) === slash) {
      at = tagEnd(text, tag + 2);
      const { name, ...node } = inner;
      if (nameFor(text.slice(tag + 2, endOfName(text, tag + 2))) !== name) continue; // of an HTML element that has no end
      inner = open.pop() ?? outside;
      add(name, node);
    } else if (text.startsWith('<![CDATA[', tag)) {
      at = text.indexOf(']]>', tag) + 3;
      inner.text += text.slice(tag + 9, at - 3);
    } else at = text.startsWith('<!--', tag) ? text.indexOf('-->', tag) + 3 : text.indexOf('?>', tag) + 2;
  }
  return outside;
}

/** The first of each name. */
function attributesIn(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of readAttributes(tag))
    if (!attributes.has(name)) attributes.set(name, decodeReferences(value));
  return attributes;
}

/** @returns undefined where the element is missing that holds a feed of this kind */
export function feedIn(document: RawNode, root: FeedRoot): RawFeed | undefined {
  const first = (node: RawNode | undefined, name: string): RawNode | undefined => node?.children.get(name)?.[0];
  const rootNode = first(document, root === 'atom' ? 'feed' : root === 'rdf' ? 'rdf:RDF' : 'rss');
  const feed = root === 'atom' ? rootNode : first(rootNode, 'channel');
  if (feed === undefined) return undefined;
  const holder = root === 'rdf' ? rootNode : feed;
  return { feed, entries: holder?.children.get(root === 'atom' ? 'entry' : 'item') ?? [] };
}
