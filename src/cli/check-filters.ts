/** Filters that are in order and stand in each other's way: what `only` asks for is what `skip` leaves out. Pure. */
import type { Config, Filter, FilterPart, Pattern, SectionFilter, SourceKey } from '../model.ts';
import { plainLetters } from '../text/letters.ts';

/** Something to ask the maintainer about, and of which source in which section. */
export interface FilterDoubt {
  readonly source: SourceKey;
  readonly section: string;
  /** Half a sentence. */
  readonly detail: string;
}

type Term = string | Pattern;

/** In the order of sources.yaml; what holds for several sources of a section is said once. */
export function filtersInDoubt({ sources }: Pick<Config, 'sources'>): readonly FilterDoubt[] {
  const said = new Set<string>();
  return sources.flatMap(({ key, filters }) =>
    filters.flatMap((filter) =>
      doubtsOf(filter).flatMap((detail) => {
        const name = `${filter.section} ${detail}`;
        if (said.has(name)) return [];
        said.add(name);
        return [{ source: key, section: filter.section, detail }];
      }),
    ),
  );
}

function doubtsOf({ section, only, skip }: SectionFilter): string[] {
  const skipped = skip.flatMap(listsIn);
  const overlaps = only.flatMap(listsIn).flatMap(({ part, terms }): string[] => {
    const against = skipped.filter((one) => one.part === part).flatMap((one) => one.terms);
    const dead = terms.flatMap((term) => {
      const by = against.find((one) => isIn(one, term));
      return by === undefined ? [] : [{ term, by }];
    });
    const [first] = dead;
    if (first === undefined) return [];
    const why = ({ term, by }: (typeof dead)[number]): string =>
      `what has ${shown(term)} in its ${part} is left out by  skip: ${part}: ${written(by)}`;
    return dead.length === terms.length
      ? [`only: ${part}: the section ${JSON.stringify(section)} takes nothing of this source: ${why(first)}`]
      : dead.map((one) => `only: ${part}: ${written(one.term)} is of no use: ${why(one)}`);
  });
  return [...overlaps, ...repeated('only', only), ...repeated('skip', skip)];
}

/** A word in a list that holds a part of it already finds nothing more. */
function repeated(which: 'only' | 'skip', filters: readonly Filter[]): string[] {
  return filters.flatMap(listsIn).flatMap(({ part, terms }) =>
    terms.flatMap((term, index) => {
      const other = terms.find((one, at) => at !== index && isIn(one, term) && (!isIn(term, one) || at < index));
      return other === undefined
        ? []
        : [`${which}: ${part}: ${written(term)} finds nothing that ${written(other)} does not find`];
    }),
  );
}

function listsIn(filter: Filter): { readonly part: FilterPart; readonly terms: readonly Term[] }[] {
  return Object.entries(filter).flatMap(([part, terms]) =>
    terms === undefined ? [] : [{ part: part as FilterPart, terms }],
  );
}

/** Wherever the larger is found, the smaller is found too. Expressions are only compared as they are written. */
function isIn(smaller: Term, larger: Term): boolean {
  if (typeof smaller !== 'string' || typeof larger !== 'string')
    return typeof smaller !== 'string' && typeof larger !== 'string' && smaller.written === larger.written;
  return plainLetters(larger).includes(plainLetters(smaller));
}

function written(term: Term): string {
  return typeof term === 'string' ? term : term.written;
}

function shown(term: Term): string {
  return typeof term === 'string' ? JSON.stringify(term) : term.written;
}
