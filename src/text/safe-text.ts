/**
 * SafeHtml read without a parser, since it is written regularly: balanced, no `<` but at a tag, no `>` but at its end, names in
 * lower case, values in double quotes, five references.
 */
import type { SafeHtml } from '../model.ts';
import { type Lines, openLines } from './html.ts';

/** A tag with its angle brackets, or the text between two tags as written, references and all. */
export interface Piece {
  readonly kind: 'open' | 'close' | 'text';
  /** Element name; '' for text. */
  readonly name: string;
  readonly written: string;
}

/** Who is told what stands there, where no pieces are wanted. */
interface PieceListener {
  /** A text, as it is written. */
  text(written: string): void;
  /** @param start of the tag in the HTML; @param end behind it */
  tag(name: string, isClosing: boolean, start: number, end: number): void;
}

/** Tells everything that stands in it, in order. Linear. */
export function readSafe(html: SafeHtml, listener: PieceListener): void {
  for (let at = 0; at < html.length; ) {
    const start = endBefore(html, '<', at);
    if (start > at) listener.text(html.slice(at, start));
    if (start === html.length) return;
    const end = endBefore(html, '>', start) + 1;
    const isClosing = html.charCodeAt(start + 1) === 47;
    listener.tag(nameAt(html, isClosing ? start + 2 : start + 1), isClosing, start, end);
    at = end;
  }
}

/** The same as a list. */
export function piecesOf(html: SafeHtml): Piece[] {
  const pieces: Piece[] = [];
  readSafe(html, {
    text: (written) => pieces.push({ kind: 'text', name: '', written }),
    tag: (name, isClosing, start, end) =>
      pieces.push({ kind: isClosing ? 'close' : 'open', name, written: html.slice(start, end) }),
  });
  return pieces;
}

/** The text that a reader sees: as `htmlToText`, at a quarter of its price. */
export function safeHtmlToText(html: SafeHtml): string {
  return textOf(html, openLines());
}

/**
 * The same for excerpts, which are put into one line: where a line is broken by one `br` stands a line separator (U+2028), so that
 * each newline is the end of a heading, of an item of a list or of another block.
 */
export function safeHtmlToBlocks(html: SafeHtml): string {
  return textOf(html, openLines('\u2028'));
}

function textOf(html: SafeHtml, lines: Lines): string {
  readSafe(html, { text: (written) => lines.add(decodeSafe(written)), tag: (name) => lines.tag(name) });
  return lines.end();
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

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text as written in SafeHtml, which knows no other references. */
export function decodeSafe(written: string): string {
  return written.includes('&')
    ? written.replace(/&(amp|lt|gt|quot|#39);/g, (raw: string, name: string) => references[name] ?? raw)
    : written;
}
