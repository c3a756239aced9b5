/**
 * How a feed looks that is opened in a browser: its title, one sentence, and titles and dates of what it carries. Style sheets
 * cannot draw markup that is escaped, nor make links of addresses, so everything else is left out.
 */
import type { Site } from '../../model.ts';
import { coloursFor } from '../pages/style.ts';

/** RSS and Atom alike; the `div` is ours (explanation.ts). Names without a namespace mean elements of any. */
export function feedStyleFor(site: Pick<Site, 'colour'>): string {
  return `${coloursFor(site).trim()}
${rules}`;
}

const rules = `rss, feed { display: block; min-block-size: 100%; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--serif); overflow-wrap: break-word; }
channel, feed { display: flex; flex-direction: column; margin: 0 auto; padding: 2rem var(--gap) 4rem; max-inline-size: 46rem; }
channel > *, feed > *, item > *, entry > * { display: none; }
channel > title, feed > title { display: block; order: -2; font-size: 2.4rem; font-weight: 700; line-height: 1.2; unicode-bidi: plaintext; text-align: start; }
channel > div, feed > div { display: block; order: -1; margin-block: .6rem 1.6rem; color: var(--faint); font-family: var(--sans); }
div p { margin: 0; }
div a { color: var(--accent); text-underline-offset: .18em; }
div a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
item, entry { display: block; padding-block: .9rem; border-block-start: 1px solid var(--hair); }
channel > item, feed > entry { display: block; }
item > title, entry > title { display: block; font-size: 1.25rem; font-weight: 700; line-height: 1.35; unicode-bidi: plaintext; text-align: start; }
item > pubDate, entry > published { display: block; color: var(--faint); font: .875rem/1.6 var(--sans); }
`;
