/** Titles as they are compared: reposters put a place before them, their own name behind them, and tags anywhere. */
import { foldWords } from './folding.ts';

/** Words of a title that are compared; longer ones are texts. */
const mostWords = 40;
/** Parts behind a dash or bar that are no longer than this are a name, not half of the title. */
const longestName = 5;

const place = /^\s*(?:\[[^\]]{1,40}\]|[\p{L}.' -]{2,30}:)\s+(?=\S+\s+\S)/u;
const behind = /\s+(?:[|–—]|-|\/\/?|::|»|•)\s+/u;
const hashtag = /(?:^|\s)#[\p{L}\p{N}_]+/gu;

/**
 * The words of a title, folded, without `[Place]` or `Place:` before it, ` – Source` or ` // translation` behind it, and tags.
 * @returns none for a title of nothing else
 */
export function titleWords(title: string): string[] {
  const untagged = title.slice(0, 500).replace(hashtag, ' ');
  const [head, ...tails] = untagged.replace(place, '').split(behind);
  const rest = tails.filter((tail) => foldWords(tail).length > longestName);
  const words = foldWords([head ?? '', ...rest].join(' '));
  return (words.length > 0 ? words : foldWords(title)).slice(0, mostWords);
}

/** Word for word. */
export function isOneTitle(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, at) => word === b[at]);
}

/** Four fifths of the words of either are in the other, and there are three of them at least. */
export function areTitlesAlike(a: readonly string[], b: readonly string[]): boolean {
  if (Math.min(a.length, b.length) < 3) return false;
  const other = new Set(b);
  const shared = new Set(a.filter((word) => other.has(word))).size;
  return shared * 5 >= Math.max(new Set(a).size, other.size) * 4;
}

const number = /^\p{N}+(?:st|nd|rd|th|er|e|º)?$/u;

/** "Weekly report 45" and "Weekly report 46": the same but for a number, or one has a number and the other none. */
export function areOfOneSeries(a: readonly string[], b: readonly string[]): boolean {
  const words = (title: readonly string[]): string => title.filter((word) => !number.test(word)).join(' ');
  const numbers = (title: readonly string[]): string => title.filter((word) => number.test(word)).join(' ');
  return words(a) !== '' && words(a) === words(b) && numbers(a) !== numbers(b);
}
