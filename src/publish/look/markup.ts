/**
 * HTML of the maintainer's own, judged and ready to be put into pages: the one place that makes it. Addresses in it are written anew
 * for each page, since the same words stand in pages of many depths.
 */
import { relativePath } from '../pages/address.ts';
import type { Slot } from './rules.ts';

/** HTML that only this file makes. */
export type OwnHtml = string & { readonly madeBy: 'look/markup.ts' };

/** Text as it is; a path of the site with what stands behind it; a slot. */
export type Piece = string | { readonly path: string; readonly rest: string } | { readonly slot: Slot };

/** A run of text between tags. What is left out before and behind it must not make a tag of it. */
export function textPiece(text: string): string {
  return text.replaceAll('<', '&lt;');
}

/** A value between double quotation marks; references in it stay as they were written. */
export function valuePiece(value: string): string {
  return value.replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The parts of a piece between its slots, for a page. @param path of the page from the site's root */
export function partsFor(pieces: readonly Piece[], path: string): readonly (OwnHtml | { readonly slot: Slot })[] {
  const parts: (OwnHtml | { readonly slot: Slot })[] = [];
  let html = '';
  const end = (): void => {
    if (html !== '') parts.push(html as OwnHtml);
    html = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') html += piece;
    else if ('path' in piece) html += valuePiece(relativePath(path, piece.path) + piece.rest);
    else {
      end();
      parts.push(piece);
    }
  }
  end();
  return parts;
}

/** The whole of a piece without slots. */
export function htmlFor(pieces: readonly Piece[], path: string): OwnHtml {
  return partsFor(pieces, path)
    .filter((part) => typeof part === 'string')
    .join('') as OwnHtml;
}
