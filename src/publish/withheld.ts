/**
 * Words that have gone from a text → whether they are printed once more, beside those that took their place. A correction is
 * often there to take a name out, or an address: what looks like one is counted instead. Careful rather than clever, and no
 * help for scripts without capitals, or where a name stands alone at the beginning of a sentence.
 */
import { foldDate, months } from '../text/date-words.ts';

/** Days have capitals too, in some languages, and are what people need to read of a call that has been put off. */
const weekday =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:mon|diens|donners|frei|sams|sonn)tags?$|^mittwochs?$|^sonnabends?$/i;
/** Enough digits to call, pay or find somebody; an address of any kind. */
const reach = /@|:\/\/|(?:\p{N}[\s().\-/]*){6}/u;
const sentenceEnd = /[.!?…:»”"]$/u;

/**
 * @param gone words as they were written, in their order
 * @param before the word in front of them; undefined at the beginning of a text
 * @param isStill whether a word stands in the text as it is now
 */
export function mayName(
  gone: readonly string[],
  before: string | undefined,
  isStill: (word: string) => boolean,
): boolean {
  if (reach.test(gone.join(' '))) return true;
  let previous = before;
  for (const [at, word] of gone.entries()) {
    const isFirst = previous === undefined || sentenceEnd.test(previous);
    previous = word;
    if (!isCapital(word) || isDay(word) || isStill(word)) continue;
    const next = gone[at + 1];
    if (!isFirst || (next !== undefined && isCapital(next) && !sentenceEnd.test(word) && !isStill(next))) return true;
  }
  return false;
}

/** One letter alone, or a word all in capitals of a text that shouts, is a name as well. */
function isCapital(word: string): boolean {
  return /^[^\p{L}\p{N}]*\p{Lu}/u.test(word);
}

function isDay(word: string): boolean {
  const bare = word.replace(/[^\p{L}]/gu, '');
  return weekday.test(bare) || months.has(foldDate(bare));
}
