/**
 * Pieces of segments' filters as far as they have been asked for, in one array for all segments: an array for each, made and thrown
 * away with each merge, left holes in memory that came to more than what is kept. What has not been asked for lately makes room ("second
 * chance": F. J. Corbató, "A Paging Experiment with the Multics System", 1968).
 */
import { blockBytes, pieceBytes } from './print-filter.ts';

/** What memory has of one segment's filter. */
export interface KeptFilter {
  /** Where in `bits` each piece stands, in pieces and from one on; 0 of one that is not there. */
  readonly slots: Int32Array;
  /** How many blocks each of these has. */
  readonly blocks: Uint8Array;
}

export interface KeptPieces {
  readonly bits: () => Uint8Array;
  /** @param pieces how many it has */
  readonly filterOf: (segment: number, pieces: number) => KeptFilter;
  /** @returns the slot of a piece that is asked for; 0 where there is none */
  readonly slotOf: (filter: KeptFilter, segment: number, piece: number) => number;
  /** Forgets the segments for which this does not hold. */
  readonly keepOnly: (isKept: (segment: number) => boolean) => void;
}

/** Pieces, 4 kB each, that stay in memory. */
const mostPieces = 8_192;

/** @param read the bytes of a piece of a segment */
export function openKeptPieces(
  read: (segment: number, piece: number) => Uint8Array | undefined,
  most = mostPieces,
): KeptPieces {
  const filters = new Map<number, KeptFilter>();
  /** Which piece of whose stands in each slot. */
  const holders: (KeptFilter | undefined)[] = [];
  const pieces: number[] = [];
  const isAsked = new Uint8Array(most);
  const emptied: number[] = [];
  let bits: Uint8Array | undefined;
  let hand = 0;

  const bitsNow = (): Uint8Array => {
    bits ??= new Uint8Array(most * pieceBytes); // pages that nothing is written to take no memory
    return bits;
  };
  const freeSlot = (): number => {
    const empty = emptied.pop() ?? holders.length;
    if (empty < most) return empty;
    while (isAsked[hand] === 1) {
      isAsked[hand] = 0;
      hand = (hand + 1) % most;
    }
    const free = hand;
    hand = (hand + 1) % most;
    return free;
  };
  return {
    bits: bitsNow,
    filterOf(segment, count) {
      const filter = filters.get(segment) ?? { slots: new Int32Array(count), blocks: new Uint8Array(count) };
      filters.set(segment, filter);
      return filter;
    },
    slotOf(filter, segment, piece) {
      const slot = filter.slots[piece] ?? 0;
      if (slot > 0) {
        isAsked[slot - 1] = 1;
        return slot;
      }
      const bytes = read(segment, piece);
      if (bytes === undefined) return 0;
      const free = freeSlot();
      const before = holders[free];
      if (before !== undefined) before.slots[pieces[free] ?? 0] = 0;
      bitsNow().set(bytes, free * pieceBytes);
      holders[free] = filter;
      pieces[free] = piece;
      isAsked[free] = 1;
      filter.slots[piece] = free + 1;
      filter.blocks[piece] = bytes.length / blockBytes;
      return free + 1;
    },
    keepOnly(isKept) {
      for (const [segment, { slots }] of filters) {
        if (isKept(segment)) continue;
        filters.delete(segment);
        for (const slot of slots) {
          if (slot === 0) continue;
          holders[slot - 1] = undefined;
          emptied.push(slot - 1);
        }
      }
    },
  };
}
