/**
 * What an element of a microformat says, by the rules of its kind: words, an address, a date, markup; the value class
 * pattern; and what is implied where nothing is said. However large the element, a look goes only so far into it.
 */
import { DomUtils } from 'htmlparser2';
import { foldSpace } from '../text/html.ts';
import { xmlText } from '../text/safe.ts';
import { resolveUrl } from '../text/url.ts';
import {
  classesOf,
  isElement,
  type Microformat,
  type Property,
  type TreeElement,
  type TreeNode,
} from './microformats.ts';

/** Pieces of the tree that are looked at for one value, and characters that are taken. */
const mostNodes = 2_000;
const mostText = 10_000;
const mostValues = 10;

/** Elements that a reader sees a gap around. */
const apart: ReadonlySet<string> = new Set('br p div li ul ol h1 h2 h3 h4 h5 h6 tr td th hr blockquote'.split(' '));
const silent: ReadonlySet<string> = new Set('script style template'.split(' '));

/** The words in an element, in one line; of a picture its description. */
export function wordsOf(element: TreeElement): string {
  let text = '';
  for (const node of within(element, (one) => silent.has(one.name))) {
    if (node !== element && (isApart(node) || (node.prev !== null && isApart(node.prev)))) text += ' ';
    if (node.type === 'text') text += node.data.slice(0, mostText);
    else if (isElement(node) && node.name === 'img') text += ` ${node.attribs.alt ?? ''} `;
    if (text.length > mostText) break;
  }
  return foldSpace(xmlText(text));
}

function isApart(node: TreeNode): boolean {
  return isElement(node) && apart.has(node.name);
}

/** A `p-` property. Of a thing its name, for whoever asks for words. */
export function plainValue({ element, thing }: Property): string {
  if (thing !== undefined) return nameOf(thing) ?? wordsOf(element);
  const { attribs, name } = element;
  const parts = valueParts(element);
  if (parts.length > 0) return foldSpace(xmlText(parts.join('')));
  const said = name === 'abbr' || name === 'link' ? attribs.title : (valueIn(element) ?? altOf(element));
  return said === undefined ? wordsOf(element) : foldSpace(xmlText(said.slice(0, mostText)));
}

/** A `u-` property, absolute. Of a thing its address. */
export function addressValue({ element, thing, kind }: Property, base: string | undefined): string | undefined {
  if (thing !== undefined) return urlsOf(thing, base)[0] ?? linkIn(element, base);
  const linked = linkIn(element, base);
  if (linked !== undefined) return linked;
  const parts = valueParts(element);
  const said = element.name === 'abbr' ? element.attribs.title : valueIn(element);
  const written = parts.length > 0 ? parts.join('') : (said ?? wordsOf(element));
  // Whoever writes words where an address belongs means no page called so.
  return kind === 'u' || /^https?:/i.test(written) ? resolveUrl(xmlText(written), base) : undefined;
}

/** A `dt-` property, as one text that a reader of dates understands. */
export function dateValue({ element }: Property): string {
  const parts = valueParts(element);
  if (parts.length > 0) return joinedDate(parts);
  const { attribs, name } = element;
  const said = /^(?:time|ins|del)$/.test(name) ? attribs.datetime : name === 'abbr' ? attribs.title : valueIn(element);
  return said === undefined ? wordsOf(element) : said;
}

/** The markup inside an element. */
export function markupValue({ element, kind }: Property): string | undefined {
  return kind === 'e' ? DomUtils.getInnerHTML(element, { encodeEntities: 'utf8' }) : undefined;
}

/** What a thing is called: as it says, or by what is implied. Undefined where neither is anything. */
export function nameOf(thing: Microformat): string | undefined {
  const [said] = thing.properties.get('name') ?? [];
  const name = said === undefined ? (thing.implies.name ? impliedName(thing.element) : '') : plainValue(said);
  return name === '' ? undefined : name;
}

/** Where a thing is found: as it says, or by what is implied. */
export function urlsOf(thing: Microformat, base: string | undefined): readonly string[] {
  const said = thing.properties.get('url') ?? [];
  const urls = said.map((one) => addressValue(one, base));
  const implied = said.length === 0 && thing.implies.url ? impliedUrl(thing.element, base) : undefined;
  return [...urls, implied].filter((url) => url !== undefined);
}

// ── what is implied ──────────────────────────────────────────────────────────────────────────────

/** “parsing for implied properties”: of the element itself, of its only child, of that one's only child, else its words. */
function impliedName(element: TreeElement): string {
  const child = onlyChild(element);
  const grandchild = child && onlyChild(child);
  for (const one of [element, child, grandchild]) {
    const said = one && (altOf(one) ?? (one.name === 'abbr' ? one.attribs.title : undefined));
    if (said !== undefined && said.trim() !== '') return foldSpace(xmlText(said.slice(0, mostText)));
  }
  return wordsOf(element);
}

function impliedUrl(element: TreeElement, base: string | undefined): string | undefined {
  const child = onlyChild(element);
  const links = [element, onlyLink(element), child && onlyLink(child)];
  const href = links.find((one) => one !== undefined && isLink(one))?.attribs.href;
  return href === undefined ? undefined : resolveUrl(xmlText(href), base);
}

function isLink({ name, attribs }: TreeElement): boolean {
  return (name === 'a' || name === 'area') && attribs.href !== undefined;
}

/** Its only link, if that is no thing of its own. */
function onlyLink(element: TreeElement): TreeElement | undefined {
  const [link, other] = element.children.filter((one): one is TreeElement => isElement(one) && isLink(one));
  return other === undefined && link !== undefined && !isThing(link) ? link : undefined;
}

function onlyChild(element: TreeElement): TreeElement | undefined {
  const [child, other] = element.children.filter(isElement);
  return other === undefined && child !== undefined && !isThing(child) ? child : undefined;
}

function isThing(element: TreeElement): boolean {
  return classesOf(element).some((name) => name.startsWith('h-'));
}

// ── what an element says ─────────────────────────────────────────────────────────────────────────

/** Films and sounds may name their files in elements inside; a film without any has a picture at least. */
function linkIn({ name, attribs, children }: TreeElement, base: string | undefined): string | undefined {
  const isPlayer = name === 'audio' || name === 'video';
  const source =
    isPlayer && attribs.src === undefined ? children.find((one) => isElement(one) && one.name === 'source') : undefined;
  const own = attribs[name === 'a' || name === 'area' || name === 'link' ? 'href' : name === 'object' ? 'data' : 'src'];
  const inside = source !== undefined && isElement(source) ? source.attribs.src : undefined;
  const written = own ?? inside ?? (name === 'video' ? attribs.poster : undefined);
  return written === undefined ? undefined : resolveUrl(xmlText(written), base);
}

function altOf({ name, attribs }: TreeElement): string | undefined {
  return name === 'img' || name === 'area' ? attribs.alt : undefined;
}

function valueIn({ name, attribs }: TreeElement): string | undefined {
  return name === 'data' || name === 'input' ? attribs.value : undefined;
}

/** microformats.org/wiki/value-class-pattern: the parts that the value is made of, where elements inside are marked so. */
function valueParts(element: TreeElement): readonly string[] {
  const parts: string[] = [];
  const isPart = (one: TreeElement): boolean =>
    classesOf(one).some((name) => name === 'value' || name === 'value-title');
  const isOthers = (one: TreeElement): boolean => one !== element && classesOf(one).some(isPropertyOrThing);
  for (const node of within(element, (one) => one !== element && (isPart(one) || isOthers(one)))) {
    if (!isElement(node) || node === element || isOthers(node) || !isPart(node)) continue;
    const { attribs, name } = node;
    const shown = name === 'abbr' || classesOf(node).includes('value-title') ? attribs.title : undefined;
    const timed = /^(?:time|ins|del)$/.test(name) ? attribs.datetime : undefined;
    parts.push((shown ?? timed ?? valueIn(node) ?? altOf(node) ?? wordsOf(node)).slice(0, mostText));
    if (parts.length === mostValues) break;
  }
  return parts;
}

function isPropertyOrThing(name: string): boolean {
  return /^(?:p|u|dt|e|h)-[a-z]/.test(name);
}

/** A day, a time and a zone, in any order, each of them or all in one. */
export function joinedDate(parts: readonly string[]): string {
  const [whole = ''] = parts;
  let day: string | undefined;
  let time: string | undefined;
  let zone = '';
  for (const part of parts.map((one) => one.trim())) {
    const [, hours, minutes = '00', seconds = '00', half, itsZone] =
      /^(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?\s*([ap]\.?m\.?)?\s*(z|[+-]\d{1,2}:?\d{0,2})?$/i.exec(part) ?? [];
    if (/^\d{4}-\d{2}-\d{2}$/.test(part)) day ??= part;
    else if (/^(?:z|[+-]\d{1,2}(?::?\d{2})?)$/i.test(part)) zone ||= part.toUpperCase();
    else if (hours !== undefined && time === undefined) {
      const noon = half === undefined ? 0 : half.toLowerCase().startsWith('p') ? 12 : 0;
      const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + noon;
      time = `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
      zone ||= itsZone?.toUpperCase() ?? '';
    }
  }
  if (day === undefined) return whole;
  return time === undefined ? day : `${day}T${time}${zone}`;
}

/** The pieces of a tree below and with an element, in document order, as far as one looks; not what is inside closed ones. */
function* within(root: TreeElement, isClosed: (element: TreeElement) => boolean): Generator<TreeNode> {
  let node: TreeNode | undefined = root;
  for (let count = 0; node !== undefined && count < mostNodes; count++) {
    const closed: boolean = isElement(node) && isClosed(node);
    yield node;
    node = after(node, root, closed);
  }
}

function after(node: TreeNode, root: TreeElement, isClosed: boolean): TreeNode | undefined {
  const [child] = !isClosed && 'children' in node ? node.children : [];
  if (child !== undefined) return child;
  for (let at: TreeNode = node; at !== root; at = at.parent as TreeNode) {
    if (at.next !== null) return at.next;
    if (at.parent === null) return undefined;
  }
  return undefined;
}
