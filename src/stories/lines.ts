/** HTML to lines with the links that stand in them, so that a credit's words and its address are read together. */
import type { SafeHtml } from '../model.ts';
import { foldSpace } from '../text/html.ts';

export interface Line {
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** Inside a quotation, caption or cite: a credit there is somebody else's or a picture's. */
  readonly isQuoted: boolean;
}

const breaks = new Set(
  'p div li ul ol h2 h3 h4 h5 h6 blockquote figure figcaption table tr td br hr pre section article dt dd'.split(' '),
);
/** Links of one line that are looked at: a line with more is a list, no credit. */
const mostLinks = 50;
const quotes = new Set(['blockquote', 'figcaption', 'figure', 'cite', 'q']);

/**
 * The lines of an item's HTML, in order; empty ones left out. Linear. Read without a parser, since SafeHtml is written
 * regularly: balanced, no `<` but at a tag, no `>` but at its end, names in lower case, values in double quotes.
 */
export function linesOf(html: SafeHtml): Line[] {
  const lines: Line[] = [];
  let text = '';
  let links: { text: string; href: string }[] = [];
  let open: { text: string; href: string } | undefined;
  let quoted = 0;
  const breakLine = (): void => {
    const folded = foldSpace(text);
    if (folded !== '') lines.push({ text: folded, links, isQuoted: quoted > 0 });
    text = '';
    links = [];
  };
  for (let at = 0; at < html.length; ) {
    const start = endBefore(html, '<', at);
    if (start > at) {
      const chunk = decode(html.slice(at, start));
      text += chunk;
      if (open !== undefined) open.text += chunk;
    }
    at = endBefore(html, '>', start) + 1;
    const isClosing = html.charCodeAt(start + 1) === 47;
    const name = nameAt(html, isClosing ? start + 2 : start + 1);
    if (breaks.has(name)) breakLine();
    if (quotes.has(name)) quoted += isClosing ? -1 : 1;
    if (name !== 'a') continue;
    open = isClosing ? undefined : linkOf(html.slice(start, at));
    if (open !== undefined && links.length < mostLinks) links.push(open);
  }
  breakLine();
  return lines;
}

function endBefore(html: string, sign: string, from: number): number {
  const found = html.indexOf(sign, from);
  return found < 0 ? html.length : found;
}

function nameAt(html: string, from: number): string {
  let end = from;
  for (let code = html.charCodeAt(end); code > 47 && code < 123 && code !== 62; code = html.charCodeAt(end)) end++;
  return html.slice(from, end);
}

function linkOf(tag: string): { text: string; href: string } | undefined {
  const href = / href="([^"]*)"/.exec(tag)?.[1];
  return href === undefined ? undefined : { text: '', href: decode(href) };
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text as written in SafeHtml, which knows no other references. */
function decode(written: string): string {
  return written.includes('&')
    ? written.replace(/&(amp|lt|gt|quot|#39);/g, (raw: string, name: string) => references[name] ?? raw)
    : written;
}
