/**
 * The beginning of a text that may stand for it: whole sentences, as many as there is room for, by the rules of Unicode
 * (UAX 29), which know the full stops of all scripts. Pure.
 */
import type { Language } from '../model.ts';
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
}

/**
 * @param text paragraphs separated by newlines; a paragraph ends a sentence
 * @param words at most so many, and at most 500 characters for 60 words
 */
export function excerptOf(text: string, lang: Language, words: number): Excerpt {
  const characters = Math.round(words * charactersEach);
  const isWithin = (line: string): boolean => line.length <= characters && wordsIn(line) <= words;
  const whole = foldSpace(text.length > characters * 3 + lookAhead ? '' : text);
  if (whole !== '' && isWithin(whole)) return { text: whole, isWhole: true };
  const beginning = text.slice(0, characters * 2 + lookAhead);
  const isCut = beginning.length < text.length;
  let taken = '';
  let closed = '';
  let open = '';
  for (const { segment } of segmenterFor(lang).segment(beginning)) {
    open += segment;
    const line = foldSpace(open);
    if (!isWithin(line)) break;
    const isLast = open.length === beginning.length;
    if (!(isLast ? !isCut : endsThere(segment))) continue;
    taken = line;
    if (isClosed(segment)) closed = line;
  }
  // A heading or a line of a list promises what does not follow.
  if (taken !== '') return { text: closed || taken, isWhole: true };
  const cut = cutAtWord(foldSpace(beginning), words, characters - 1);
  return { text: cut, isWhole: cut === '' };
}

function wordsIn(line: string): number {
  let count = 0;
  for (const _ of line.matchAll(/\S+/g)) count++;
  return count;
}

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
  return segment.endsWith('\n') || !abbreviation.test(segment.slice(-12));
}

/** It ends in a mark that closes a sentence, perhaps inside quotation marks or brackets. */
function isClosed(segment: string): boolean {
  return /[.!?…؟۔。！？।]['"’”»)\]\s]*$/u.test(segment);
}
