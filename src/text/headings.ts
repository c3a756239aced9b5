/** The headings of a text under the headings of a page: who goes from one to the next by ear finds no step missing. Pure. */
import type { SafeHtml } from '../model.ts';
import { piecesOf } from './safe-text.ts';

const heading = /^h([1-6])$/;

/**
 * Each heading a level below the one that it stands under, whatever levels its author chose by their looks: WCAG 2.2 technique
 * G141.
 * @param level of the first headings in the text: one more than that of the heading over it
 */
export function headingsFrom(html: SafeHtml, level: number): SafeHtml {
  if (!/<h[1-6]/.test(html)) return html;
  /** Levels as written of the headings that the present one stands under, and its own. */
  let above: number[] = [];
  const written = piecesOf(html).map(({ kind, name, written: text }) => {
    const own = Number(heading.exec(name)?.[1] ?? 0);
    if (own === 0 || kind === 'text') return text;
    if (kind === 'open') above = [...above.filter((one) => one < own), own];
    return text.replace(name, `h${Math.min(6, level + above.length - 1)}`);
  });
  return written.join('') as SafeHtml;
}
