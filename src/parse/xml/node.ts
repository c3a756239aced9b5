/** Reading the nodes of a document's tree. Texts are XML text (text/safe.ts) when they are put in, attributes pass it here. */
import { xmlText } from '../../text/safe.ts';
import { resolveUrl } from '../../text/url.ts';

/** An element. */
export interface RawNode {
  /** All that stands directly in it, markup left out. */
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The elements directly inside by name, each name's in document order. */
  readonly children: ReadonlyMap<string, readonly RawNode[]>;
}

/** Puts an element behind those of its name. */
export function addChild(children: Map<string, RawNode[]>, name: string, child: RawNode): void {
  const others = children.get(name);
  if (others === undefined) children.set(name, [child]);
  else others.push(child);
}

const none: readonly RawNode[] = [];

/** The elements of that name directly inside, in document order. */
export function childrenOf(node: RawNode | undefined, name: string): readonly RawNode[] {
  return node?.children.get(name) ?? none;
}

/** The elements of all those names, in the order of the names. */
export function childrenOfAny(node: RawNode | undefined, names: readonly string[]): readonly RawNode[] {
  const found: RawNode[] = [];
  for (const name of names) for (const child of childrenOf(node, name)) found.push(child);
  return found;
}

/** True where one of them is directly inside. Most entries have nothing of most vocabularies, and are not asked name by name. */
export function hasAnyOf(node: RawNode, names: ReadonlySet<string>): boolean {
  for (const name of node.children.keys()) if (names.has(name)) return true;
  return false;
}

/** HTML that people write around a name, a date or an address, where none belongs. */
const markup = 'a b br center cite div em font i p small span strong u'.split(' ');

/** The element's own text, without the white space around it; with it, the text in markup that does not belong there. */
export function textOf(node: RawNode | undefined): string {
  if (node === undefined) return '';
  const own = node.text.trim();
  if (node.children.size === 0) return own;
  const inside = markup.flatMap((name) => childrenOf(node, name)).map(textOf);
  return [own, ...inside].filter((text) => text !== '').join(' ');
}

/** An attribute's value without the white space around it; undefined where it is missing or empty. */
export function attribute(node: RawNode | undefined, name: string): string | undefined {
  const text = xmlText(node?.attributes.get(name) ?? '').trim();
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
  /** Nobody has said the base: addresses are taken to be relative to the site, those inside a text to the page that it stands on. */
  readonly isAssumed?: boolean;
  /** Nearest declared language as written; undefined where none is. */
  readonly lang: string | undefined;
}

/** The scope inside an element. An empty `xml:lang` takes the language back, an empty `xml:base` changes nothing. */
export function scopeOf(node: RawNode | undefined, outer: Scope): Scope {
  if (node === undefined || node.attributes.size === 0) return outer;
  const base = attribute(node, 'xml:base');
  const takesLangBack = node.attributes.has('xml:lang');
  return {
    base: base === undefined ? outer.base : (resolveUrl(base, outer.base) ?? outer.base),
    isAssumed: base === undefined && outer.isAssumed === true,
    lang: takesLangBack ? attribute(node, 'xml:lang') : outer.lang,
  };
}
