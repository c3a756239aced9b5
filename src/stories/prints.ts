/**
 * A text to the fingerprints of its passages, by winnowing: S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local
 * algorithms for document fingerprinting", SIGMOD 2003. Of every four neighbouring shingles of five words the smallest hash
 * is kept, the rightmost of equals, so that two texts which share eight words in a row share a fingerprint, wherever it stands.
 */
import { isAllAscii } from '../text/ascii.ts';
import { fold, isInWord } from './folding.ts';

/** Words of a shingle; each is taken up by name in `shingle`. */
const shingleWords = 5;
/** Neighbouring shingles of which one is kept. */
const window = 4;
/** Characters that are looked at: as many as any statement has. */
const mostCharacters = 200_000;
/** Fingerprints kept of one text: a book of which all the rest is a copy shows in this many. */
const mostPrints = 4_000;

const webAddress = /https?:\/\/[^\s<>"]+/g;

/** For the text in hand; kept, since to make such lists costs as much as filling them. Longer texts get lists of their own. */
const bytesKept = Buffer.alloc(32_768);
const wordsKept = new Int32Array(16_384);
const placesKept = new Uint16Array(4_096);

/**
 * Linear in the text.
 * @param text plain text, of any script
 * @returns signed 32-bit hashes in the order of the text, each once; none for fewer than five words
 */
export function printsOf(text: string): Int32Array {
  const beginning = text.length > mostCharacters ? text.slice(0, mostCharacters) : text;
  const words = wordHashes(beginning.includes('://') ? beginning.replace(webAddress, ' ') : beginning);
  const count = words.length - shingleWords + 1;
  return count < 1 ? new Int32Array(0) : distinct(winnow(shingle(words, count)));
}

/** In place: no shingle to come holds the word where one is written. */
function shingle(words: Int32Array, count: number): Int32Array {
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(words[at] ?? 0, 0x5bd1e995);
  for (let at = 0; at < count; at++) {
    let hash = afterWord(0x1b873593, words[at] ?? 0);
    hash = afterWord(hash, words[at + 1] ?? 0);
    hash = afterWord(hash, words[at + 2] ?? 0);
    hash = afterWord(hash, words[at + 3] ?? 0);
    words[at] = mix(afterWord(hash, words[at + 4] ?? 0));
  }
  return words.subarray(0, count);
}

function afterWord(hash: number, word: number): number {
  return Math.imul((hash << 13) | (hash >>> 19), 5) ^ word;
}

/** In place: what is kept is written where the window has been. */
function winnow(shingles: Int32Array): Int32Array {
  let kept = 0;
  let smallest = 0;
  let place = -window;
  for (let end = Math.min(window, shingles.length) - 1; end < shingles.length; end++) {
    const newest = shingles[end] ?? 0;
    if (place <= end - window) {
      // It has left the window.
      place = Math.max(0, end - window + 1);
      smallest = shingles[place] ?? 0;
      for (let at = place + 1; at <= end; at++) {
        const shingle = shingles[at] ?? 0;
        if (shingle > smallest) continue;
        smallest = shingle;
        place = at;
      }
    } else if (newest <= smallest) {
      smallest = newest;
      place = end;
    } else continue;
    shingles[kept++] = smallest;
  }
  return shingles.subarray(0, kept);
}

/** The first of each, in order. Open addressing: of each slot the place of what is in it, counted from 1. A Set costs as much as all the rest. */
function distinct(prints: Int32Array): Int32Array {
  const last = 2 ** Math.ceil(Math.log2(2 * Math.min(prints.length, mostPrints))) - 1;
  const places = last < placesKept.length ? placesKept.fill(0, 0, last + 1) : new Uint16Array(last + 1);
  let size = 0;
  for (let at = 0; at < prints.length && size < mostPrints; at++) {
    const print = prints[at] ?? 0;
    let slot = print & last;
    let place = places[slot] ?? 0;
    for (; place > 0 && prints[place - 1] !== print; place = places[slot] ?? 0) slot = (slot + 1) & last;
    if (place > 0) continue;
    prints[size++] = print;
    places[slot] = size;
  }
  return prints.slice(0, size);
}

/** FNV-1a (G. Fowler, L. Noll, K.-P. Vo) over the characters of each word, folded. */
function wordHashes(text: string): Int32Array {
  const folded = isAllAscii(text) ? text : fold(text);
  return isAllAscii(folded) ? hashesOfAscii(folded) : hashesOfFolded(folded);
}

/** Of a character of ASCII, what it is folded to; 0 where it is no part of a word. */
const foldedAscii = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code).toLowerCase();
  return /[a-z0-9]/.test(character) ? character.charCodeAt(0) : 0;
});

function hashesOfAscii(text: string): Int32Array {
  const bytes = text.length < bytesKept.length ? bytesKept : Buffer.alloc(text.length + 1);
  const end = bytes.write(text, 0, 'latin1');
  bytes[end] = 0; // ends the last word
  const hashes = text.length < 2 * wordsKept.length ? wordsKept : new Int32Array(text.length / 2 + 1);
  let words = 0;
  for (let at = 0; at < end; at++) {
    let letter = foldedAscii[bytes[at] ?? 0] ?? 0;
    if (letter === 0) continue;
    let hash = 0x811c9dc5;
    for (; letter > 0; letter = foldedAscii[bytes[at] ?? 0] ?? 0) {
      hash = Math.imul(hash ^ letter, 0x01000193);
      at++;
    }
    hashes[words++] = hash;
  }
  return hashes.subarray(0, words);
}

/** The same of a text in which letters of other scripts are. */
function hashesOfFolded(folded: string): Int32Array {
  const hashes = folded.length <= wordsKept.length ? wordsKept : new Int32Array(folded.length);
  let words = 0;
  let hash = 0;
  let isInside = false;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    const isWord = isInWord(code);
    if (isInside && (!isWord || standsAlone(code))) {
      hashes[words++] = hash;
      isInside = false;
    }
    if (!isWord) continue;
    if (!isInside) hash = 0x811c9dc5;
    isInside = true;
    hash = Math.imul(hash ^ code, 0x01000193);
    if (!standsAlone(code)) continue;
    hashes[words++] = hash;
    isInside = false;
  }
  if (isInside) hashes[words++] = hash;
  return hashes.subarray(0, words);
}

/** Chinese, Japanese, Thai, Lao, Burmese and Khmer put no spaces between words: there each letter is one. */
function standsAlone(code: number): boolean {
  return (
    code >= 0x0e00 &&
    (code <= 0x0eff ||
      (code >= 0x1000 && code <= 0x109f) ||
      (code >= 0x1780 && code <= 0x17ff) ||
      (code >= 0x3040 && code <= 0x30ff) ||
      (code >= 0x3400 && code <= 0x9fff))
  );
}

/** The last step of MurmurHash3 (A. Appleby): every bit of what goes in shows in all bits of what comes out. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
