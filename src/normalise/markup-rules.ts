/**
 * Tables of what partner markup may become: which elements and attributes stay, which are renamed, and what may stand in
 * what. rebuild-html.ts acts on them, clean-html.ts enforces them.
 */
import { silentElements } from '../text/markup.ts';

/** Attributes that stay, by element. An element that is not here goes, its content stays. */
export const keptAttributes: Readonly<Record<string, readonly string[]>> = {
  // blocks
  p: [],
  div: [],
  blockquote: ['cite'],
  pre: [],
  hr: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  figure: [],
  figcaption: [],
  details: ['open'],
  summary: [],
  // lists
  ul: [],
  ol: ['start', 'reversed'],
  li: ['value'],
  dl: [],
  dt: [],
  dd: [],
  // tables
  table: [],
  caption: [],
  thead: [],
  tbody: [],
  tfoot: [],
  tr: [],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope'],
  // in a line
  a: ['href', 'rel'],
  img: ['src', 'alt', 'width', 'height'],
  br: [],
  wbr: [],
  span: [],
  bdi: [],
  em: [],
  strong: [],
  b: [],
  i: [],
  u: [],
  s: [],
  del: [],
  ins: [],
  sub: [],
  sup: [],
  small: [],
  mark: [],
  code: [],
  kbd: [],
  samp: [],
  var: [],
  abbr: ['title'],
  cite: [],
  q: ['cite'],
  dfn: [],
  time: ['datetime'],
  ruby: [],
  rb: [],
  rt: [],
  rp: [],
};
/** Attributes that every kept element may have. */
export const everywhere: readonly string[] = ['lang', 'dir'];
/** Kept elements without content. */
export const keptVoids: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr']);

/** Old and sectioning elements that mean the same to a reader. Our page has the one h1. */
export const renamed: ReadonlyMap<string, string> = new Map([
  ['h1', 'h2'],
  ['hgroup', 'div'],
  ['article', 'div'],
  ['section', 'div'],
  ['main', 'div'],
  ['header', 'div'],
  ['footer', 'div'],
  ['aside', 'div'],
  ['nav', 'div'],
  ['center', 'div'],
  ['address', 'div'],
  ['fieldset', 'div'],
  ['menu', 'ul'],
  ['dir', 'ul'],
  ['strike', 's'],
  ['tt', 'code'],
  ['acronym', 'abbr'],
  ['image', 'img'],
]);

/** Elements that go with all that stands in them. */
export const hidden: ReadonlySet<string> = new Set([...silentElements, 'form', 'video', 'audio', 'canvas', 'applet']);

/** Elements that start a paragraph of their own: an open `<p>` ends before them. */
export const blocks: ReadonlySet<string> = new Set(
  'p div blockquote pre hr h2 h3 h4 h5 h6 figure figcaption details summary ul ol li dl dt dd table caption thead tbody tfoot tr td th'.split(
    ' ',
  ),
);
/** Blocks that hold text or other blocks, so that a line of text in them wants a paragraph. */
export const containers: ReadonlySet<string> = new Set('div blockquote figure li dd td th details'.split(' '));
/** Elements that mean something although they are empty. */
export const mayBeEmpty: ReadonlySet<string> = new Set(['td', 'th']);

const headings: ReadonlySet<string> = new Set('h2 h3 h4 h5 h6'.split(' '));
/** Cells and quotations are worlds of their own: a list item in one ends none around it. */
const worlds: readonly string[] = ['td', 'th', 'caption', 'blockquote'];

/** An element that ends an open one of its own kind, looked for no further out than what is `within`. */
export const endsSibling: ReadonlyMap<
  string,
  { readonly siblings: ReadonlySet<string>; readonly within: ReadonlySet<string> }
> = new Map([
  ['li', { siblings: new Set(['li']), within: new Set(['ul', 'ol', ...worlds]) }],
  ['dt', { siblings: new Set(['dt', 'dd']), within: new Set(['dl', ...worlds]) }],
  ['dd', { siblings: new Set(['dt', 'dd']), within: new Set(['dl', ...worlds]) }],
  ['a', { siblings: new Set(['a']), within: new Set() }],
  ...[...headings].map((name) => [name, { siblings: headings, within: new Set(worlds) }] as const),
]);

/** An element that stands directly in one of its homes or not at all; looked for inside the innermost table. */
export const homes: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['td', new Set(['tr'])],
  ['th', new Set(['tr'])],
  ['tr', new Set(['thead', 'tbody', 'tfoot'])],
  ['thead', new Set(['table'])],
  ['tbody', new Set(['table'])],
  ['tfoot', new Set(['table'])],
  ['caption', new Set(['table'])],
  ['rb', new Set(['ruby'])],
  ['rt', new Set(['ruby'])],
  ['rp', new Set(['ruby'])],
]);
/** Homes that browsers build where people leave them out. */
export const impliedHome: ReadonlyMap<string, string> = new Map([
  ['td', 'tr'],
  ['th', 'tr'],
  ['tr', 'tbody'],
]);
/** The only children that these may have: browsers put all else before the table, and so do we. */
export const onlyChildren: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['table', new Set(['caption', 'thead', 'tbody', 'tfoot'])],
  ['thead', new Set(['tr'])],
  ['tbody', new Set(['tr'])],
  ['tfoot', new Set(['tr'])],
  ['tr', new Set(['td', 'th'])],
]);
/** What a closing tag of something else does not reach out of. */
export const cells: ReadonlySet<string> = new Set(['td', 'th', 'caption', 'table']);
