/** Of several words on how much may be shown the strictest counts. */
import type { Images, Show } from '../model.ts';

/** Strictest first. */
export const shows: readonly Show[] = ['none', 'link', 'excerpt', 'full'];
export const fatesOfImages: readonly Images[] = ['none', 'link', 'copy'];

/** @param order strictest first @returns undefined where nobody says anything */
export function strictestOf<Word>(order: readonly Word[], said: readonly (Word | undefined)[]): Word | undefined {
  return order.find((word) => said.includes(word));
}
