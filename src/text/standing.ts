/**
 * Standing paragraphs: what a source prints under one text after another, its bank account, its hotline, "about us". They
 * are its own words and no part of any story. Found by counting, so that no phrase book and no language is needed.
 */
import { hash } from 'node:crypto';

/** A paragraph as compared: the first 16 hexadecimal digits of the SHA-256 of its folded words. */
export type StandingKey = string;

/** Texts that must share a paragraph: two may be one post and its sequel. */
const fewestTexts = 3;
/** A single word under three texts is a label, and hides nothing worth hiding. */
const fewestWords = 2;
/** Paragraphs of one text that are looked at, from its end: what stands there stands under it. */
const mostLines = 60;
/** More than any source prints; a bound on what is remembered. */
const mostKeys = 40;

/** @returns undefined for a paragraph that is too short to count */
export function standingKey(paragraph: string): StandingKey | undefined {
  const words = wordsOf(paragraph);
  return words === undefined ? undefined : keyOf(words);
}

function wordsOf(paragraph: string): string | undefined {
  const words =
    paragraph
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length < fewestWords ? undefined : words.join(' ');
}

function keyOf(words: string): StandingKey {
  return hash('sha256', words, 'hex').slice(0, 16);
}

/**
 * The paragraphs that a source repeats.
 * @param texts plain texts of its items, one paragraph a line; equal texts count once: a text sent again is an appeal
 *   used twice, and all of it would look like a footer
 * @returns keys of those in three texts or more, the most frequent first; at most 40
 */
export function standingIn(texts: readonly string[]): StandingKey[] {
  const counts = new Map<string, number>();
  for (const text of new Set(texts)) {
    const all = new Set(linesOf(text).map(wordsOf));
    for (const words of all) if (words !== undefined) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= fewestTexts)
    .map(([words, count]) => [keyOf(words), count] as const)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostKeys)
    .map(([key]) => key);
}

/**
 * The standing paragraphs at the end of a text, in order. Those further up stay where they are: a heading that a weekly
 * report always has is standing too, and the report would fall apart without it.
 * @returns none where nothing else would be left
 */
export function standingTail(text: string, standing: ReadonlySet<StandingKey>): string[] {
  if (standing.size === 0) return [];
  const lines = text.split('\n');
  let first = lines.length;
  while (first > 0 && isStanding(lines[first - 1] ?? '', standing)) first -= 1;
  return first === 0 ? [] : lines.slice(first);
}

/** True for one of these paragraphs. */
export function isStanding(paragraph: string, standing: ReadonlySet<StandingKey>): boolean {
  const key = standing.size === 0 ? undefined : standingKey(paragraph);
  return key !== undefined && standing.has(key);
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(-mostLines);
}
