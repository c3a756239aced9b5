/** Which items the sections take that a source feeds, and by which words: `only` and `skip` of sources.yaml. Pure. */
import type { Filter, FilterPart, Pattern, SectionFilter, Source, StoredItem, TextSpan } from '../model.ts';
import { placeIn, plainLetters } from '../text/letters.ts';

/**
 * Characters of a part that are looked at: more than partners write. An expression takes up to a millisecond for three thousand of
 * them (re2js, measured), however careless it is.
 */
const maxLength = 200_000;

/** What filters look at. */
export type Filtered = Pick<StoredItem, 'title' | 'text' | 'authors' | 'categories' | 'urls' | 'langs'>;

/** A word that was met, and the text in which. */
export interface Hit {
  readonly part: FilterPart;
  readonly term: string | Pattern;
  readonly text: string;
}

/** Whether a section takes an item. */
export type Verdict =
  | {
      readonly isWanted: true;
      /** By which words of `only`, one of each part; none where everything is taken. */
      readonly hits: readonly Hit[];
    }
  | { readonly isWanted: false; readonly hit: Hit }
  /** No word of this part of `only` was met. */
  | { readonly isWanted: false; readonly missing: FilterPart; readonly terms: readonly (string | Pattern)[] };

/** Ids of the sections that take an item of this source. */
export function sectionsTaking(item: Filtered, { sections, filters }: Pick<Source, 'sections' | 'filters'>): string[] {
  if (filters.length === 0) return [...sections];
  const look = lookInto(item);
  return sections.filter((id) => {
    const filter = filters.find(({ section }) => section === id);
    return filter === undefined || verdictOf(filter, look).isWanted;
  });
}

/** Whether a section takes an item, and why: some word of every part of each `only`, no word of any part of a `skip`. */
export function judged(item: Filtered, filter: Pick<SectionFilter, 'only' | 'skip'> | undefined): Verdict {
  return filter === undefined ? { isWanted: true, hits: [] } : verdictOf(filter, lookInto(item));
}

/** Finds a word in a part of an item. */
type Look = (part: FilterPart, terms: readonly (string | Pattern)[]) => Hit | undefined;

function verdictOf({ only, skip }: Pick<SectionFilter, 'only' | 'skip'>, look: Look): Verdict {
  for (const { part, terms } of skip.flatMap(partsOf)) {
    const hit = look(part, terms);
    if (hit !== undefined) return { isWanted: false, hit };
  }
  const hits: Hit[] = [];
  for (const { part, terms } of only.flatMap(partsOf)) {
    const hit = look(part, terms);
    if (hit === undefined) return { isWanted: false, missing: part, terms };
    hits.push(hit);
  }
  return { isWanted: true, hits };
}

function partsOf(filter: Filter): { readonly part: FilterPart; readonly terms: readonly (string | Pattern)[] }[] {
  return (Object.keys(filter) as FilterPart[]).flatMap((part) => {
    const terms = filter[part];
    return terms === undefined ? [] : [{ part, terms }];
  });
}

/** Each part is brought into plain letters once, however many sections ask. */
function lookInto(item: Filtered): Look {
  const plain = new Map<FilterPart, readonly string[]>();
  return (part, terms) => {
    const texts = textsOf(item, part).map((text) => text.slice(0, maxLength));
    const inPlain = (): readonly string[] => {
      const known = plain.get(part) ?? texts.map(plainLetters);
      plain.set(part, known);
      return known;
    };
    for (const term of terms) {
      const word = typeof term === 'string' ? plainLetters(term) : undefined;
      const at =
        typeof term === 'string'
          ? inPlain().findIndex((text) => text.includes(word ?? term))
          : texts.findIndex((text) => term.test(text));
      const text = texts[at];
      if (text !== undefined) return { part, term, text };
    }
    return undefined;
  };
}

function textsOf(item: Filtered, part: FilterPart): readonly string[] {
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

/** Where in its text a word was met, first. */
export function placeOf({ term, text }: Hit): TextSpan | undefined {
  return typeof term === 'string' ? placeIn(text, plainLetters(term)) : term.spans(text)[0];
}
