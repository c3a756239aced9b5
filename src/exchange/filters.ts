/** Words and expressions of other programs → what `only:` and `skip:` take. */
import { filterTerm } from '../config/values.ts';
import type { FilterPart } from '../model.ts';

export type FilterSettings = Partial<Record<FilterPart, string[]>>;

/** Half a sentence on why it cannot be used here, or the expression between slashes. */
export function expression(body: string): { readonly term: string } | { readonly why: string } {
  const term = `/${body}/`;
  if (body.trim() === '') return { why: 'it is empty' };
  const read = filterTerm(term);
  return 'mistake' in read ? { why: read.mistake } : { term };
}

/** A word is looked for as it stands; one between slashes would be taken for an expression. */
export function word(text: string): string {
  return /^\/.+\/[a-z]*$/s.test(text) ? `/${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/` : text;
}

export function addTerm(filter: FilterSettings, parts: readonly FilterPart[], term: string): void {
  for (const part of parts) filter[part] = [...(filter[part] ?? []), term];
}

/** `title: [ Calais ]` is written `title: Calais`; undefined for one without any part. */
export function filterSettings(filter: FilterSettings): Readonly<Record<string, unknown>> | undefined {
  const parts = Object.entries(filter).map(([part, terms]) => [part, terms.length === 1 ? terms[0] : terms]);
  return parts.length === 0 ? undefined : (Object.fromEntries(parts) as Record<string, unknown>);
}
