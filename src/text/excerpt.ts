/**
 * The beginning of a text that may stand for it: whole sentences, as many as there is room for, by the rules of Unicode
 * (UAX 29), which know the full stops of all scripts. Pure.
 */
import type { Language } from '../model.ts';
import { between } from './between.ts';
import { cutAtWord, foldSpace } from './html.ts';

/** Characters to a word: in languages that write none apart they are the limit. */
const charactersEach = 25 / 3;
/** What the segmenter is shown beyond the limit, so that it sees what follows a full stop. */
const lookAhead = 400;

export interface Excerpt {
  /** One line; '' for no text. */
  readonly text: string;
  /** False where not even the first sentence is short enough: then it is cut at a word, and ends with `…`. */
  readonly isWhole: boolean;
  /** Nothing of the text is left out. */
  readonly isAll: boolean;
}

/**
 * @param text blocks (headings, paragraphs, items of a list) separated by newlines, the lines of one by U+2028; either ends a
 *   sentence
 * @param words at most so many, and at most 500 characters for 60 words; the marks between blocks are characters, but no words
 */
export function excerptOf(text: string, lang: Language, words: number): Excerpt {
  const characters = Math.round(words * charactersEach);
  const isWithin = (line: string): boolean => line.length <= characters && wordsIn(line) <= words;
  const whole = oneLine(text.length > characters * 3 + lookAhead ? '' : text);
  if (whole !== '' && isWithin(whole)) return { text: whole, isWhole: true, isAll: true };
  const beginning = text.slice(0, characters * 2 + lookAhead);
  const isCut = beginning.length < text.length;
  let taken = '';
  let closed = '';
  const open = openLine();
  for (const { segment, index } of segmenterFor(lang).segment(beginning)) {
    const line = open.add(segment);
    if (!isWithin(line)) break;
    const isLast = index + segment.length === beginning.length;
    if (!(isLast ? !isCut : endsThere(segment))) continue;
    taken = line;
    if (isClosed(segment)) closed = line;
  }
  // A heading or a line of a list promises what does not follow.
  if (taken !== '') return { text: closed || taken, isWhole: true, isAll: false };
  const cut = cutAtWord(foldSpace(beginning), words, characters - 1);
  return { text: cut, isWhole: cut === '', isAll: cut === '' };
}

function wordsIn(line: string): number {
  let count = 0;
  for (const [word] of line.matchAll(/\S+/g)) if (word !== '·') count++;
  return count;
}

function oneLine(text: string): string {
  const open = openLine();
  let line = '';
  for (const block of text.split('\n')) line = open.add(`${block}\n`);
  return line;
}

interface OpenLine {
  /** @returns the line with this piece of the text, which has no newline but at its end */
  add(piece: string): string;
}

/** Blocks put into one line. One that ends without a mark of its own gets one, or it would run into the next. */
function openLine(): OpenLine {
  let line = '';
  let gap = '';
  let isBlockOver = false;
  return {
    add(piece) {
      const said = foldSpace(piece);
      if (said !== '') {
        if (/^\s/.test(piece)) gap = ' ';
        const isMarked = !isBlockOver || endsMarked.test(line.slice(-12)) || beginsMarked.test(said);
        line += line === '' ? said : `${isMarked ? gap : between(line, said)}${said}`;
        gap = '';
        isBlockOver = false;
      }
      if (/\s$/.test(piece)) gap = ' ';
      isBlockOver ||= piece.endsWith('\n');
      return line;
    },
  };
}

/** Whatever parts what is read, in any script, and behind it what closes quotation marks and brackets. */
const endsMarked = /[\p{Terminal_Punctuation}\p{Pd}…·•|/]["'\p{Pe}\p{Pf}\s]*$/u;
/** A dash or a bullet before an item of a list, written by hand. */
const beginsMarked = /^[\p{Pd}\p{Po}\p{S}]\s/u;

const segmenters = new Map<Language, Intl.Segmenter>();

function segmenterFor(lang: Language): Intl.Segmenter {
  const known = segmenters.get(lang);
  if (known !== undefined) return known;
  const made = new Intl.Segmenter(isTag(lang) ? lang : 'und', { granularity: 'sentence' });
  if (segmenters.size < 100) segmenters.set(lang, made); // the tags are the partners'
  return made;
}

function isTag(lang: Language): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Full stops that end no sentence, where the next word is written large: initials, ordinals, titles, and what is cut short. */
const abbreviation =
  /(?:^|[^\p{L}\p{N}])(?:\p{L}|\d{1,3}|mrs?|ms|mme|mlle|mm|drs?|prof|rev|sra?|srta|st|ste|no|nos|nr|n[°º]|art|abs|av|bd|vs|cf|ca|bzw|usw|str|tel|ed|vol|pp?|jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|janv|févr|juil|déc)\.\s*$/iu;

function endsThere(segment: string): boolean {
  return /[\n\u2028]$/.test(segment) || !abbreviation.test(segment.slice(-12));
}

/** It ends in a mark that closes a sentence, perhaps inside quotation marks or brackets. */
function isClosed(segment: string): boolean {
  return /[.!?…؟۔。！？।]['"’”»)\]\s]*$/u.test(segment);
}
