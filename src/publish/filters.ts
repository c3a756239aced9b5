/** Which items a source's `only` and `skip` let through. Pure. */
import type { Filter, FilterPart, Pattern, Source, StoredItem } from '../model.ts';

/** Expressions look at this much of a part: a maintainer's careless one cannot run for ever on a partner's text. */
const maxLength = 5_000;

/** True when the item is wanted: some word of every part in `only`, no word of any part in `skip`. */
export function isWanted(item: StoredItem, source: Pick<Source, 'only' | 'skip'>): boolean {
  const { only, skip } = source;
  const passesOnly = only === undefined || partsOf(only).every((part) => matches(item, part, only[part] ?? []));
  const hitsSkip = skip !== undefined && partsOf(skip).some((part) => matches(item, part, skip[part] ?? []));
  return passesOnly && !hitsSkip;
}

function partsOf(filter: Filter): FilterPart[] {
  return (Object.keys(filter) as FilterPart[]).filter((part) => filter[part] !== undefined);
}

function matches(item: StoredItem, part: FilterPart, wanted: readonly (string | Pattern)[]): boolean {
  const texts = textsOf(item, part).map((text) => text.slice(0, maxLength));
  return wanted.some((one) =>
    texts.some((text) => (typeof one === 'string' ? text.toLowerCase().includes(one.toLowerCase()) : one.test(text))),
  );
}

function textsOf(item: StoredItem, part: FilterPart): readonly string[] {
  const texts: Readonly<Record<FilterPart, () => readonly string[]>> = {
    title: () => [item.title],
    text: () => [item.text],
    author: () => item.authors,
    tag: () => item.categories,
    link: () => item.urls,
    lang: () => item.langs,
  };
  return texts[part]();
}
