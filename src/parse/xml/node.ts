/**
 * Reading the raw nodes that xml2js makes: the only file that knows their shape. Texts have passed xmlText when they were put
 * in (long-texts.ts), attributes pass it here.
 */
import { xmlText } from '../../text/safe.ts';
import { resolveUrl } from '../../text/url.ts';

/** An element without attributes and children is its text; `$` holds attributes, `_` text, everything else children. */
export type RawNode = string | RawElement;
export interface RawElement {
  readonly $?: Readonly<Record<string, string>>;
  readonly _?: string;
  readonly [name: `~${string}`]: readonly RawNode[] | undefined;
}

/** The name that an element bears among raw nodes: never one that rss-parser or a prototype knows. */
export function shielded(name: string): `~${string}` {
  return `~${name}`;
}

/** True for an object that is no list: an element, and rss-parser's own objects, which hold them. */
export function isElement(value: unknown): value is RawElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names that are asked for, shielded: ours, so they are few, and every entry is asked for all of them. */
const asked = new Map<string, `~${string}`>();

function shieldedOnce(name: string): `~${string}` {
  const known = asked.get(name);
  if (known !== undefined) return known;
  const made = shielded(name);
  asked.set(name, made);
  return made;
}

const none: readonly RawNode[] = [];

/** The elements of that name directly inside, in document order. @param name of ours, never one out of a document */
export function childrenOf(node: RawNode | undefined, name: string): readonly RawNode[] {
  if (!isElement(node)) return none;
  const children: unknown = node[shieldedOnce(name)];
  return Array.isArray(children) ? children : none;
}

/** The elements of all those names, in the order of the names. */
export function childrenOfAny(node: RawNode | undefined, names: readonly string[]): readonly RawNode[] {
  const found: RawNode[] = [];
  for (const name of names) for (const child of childrenOf(node, name)) found.push(child);
  return found;
}

/** Names of ours, to look for all of them at once. */
export function namesToFind(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(shielded));
}

/** True where one of them is directly inside. Most entries have nothing of most vocabularies, and are not asked name by name. */
export function hasAnyOf(node: RawNode, names: ReadonlySet<string>): boolean {
  if (typeof node === 'string') return false;
  for (const name in node) if (names.has(name)) return true;
  return false;
}

/** HTML that people write around a name, a date or an address, where none belongs. */
const markup = 'a b br center cite div em font i p small span strong u'.split(' ');

/** The element's own text, without the white space around it; with it, the text in markup that does not belong there. */
export function textOf(node: RawNode | undefined): string {
  if (node === undefined || typeof node === 'string') return node?.trim() ?? '';
  const own = typeof node._ === 'string' ? node._.trim() : '';
  if (!hasElements(node)) return own;
  const inside = markup.flatMap((name) => childrenOf(node, name)).map(textOf);
  return [own, ...inside].filter((text) => text !== '').join(' ');
}

function hasElements(node: RawElement): boolean {
  for (const name in node) if (name.startsWith('~')) return true;
  return false;
}

/** An attribute's value without the white space around it; undefined where it is missing or empty. */
export function attribute(node: RawNode | undefined, name: string): string | undefined {
  if (!isElement(node) || !isElement(node.$) || !Object.hasOwn(node.$, name)) return undefined;
  const value: unknown = node.$[name];
  const text = typeof value === 'string' ? xmlText(value).trim() : '';
  return text === '' ? undefined : text;
}

/** The first text that is not empty among elements of those names, names before document order. */
export function firstText(node: RawNode | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const child of childrenOf(node, name)) {
      const text = textOf(child);
      if (text !== '') return text;
    }
  }
  return undefined;
}

/** What an element inherits: `xml:base` and `xml:lang` (XML 1.0 §2.12, XML Base §3). */
export interface Scope {
  /** Absolute. */
  readonly base: string | undefined;
  /** Nearest declared language as written; undefined where none is. */
  readonly lang: string | undefined;
}

/** The scope inside an element. An empty `xml:lang` takes the language back, an empty `xml:base` changes nothing. */
export function scopeOf(node: RawNode | undefined, outer: Scope): Scope {
  if (!isElement(node) || !isElement(node.$)) return outer;
  const base = attribute(node, 'xml:base');
  const takesLangBack = Object.hasOwn(node.$, 'xml:lang');
  return {
    base: base === undefined ? outer.base : (resolveUrl(base, outer.base) ?? outer.base),
    lang: takesLangBack ? attribute(node, 'xml:lang') : outer.lang,
  };
}
