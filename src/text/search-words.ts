/** Words as readers search for them: alike in lower case, without marks, and in the letters of whichever keyboard. Pure. */

/** What no decomposition brings together and people write one for the other. */
const alike: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ς: 'σ',
  // Arabic, Farsi and Sorani: keyboards differ in these, and so do habits.
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ة: 'ه',
  ە: 'ه',
  ہ: 'ه',
  ـ: '',
};
const unlike = new RegExp(`[${Object.keys(alike).join('')}]`, 'g');

/** Of Arabic and of Farsi; whoever writes in these writes dates in either kind, and in ours. */
const arabicDigit = /[\u0660-\u0669\u06f0-\u06f9]/g;

const longestWord = 40;

/** Between parts of a word that Farsi writes apart and close; many write them together, or with a space. */
const halfSpace = /\u200c/g;

/**
 * The words by which a text is found, each once, in their order: what is written with a half-space is found by its parts and as one
 * word.
 */
export function searchWords(text: string): string[] {
  const whole = text.includes('\u200c') ? [text, text.replace(halfSpace, '')] : [text];
  return [...new Set(whole.flatMap(foldedWords))];
}

/**
 * The words of what readers type, each once. The script of the search page (publish/pages/search-script.ts) folds it by the same
 * rule.
 */
export function askedWords(text: string): string[] {
  return [...new Set(foldedWords(text.replace(halfSpace, '')))];
}

function foldedWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = inOneLetter(folded).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => word.slice(0, longestWord));
}

/** Small letters and digits that people write one for the other become one. @param folded in lower case, without marks */
export function inOneLetter(folded: string): string {
  return folded
    .replace(unlike, (letter) => alike[letter] ?? letter)
    .replace(arabicDigit, (digit) => String(digit.charCodeAt(0) & 15));
}
