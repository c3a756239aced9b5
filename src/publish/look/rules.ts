/**
 * What may stand in a piece of a page. The rest is left out and told: it would not work under the pages' policy (scripts, styles
 * inside), or it would say twice, or otherwise, what Relais says. Tables, and nothing that runs.
 */

/** Slots of page.html: what Relais puts there. */
export const slots = ['relais-head', 'relais-nameplate', 'relais-content', 'relais-foot'] as const;
export type Slot = (typeof slots)[number];

/** What a slot may stand in: elsewhere browsers would tear apart what comes there. */
export const aroundSlots: ReadonlySet<string> = new Set('body div section article aside header footer nav'.split(' '));

export const bodyElements: ReadonlySet<string> = new Set(
  `a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup data dd del details dfn div dl dt
  em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label legend li mark nav ol
  p picture pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`.split(
    /\s+/,
  ),
);

export const headElements: ReadonlySet<string> = new Set(['meta', 'link']);

/** Those that HTML lets end by themselves. */
export const endsByItself: ReadonlySet<string> = new Set(
  'p li dt dd rp rt tr td th thead tbody tfoot caption colgroup'.split(' '),
);

/** Why an element is left out, where that is not plain. */
const elementReasons: Readonly<Record<string, string>> = {
  script: 'pages run no scripts',
  style: 'styles belong into style.css',
  link: 'links of the page itself belong into head.html',
  meta: 'what a page says of itself belongs into head.html',
  base: 'Relais writes addresses as each page needs them',
  title: 'Relais writes the title of each page',
  main: 'Relais brings it',
  iframe: 'pages load nothing of other hosts',
  object: 'pages load nothing but pictures',
  embed: 'pages load nothing but pictures',
  video: 'pages load nothing but pictures. Link to it',
  audio: 'pages load nothing but pictures. Link to it',
  svg: 'save the drawing as a file of its own, and show it by  <img>',
};

/** @returns half a sentence */
export function whyNoElement(name: string): string {
  return elementReasons[name] ?? 'it is none that pages have';
}

/** @returns half a sentence; undefined of an attribute that may stand there */
export function whyNoAttribute(name: string, value: string | undefined): string | undefined {
  if (name === 'style') return 'styles belong into style.css: give it a class';
  if (name.startsWith('on')) return 'pages run no scripts';
  if (name === 'srcset') return 'write one picture, after  src';
  if (name === 'id' && value === 'content') return 'Relais calls the content of the page so';
  return /^(srcdoc|background|poster|ping|formaction|http-equiv|is|nonce|xmlns)$/.test(name)
    ? 'it is none that pages have'
    : undefined;
}

/** What Relais says in the head of each page itself. */
const ownMetas: ReadonlySet<string> = new Set(
  'viewport referrer color-scheme description relais-state og:title og:type og:site_name og:description og:url'.split(
    ' ',
  ),
);
/** Kinds of links that load nothing, and those that load something, of this site alone. */
const saidOnly = new Set(
  'me author license help alternate webmention pingback privacy-policy terms-of-service'.split(' '),
);
export const loads: ReadonlySet<string> = new Set(['stylesheet', 'icon', 'apple-touch-icon']);

/** @returns half a sentence; undefined of a line that may be added to the head */
export function whyNotInHead(name: string, attributes: ReadonlyMap<string, string>): string | undefined {
  if (name === 'link') {
    const rels = (attributes.get('rel') ?? '').trim().toLowerCase().split(/\s+/);
    if (!rels.includes('')) {
      const other = rels.find((rel) => !saidOnly.has(rel) && !loads.has(rel));
      return other === undefined ? undefined : `rel="${other}"  is none that can be added`;
    }
    return 'it does not say what it leads to, as  rel="me"';
  }
  const what = (attributes.get('name') ?? attributes.get('property') ?? '').toLowerCase();
  if (what === '') return 'Relais says this itself';
  return ownMetas.has(what) ? `Relais says ${what} itself` : undefined;
}

const headings = 'h1 h2 h3 h4 h5 h6'.split(' ');
const rows = ['table', 'thead', 'tbody', 'tfoot'];
/** What a part of a table stands in at once. */
const tableParts: Readonly<Record<string, readonly string[]>> = {
  caption: ['table'],
  colgroup: ['table'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  tr: rows,
  td: ['tr'],
  th: ['tr'],
};

/**
 * Browsers close an outer one of these where an inner one opens, and what stands between with it.
 * @param open what is open around it, the innermost last
 * @returns half a sentence; undefined of an element that may stand there
 */
export function whyNotInside(name: string, open: readonly string[]): string | undefined {
  const parents = tableParts[name];
  if (parents !== undefined) {
    const around = open.findLast((one) => parents.includes(one) || !endsByItself.has(one)) ?? '';
    return parents.includes(around) ? undefined : `cannot stand here: it belongs into  <${parents[0]}>`;
  }
  const alone = headings.includes(name) ? headings : ['a', 'button', 'form', 'label'].includes(name) ? [name] : [];
  const outer = open.findLast((one) => alone.includes(one));
  return outer === undefined ? undefined : `cannot stand inside <${outer}>. Close that first`;
}
