/**
 * How the index of fingerprints is written: what is fresh becomes segments, and segments of one period become one, so that
 * there are few to ask. P. O'Neil et al., "The log-structured merge-tree", Acta Informatica 1996; merged by steps of bounded
 * length, since somebody waits for each transaction.
 */
import type { SourceKey } from '../model.ts';
import type { Connection } from './database.ts';
import { nextMerge, postingsIn, shortestMade } from './merge-choice.ts';
import {
  between,
  bytesOf,
  chunksOf,
  frequentKeys,
  joined,
  mergePostings,
  only,
  type Postings,
  postingsOf,
  sortPostings,
} from './postings.ts';
import { firstKeyOf, keyOf, makePiece, piecesFor, placeIn, printOf } from './print-filter.ts';
import { keysASegment, type Segment, type Segments } from './segments.ts';
import { mostPostings, type StopRows, sparing } from './stops.ts';

/** Pieces of a filter, and the postings they speak for, that one step makes: about two thousand postings. */
const piecesAStep = 1;
/** What fewer items have in one segment is not asked about: it may be told in all places where it is met. */
const fewestStopped = 3;

export interface FreshItem {
  readonly item: number;
  readonly source: SourceKey;
  readonly period: number;
  readonly prints: Int32Array;
}

export interface Merging {
  /** Makes a segment of each period of these. */
  readonly flush: (fresh: readonly FreshItem[]) => void;
  /** Goes on with the shortest merge that is under way, or begins one. @returns whether there was anything to do */
  readonly step: () => boolean;
}

/** @param stopped which fingerprints count for nothing somewhere */
export function openMerging(sqlite: Connection, segments: Segments, stopped: StopRows['stopped']): Merging {
  const begin = sqlite
    .prepare<[number, number, number, number | null], number>(
      'insert into print_segments (period, postings, pieces, next_piece) values (?, ?, ?, ?) returning id',
    )
    .pluck();
  const take = sqlite.prepare<[number, number]>('update print_segments set merged_into = ? where id = ?');
  const advance = sqlite.prepare<[number | null, number]>('update print_segments set next_piece = ? where id = ?');
  const remove = sqlite.prepare<[number]>('delete from print_segments where merged_into = ?');
  const putChunk = sqlite.prepare<[number, Buffer]>('insert into print_postings (place, bytes) values (?, ?)');
  const putPiece = sqlite.prepare<[number, Uint8Array]>('insert into print_filters (place, bytes) values (?, ?)');
  /** The place of the chunk that has this key, if any has. */
  const chunkOf = sqlite
    .prepare<[number, number], number | null>('select max(place) from print_postings where place <= ? and place >= ?')
    .pluck();
  const chunks = sqlite.prepare<[number, number], { readonly place: number; readonly bytes: Buffer }>(
    'select place, bytes from print_postings where place >= ? and place < ? order by place',
  );
  const dropChunks = sqlite.prepare<[number, number]>('delete from print_postings where place >= ? and place < ?');
  const dropPieces = sqlite.prepare<[number, number]>('delete from print_filters where place >= ? and place < ?');

  const write = (segment: number, pieces: number, range: readonly [number, number], postings: Postings): void => {
    for (const chunk of chunksOf(postings)) putChunk.run(segment * keysASegment + (chunk.keys[0] ?? 0), bytesOf(chunk));
    for (let piece = range[0]; piece < range[1]; piece++) {
      const { keys } = between(postings, firstKeyOf(piece, pieces), firstKeyOf(piece + 1, pieces));
      putPiece.run(segment * keysASegment + piece, makePiece(keys, piece, pieces));
    }
  };
  const withoutOwn = (postings: Postings, sources: ReadonlyMap<number, SourceKey>): Postings => {
    const keys = frequentKeys(postings, fewestStopped).filter((key) => stopped.get(printOf(key)) !== undefined);
    const isSpared = sparing(stopped);
    return only(postings, keys, (key, item) => isSpared(printOf(key), sources.get(item) ?? ''));
  };
  /** What counts for nothing is asked for all the same by texts that are hardly anything else. */
  const withoutTooMany = (postings: Postings): Postings => {
    const frequent = frequentKeys(postings, mostPostings);
    const keys = frequent.filter((key) => stopped.get(printOf(key))?.isEverywhere === true);
    return only(postings, keys, () => false);
  };
  /** Also the place of the last chunk, in which more may stand than was wanted. */
  const readRange = ({ id }: Segment, from: number, to: number): { postings: Postings; last: number } => {
    const start = id * keysASegment;
    const rows = chunks.all(chunkOf.get(start + from, start) ?? start, start + to);
    const postings = between(joined(rows.map(({ bytes }) => postingsOf(bytes))), from, to);
    return { postings, last: rows.at(-1)?.place ?? start };
  };
  const goOn = (target: Segment, from: number, sources: readonly Segment[]): void => {
    const { id, pieces } = target;
    const to = Math.min(pieces, from + piecesAStep);
    const [first, after] = [firstKeyOf(from, pieces), firstKeyOf(to, pieces)];
    const ranges = sources.map((source) => readRange(source, first, after));
    write(id, pieces, [from, to], withoutTooMany(mergePostings(ranges.map(({ postings }) => postings))));
    for (const [at, source] of sources.entries()) {
      const start = source.id * keysASegment;
      const end = start + keysASegment;
      dropChunks.run(start, to === pieces ? end : (ranges[at]?.last ?? start));
      dropPieces.run(start, to === pieces ? end : start + Math.floor(placeIn(after, source.pieces)));
    }
    advance.run(to < pieces ? to : null, id);
    if (to < pieces) segments.advance(id, to);
    else {
      remove.run(id);
      segments.refresh();
    }
  };
  /** All there were when nothing was left to merge. */
  let merged: readonly Segment[] | undefined;
  return {
    flush(fresh) {
      const sources = new Map(fresh.map(({ item, source }) => [item, source]));
      for (const period of new Set(fresh.map((one) => one.period))) {
        const those = fresh.filter((one) => one.period === period);
        const owned = those.map(({ item, prints }) => ({ item, keys: Uint32Array.from(prints, keyOf) }));
        const postings = withoutOwn(sortPostings(owned), sources);
        const pieces = piecesFor(postings.keys.length);
        const id = begin.get(period, postings.keys.length, pieces, null);
        if (id !== undefined) write(id, pieces, [0, pieces], postings);
      }
      segments.refresh();
    },
    step() {
      const all = segments.list();
      if (all === merged) return false;
      const target = shortestMade(all);
      const sources = nextMerge(all);
      if (target !== undefined && (sources.length === 0 || postingsIn(sources) >= target.postings)) {
        const taken = all.filter(({ mergedInto }) => mergedInto === target.id);
        goOn(target, target.nextPiece ?? 0, taken);
        return true;
      }
      if (sources.length === 0) {
        merged = all;
        return false;
      }
      const postings = postingsIn(sources);
      const id = begin.get(sources[0]?.period ?? 0, postings, piecesFor(postings), 0);
      for (const source of sources) if (id !== undefined) take.run(id, source.id);
      segments.refresh();
      return true;
    },
  };
}
