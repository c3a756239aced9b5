/**
 * Which fingerprints a segment of the index may hold: a Bloom filter in pieces of a page (B. Bloom, "Space/time trade-offs in
 * hash coding with allowable errors", CACM 1970), blocked so that a question looks at one place in memory (F. Putze,
 * P. Sanders, J. Singler, "Cache-, hash- and space-efficient Bloom filters", JEA 2009). Four bits of a block of 256 are set for
 * each key, sixteen bits of filter a key: one stranger in three hundred is taken for one that is there, which costs a chunk read for
 * nothing. The few large segments have ten bits a key, by which one in eighty is: more of their filters stay in memory.
 *
 * A piece speaks for a range of keys, so that a segment is written from the smallest key to the largest, pieces and all.
 */

const keySpace = 2 ** 32;
export const blockBytes = 32;
const bitsAKey = 16;
const bitsAKeyOfLarge = 10;
/** Postings from which a segment is a large one: those of some thirty thousand posts. */
const large = 1 << 22;
/** With them a piece fills a page of SQLite's, 4096 bytes. */
const mostBlocks = 126;
export const pieceBytes = mostBlocks * blockBytes;

/** Winnowing keeps small hashes, so fingerprints crowd. Multiplied by 2³² ÷ golden ratio (odd) they lie evenly. */
const spread = 0x9e3779b1;
const gather = inverseOf(spread);

/** A fingerprint as the index sorts it: unsigned, one to one, evenly spread. */
export function keyOf(print: number): number {
  return Math.imul(print, spread) >>> 0;
}

export function printOf(key: number): number {
  return Math.imul(key, gather);
}

/** Modulo 2³², by Newton's method: each round doubles the bits that are right, from three. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let right = 3; right < 32; right *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

/** How many pieces the filter of so many postings has. */
export function piecesFor(postings: number): number {
  const bits = postings < large ? bitsAKey : bitsAKeyOfLarge;
  return Math.max(1, Math.ceil((postings * bits) / (mostBlocks * blockBytes * 8)));
}

/** The piece that speaks for a key, and how far into it the key lies: the whole and the rest of this number. */
export function placeIn(key: number, pieces: number): number {
  return (key * pieces) / keySpace;
}

/** The smallest key that a piece speaks for; of the one after the last, what no key reaches. */
export function firstKeyOf(piece: number, pieces: number): number {
  return Math.ceil((piece * keySpace) / pieces);
}

/** @param keys all keys in the range of this piece */
export function makePiece(keys: Uint32Array, piece: number, pieces: number): Uint8Array {
  const blocks = Math.min(mostBlocks, Math.max(1, Math.ceil((keys.length * bitsAKey) / (blockBytes * 8))));
  const bits = new Uint8Array(blocks * blockBytes);
  for (const key of keys) {
    const start = Math.floor((placeIn(key, pieces) - piece) * blocks) * blockBytes;
    for (let chosen = mixed(key), left = 4; left > 0; left--, chosen >>>= 8) {
      const at = start + ((chosen & 255) >>> 3);
      bits[at] = (bits[at] ?? 0) | (1 << (chosen & 7));
    }
  }
  return bits;
}

/** The bits of a block that are set for each key: a question is put to many segments. */
export function bitsFor(keys: Uint32Array): Uint32Array {
  const chosen = new Uint32Array(keys.length);
  for (let at = 0; at < keys.length; at++) chosen[at] = mixed(keys[at] ?? 0);
  return chosen;
}

/**
 * @param bits in which a piece stands from `from` on, of so many blocks
 * @param chosen what `bitsFor` has said of the key
 * @param inside how far into the piece the key lies, from 0 up to 1
 */
export function mayHold(bits: Uint8Array, from: number, blocks: number, chosen: number, inside: number): boolean {
  const start = from + Math.floor(inside * blocks) * blockBytes;
  for (let rest = chosen, left = 4; left > 0; left--, rest >>>= 8)
    if (((bits[start + ((rest & 255) >>> 3)] ?? 0) & (1 << (rest & 7))) === 0) return false;
  return true;
}

/** Bits that have nothing to do with where the key lies: two rounds of MurmurHash3's last step (A. Appleby). */
function mixed(key: number): number {
  const hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
}
