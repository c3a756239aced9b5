/** Finds the phrases of phrases.ts in a line, at little cost where there is none: most lines credit nobody. */
import { fold, foldWords, isInWord } from './folding.ts';
import { lineOpeners, passingOn, passingOnIn, passingWords } from './passing-on.ts';
import { creditPhrases, type PhraseTable } from './phrases.ts';

/** Tokens that are looked at from either end of a line: what lies between is prose. */
const mostTokens = 200;

export interface Token {
  /** Folded; an address as written. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** `passing` is a sentence by which a text is passed on (passing-on.ts). */
export type PhraseKind = keyof PhraseTable | 'passing';

export interface Phrase {
  readonly words: readonly string[];
  readonly kind: PhraseKind;
}

const kinds: readonly (keyof PhraseTable)[] = [
  'plain',
  'terse',
  'byline',
  'via',
  'own',
  'joint',
  'translation',
  'reblog',
  'after',
];
/** These count wherever they stand. */
const anywhere: ReadonlySet<PhraseKind> = new Set(['plain', 'own', 'translation', 'reblog', 'after']);

const phrases: readonly Phrase[] = Object.values(creditPhrases).flatMap((table) =>
  kinds.flatMap((kind) => (table[kind] ?? []).map((phrase) => ({ words: foldWords(phrase), kind }))),
);

/** By their first word, longest first, so that "originally published by" is found before "original". */
const byFirstWord = indexOf(phrases.filter(({ kind }) => kind !== 'after'));
/** What stands after a name. */
const afterNames = indexOf(phrases.filter(({ kind }) => kind === 'after'));

function indexOf(some: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of some) {
    const [first] = phrase.words;
    if (first !== undefined) index.set(first, [...(index.get(first) ?? []), phrase]);
  }
  for (const list of index.values()) list.sort((a, b) => b.words.length - a.words.length);
  return index;
}

/** Each phrase that counts anywhere has a word here, its longest; so has "X via Y". */
const telltales: ReadonlySet<string> = new Set([
  'via',
  ...[...phrases.filter(({ kind }) => anywhere.has(kind)).map(({ words }) => words), ...passingOn].map((words) =>
    words.reduce((longest, word) => (word.length > longest.length ? word : longest), ''),
  ),
]);

const telltaleHashes: ReadonlySet<number> = new Set(
  [...telltales].map((word) => [...word].reduce((hash, letter) => hashed(hash, letter.charCodeAt(0)), 0)),
);

/** What stands before an everyday phrase inside a line, with its first word: a bracket, or the end of a sentence. */
const openings = /(?:[([]\s*|[.!?…»”)\]]\s)([\p{L}\p{M}\p{N}]+)/gu;
/** Where the name ends that begins a masthead: "Name | date". */
const masthead = /^[^|]{3,80}\|/;

/** False for a line in which there is no phrase, told at less cost than by its tokens. */
export function mayCredit(text: string): boolean {
  const first = wordOf(token.exec(text)?.[0] ?? '');
  if (byFirstWord.has(first) || lineOpeners.has(first) || masthead.test(text) || maySayOutright(text)) return true;
  for (const [, word = ''] of text.matchAll(openings)) if (byFirstWord.has(wordOf(word))) return true;
  return false;
}

/** False for a line in which there is no phrase that counts wherever it stands. */
export function maySayOutright(text: string): boolean {
  const folded = fold(text);
  for (let at = 0; at < folded.length; at++) {
    const start = at;
    let hash = 0;
    // A word is only taken out of the text where its hash is one of those looked for.
    for (let code = folded.charCodeAt(at); isInWord(code); code = folded.charCodeAt(++at)) hash = hashed(hash, code);
    if (at > start && telltaleHashes.has(hash) && telltales.has(folded.slice(start, at))) return true;
  }
  return false;
}

function hashed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

const token = /https?:\/\/[^\s<>"]+|[\p{L}\p{M}\p{N}]+/u;
const everyToken = new RegExp(token, 'gu');

/** The tokens of a line, in order; of a long one those near its ends, with an empty one between that is no part of anything. */
export function tokensOf(text: string): Token[] {
  const matches = [...text.matchAll(everyToken)];
  const ofMatch = (match: RegExpExecArray): Token => ({
    word: wordOf(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  });
  if (matches.length <= 2 * mostTokens) return matches.map(ofMatch);
  const head = matches.slice(0, mostTokens).map(ofMatch);
  const seam = head.at(-1)?.end ?? 0;
  return [...head, { word: '', start: seam, end: seam }, ...matches.slice(-mostTokens).map(ofMatch)];
}

function wordOf(written: string): string {
  return written.startsWith('http') ? written : (foldWords(written)[0] ?? '');
}

/**
 * The phrase that begins at a token, if it counts there: everyday words only where the line, a bracket or (before a colon) a
 * sentence begins.
 */
export function phraseAt(text: string, tokens: readonly Token[], at: number): Phrase | undefined {
  const passing = passedOnAt(tokens, at);
  const found = longestAt(byFirstWord, tokens, at);
  if (passing !== undefined && passing.words.length > (found?.words.length ?? 0)) return passing;
  if (found === undefined || anywhere.has(found.kind) || at === 0) return found;
  const before = text.slice(tokens[at - 1]?.end, tokens[at]?.start);
  if (/[([]\s*$/.test(before)) return found;
  const end = tokens[at + found.words.length - 1]?.end ?? 0;
  const after = text.slice(end, end + 3).trimStart();
  return /[.!?…»”)\]]\s+$/u.test(before) && after.startsWith(':') ? found : undefined;
}

/** Longer than the longest such sentence. */
const longestPassing = 16;

function passedOnAt(tokens: readonly Token[], at: number): Phrase | undefined {
  if (!passingWords.has(tokens[at]?.word ?? '')) return undefined;
  const words = tokens.slice(at, at + longestPassing).map(({ word }) => word);
  const count = passingOnIn(words, at === 0);
  return count === undefined ? undefined : { words: words.slice(0, count), kind: 'passing' };
}

/** The phrase that stands after a name which ends before this token. */
export function phraseAfter(tokens: readonly Token[], at: number): Phrase | undefined {
  return longestAt(afterNames, tokens, at);
}

function longestAt(
  index: ReadonlyMap<string, readonly Phrase[]>,
  tokens: readonly Token[],
  at: number,
): Phrase | undefined {
  return index
    .get(tokens[at]?.word ?? '')
    ?.find(({ words }) => words.every((word, offset) => tokens[at + offset]?.word === word));
}
