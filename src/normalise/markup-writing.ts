/** How the tree of a text is written: as markup, and as what a reader sees of it. */
import { type Lines, openLines } from '../text/html.ts';
import { readableText } from '../text/safe.ts';
import type { Kept } from './attributes.ts';
import { keptVoids } from './markup-rules.ts';

/** An element of the tree. */
export interface Node {
  readonly name: string;
  readonly attributes: Kept;
  /** Its opening tag as it is written. */
  readonly start: string;
  readonly children: (Node | string)[];
  /** A plug-in's block by its class. */
  readonly isMarked: boolean;
  /** Letters in it; links in it that share the page, and other links and pictures; what stands outside the former. */
  letters: number;
  shares: number;
  others: number;
  words: string;
}

/** A text in both forms. */
export interface Written {
  readonly html: string;
  /** As `htmlToText` would make it of that markup. */
  readonly text: string;
}

/** Writes all that stands in the outermost node. */
export function writeTree(root: Node): Written {
  const lines = openLines();
  const html = writeChildren(root, lines);
  return { html, text: lines.end() };
}

function writeChildren(node: Node, lines: Lines): string {
  let written = '';
  let run: string[] = []; // text that stands together is read together: marks pile up across dropped tags
  const endRun = (): void => {
    if (run.length === 0) return;
    written += writeText(run.length === 1 ? (run[0] ?? '') : run.join(''), lines);
    run = [];
  };
  for (const child of node.children) {
    if (typeof child === 'string') run.push(child);
    else {
      endRun();
      written += writeElement(child, lines);
    }
  }
  endRun();
  return written;
}

/** Nothing of it is in most texts: it is neither to be taken out nor to be folded. (The spaces first: half the time.) */
const notPlain = / {2}|[^ -~]/;

function writeText(text: string, lines: Lines): string {
  if (!notPlain.test(text)) {
    lines.addFolded(text);
    return escapeText(text);
  }
  // A browser reads a carriage return as a line's end.
  const readable = readableText(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
  lines.add(readable);
  return escapeText(readable);
}

function writeElement(node: Node, lines: Lines): string {
  const { name, start } = node;
  lines.tag(name);
  if (keptVoids.has(name)) return start;
  const inside = writeChildren(node, lines);
  lines.tag(name);
  // A browser drops a line's end right behind <pre>, and one more at each reading of what it wrote.
  return `${start}${name === 'pre' ? inside.replace(/^\n+/, '') : inside}</${name}>`;
}

/** An opening tag, or the whole of an element without content. */
export function openTag(name: string, attributes: Kept): string {
  let tag = `<${name}`;
  for (const [attribute, value] of attributes) tag += ` ${attribute}="${escapeText(value).replaceAll('"', '&quot;')}"`;
  return `${tag}${keptVoids.has(name) ? ' />' : '>'}`;
}

/** Characters of a text as it is written. */
export function escapedLength(text: string): number {
  return isSpecial(text) ? escapeText(text).length : text.length;
}

/** A text between tags. */
function escapeText(text: string): string {
  if (!isSpecial(text)) return text;
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

/** Looking for one character at a time costs a tenth of an expression that looks for three. */
function isSpecial(text: string): boolean {
  return text.includes('&') || text.includes('<') || text.includes('>');
}

/** The beginning of a text that, escaped, has at most `room` characters; never half a character. */
export function cutToRoom(text: string, room: number): string {
  if (text.length * 5 <= room || escapedLength(text) <= room) return text;
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += escapeText(character).length;
    if (length > room) break;
    end += character.length;
  }
  return text.slice(0, end);
}
