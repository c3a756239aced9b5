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
  const tokens = tokensOf(text.slice(0, mostCharacters));
  if (countWords(tokens) < fewestWords) return [];
  const names = new Set<string>();
  addNames(tokens, ofDays, names);
  addNames(tokensOf(title.slice(0, 300)), ofDays, names);
  return [...names];
}

function addNames(tokens: Tokens, ofDays: ReadonlySet<string>, names: Set<string>): void {
  const isName = nameTest(tokens);
  for (let at = 0; at < tokens.count && names.size < mostNames; at++) {
    const isKept = is(word, tokens, at) ? isName(at) : !ofDays.has(keptOf(tokens, at));
    if (isKept) names.add(keptOf(tokens, at));
  }
}

/** Words, figures and hosts in their order: in lists, since an object for each would cost more than all that is asked of it. */
interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly starts: Uint16Array;
  readonly ends: Uint16Array;
  /** What each is: `word`, `isInside`, `isPlain`. */
  readonly marks: Uint8Array;
  /** Figures and hosts by their places, as they are kept; of a word see keptOf. */
  readonly kept: ReadonlyMap<number, string>;
}

const word = 1;
/** In the middle of a sentence. */
const isInside = 2;
/** Of small letters from a to z alone, as most words are: no more need be asked of it. */
const isPlain = 4;

/** Lists for the part in hand; kept, since to make them costs as much as filling them. */
const lists = {
  starts: new Uint16Array(mostCharacters),
  ends: new Uint16Array(mostCharacters),
  marks: new Uint8Array(mostCharacters),
};

function countWords({ marks, count }: Tokens): number {
  let words = 0;
  for (let at = 0; at < count; at++) words += (marks[at] ?? 0) & word;
  return words;
}

/** Read letter by letter: nearly all are words, which need no expression. What it returns is good until it is called again. */
function tokensOf(part: string): Tokens {
  const text = withPlainDigits(part);
  const { starts, ends, marks } = lists;
  const kept = new Map<number, string>();
  let count = 0;
  let end = -1;
  for (let at = 0; at < text.length; ) {
    const start = at;
    const kind = classOf(text.charCodeAt(at));
    if (kind === neither && text.charCodeAt(at) !== plus) {
      at++;
      continue;
    }
    let mark = word | isPlain;
    for (; at < text.length; at++) {
      const one = text.charCodeAt(at);
      if (one >= smallA && one <= smallZ) continue;
      if (classOf(one) === neither) break;
      mark = word;
    }
    const found = kind === letter && text[at] !== '.' && text[at] !== '-' ? undefined : figureOrHost(text, start);
    if (found === undefined && kind !== letter) {
      at = start + 1;
      continue;
    }
    if (found !== undefined) at = start + found.length;
    if (end >= 0 && isWithin(text, end, start)) mark |= isInside;
    end = at;
    if (found !== undefined && found.kept === undefined) continue;
    if (found?.kept !== undefined) {
      kept.set(count, found.kept);
      mark &= isInside;
    }
    starts[count] = start;
    ends[count] = at;
    marks[count++] = mark;
  }
  return { text, count, ...lists, kept };
}

function is(mark: number, { marks }: Tokens, at: number): boolean {
  return ((marks[at] ?? 0) & mark) !== 0;
}

function writtenAt({ text, count, starts, ends }: Tokens, at: number): string {
  return at >= 0 && at < count ? text.slice(starts[at], ends[at]) : '';
}

/** What is no word at a place; without what is kept of it where that is a year, a date or a single digit. */
function figureOrHost(text: string, at: number): { length: number; kept: string | undefined } | undefined {
  host.lastIndex = at;
  const [name] = host.exec(text) ?? [];
  if (name !== undefined) return { length: name.length, kept: name.replace(/^www\./, '') };
  figure.lastIndex = at;
  const [written] = figure.exec(text) ?? [];
  return written === undefined ? undefined : { length: written.length, kept: figureOf(written) };
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
function keptOf(tokens: Tokens, at: number): string {
  return tokens.kept.get(at) ?? fold(writtenAt(tokens, at)).trim();
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
function nameTest(tokens: Tokens): (at: number) => boolean {
  const { count, marks } = tokens;
  let [words, latins, insides, capitals] = [0, 0, 0, 0];
  for (let at = 0; at < count; at++) {
    const mark = marks[at] ?? 0;
    if ((mark & word) === 0) continue;
    words++;
    if ((mark & isPlain) !== 0 || latin.test(writtenAt(tokens, at))) latins++;
    if ((mark & isInside) === 0) continue;
    insides++;
    if (isCapital(tokens, at)) capitals++;
  }
  const isLatin = latins * 2 > words;
  const share = capitals / Math.max(1, insides);
  const capitalInside = (at: number): boolean =>
    at >= 0 && at < count && is(isInside, tokens, at) && isCapital(tokens, at);
  return (at) => {
    if (isLatin && is(isPlain, tokens, at)) return false;
    // What costs most is asked last: few words are names.
    const written = writtenAt(tokens, at);
    const mayBe = isLatin
      ? share <= headingShare && (isCapital(tokens, at) || isAcronym(written))
      : latin.test(written);
    if (!mayBe) return false;
    const kept = keptOf(tokens, at);
    if (!isLong(kept) || months.has(kept)) return false;
    if (!isLatin || isAcronym(written)) return true;
    if (share <= nounsShare) return capitalInside(at);
    return (
      capitalInside(at) && (capitalInside(at - 1) || capitalInside(at + 1) || placeWord.test(writtenAt(tokens, at - 1)))
    );
  };
}

const latin = /^\p{Script=Latin}/u;

/** What stands before a place without an article, where all nouns have capitals. */
const placeWord = /^(?:in|aus|nach|von|bei|ab|bis|und)$/;

/** Unicode is asked only of what is not ASCII. */
function isCapital(tokens: Tokens, at: number): boolean {
  if (!is(word, tokens, at) || is(isPlain, tokens, at)) return false;
  const code = tokens.text.charCodeAt(tokens.starts[at] ?? 0);
  return code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(writtenAt(tokens, at));
}

function isAcronym(written: string): boolean {
  if (smallLetters.test(written)) return false;
  return /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(written) || /\p{Ll}\p{Lu}/u.test(written);
}

/** "word" and "Word". */
const smallLetters = /^[A-Z]?[a-z]+$/;

function isLong(kept: string): boolean {
  return kept.length >= 3 && !kept.includes(' ');
}
