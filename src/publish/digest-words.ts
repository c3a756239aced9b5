/** The rule by which a section's digest is ordered, in the words of a page. */
import type { Section } from '../model.ts';
import type { Page } from './pages/page.ts';
import { listFormat } from './words/formats.ts';

export function orderIn({ digest }: Section, { words }: Pick<Page, 'words'>): string {
  const marks = digest?.first ?? [];
  return marks.length === 0 ? words.digestOrder : words.digestOrderMarked(listFormat(words.locale).format(marks));
}
