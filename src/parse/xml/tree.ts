/** A document as a small tree that can be rearranged, and the tree to nodes, or back to HTML. */

import { xmlText } from '../../text/safe.ts';
import { addChild, type RawNode } from './node.ts';

/** An element. */
export interface Branch {
  name: string;
  readonly attributes: Map<string, string>;
  children: (Branch | Leaf)[];
}

/** A run of text. */
export interface Leaf {
  readonly text: string;
  /** It stood in a CDATA section: markup in it was meant as markup. */
  readonly isCdata: boolean;
}

/** True for an element, false for text. */
export function isBranch(node: Branch | Leaf): node is Branch {
  return 'name' in node;
}

/** The elements directly inside. */
export function branchesOf(branch: Branch): readonly Branch[] {
  return branch.children.filter(isBranch);
}

const xmlName = /^[\p{L}_:][\p{L}\p{N}_:.\u00b7-]*$/u;

/** The same tree as the adapters read it. An element whose name XML does not allow is left out, its content kept. */
export function asNode({ attributes, children }: Branch): RawNode {
  const node = { text: '', children: new Map<string, RawNode[]>() };
  const add = (child: Branch | Leaf): void => {
    if (!isBranch(child)) node.text += xmlText(child.text);
    else if (!xmlName.test(child.name)) child.children.forEach(add);
    else addChild(node.children, child.name, asNode(child));
  };
  children.forEach(add);
  return { ...node, attributes };
}

const voidElements: ReadonlySet<string> = new Set('area base br col embed hr img input param track wbr'.split(' '));

/**
 * HTML of what stands in an element: no self-closing tags, since HTML parsers take `<p/>` and `<a/>` for start tags;
 * namespace declarations and prefixes of XHTML left out. Text of a CDATA section goes through as the markup it is.
 */
export function innerHtml(branch: Branch): string {
  return branch.children
    .map((child) => (isBranch(child) ? outerHtml(child) : child.isCdata ? child.text : escapeText(child.text)))
    .join('');
}

function outerHtml(branch: Branch): string {
  const name = branch.name.replace(/^(?:xhtml|html|x|h):/i, '');
  const attributes = [...branch.attributes]
    .filter(([key]) => xmlName.test(key) && !key.startsWith('xmlns') && key !== 'xml:base' && key !== 'xml:space')
    .map(([key, value]) => ` ${key === 'xml:lang' ? 'lang' : key}="${escapeAttribute(value)}"`)
    .join('');
  const inner = innerHtml(branch);
  if (!xmlName.test(name)) return inner;
  // Unclosed in the document, so the tree has the text that follows it inside it.
  if (voidElements.has(name.toLowerCase())) return `<${name}${attributes}>${inner}`;
  return `<${name}${attributes}>${inner}</${name}>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}
