/**
 * What a translation keeps: numbers, and names that are written alike in the languages of one script. A suggestion that two
 * texts are the same, shown beside each other and never made one.
 */

/** Characters that are looked at. */
const mostCharacters = 20_000;
const mostNames = 60;

const number = /\d[\d.,:]*\d/g;

/** @returns numbers of two digits and more as they are written everywhere, each once */
export function namesKept(text: string): string[] {
  const names = new Set<string>();
  for (const [written] of text.slice(0, mostCharacters).matchAll(number)) {
    names.add(written.replace(/[.,:]/g, ''));
    if (names.size >= mostNames) break;
  }
  return [...names];
}
