/**
 * Words of a list found in a text where they stand: no word is taken out of the text to be looked up, which would cost more
 * than all the rest of hearing a language.
 */

/** What stands under each word of a list. */
export interface WordList<Meaning> {
  /**
   * Looks at every run of letters (a–z, Latin letters with marks) of a text in small letters, in order. Linear.
   * @param found is told what stands under each that is in the list, in full
   * @returns how many runs there are
   */
  readonly visit: (lowerCase: string, found: (meaning: Meaning) => void) => number;
}

/** Codes below this are told by a table; above it are letters of one block alone. */
const tableSize = 0x2b0;
const letterTable = Uint8Array.from({ length: tableSize }, (_, code) =>
  /[a-z\u00aa\u00b5\u00ba\u00df-\u00f6\u00f8-\u02af]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isLetter(code: number): boolean {
  return code < tableSize ? letterTable[code] === 1 : code >= 0x1e00 && code < 0x1f00;
}

/** A list of such words; others are never found. */
export function listWords<Meaning>(meanings: ReadonlyMap<string, Meaning>): WordList<Meaning> {
  const words = [...meanings.keys()];
  const told = [...meanings.values()];
  const last = 2 ** Math.ceil(Math.log2(4 * words.length + 4)) - 1;
  const hashes = new Int32Array(last + 1);
  /** Of a word, counted from 1; 0 is none. */
  const places = new Uint16Array(last + 1);
  for (const [index, word] of words.entries()) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = mixed(hash, word.charCodeAt(at));
    let slot = slotOf(hash) & last;
    while (places[slot] !== 0) slot = (slot + 1) & last;
    hashes[slot] = hash;
    places[slot] = index + 1;
  }

  const find = (text: string, hash: number, start: number, end: number): number => {
    let slot = slotOf(hash) & last;
    for (let place = places[slot] ?? 0; place !== 0; place = places[slot] ?? 0) {
      if (hashes[slot] === hash && isAt(text, start, end, words[place - 1] ?? '')) return place - 1;
      slot = (slot + 1) & last;
    }
    return -1;
  };

  return {
    visit(text, found) {
      const { length } = text;
      let runs = 0;
      for (let at = 0; at < length; at++) {
        let code = text.charCodeAt(at);
        if (!isLetter(code)) continue;
        const start = at;
        let hash = mixed(0, code);
        for (at++; at < length; at++) {
          code = text.charCodeAt(at);
          if (!isLetter(code)) break;
          hash = mixed(hash, code);
        }
        runs++;
        const place = find(text, hash, start, at);
        if (place >= 0) found(told[place] as Meaning);
      }
      return runs;
    },
  };
}

function isAt(text: string, start: number, end: number, word: string): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at++) if (text.charCodeAt(start + at) !== word.charCodeAt(at)) return false;
  return true;
}

function mixed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

function slotOf(hash: number): number {
  return hash ^ (hash >>> 12);
}
