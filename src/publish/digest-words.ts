/** The rule by which a section's digest is ordered, in the words of a page. */
import type { Section } from '../model.ts';
import type { Page } from './pages/page.ts';
import { listFormat } from './words/formats.ts';

export function orderIn({ digest }: Section, { words }: Pick<Page, 'words'>): string {
  return words.digestOrder(listFormat(words.locale).format(digest?.first ?? []));
}
