/** Letters that people write one for the other, in one form: so that a word is met whatever its case, accents and keyboard. Pure. */
import { inOneLetter } from './search-words.ts';

/**
 * Marks that are left out as often as not: accents, the vowels of Arabic and Hebrew. In scripts of India and South East Asia marks
 * are letters, and stay. With them go signs that nobody sees.
 */
const leftOut =
  /[\u0300-\u034e\u0350-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]|[\u00ad\u200b-\u200f\u2060\ufeff]|\u034f/g;

/**
 * A text in plain letters: lower case, without accents, one kind of apostrophe, hyphen and space. For comparing, not for reading.
 * Each character is changed for itself, so that what is found can be shown where it stands (`placeIn`).
 */
export function plainLetters(text: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  const folded = isPlain ? text.toLowerCase() : folding(text);
  return folded.replace(/\s+/g, ' ');
}

function folding(text: string): string {
  // Composed again, or a Korean syllable would be found inside another.
  const bare = text.normalize('NFKD').replace(leftOut, '').normalize('NFC');
  return inOneLetter(bare.toLowerCase())
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[‐‑–—]/g, '-');
}

/** A part of a text, from its first character to the one behind its last. */
interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * Where a word stands in a text that it was found in.
 * @param word in plain letters
 * @returns undefined where it cannot be told
 */
export function placeIn(text: string, word: string): Place | undefined {
  const places: number[] = [];
  let plain = '';
  let at = 0;
  for (const { segment } of graphemes.segment(text)) {
    const folded = folding(segment).replace(/\s+/g, ' ');
    const added = folded === ' ' && plain.endsWith(' ') ? '' : folded;
    for (let count = 0; count < added.length; count++) places.push(at);
    plain += added;
    at += segment.length;
    const found = plain.indexOf(word, Math.max(0, plain.length - added.length - word.length));
    if (found >= 0) return { from: places[found] ?? 0, to: at };
  }
  return undefined;
}

const graphemes = new Intl.Segmenter();
