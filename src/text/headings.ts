/** The headings of a text under the headings of a page: who goes from one to the next by ear finds no step missing. Pure. */
import type { SafeHtml } from '../model.ts';
import { withHeadings } from './safe-html.ts';

/**
 * Each heading a level below the one that it stands under, whatever levels its author chose by their looks: WCAG 2.2 technique
 * G141.
 * @param level of the first headings in the text: one more than that of the heading over it
 */
export function headingsFrom(html: SafeHtml, level: number): SafeHtml {
  /** Levels as written of the headings that the present one stands under, and its own. */
  let above: number[] = [];
  return withHeadings(html, (own) => {
    above = [...above.filter((one) => one < own), own];
    return level + above.length - 1;
  });
}
