/**
 * Segments of the index of fingerprints as look-ups read them: sorted postings that never change, in chunks of a page, with
 * a filter that says without reading them what they do not hold.
 *
 * A merge takes many steps, each in whatever transaction is under way. Meanwhile the segment in the making answers for the
 * keys that are done, and those that it is made of for the rest.
 */
import type { Connection } from './database.ts';
import { openKeptPieces } from './kept-pieces.ts';
import { itemsIn, lastKeyIn } from './postings.ts';
import { firstKeyOf, mayHold, pieceBytes, placeIn } from './print-filter.ts';
import type { PrintSegmentRow } from './schema.ts';

type SegmentRow = Omit<PrintSegmentRow, 'id'> & { readonly id: number };

/** A segment and a key in one number; so a segment's number is below 2²¹. */
export const keysASegment = 2 ** 32;
export interface Segment {
  readonly id: number;
  readonly period: number;
  /** As many as went in. */
  readonly postings: number;
  /** Of its filter. */
  readonly pieces: number;
  /** The first that is still to be made, where it is in the making. */
  readonly nextPiece: number | undefined;
  /** The segment in the making that takes its postings. */
  readonly mergedInto: number | undefined;
  /** The keys that it answers for, from the first up to, not including, the second. */
  readonly from: number;
  readonly to: number;
}

export interface Segments {
  readonly list: () => readonly Segment[];
  /** Reads all of them anew, as after somebody else has written, or what was written has been undone. */
  readonly reload: () => void;
  /** Reads anew which there are, after a change of one's own. */
  readonly refresh: () => void;
  /** Notes how far one in the making has come: they are many, and nothing else has changed. */
  readonly advance: (id: number, nextPiece: number) => void;
  /** @returns those of the keys that it may hold, by their places in `keys` */
  readonly sift: (segment: Segment, keys: Uint32Array, chosen: Uint32Array) => readonly number[];
  /** @param keys by size: what several of them stand in is read once. @param met called with the place of a key in `keys` and who has it */
  readonly find: (segment: Segment, keys: readonly number[], met: (place: number, item: number) => void) => void;
}

export function openSegments(sqlite: Connection): Segments {
  const known = sqlite.prepare<[], SegmentRow>(
    'select id, period, postings, pieces, next_piece, merged_into from print_segments order by id',
  );
  const chunkAt = sqlite.prepare<[number, number], { readonly bytes: Buffer }>(
    'select bytes from print_postings where place <= ? and place >= ? order by place desc limit 1',
  );
  const pieceAt = sqlite.prepare<[number], Buffer>('select bytes from print_filters where place = ?').pluck();
  let segments: readonly Segment[] = [];
  const kept = openKeptPieces((segment, piece) => pieceAt.get(segment * keysASegment + piece));

  const refresh = (): void => {
    segments = segmentsOf(known.all());
    const ids = new Set(segments.map(({ id }) => id));
    kept.keepOnly((id) => ids.has(id));
  };
  return {
    list: () => segments,
    refresh,
    reload() {
      kept.keepOnly(() => false);
      refresh();
    },
    advance(id, nextPiece) {
      const key = firstKeyOf(nextPiece, segments.find((one) => one.id === id)?.pieces ?? 1);
      segments = segments.map((one) => {
        if (one.id === id) return { ...one, nextPiece, to: key };
        return one.mergedInto === id ? { ...one, from: key } : one;
      });
    },
    sift(segment, keys, chosen) {
      const { id, pieces, from, to } = segment;
      const filter = kept.filterOf(id, pieces);
      const bits = kept.bits();
      const found: number[] = [];
      for (let at = 0; at < keys.length; at++) {
        const key = keys[at] ?? 0;
        if (key < from || key >= to) continue;
        const place = placeIn(key, pieces);
        const piece = Math.floor(place);
        const slot = kept.slotOf(filter, id, piece);
        const blocks = filter.blocks[piece] ?? 0;
        if (slot > 0 && mayHold(bits, (slot - 1) * pieceBytes, blocks, chosen[at] ?? 0, place - piece)) found.push(at);
      }
      return found;
    },
    find({ id, from, to }, keys, met) {
      let bytes: Buffer | undefined;
      let last = -1; // key in these
      for (const [place, key] of keys.entries()) {
        if (key < from || key >= to) continue;
        if (key > last) {
          bytes = chunkAt.get(id * keysASegment + key, id * keysASegment)?.bytes;
          last = bytes === undefined ? key : lastKeyIn(bytes);
        }
        if (bytes !== undefined) for (const item of itemsIn(bytes, key)) met(place, item);
      }
    },
  };
}

function segmentsOf(rows: readonly SegmentRow[]): Segment[] {
  const doneBy = new Map(rows.map(({ id, pieces, next_piece }) => [id, firstKeyOf(next_piece ?? pieces, pieces)]));
  return rows.map(({ id, period, postings, pieces, next_piece, merged_into }) => ({
    id,
    period,
    postings,
    pieces,
    nextPiece: next_piece ?? undefined,
    mergedInto: merged_into ?? undefined,
    from: merged_into === null ? 0 : (doneBy.get(merged_into) ?? 0),
    to: doneBy.get(id) ?? 0,
  }));
}
