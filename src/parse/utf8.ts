/** How much of a document is UTF-8, where not all of it is. */

/** What stands in a document beside ASCII. */
interface Utf8Count {
  /** Well-formed sequences of two bytes or more. */
  readonly sequences: number;
  /** Bytes that belong to none. */
  readonly strays: number;
}

/** Counts in one pass, by table 3-7 of the Unicode Standard (well-formed UTF-8 byte sequences). */
export function countUtf8(bytes: Uint8Array): Utf8Count {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(bytes, at, lead);
    if (length === 0) strays++;
    else sequences++;
    at += Math.max(length, 1);
  }
  return { sequences, strays };
}

/** Bytes of the sequence that begins here, 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  const second = bytes[at + 1] ?? 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80; // else it could be said in fewer bytes
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf; // else it is half a pair, or beyond Unicode
  if (second < least || second > most) return 0;
  for (let next = at + 2; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
