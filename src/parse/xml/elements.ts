/**
 * A document to the tree of its elements, in one pass of htmlparser2's events. rss-parser, which was here before, builds the same tree
 * by xml2js at three times the cost, and then looks in it for what we hide from it: its snippets are made by a quadratic expression
 * (60 kB of `a<h`: five seconds), one date or link that it cannot read throws for the whole feed, and it takes the first of every
 * repeated element, without attributes.
 */
import { Parser } from 'htmlparser2';
import type { FeedRoot } from '../sniff.ts';
import type { Shortened } from './long-texts.ts';
import { usualCase } from './names.ts';
import type { RawNode } from './node.ts';

/** The element that says what a feed is, and its entries. */
export interface RawFeed {
  readonly feed: RawNode;
  readonly entries: readonly RawNode[];
}

interface Growing {
  readonly name: string;
  text: string;
  attributes: Map<string, string>;
  children: Map<string, RawNode[]>;
}

/** Most elements have none of either. */
const noAttributes = new Map<string, string>();
const noChildren = new Map<string, RawNode[]>();

function growing(name: string): Growing {
  return { name, text: '', attributes: noAttributes, children: noChildren };
}

/**
 * Reads a document that is sound (scan.ts, repair.ts). Names are those that the adapters know, whatever case they are written in.
 * @returns undefined where the element is missing that holds a feed of this kind
 */
export function readElements({ xml, restore }: Shortened, root: FeedRoot): RawFeed | undefined {
  const outside = growing('');
  const open: Growing[] = [outside];
  let inner = outside;
  const names = new Map<string, string>();
  const nameFor = (written: string): string => {
    const known = names.get(written);
    if (known !== undefined) return known;
    const name = usualCase(written);
    names.set(written, name);
    return name;
  };
  const parser = new Parser(
    {
      onopentagname(written) {
        inner = growing(nameFor(written));
        open.push(inner);
      },
      onattribute(name, value) {
        if (inner.attributes === noAttributes) inner.attributes = new Map();
        if (!inner.attributes.has(name)) inner.attributes.set(name, value);
      },
      ontext(text) {
        inner.text += text;
      },
      onclosetag() {
        const { name, text, attributes, children } = inner;
        open.pop();
        inner = open.at(-1) ?? outside;
        if (inner.children === noChildren) inner.children = new Map();
        const node: RawNode = { text: text === '' ? text : restore(text), attributes, children };
        const others = inner.children.get(name);
        if (others === undefined) inner.children.set(name, [node]);
        else others.push(node);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  const first = (node: Growing | RawNode | undefined, name: string): RawNode | undefined =>
    node?.children.get(name)?.[0];
  const rootNode = first(outside, root === 'atom' ? 'feed' : root === 'rdf' ? 'rdf:RDF' : 'rss');
  const feed = root === 'atom' ? rootNode : first(rootNode, 'channel');
  if (feed === undefined) return undefined;
  const holder = root === 'rdf' ? rootNode : feed;
  return { feed, entries: holder?.children.get(root === 'atom' ? 'entry' : 'item') ?? [] };
}
