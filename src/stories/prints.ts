/**
 * A text to the fingerprints of its passages, by winnowing: S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local
 * algorithms for document fingerprinting", SIGMOD 2003. Of every four neighbouring shingles of five words the smallest hash
 * is kept, the rightmost of equals, so that two texts which share eight words in a row share a fingerprint, wherever it stands.
 */
import { fold, isInWord } from './folding.ts';

/** Words of a shingle. */
const shingleWords = 5;
/** Neighbouring shingles of which one is kept. */
const window = 4;
/** Characters that are looked at: as many as any statement has. */
const mostCharacters = 200_000;
/** Fingerprints kept of one text: a book of which all the rest is a copy shows in this many. */
const mostPrints = 4_000;

const webAddress = /https?:\/\/[^\s<>"]+/g;

/**
 * Linear in the text.
 * @param text plain text, of any script
 * @returns signed 32-bit hashes in the order of the text, each once; none for fewer than five words
 */
export function printsOf(text: string): Int32Array {
  const hashes = wordHashes(fold(text.slice(0, mostCharacters).replace(webAddress, ' ')));
  const count = hashes.length - shingleWords + 1;
  if (count < 1) return new Int32Array(0);
  const shingles = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    let hash = 0x1b873593;
    for (let word = at; word < at + shingleWords; word++)
      hash = Math.imul((hash << 13) | (hash >>> 19), 5) ^ Math.imul(hashes[word] ?? 0, 0x5bd1e995);
    shingles[at] = mix(hash);
  }
  return winnow(shingles);
}

function winnow(shingles: Int32Array): Int32Array {
  const kept: number[] = [];
  const known = new Set<number>();
  let smallest = -1; // place of the smallest of the window before
  const last = Math.max(1, shingles.length - window + 1);
  for (let start = 0; start < last && kept.length < mostPrints; start++) {
    const end = Math.min(start + window, shingles.length);
    if (smallest >= start && (shingles[end - 1] ?? 0) > (shingles[smallest] ?? 0)) continue;
    let place = start;
    for (let at = start; at < end; at++) if ((shingles[at] ?? 0) <= (shingles[place] ?? 0)) place = at;
    smallest = place;
    const print = shingles[place] ?? 0;
    if (known.has(print)) continue;
    known.add(print);
    kept.push(print);
  }
  return Int32Array.from(kept);
}

/** FNV-1a (G. Fowler, L. Noll, K.-P. Vo) over the characters of each word. */
function wordHashes(folded: string): Int32Array {
  const hashes = new Int32Array(folded.length);
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
