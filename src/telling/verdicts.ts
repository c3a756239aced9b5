/** Why a section takes an item or leaves it, in words and for programs. Pure. */
import type { FilterPart, Source, StoredItem } from '../model.ts';
import { type Hit, judged, placeOf, type Verdict } from '../publish/filters.ts';
import { plainLine } from '../text/safe.ts';

/** What the filters of one section say of one item. */
export interface Judgement {
  readonly section: string;
  readonly item: StoredItem;
  readonly verdict: Verdict;
}

/** Of each item in each section that its source feeds; none of what was taken back. */
export function judgementsOf(
  items: readonly StoredItem[],
  sources: ReadonlyMap<string, Pick<Source, 'sections' | 'filters'>>,
): readonly Judgement[] {
  return items.flatMap((item) => {
    const { sections = [], filters = [] } = item.withdrawn === undefined ? (sources.get(item.sourceKey) ?? {}) : {};
    return sections.map((section) => ({
      section,
      item,
      verdict: judged(
        item,
        filters.find((one) => one.section === section),
      ),
    }));
  });
}

/** Which sections take a story, and by which words the others leave its copies out; nothing where none is left out. */
export function filterLines(judgements: readonly Judgement[], nameOf: (key: string) => string): readonly string[] {
  const left = judgements.filter(({ verdict }) => !verdict.isWanted);
  if (left.length === 0) return [];
  const taking = new Set(judgements.flatMap(({ section, verdict }) => (verdict.isWanted ? [section] : [])));
  return [
    `  sections  ${taking.size === 0 ? 'none: filters leave it out of every one' : [...taking].join(', ')}`,
    ...left.map(
      ({ section, item, verdict }) =>
        `            ${section}: ${taking.has(section) ? 'this copy is left' : 'left'}, ${verdictWords(verdict)} (${nameOf(item.sourceKey)})`,
    ),
  ];
}

const parts: Readonly<Record<FilterPart, string>> = {
  title: 'the title',
  text: 'the text',
  author: 'an author',
  tag: 'a tag',
  link: 'a link',
  lang: 'the language',
};

/** Half a sentence, after `taken, ` or `left, `. */
export function verdictWords(verdict: Verdict): string {
  if (verdict.isWanted) {
    const [hit] = verdict.hits;
    return hit === undefined
      ? 'it takes everything'
      : `${writtenOf(hit.term)} in ${parts[hit.part]}: ${plainLine(around(hit), 120)}`;
  }
  if ('hit' in verdict) {
    const { hit } = verdict;
    return `skip has ${writtenOf(hit.term)} in ${parts[hit.part]}: ${plainLine(around(hit), 120)}`;
  }
  return `only wants ${verdict.terms.map(writtenOf).join(' or ')} in ${parts[verdict.missing]}`;
}

export function verdictJson(verdict: Verdict): object {
  if (verdict.isWanted) return { isWanted: true, by: verdict.hits.map(hitJson) };
  if ('hit' in verdict) return { isWanted: false, skippedBy: hitJson(verdict.hit) };
  return { isWanted: false, missing: { part: verdict.missing, words: verdict.terms.map(writtenOf) } };
}

function hitJson(hit: Hit): unknown {
  return { part: hit.part, word: writtenOf(hit.term), at: placeOf(hit), around: around(hit) };
}

/** A word or expression as it stands in sources.yaml. */
function writtenOf(term: Hit['term']): string {
  return typeof term === 'string' ? term : term.written;
}

const charactersAround = 30;

/** The word that was met between brackets, with those around it. */
function around(hit: Hit): string {
  const { text } = hit;
  const place = placeOf(hit);
  if (place === undefined) return text.slice(0, 2 * charactersAround);
  const [from, to] = [Math.max(0, place.from - charactersAround), Math.min(text.length, place.to + charactersAround)];
  const middle = text.slice(place.from, Math.min(place.to, place.from + 2 * charactersAround));
  return `${from > 0 ? '…' : ''}${text.slice(from, place.from)}[${middle}]${text.slice(place.to, to)}${to < text.length ? '…' : ''}`;
}
