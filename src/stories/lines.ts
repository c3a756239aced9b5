/** HTML to lines with the links that stand in them, so that a credit's words and its address are read together. */
import type { SafeHtml } from '../model.ts';
import { foldSpace } from '../text/html.ts';
import { decodeSafe, readSafe } from '../text/safe-text.ts';

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
 * The lines of an item's HTML, in order; empty ones left out. Linear.
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
  readSafe(html, {
    text(written) {
      const chunk = decodeSafe(written);
      text += chunk;
      if (open !== undefined) open.text += chunk;
    },
    tag(name, isClosing, start, end) {
      if (breaks.has(name)) breakLine();
      if (quotes.has(name)) quoted += isClosing ? -1 : 1;
      if (name !== 'a') return;
      open = isClosing ? undefined : linkOf(html.slice(start, end));
      if (open !== undefined && links.length < mostLinks) links.push(open);
    },
  });
  breakLine();
  return lines;
}

function linkOf(tag: string): { text: string; href: string } | undefined {
  const href = / href="([^"]*)"/.exec(tag)?.[1];
  return href === undefined ? undefined : { text: '', href: decodeSafe(href) };
}
