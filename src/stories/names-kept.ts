/**
 * What a translation keeps of a text: numbers, hosts, and names that are written alike in the languages of one script. Pure, and
 * a function of the words alone: which language they are in is seen from how many of them begin with a capital.
 */
import { months } from '../text/date-words.ts';
import { fold } from './folding.ts';

/** Characters that are looked at. */
const mostCharacters = 20_000;
const mostNames = 60;
/** Shorter texts are headings and greetings: what they share with others is where and when. */
const fewestWords = 40;
/** Up to this share a capital makes a name; where more words have one, nouns do (German); where most do, it is a heading. */
const nounsShare = 0.2;
const headingShare = 0.45;

/** Also `80 000`, `80'000` and `80.000`, times, and telephone numbers, which are written in pairs or threes. */
const number =
  /(?:\+|\b0)\d{1,3}(?:[ ./-]\d{1,4}){2,8}|\d{1,3}(?<mark>[.,'’\s])\d{3}(?:\k<mark>\d{3})*(?!\d)|\d+(?:[.:,/-]\d+|[hH]\d\d)*(?:\s?[ap]\.?m\b)?/;
const host = /(?<![\p{L}\p{N}.-])(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}(?![\p{L}\p{N}-])/uy;
const figure = new RegExp(`(?<![\\p{Script=Latin}\\p{N}])(?:${number.source})`, 'uy');

/** What may stand between two words of one sentence, so that a capital in the second is no beginning. */
const within = /^[ \t\u00a0,&'’/()“”„«»"-]{1,4}$/;
const date = /^\d{1,4}([./-])\d{1,2}\1\d{2,4}$/;
const year = /^(?:19|20)\d\d$/;

/**
 * @param title its own sentence before the text
 * @param days that the text names, `month-day`: their numbers are none
 * @returns numbers of two digits and more as they are written everywhere, hosts, and folded names, each once, in the order of
 * the text and behind it those of the title alone. None of a text of fewer than forty words
 */
export function namesKept(title: string, text: string, days: readonly string[] = []): string[] {
  const ofDays = new Set(days.map((day) => day.slice(day.indexOf('-') + 1)));
  const found = [text.slice(0, mostCharacters), title.slice(0, 300)].map((part) => tokensOf(part));
  if (countWords(found[0] ?? []) < fewestWords) return [];
  const names = new Set<string>();
  for (const tokens of found) {
    const isName = nameTest(tokens);
    for (let at = 0; at < tokens.length && names.size < mostNames; at++) {
      const one = tokens[at];
      if (one === undefined) continue;
      const isKept = one.kind === 'word' ? isName(at) : !ofDays.has(keptOf(one));
      if (isKept) names.add(keptOf(one));
    }
  }
  return [...names];
}

interface Token {
  readonly kind: 'word' | 'figure' | 'host';
  readonly written: string;
  /** As it is kept; undefined of a word (keptOf). */
  readonly kept: string | undefined;
  /** In the middle of a sentence. */
  readonly isInside: boolean;
  /** Of small letters from a to z alone, as most words are: no more need be asked of it. */
  readonly isPlain: boolean;
}

function countWords(tokens: readonly Token[]): number {
  let words = 0;
  for (const { kind } of tokens) if (kind === 'word') words++;
  return words;
}

/** Words, figures and hosts in their order. Read letter by letter: nearly all are words, which need no expression. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const plain = withPlainDigits(text);
  let end = -1;
  for (let at = 0; at < plain.length; ) {
    const start = at;
    const code = plain.charCodeAt(at);
    const kind = classOf(code);
    if (kind === neither && code !== plus) {
      at++;
      continue;
    }
    let isPlain = true;
    for (; at < plain.length; at++) {
      const one = plain.charCodeAt(at);
      if (one >= smallA && one <= smallZ) continue;
      if (classOf(one) === neither) break;
      isPlain = false;
    }
    const found = kind === letter && plain[at] !== '.' && plain[at] !== '-' ? undefined : figureOrHost(plain, start);
    if (found === undefined && kind !== letter) {
      at = start + 1;
      continue;
    }
    if (found !== undefined) at = start + found.written.length;
    const isInside = end >= 0 && isWithin(plain, end, start);
    end = at;
    if (found === undefined)
      tokens.push({ kind: 'word', written: plain.slice(start, at), kept: undefined, isInside, isPlain });
    else if (found.kept !== undefined) tokens.push({ ...found, isInside, isPlain: false });
  }
  return tokens;
}

/** What is no word at a place; without what is kept of it where that is a year, a date or a single digit. */
function figureOrHost(text: string, at: number): Pick<Token, 'kind' | 'written' | 'kept'> | undefined {
  host.lastIndex = at;
  const [name] = host.exec(text) ?? [];
  if (name !== undefined) return { kind: 'host', written: name, kept: name.replace(/^www\./, '') };
  figure.lastIndex = at;
  const [written] = figure.exec(text) ?? [];
  return written === undefined ? undefined : { kind: 'figure', written, kept: figureOf(written) };
}

function isWithin(text: string, from: number, to: number): boolean {
  if (to - from === 1 && text.charCodeAt(from) === space) return true;
  return to - from <= 4 && within.test(text.slice(from, to));
}

const space = 0x20;
const plus = 0x2b;
const smallA = 0x61;
const smallZ = 0x7a;
const letter = 1;
const digit = 2;
const neither = 3;
/** What each character is, once it has been asked. */
const classes = new Uint8Array(2 ** 16);

function classOf(code: number): number {
  const known = classes[code];
  if (known !== undefined && known !== 0) return known;
  const character = String.fromCharCode(code);
  const found = /[\p{L}\p{M}]/u.test(character) ? letter : /\p{N}/u.test(character) ? digit : neither;
  classes[code] = found;
  return found;
}

/** Few words are asked for: most are no names. */
function keptOf({ kept, written }: Token): string {
  return kept ?? fold(written).trim();
}

/** Digits of all scripts, and the marks between them, as ASCII: of the same length. */
function withPlainDigits(text: string): string {
  return /[٠-٬۰-۹]/.test(text)
    ? text
        .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
        .replace(/٫/g, '.')
        .replace(/٬/g, ',')
    : text;
}

/** Without marks, hours of the afternoon as 13 to 23; undefined for years, dates and single digits. */
function figureOf(written: string): string | undefined {
  if (date.test(written)) return undefined;
  const digits = written.replace(/\D/g, '');
  const isAfternoon = /p\.?m$/i.test(written);
  const hour = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
  const shown = isAfternoon && hour < 12 ? `${hour + 12}${digits.length > 2 ? digits.slice(-2) : ''}` : digits;
  return shown.length < 2 || shown.length > 16 || year.test(shown) || /^0+$/.test(shown) ? undefined : shown;
}

/** Whether the word at a place is written as a name is, among all others of its part. */
function nameTest(tokens: readonly Token[]): (at: number) => boolean {
  let [words, latins, inside, capitals] = [0, 0, 0, 0];
  for (const one of tokens) {
    if (one.kind !== 'word') continue;
    words++;
    if (one.isPlain || latin.test(one.written)) latins++;
    if (!one.isInside) continue;
    inside++;
    if (isCapital(one)) capitals++;
  }
  const isLatin = latins * 2 > words;
  const share = capitals / Math.max(1, inside);
  const capitalInside = (at: number): boolean => {
    const one = tokens[at];
    return one?.isInside === true && isCapital(one);
  };
  return (at) => {
    const one = tokens[at];
    if (one === undefined || (isLatin && one.isPlain)) return false;
    // What costs most is asked last: few words are names.
    const mayBe = isLatin ? share <= headingShare && (isCapital(one) || isAcronym(one)) : latin.test(one.written);
    if (!mayBe || !isLong(keptOf(one)) || months.has(keptOf(one))) return false;
    if (!isLatin || isAcronym(one)) return true;
    if (share <= nounsShare) return capitalInside(at);
    return (
      capitalInside(at) &&
      (capitalInside(at - 1) || capitalInside(at + 1) || placeWord.test(tokens[at - 1]?.written ?? ''))
    );
  };
}

const latin = /^\p{Script=Latin}/u;

/** What stands before a place without an article, where all nouns have capitals. */
const placeWord = /^(?:in|aus|nach|von|bei|ab|bis|und)$/;

/** Unicode is asked only of what is not ASCII. */
function isCapital({ written, kind, isPlain }: Token): boolean {
  if (kind !== 'word' || isPlain) return false;
  const code = written.charCodeAt(0);
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(written);
}

function isAcronym({ written, isPlain }: Token): boolean {
  if (isPlain || smallLetters.test(written)) return false;
  return /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(written) || /\p{Ll}\p{Lu}/u.test(written);
}

/** "word" and "Word". */
const smallLetters = /^[A-Z]?[a-z]+$/;

function isLong(kept: string): boolean {
  return kept.length >= 3 && !kept.includes(' ');
}
