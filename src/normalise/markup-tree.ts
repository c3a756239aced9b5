/**
 * Tags and text in the order they were met to one balanced, bounded tree of kept elements, and the tree to markup. Holds
 * the rules of markup-rules.ts on what may stand in what, so that whoever reads the result again finds this very tree.
 */
import { readableText } from '../text/safe.ts';
import type { Kept } from './attributes.ts';
import {
  blocks,
  cells,
  containers,
  endsSibling,
  homes,
  impliedHome,
  keptVoids,
  mayBeEmpty,
  onlyChildren,
  renamed,
} from './markup-rules.ts';
import { cutToRoom, escapedLength, type Node, openTag, type Written, writeTree } from './markup-writing.ts';
import { isShareCall, isShareLabel, isShareLink } from './sharing.ts';

/** Elements inside each other; deeper ones are unwrapped. */
const maxDepth = 256;
/** Open tags remembered, unwrapped ones included, so that finding the partner of a closing tag stays cheap. */
const maxOpen = 512;

const noAttributes: Kept = new Map();

function emptyNode(name: string, attributes: Kept, start: string, isMarked = false): Node {
  return { name, attributes, start, children: [], isMarked, letters: 0, shares: 0, others: 0, words: '' };
}

/** An open element: the name its closing tag will have, and its node unless it is unwrapped. */
interface Open {
  readonly tag: string;
  readonly node: Node | undefined;
}

export interface MarkupTree {
  text(text: string): void;
  /**
   * @param tag name that its closing tag will have
   * @param name a kept element
   * @param attributes undefined: the element is unwrapped
   * @param isMarked its class says that a plug-in wrote it (sharing.ts)
   */
  open(tag: string, name: string, attributes: Kept | undefined, isMarked?: boolean): void;
  close(tag: string): void;
  isInside(name: string): boolean;
  /** The place is one where a paragraph can stand. */
  isContainer(): boolean;
  /** What has grown, written. */
  finish(): Written;
}

/** An empty tree. @param maxLength characters of its markup; what comes after is left out */
export function growTree(maxLength: number): MarkupTree {
  const root = emptyNode('', noAttributes, '');
  const open: Open[] = [];
  /** The elements of them that are kept, and for each where what may not stand in it goes: before the table around it. */
  const path: { readonly node: Node; readonly outside: Node }[] = [{ node: root, outside: root }];
  let room = maxLength;
  const innermost = (): { readonly node: Node; readonly outside: Node } => path.at(-1) ?? { node: root, outside: root };
  const holderOf = (name: string): Node => {
    const { node, outside } = innermost();
    return onlyChildren.get(node.name)?.has(name) === true ? node : outside;
  };
  const popTo = (length: number): void => {
    while (open.length > length) {
      const node = open.pop()?.node;
      if (node === undefined) continue;
      path.pop();
      attach(holderOf(node.name), node); // the table it may not stand in is not finished yet, so it comes before it
    }
  };
  const enter = (tag: string, node: Node): void => {
    const { name } = node;
    open.push({ tag, node });
    path.push({ node, outside: onlyChildren.has(name) ? innermost().outside : node });
  };
  const unwrap = (tag: string, name: string): void => {
    if (!keptVoids.has(name)) open.push({ tag, node: undefined });
  };
  return {
    text(text) {
      const taken = cutToRoom(text, room);
      room = taken.length < text.length ? 0 : room - escapedLength(taken);
      const { node, outside } = innermost();
      if (taken !== '' && (node === outside || taken.trim() !== '')) addText(outside, taken);
    },
    open(tag, name, attributes, isMarked = false) {
      if (open.length >= maxOpen) return;
      const place = attributes === undefined ? undefined : placeFor(name, open);
      if (attributes === undefined || place === undefined) {
        unwrap(tag, name);
        return;
      }
      const node = emptyNode(name, attributes, openTag(name, attributes), isMarked);
      const implied = place.implied.map((one) => emptyNode(one, noAttributes, openTag(one, noAttributes)));
      const cost = implied.reduce((sum, one) => sum + tagLength(one), tagLength(node));
      if (cost > room) room = 0;
      if (path.length + implied.length > maxDepth || room === 0) {
        unwrap(tag, name);
        return;
      }
      popTo(place.length);
      room -= cost;
      for (const one of implied) enter(one.name, one);
      if (keptVoids.has(name)) attach(holderOf(name), node);
      else enter(tag, node);
    },
    close(tag) {
      const name = renamed.get(tag) ?? tag;
      const isTablePart = cells.has(name) || onlyChildren.has(name);
      for (let index = open.length - 1; index >= 0; index--) {
        const one = open[index];
        if (one?.tag === tag) return popTo(index);
        const around = one?.node?.name ?? '';
        if (isTablePart ? around === 'table' : cells.has(around)) return;
      }
    },
    isInside: (name) => open.some((one) => one.node?.name === name),
    isContainer: () =>
      path.length === 1 || (containers.has(innermost().node.name) && !open.some((one) => one.node?.name === 'p')),
    finish() {
      popTo(0);
      return writeTree(root);
    },
  };
}

/** How many of the open elements stay open around a new one, and what must be opened between. */
interface NewPlace {
  readonly length: number;
  readonly implied: readonly string[];
}

/** @returns undefined where the element has no place at all */
function placeFor(name: string, open: readonly Open[]): NewPlace | undefined {
  let length = open.length;
  const nearest = (isOne: (name: string) => boolean): number => {
    for (let index = length - 1; index >= 0; index--) {
      const node = open[index]?.node;
      if (node !== undefined && isOne(node.name)) return index;
    }
    return -1;
  };
  if (blocks.has(name)) {
    const paragraph = nearest((one) => one === 'p');
    if (paragraph !== -1) length = paragraph;
  }
  const rule = endsSibling.get(name);
  if (rule !== undefined) {
    const near = nearest((one) => rule.siblings.has(one) || rule.within.has(one));
    if (rule.siblings.has(open[near]?.node?.name ?? '')) length = near;
  }
  const implied: string[] = [];
  for (let inner = name; ; ) {
    const home = homes.get(inner);
    if (home === undefined) return { length, implied };
    const near = nearest((one) => home.has(one) || one === 'table');
    if (home.has(open[near]?.node?.name ?? '')) return { length: near + 1, implied };
    const missing = impliedHome.get(inner);
    if (near === -1 || missing === undefined) return undefined;
    implied.unshift(missing);
    inner = missing;
  }
}

/**
 * Puts a finished element into its parent. An empty block goes, an empty `<b> </b>` leaves its space; a row of links that
 * share the page goes, with the line before it that says so.
 */
function attach(parent: Node, node: Node): void {
  if (isSharing(node)) {
    parent.shares += node.shares; // a list of nothing else goes too
    while (isSpace(parent.children.at(-1))) parent.children.pop();
    const label = parent.children.at(-1);
    if (typeof label === 'object' && blocks.has(label.name) && saysShare(label)) parent.children.pop();
  } else if (keptVoids.has(node.name) || mayBeEmpty.has(node.name) || !isBlank(node)) {
    parent.children.push(node);
    addUp(parent, node);
  } else if (!blocks.has(node.name)) {
    for (const child of node.children) parent.children.push(child);
  } else {
    const before = parent.children.at(-1);
    if (typeof before === 'string' && before.at(-1)?.trim() !== '') parent.children.push(' '); // two words stay two
  }
}

function addText(parent: Node, text: string): void {
  parent.children.push(text);
  parent.letters += text.length;
  if (parent.words.length < mostWords) parent.words += text.slice(0, mostWords);
}
/** Longer ones are no label. */
const mostWords = 250;

function addUp(parent: Node, node: Node): void {
  parent.letters += node.letters;
  if (node.name === 'a' && isShareLink(node.attributes.get('href') ?? '')) {
    parent.shares++;
    return;
  }
  parent.shares += node.shares;
  parent.others += node.others + (node.name === 'a' || node.name === 'img' ? 1 : 0);
  if (parent.words.length < mostWords) parent.words += ` ${node.words}`;
}

/** Letters in a block that a plug-in wrote: links with their titles, and beginnings of other posts. */
const mostMarked = 800;

function isSharing(node: Node): boolean {
  if (!blocks.has(node.name) || mayBeEmpty.has(node.name)) return false;
  if (node.isMarked && node.letters <= mostMarked) return true;
  return node.shares > 0 && node.others === 0 && isShareLabel(node.words);
}

function saysShare(node: Node): boolean {
  return node.shares === 0 && node.others === 0 && isShareCall(node.words);
}

function isSpace(child: Node | string | undefined): boolean {
  return typeof child === 'string' && child.trim() === '';
}

/** Most texts show at once that they are not blank. */
const plainlySeen = /[!-~]/;

function isBlank(node: Node): boolean {
  return node.children.every((child) =>
    typeof child === 'string'
      ? !plainlySeen.test(child) && readableText(child).trim() === ''
      : child.name === 'br' || child.name === 'wbr',
  );
}

function tagLength({ name, start }: Node): number {
  return start.length + (keptVoids.has(name) ? 0 : name.length + 3);
}
