/** Words as names, phrases and texts are compared: lower case, without marks, letters and digits only. */

/** The words of a text, folded. */
export function foldWords(text: string): string[] {
  return fold(text).match(/[a-z0-9\x80-\uffff]+/g) ?? [];
}

/** Of a folded text, true for a character that is part of a word. */
export function isInWord(code: number): boolean {
  return code > 127 || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** The same words in one string, a space between them. */
export function foldText(text: string): string {
  return fold(text).replace(betweenWords, ' ').trim();
}
/** All that is not one space already. */
const betweenWords = /[^a-z0-9 \x80-\uffff][^a-z0-9\x80-\uffff]*| [^a-z0-9\x80-\uffff]+/g;

/**
 * True where a text has as many folded words as that. Counted no further: texts are long, and what is asked is little.
 * @param folded as `foldText` gives it
 */
export function hasWords(folded: string, fewest: number): boolean {
  let words = folded === '' ? 0 : 1;
  for (let at = folded.indexOf(' '); at >= 0 && words < fewest; at = folded.indexOf(' ', at + 1)) words++;
  return words >= fewest;
}

/**
 * A text with its letters and digits folded: what else stands in it is ASCII afterwards. It holds every folded word of each
 * of its parts, so what is not found here is no word of theirs.
 *
 * Only what is not ASCII is looked at by its Unicode properties, a few characters in most texts. That comes to the same:
 * characters are decomposed each for itself, and what decomposing puts in another order are marks, which go. Only a capital
 * sigma is made small by what stands around it.
 */
export function fold(text: string): string {
  const plain = text.replace(/[^\x00-\x7f]+/g, foldRun);
  return plain.includes('Σ') ? foldGreek(text) : plain.toLowerCase();
}

/** Longer runs are whole sentences without a space, which do not come again. */
const longestKept = 20;
const mostKept = 5_000;
const knownRuns = new Map<string, string>();

function foldRun(run: string): string {
  const known = knownRuns.get(run);
  if (known !== undefined) return known;
  const folded = spaced(withoutMarks(run));
  if (run.length <= longestKept) {
    if (knownRuns.size === mostKept) knownRuns.clear();
    knownRuns.set(run, folded);
  }
  return folded;
}

function foldGreek(text: string): string {
  return spaced(withoutMarks(text).toLowerCase());
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '');
}

function spaced(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ');
}
