/**
 * Reads the words by which an item says whom it was taken from, as evidence. A phrase counts only in the head or tail
 * of the text, outside quotations, and only when what follows is a known group or an address: "From 9pm on Wednesday"
 * is no credit (spec reposts §3).
 */
import type { CanonicalUrl, Evidence, SourceKey } from '../model.ts';
import { canonicalUrl, isHomePage } from '../text/url.ts';
import type { Directory } from './directory.ts';
import { fold, foldWords } from './folding.ts';
import type { Line } from './lines.ts';
import { creditPhrases, fillers } from './phrases.ts';

/** Characters of text from either end in which a credit may stand. */
const headLength = 600;
const tailLength = 400;
/** Credits that are kept of one item: who names more names nobody. */
const mostCredits = 6;
/** Phrases of one line that are followed before it is taken for prose. */
const mostPhrases = 8;
/** Tokens of one line that are looked at: longer lines are prose. */
const maxTokens = 400;

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

type PhraseKind = 'plain' | 'terse' | 'via';
interface Phrase {
  readonly words: readonly string[];
  readonly kind: PhraseKind;
}

/** Phrases by their first word, longest first, so that "originally published by" is found before "original". */
const phrasesByFirstWord: ReadonlyMap<string, readonly Phrase[]> = indexPhrases();

function indexPhrases(): Map<string, Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const table of Object.values(creditPhrases)) {
    for (const kind of ['plain', 'terse', 'via'] as const) {
      for (const phrase of table[kind]) {
        const words = foldWords(phrase);
        const [first] = words;
        if (first === undefined) continue;
        index.set(first, [...(index.get(first) ?? []), { words, kind }]);
      }
    }
  }
  for (const list of index.values()) list.sort((a, b) => b.words.length - a.words.length);
  return index;
}

/**
 * Each phrase that counts anywhere in a line has a word here, its longest; so has "X via Y". Most lines have none of them,
 * and are not taken apart.
 */
const telltales = new RegExp(
  [...new Set(['via', ...Object.values(creditPhrases).flatMap(({ plain }) => plain.map(longestWord))])].join('|'),
);

function longestWord(phrase: string): string {
  return foldWords(phrase).reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

export interface Credits {
  readonly evidence: readonly Evidence[];
  /** Credits by the line they stand in, where they are the whole line or its beginning: left out when texts are compared. */
  readonly quotes: ReadonlyMap<string, string>;
  /** Names credited outright that are no source of ours. */
  readonly unknownNames: readonly string[];
  /** A phrase stands before something that means nothing yet: worth reading again when more names are known. */
  readonly hasUnresolved: boolean;
}

/**
 * @param lines the item's text, in order
 * @param ownKey the source the item came from; credits to itself or its partner say nothing
 */
export function readCredits(lines: readonly Line[], ownKey: SourceKey, directory: Directory): Credits {
  const evidence: Evidence[] = [];
  const quotes = new Map<string, string>();
  const unknownNames: string[] = [];
  let hasUnresolved = false;
  const total = lines.reduce((length, line) => length + line.text.length, 0);
  let before = 0;
  for (const line of lines) {
    const isNearEnd = before < headLength || total - before - line.text.length < tailLength;
    before += line.text.length;
    if (!isNearEnd || line.isQuoted || evidence.length >= mostCredits) continue;
    const read = creditsIn(line, directory);
    hasUnresolved ||= read.hasUnresolved;
    for (const credit of read.credits) {
      const isOwn = credit.target.key !== undefined && directory.areOnePartner(credit.target.key, ownKey);
      if (isOwn) continue;
      if (credit.target.key === undefined && credit.target.url === undefined) unknownNames.push(credit.target.name);
      if (line.text.startsWith(credit.quote)) quotes.set(line.text, credit.quote);
      evidence.push(evidenceOf(credit));
    }
  }
  return { evidence, quotes, unknownNames, hasUnresolved };
}

interface Target {
  readonly key: SourceKey | undefined;
  readonly url: CanonicalUrl | undefined;
  readonly name: string;
  /** Index of the first token after the name. */
  readonly next: number;
}

interface Credit {
  readonly kind: PhraseKind;
  readonly target: Target;
  readonly quote: string;
  readonly isWholeLine: boolean;
}

function evidenceOf(credit: Credit): Evidence {
  return {
    kind: 'credit-phrase',
    strength: credit.kind === 'plain' ? 3 : credit.kind === 'terse' ? 2 : 1,
    says: credit.kind === 'via' ? 'via' : 'original',
    quote: credit.quote.slice(0, 300),
    targetSource: credit.target.key,
    targetUrl: credit.target.url,
    targetName: credit.target.name,
  };
}

const token = /https?:\/\/[^\s<>"]+|[\p{L}\p{M}\p{N}]+/u;
const everyToken = new RegExp(token, 'gu');

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(everyToken)) {
    tokens.push({ word: wordOf(match[0]), start: match.index, end: match.index + match[0].length });
    if (tokens.length >= maxTokens) break;
  }
  return tokens;
}

function wordOf(written: string): string {
  return written.startsWith('http') ? written : (foldWords(written)[0] ?? '');
}

/** False for a line in which there is no phrase, told at less cost than by its tokens. */
function mayCredit(text: string): boolean {
  return phrasesByFirstWord.has(wordOf(token.exec(text)?.[0] ?? '')) || telltales.test(fold(text));
}

function creditsIn(line: Line, directory: Directory): { credits: Credit[]; hasUnresolved: boolean } {
  if (!mayCredit(line.text)) return { credits: [], hasUnresolved: false };
  const tokens = tokensOf(line.text);
  const words = tokens.map((token) => token.word);
  const viaPair = authorViaNewswire(line, tokens, directory);
  if (viaPair.length > 0) return { credits: viaPair, hasUnresolved: false };
  let hasUnresolved = false;
  let followed = 0;
  for (let at = 0; at < tokens.length && followed < mostPhrases; at++) {
    const phrase = phrasesByFirstWord
      .get(words[at] ?? '')
      ?.find((candidate) => candidate.words.every((word, offset) => words[at + offset] === word));
    if (phrase === undefined || (phrase.kind !== 'plain' && at > 0)) continue;
    followed++;
    const target = targetAfter(line, tokens, at + phrase.words.length, directory, phrase.kind);
    if (target?.key === undefined) hasUnresolved = true;
    if (target === undefined) continue;
    return { credits: [creditAt(line, tokens, at, target, phrase.kind)], hasUnresolved };
  }
  return { credits: [], hasUnresolved };
}

/** "X via Y", the whole line: X wrote it, Y passed it on. */
function authorViaNewswire(line: Line, tokens: readonly Token[], directory: Directory): Credit[] {
  const words = tokens.map((token) => token.word);
  const author = directory.nameAt(words);
  if (author === undefined || words[author.words] !== 'via') return [];
  const between = targetAfter(line, tokens, author.words + 1, directory, 'plain');
  if (between === undefined || between.next < tokens.length) return [];
  const name = sliceTokens(line.text, tokens, 0, author.words);
  const first: Target = { key: author.key, url: linkAt(line, name), name, next: author.words };
  return [
    { ...creditAt(line, tokens, 0, first, 'plain'), quote: line.text, isWholeLine: true },
    { kind: 'via', target: between, quote: line.text, isWholeLine: true },
  ];
}

function creditAt(line: Line, tokens: readonly Token[], at: number, target: Target, kind: PhraseKind): Credit {
  const start = tokens[at]?.start ?? 0;
  const nameEnd = tokens[target.next - 1]?.end ?? line.text.length;
  const tail = /^[\s)\]»"”:;.,]*/u.exec(line.text.slice(nameEnd))?.[0] ?? '';
  const head = line.text.slice(0, start).trimEnd();
  const isWholeLine = target.next >= tokens.length && /^[\s([«"“–—*]*$/u.test(head);
  return {
    kind,
    target,
    quote: isWholeLine ? line.text : line.text.slice(start, nameEnd + tail.trimEnd().length),
    isWholeLine,
  };
}

/** What a phrase's following words name: an address, a known group, or (said outright, alone on its line) a stranger. */
function targetAfter(
  line: Line,
  tokens: readonly Token[],
  from: number,
  directory: Directory,
  kind: PhraseKind,
): Target | undefined {
  let at = from;
  for (let skipped = 0; skipped <= 4; skipped++, at++) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (token.word.startsWith('http')) {
      const url = canonicalUrl(token.word.slice(0, longestUrl).replace(/[.,;:)\]]+$/, ''));
      return url && { key: directory.byUrl(url), url, name: token.word, next: at + 1 };
    }
    const found = directory.nameAt(tokens.slice(at, at + 12).map((one) => one.word));
    if (found !== undefined) {
      const name = sliceTokens(line.text, tokens, at, at + found.words);
      const rest = line.text.slice(tokens[at + found.words - 1]?.end ?? 0);
      const isMarked = /^\s*([)\]:;.,–—|»"”]|$)/u.test(rest);
      if (kind !== 'plain' && !isMarked) return undefined;
      // "Alpha" is not the "Alpha Women Collective": a name that goes on is another group's.
      if (!isMarked && /^\s+[\p{Lu}\p{Lo}]/u.test(rest)) break;
      return { key: found.key, url: linkAt(line, name), name, next: at + found.words };
    }
    if (!fillers.has(token.word)) break;
  }
  return strangerAt(line, tokens, from, directory, kind);
}

/** Longer ones are no address of ours, and a pattern at their end would be slow. */
const longestUrl = 2_000;

/** A group we do not follow: only where the line says nothing else, or the name is a link. */
function strangerAt(
  line: Line,
  tokens: readonly Token[],
  from: number,
  directory: Directory,
  kind: PhraseKind,
): Target | undefined {
  if (kind !== 'plain') return undefined;
  const start = tokens[from]?.start;
  if (start === undefined) return undefined;
  const link = line.links.find((one) => one.text.trim() !== '' && line.text.startsWith(one.text.trim(), start));
  if (link !== undefined) {
    const url = canonicalUrl(link.href);
    const inLink = tokensOf(link.text).length;
    if (url !== undefined) return { key: directory.byUrl(url), url, name: link.text.trim(), next: from + inLink };
  }
  // Longer than a name can be, shorter than what makes a pattern at the end of a text slow.
  const rest = line.text.slice(start, start + 200).replace(/[\s:;.,)\]]+$/u, '');
  const isName =
    rest.length <= 80 &&
    tokens.length - from <= 8 &&
    /^["“«]?(?:\p{Lu}|\p{Lo})/u.test(rest) &&
    !/[.:;!?]\s/u.test(rest);
  return isName ? { key: undefined, url: undefined, name: rest, next: tokens.length } : undefined;
}

function linkAt(line: Line, name: string): CanonicalUrl | undefined {
  const link = line.links.find(
    (one) => one.text.includes(name) || (one.text.trim() !== '' && name.includes(one.text.trim())),
  );
  const url = link && canonicalUrl(link.href);
  return url !== undefined && !isHomePage(url) ? url : undefined;
}

function sliceTokens(text: string, tokens: readonly Token[], from: number, to: number): string {
  return text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? text.length);
}
