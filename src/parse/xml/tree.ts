/** A document as a small tree that can be rearranged, and the tree back to XML that every parser takes, or to HTML. */

import { xmlText } from '../../text/safe.ts';
import { isLong, type KeptTexts, keepTexts, type Shortened, withoutMarks } from './long-texts.ts';

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

/** sax holds 64 KB of an attribute and gives the whole document up at one more character. */
const maxAttribute = 32_000;
const xmlName = /^[\p{L}_:][\p{L}\p{N}_:.\u00b7-]*$/u;

/**
 * Well-formed XML of an element, long texts kept out of it. An element whose name XML does not allow is left out, its
 * content kept.
 */
export function toXml(branch: Branch): Shortened {
  const texts = keepTexts();
  return { xml: written(branch, texts), restore: texts.restore };
}

function written(node: Branch | Leaf, texts: KeptTexts): string {
  if (!isBranch(node)) {
    const text = xmlText(withoutMarks(node.text));
    return isLong(text, 0, text.length) ? texts.keep(text) : escapeText(text);
  }
  const inner = node.children.map((child) => written(child, texts)).join('');
  if (!xmlName.test(node.name)) return inner;
  const attributes = [...node.attributes]
    .filter(([name, value]) => xmlName.test(name) && value.length <= maxAttribute)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
  return inner === '' ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${inner}</${node.name}>`;
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
