/**
 * What is open in a piece of a page, as browsers see it: they end some elements where others open, whatever is written, and then hear
 * their closing tags otherwise than they are meant. Pure.
 */
import { endsByItself } from './rules.ts';

export interface Open {
  readonly name: string;
  readonly at: number;
  /** Browsers have ended it; its closing tag may still come. */
  isEnded: boolean;
}

/** What ends a paragraph by opening (HTML, "A start tag whose tag name is one of: address, article, …" in body). */
const endParagraphs: ReadonlySet<string> = new Set(
  `address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
  hgroup hr main menu nav ol p pre search section summary table ul li dd dt`.split(/\s+/),
);
/** What keeps a paragraph outside from being ended (HTML, "button scope"). */
const scopes: ReadonlySet<string> = new Set(['button', 'caption', 'table', 'td', 'th']);
/**
 * What browsers look through for an entry that they end by opening another (HTML, "li", "dd" and "dt" in body), and what they hear the
 * closing tags of only up to the next that is none of these ("Any other end tag").
 */
const light: ReadonlySet<string> = new Set(
  `a abbr b bdi bdo cite code data del dfn em i ins kbd label legend mark picture q rp rt ruby s samp small span strong sub sup time u
  var`.split(/\s+/),
);
const entries: Readonly<Record<string, readonly string[]>> = { li: ['li'], dd: ['dd', 'dt'], dt: ['dd', 'dt'] };

/** Where in `open` the entry stands that another one would end; -1 for none. */
function endedEntry(name: string, open: readonly Open[]): number {
  const ended = entries[name];
  if (ended === undefined) return -1;
  const outer = open.findLastIndex(
    (one) => !one.isEnded && !light.has(one.name) && !['address', 'div', 'p'].includes(one.name),
  );
  return ended.includes(open[outer]?.name ?? '') ? outer : -1;
}

/** @returns half a sentence, where an entry would tear apart what is written around it */
export function whyNoEntry(name: string, open: readonly Open[]): string | undefined {
  const outer = endedEntry(name, open);
  if (outer === -1) return undefined;
  const torn = open.slice(outer + 1).find((one) => !one.isEnded && !endsByItself.has(one.name));
  if (torn === undefined) return undefined;
  const list = name === 'li' ? 'ul' : 'dl';
  return `cannot stand here: browsers would end the <${torn.name}> with the <${open[outer]?.name}> around it. Write  <${list}>  around what belongs together`;
}

/** Marks what an element ends by opening. */
export function endBefore(name: string, open: readonly Open[]): void {
  const ends: number[] = [];
  if (endParagraphs.has(name)) {
    const scope = open.findLastIndex((one) => !one.isEnded && scopes.has(one.name));
    ends.push(open.findIndex((one, index) => index > scope && !one.isEnded && one.name === 'p'));
  }
  ends.push(endedEntry(name, open));
  for (const from of ends) if (from !== -1) for (const one of open.slice(from)) one.isEnded = true;
}

/**
 * Takes from `open` what the closing tag of the one at `depth` ends.
 * @returns whether the tag means anything to browsers
 */
export function close(open: Open[], depth: number): boolean {
  const [one, ...above] = open.splice(depth);
  if (one === undefined) return false;
  const isHeardByAll = !one.isEnded && !light.has(one.name);
  if (!isHeardByAll) open.push(...above.filter(({ name }) => !light.has(name)));
  return !one.isEnded || light.has(one.name);
}
