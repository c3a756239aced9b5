/**
 * Two versions of a text → what has changed, word by word: for people as passages, and as phrases by which either version
 * is recognised elsewhere. Bounded: of texts that share too little, and of partners who send random words, the whole of
 * what differs is one change. Pure; the only file that knows the library.
 */
import { diffArrays } from 'diff';
import { readableText } from '../text/safe.ts';
import { saidWords } from '../text/said-words.ts';
import { mayName } from './withheld.ts';

interface Token {
  readonly text: string;
  /** Nothing stands between it and the one before it, as in scripts without spaces. */
  readonly isGlued: boolean;
}

/** What both have, or what one has in the place of what the other had. */
type Stretch =
  | { readonly kind: 'kept'; readonly tokens: readonly Token[] }
  | { readonly kind: 'changed'; readonly gone: readonly Token[]; readonly come: readonly Token[] };

/** Words between the common beginning and the common end that are compared one by one. */
const mostCompared = 10_000;
/** Words that may have changed before the comparison is given up: its cost grows with the square. */
const mostChanged = 400;

export function compareWords(old: string, now: string): readonly Stretch[] {
  const [before, after] = [tokensOf(old), tokensOf(now)];
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start]?.text === after[start]?.text) start++;
  let end = 0;
  while (end < least - start && before.at(-1 - end)?.text === after.at(-1 - end)?.text) end++;
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  return joined([
    { kind: 'kept', tokens: after.slice(0, start) },
    ...middle(gone, come),
    { kind: 'kept', tokens: after.slice(after.length - end) },
  ]);
}

const alone =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const tokens = new RegExp(`[${alone}]\\p{M}*|(?:(?![${alone}])\\S)+`, 'gu');

function tokensOf(text: string): Token[] {
  let end = 0;
  return [...readableText(text).matchAll(tokens)].map((match) => {
    const isGlued = match.index > 0 && match.index === end;
    end = match.index + match[0].length;
    return { text: match[0], isGlued };
  });
}

function middle(gone: readonly Token[], come: readonly Token[]): readonly Stretch[] {
  if (gone.length + come.length === 0) return [];
  const whole: readonly Stretch[] = [{ kind: 'changed', gone, come }];
  if (gone.length === 0 || come.length === 0 || gone.length + come.length > mostCompared) return whole;
  const changes = diffArrays(gone.map(keyOf), come.map(keyOf), { maxEditLength: mostChanged });
  if (changes === undefined) return whole;
  const stretches: Stretch[] = [];
  let [old, now] = [0, 0];
  for (const { added, removed, value } of changes) {
    const count = value.length;
    if (!added && !removed) stretches.push({ kind: 'kept', tokens: come.slice(now, now + count) });
    else {
      stretches.push({
        kind: 'changed',
        gone: removed ? gone.slice(old, old + count) : [],
        come: added ? come.slice(now, now + count) : [],
      });
    }
    if (!added) old += count;
    if (!removed) now += count;
  }
  return stretches;
}

/** By what is said: quotation marks and capitals are no change. */
function keyOf({ text }: Token): string {
  return saidWords(text).join(' ');
}

/** Changes side by side, or with hardly a word between them, are one: else a new sentence would be a lattice of both. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [at, one] of stretches.entries()) {
    const last = found.at(-1);
    const between = one.kind === 'kept' ? one.tokens : [];
    const isBetween = last?.kind === 'changed' && stretches[at + 1]?.kind === 'changed' && between.length <= 1;
    if (one.kind === 'kept' && one.tokens.length === 0) continue;
    if (last?.kind !== 'changed' || (one.kind === 'kept' && !isBetween)) found.push(one);
    else {
      const more = one.kind === 'kept' ? { gone: one.tokens, come: one.tokens } : one;
      found[found.length - 1] = {
        kind: 'changed',
        gone: [...last.gone, ...more.gone],
        come: [...last.come, ...more.come],
      };
    }
  }
  return found;
}

/**
 * What lies within the first words of the new version; words that only moved out of them have not gone.
 * @returns whether anything has changed behind them, too
 */
export function beginningOf(
  stretches: readonly Stretch[],
  words: number,
): { readonly stretches: readonly Stretch[]; readonly isMore: boolean } {
  const found: Stretch[] = [];
  let room = words;
  for (const [at, one] of stretches.entries()) {
    if (room <= 0) return { stretches: found, isMore: stretches.slice(at).some(({ kind }) => kind === 'changed') };
    if (one.kind === 'kept') found.push({ kind: 'kept', tokens: one.tokens.slice(0, room) });
    else found.push({ kind: 'changed', gone: one.gone.slice(0, room), come: one.come.slice(0, room) });
    room -= one.kind === 'kept' ? one.tokens.length : one.come.length;
  }
  return { stretches: found, isMore: false };
}

/** How many words `compareWords` sees in a text. */
export function countTokens(text: string): number {
  return tokensOf(text).length;
}

// ── for people ───────────────────────────────────────────────────────────────────────────────────

export interface Piece {
  /** `withheld`: words that have gone and are not printed again. */
  readonly kind: 'kept' | 'gone' | 'come' | 'withheld';
  /** Plain text; '' where it is withheld. */
  readonly text: string;
  /** How many words it has, where they are withheld. */
  readonly words: number;
  readonly isGlued: boolean;
}

/** What has changed, with a few words around it. */
export interface Passage {
  readonly pieces: readonly Piece[];
  /** The text has more before it, or behind it. */
  readonly hasBefore: boolean;
  readonly hasBehind: boolean;
}

export interface Passages {
  readonly passages: readonly Passage[];
  /** More has changed than is shown. */
  readonly isCut: boolean;
}

/** Words shown around a change. */
const around = 8;
/** Words shown of one change, and of all. */
const longestRun = 80;
const mostShown = 500;
/** A longer word is cut: it is no word. */
const longestWord = 80;

export function passagesOf(stretches: readonly Stretch[]): Passages {
  const passages: { pieces: Piece[]; hasBefore: boolean; hasBehind: boolean }[] = [];
  const isStill = stillIn(stretches);
  let before: Token | undefined;
  let room = mostShown;
  let isCut = false;
  let open: (typeof passages)[number] | undefined;
  for (const [at, one] of stretches.entries()) {
    if (one.kind === 'changed') {
      if (room <= 0) return { passages, isCut: true };
      const isPrinted = isReplaced(one) && !mayName(one.gone.map(textOf), before?.text, isStill);
      const shown = piecesOf(one, isPrinted);
      open ??= { pieces: [], hasBefore: false, hasBehind: false };
      if (!passages.includes(open)) passages.push(open);
      open.pieces.push(...shown.pieces);
      isCut ||= shown.isCut;
      room -= Math.min(longestRun, one.gone.length) + Math.min(longestRun, one.come.length);
      continue;
    }
    const isLast = at === stretches.length - 1;
    before = one.tokens.at(-1);
    if (open !== undefined && !isLast && one.tokens.length <= 2 * around) {
      open.pieces.push(...piece('kept', one.tokens));
      continue;
    }
    if (open !== undefined) {
      open.pieces.push(...piece('kept', one.tokens.slice(0, around)));
      open.hasBehind = one.tokens.length > around;
    }
    const lead = one.tokens.slice(-around);
    open = isLast
      ? undefined
      : { pieces: piece('kept', lead), hasBefore: one.tokens.length > lead.length, hasBehind: false };
  }
  return { passages, isCut };
}

type Changed = Extract<Stretch, { kind: 'changed' }>;

/**
 * What is taken out without as much in its place is not printed again: most often it is a name, an address or a claim that
 * its authors do not want to stand anywhere.
 */
function isReplaced({ gone, come }: Changed): boolean {
  return come.length > 0 && gone.length <= 2 * come.length + 2;
}

/** Whether a word stands in the text as it is now; asked of few texts, and then of few words. */
function stillIn(stretches: readonly Stretch[]): (word: string) => boolean {
  let words: Set<string> | undefined;
  return (word) => {
    words ??= new Set(stretches.flatMap((one) => (one.kind === 'kept' ? one.tokens : one.come).map(keyOf)));
    return words.has(saidWords(word).join(' '));
  };
}

function textOf({ text }: Token): string {
  return text;
}

function piecesOf({ gone, come }: Changed, isPrinted: boolean): { pieces: Piece[]; isCut: boolean } {
  const isCut = (isPrinted && gone.length > longestRun) || come.length > longestRun;
  const first = gone[0];
  const withheld: Piece[] =
    first === undefined || isPrinted
      ? []
      : [{ kind: 'withheld', text: '', words: gone.length, isGlued: first.isGlued }];
  return { pieces: [...withheld, ...(isPrinted ? piece('gone', gone) : []), ...piece('come', come)], isCut };
}

function piece(kind: Piece['kind'], all: readonly Token[]): Piece[] {
  const [first] = all;
  if (first === undefined) return [];
  const shown = kind === 'kept' ? all : all.slice(0, longestRun);
  const text = shown.map(({ text: word, isGlued }, at) => (isGlued || at === 0 ? '' : ' ') + shortened(word)).join('');
  return [{ kind, text: shown.length < all.length ? `${text} …` : text, words: all.length, isGlued: first.isGlued }];
}

function shortened(word: string): string {
  return word.length <= longestWord ? word : `${[...word.slice(0, longestWord)].slice(0, -1).join('')}…`;
}

// ── to recognise either version elsewhere ────────────────────────────────────────────────────────

/** Words of one change in the old version and in the new, with those around them, folded, a space between them. */
export interface Phrases {
  readonly old: string;
  readonly now: string;
}

const phraseAround = 3;
const phraseLongest = 20;
/** Fewer stand anywhere by chance. */
const phraseFewest = 3;

export function phrasesOf(stretches: readonly Stretch[]): readonly Phrases[] {
  return stretches.flatMap((one, at) => {
    if (one.kind === 'kept') return [];
    const [before, behind] = [stretches[at - 1], stretches[at + 1]];
    const lead = before?.kind === 'kept' ? wordsOf(before.tokens.slice(-phraseAround)) : [];
    const tail = behind?.kind === 'kept' ? wordsOf(behind.tokens.slice(0, phraseAround)) : [];
    const phrase = (tokens: readonly Token[]): string => {
      const words = wordsOf(tokens.slice(0, phraseLongest));
      const whole = tokens.length > phraseLongest ? [...lead, ...words] : [...lead, ...words, ...tail];
      return whole.length < phraseFewest ? '' : whole.join(' ');
    };
    return [{ old: phrase(one.gone), now: phrase(one.come) }];
  });
}

function wordsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ text }) => saidWords(text));
}
