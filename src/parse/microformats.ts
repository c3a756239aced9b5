/**
 * The tree of a page to the microformats in it (microformats.org/wiki/microformats2-parsing), and to those of before
 * (hAtom, hCard) under their names of today. Only what is asked of them is kept, so the cost is one walk over the tree.
 */
import type { treeWithin } from './nesting.ts';

export type Tree = NonNullable<ReturnType<typeof treeWithin>>;
export type TreeNode = Tree['children'][number];
export type TreeElement = Extract<TreeNode, { readonly attribs: unknown }>;

/** A thing that a page describes by the class names of an element and of those inside. */
export interface Microformat {
  readonly element: TreeElement;
  /** `h-entry`, `h-feed`, `h-card`, … */
  readonly types: readonly string[];
  /** By name without prefix; of each the first hundred, in document order. */
  readonly properties: ReadonlyMap<string, readonly Property[]>;
  /** Those inside it, as its properties or not, without those inside them. */
  readonly inside: readonly Microformat[];
  /** Nothing is implied where a page says it, nor by names of before. */
  readonly implies: { readonly name: boolean; readonly url: boolean };
}

/** An element that says something of the thing it is in: how it is to be read, and the thing it is itself, if one. */
export interface Property {
  readonly kind: 'p' | 'u' | 'dt' | 'e';
  readonly element: TreeElement;
  readonly thing: Microformat | undefined;
}

export interface Microformats {
  /** Those that are in no other. */
  readonly outermost: readonly Microformat[];
  readonly hasEntries: boolean;
  /** The one that this very element is. */
  of(element: object): Microformat | undefined;
}

/** Pages without any of these words need no walk. */
const signs = /\b(?:h-entry|hentry)\b/i;
const mostOfAKind = 100;

/** True where a look at the tree of this page may find an entry. */
export function mayHaveEntries(html: string): boolean {
  return signs.test(html);
}

/** What readers of this room ask of an entry, a feed, a person or an event. */
const wanted: ReadonlySet<string> = new Set(
  `name url uid published updated content summary author category photo featured audio video in-reply-to repost-of
  syndication email license start end duration location status`.split(/\s+/),
);

/** Things of before, with those whose properties must not be taken for an entry's. */
const oldRoots: ReadonlyMap<string, string> = new Map(
  Object.entries({
    hentry: 'h-entry',
    hfeed: 'h-feed',
    vcard: 'h-card',
    vevent: 'h-event',
    hreview: 'h-review',
    hrecipe: 'h-recipe',
    hproduct: 'h-product',
    hresume: 'h-resume',
    hlisting: 'h-listing',
  }),
);

type Names = Readonly<Record<string, string>>;

/** microformats.org/wiki/h-entry, h-feed, h-event and h-card, “parser compatibility”: class names, and relations after `rel:`. */
const oldProperties: ReadonlyMap<string, Names> = new Map<string, Names>([
  [
    'h-entry',
    {
      'entry-title': 'p-name',
      'entry-summary': 'p-summary',
      'entry-content': 'e-content',
      published: 'dt-published',
      updated: 'dt-updated',
      author: 'p-author',
      category: 'p-category',
      'rel:bookmark': 'u-url',
      'rel:tag': 'p-category',
      'rel:license': 'u-license',
    },
  ],
  ['h-feed', { 'site-title': 'p-name', 'site-description': 'p-summary', author: 'p-author' }],
  [
    'h-event',
    {
      summary: 'p-name',
      dtstart: 'dt-start',
      dtend: 'dt-end',
      duration: 'dt-duration',
      location: 'p-location',
      url: 'u-url',
      status: 'p-status',
    },
  ],
  ['h-card', { fn: 'p-name', url: 'u-url', photo: 'u-photo', email: 'u-email' }],
]);

interface Open extends Microformat {
  readonly properties: Map<string, Property[]>;
  readonly inside: Microformat[];
  readonly implies: { name: boolean; url: boolean };
  readonly old: Names | undefined;
}

/** Reads all of a page, or of a part of one. */
export function readMicroformats(tree: Pick<Tree, 'children'>): Microformats {
  const byElement = new Map<object, Microformat>();
  const outermost: Microformat[] = [];
  const walk = (nodes: readonly TreeNode[], owner: Open | undefined): void => {
    for (const node of nodes) if (isElement(node) && node.name !== 'template') visit(node, owner);
  };
  const visit = (element: TreeElement, owner: Open | undefined): void => {
    const names = classesOf(element);
    const thing = opened(element, names);
    if (owner !== undefined) note(owner, element, names, thing);
    if (thing !== undefined) {
      byElement.set(element, thing);
      (owner?.inside ?? outermost).push(thing);
    }
    walk(element.children, thing ?? owner);
  };
  walk(tree.children, undefined);
  const hasEntries = [...byElement.values()].some(({ types }) => types.includes('h-entry'));
  return { outermost, hasEntries, of: (element) => byElement.get(element) };
}

/** The thing that an element begins; names of today outrank those of before. */
function opened(element: TreeElement, names: readonly string[]): Open | undefined {
  const today = names.filter((name) => /^h-(?:[a-z\d]+-)?[a-z]+(?:-[a-z]+)*$/.test(name));
  const before = today.length > 0 ? [] : names.flatMap((name) => oldRoots.get(name) ?? []);
  const types = today.length > 0 ? today : before;
  if (types.length === 0) return undefined;
  const isOld = before.length > 0;
  return {
    element,
    types,
    properties: new Map(),
    inside: [],
    implies: { name: !isOld, url: !isOld },
    old: isOld ? Object.assign({}, ...before.map((type) => oldProperties.get(type) ?? {})) : undefined,
  };
}

/** Notes what an element says of the thing it is in. */
function note(owner: Open, element: TreeElement, names: readonly string[], thing: Microformat | undefined): void {
  const said = owner.old === undefined ? names : oldNames(owner.old, element, names);
  if (thing !== undefined) owner.implies.name = owner.implies.url = false;
  for (const one of new Set(said)) {
    const [, kind, name = ''] = /^(p|u|dt|e)-((?:[a-z\d]+-)?[a-z]+(?:-[a-z]+)*)$/.exec(one) ?? [];
    if (kind === undefined) continue;
    if (kind === 'p' || kind === 'e') owner.implies.name = false;
    if (kind === 'u') owner.implies.url = false;
    if (!wanted.has(name)) continue;
    const known = owner.properties.get(name) ?? [];
    if (known.length < mostOfAKind) known.push({ kind: kind as Property['kind'], element, thing });
    owner.properties.set(name, known);
  }
}

function oldNames(old: Names, element: TreeElement, names: readonly string[]): readonly string[] {
  const rels = wordsIn(element.attribs.rel).map((rel) => `rel:${rel.toLowerCase()}`);
  return [...names, ...rels].flatMap((name) => (Object.hasOwn(old, name) ? (old[name] ?? []) : []));
}

export function isElement(node: TreeNode): node is TreeElement {
  return 'attribs' in node;
}

/** Class names, without those too long to mean anything. */
export function classesOf(element: TreeElement): readonly string[] {
  return wordsIn(element.attribs.class).filter((name) => name.length <= 100);
}

function wordsIn(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(/\s+/);
}
