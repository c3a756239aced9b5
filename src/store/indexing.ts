/**
 * The inverted index of fingerprints. An item is fresh until it is in a segment (merging.ts), and fresh ones are looked up in
 * memory. Memory and segments may say too much (an item was edited, removed, or never kept), so that what they find is to be
 * asked of the imprint itself; they never say too little, as each change of segments or stops counts up a generation that is
 * undone along with it.
 */
import type { SourceKey } from '../model.ts';
import type { Posting, Stopped } from '../story-plan.ts';
import type { Connection } from './database.ts';
import type { Met, PrintIndex, Sought } from './engine.ts';
import { openFreshPrints, printsIn } from './fresh-prints.ts';
import { openMerging } from './merging.ts';
import { bitsFor, keyOf } from './print-filter.ts';
import { openSegments, type Segment } from './segments.ts';
import { openStops } from './stops.ts';

/** Fresh fingerprints that become segments: those of some five hundred posts. */
const mostFresh = 65_536;
/** Fresh fingerprints after which segments are merged by a step, six times as long. */
const freshAStep = 320;

/** The state of the database that what memory holds of the index is true of. */
interface Known {
  readonly generation: number | undefined;
  /** Changes when another connection has written. */
  readonly dataVersion: number | undefined;
}

interface FreshRow {
  readonly item: number;
  readonly source: SourceKey;
  readonly period: number;
  readonly prints: Buffer;
}

/** The same, answering at once. */
export interface PrintIndexAtOnce extends PrintIndex {
  find(sought: Sought, uncounted: (stopped: Stopped) => ReadonlySet<number>): Met;
  stopped(prints: Iterable<number>): Stopped;
}

export function openPrintIndex(sqlite: Connection): PrintIndexAtOnce {
  const freshen = sqlite.prepare<[number]>('insert or ignore into fresh_imprints (item) values (?)');
  const freshOnes = sqlite.prepare<[], FreshRow>(
    'select item, source, period, prints from fresh_imprints join imprints using (item) order by item',
  );
  const noneFresh = sqlite.prepare('delete from fresh_imprints');
  const dataVersion = sqlite.prepare<[], number>('pragma data_version').pluck();
  const generation = sqlite.prepare<[], number>('select generation from print_index').pluck();
  const nextGeneration = sqlite
    .prepare<[], number>('update print_index set generation = generation + 1 returning generation')
    .pluck();
  const stops = openStops(sqlite);
  const segments = openSegments(sqlite);
  const merging = openMerging(sqlite, segments, stops.stopped);
  const fresh = openFreshPrints();
  let known: Known | undefined;
  let epoch = 0;
  // Whoever takes words out of an imprint, or an item away, need not know that memory has them. By so many at once that what
  // was counted up here and is undone later never comes to the same.
  for (const what of ['update', 'delete'])
    sqlite.exec(`create temp trigger if not exists imprints_after_${what} after ${what} on main.imprints
      begin update print_index set generation = generation + 1000003; end`);

  /** Notes what has been changed by our own hand, or read; in a generation of its own, as it may be undone. */
  const remember = (): void => {
    known = { generation: nextGeneration.get(), dataVersion: dataVersion.get() };
  };
  const catchUp = (): void => {
    if (known !== undefined && known.generation === generation.get() && known.dataVersion === dataVersion.get()) return;
    known = undefined; // until all is read
    epoch++;
    segments.reload();
    fresh.clear();
    for (const { item, period, prints } of freshOnes.iterate()) fresh.add(item, period, printsIn(prints));
    stops.clear();
    remember();
  };
  /** What fails halfway leaves memory in a state that is true of nothing. @returns whether there was anything to change */
  const change = (work: () => boolean): boolean => {
    const before = known;
    known = undefined;
    const isChanged = work();
    if (isChanged) remember();
    else known = before;
    return isChanged;
  };
  const flush = (): boolean => {
    merging.flush(freshOnes.all().map((row) => ({ ...row, prints: printsIn(row.prints) })));
    noneFresh.run();
    fresh.clear();
    return true;
  };
  const merge = (before: number): void => {
    const steps = Math.floor(fresh.size() / freshAStep) - Math.floor(before / freshAStep);
    for (let step = 0; step < steps && change(merging.step); step++);
    if (fresh.size() >= mostFresh) change(flush);
  };
  return {
    catchUp,
    written: remember,
    epoch: () => epoch,
    add(item, period, prints) {
      catchUp();
      freshen.run(item);
      const before = fresh.size();
      fresh.add(item, period, prints);
      merge(before);
    },
    clear() {
      known = undefined;
      for (const table of ['fresh_imprints', 'print_segments', 'print_postings', 'print_filters'])
        sqlite.exec(`delete from ${table}`);
      nextGeneration.get();
    },
    find({ prints, periods, self }, uncounted) {
      catchUp();
      const keys = keysOf(prints);
      const isPromising = new Uint8Array(prints.length);
      for (let at = 0; at < prints.length; at++) if (fresh.hasBeside(self, prints[at] ?? 0)) isPromising[at] = 1;
      // A filter that is not in memory costs as much to read as what it spares one.
      const chosen = periods === undefined ? undefined : bitsFor(keys);
      const hits: { readonly segment: Segment; readonly places: readonly number[] }[] = [];
      for (const segment of segments.list()) {
        if (periods?.has(segment.period) === false) continue;
        const places = chosen === undefined ? [...keys.keys()] : segments.sift(segment, keys, chosen);
        for (const at of places) isPromising[at] = 1;
        if (places.length > 0) hits.push({ segment, places });
      }
      const promising = prints.filter((_, at) => isPromising[at] === 1);
      // What nobody else has is not asked about: most of what is stopped is still on the disk.
      const doubtful = new Set(promising);
      const stopped: Stopped = { get: (print) => (doubtful.has(print) ? stops.stopped.get(print) : undefined) };
      const unwanted = doubtful.size === 0 ? nothing : uncounted(stopped);
      const met: Posting[] = [];
      for (const print of promising) {
        if (unwanted.has(print)) continue;
        fresh.find(print, (item, period) => {
          if (item !== self && (periods?.has(period) ?? true)) met.push({ print, item });
        });
      }
      for (const { segment, places } of hits) {
        const sought = places.filter((at) => !unwanted.has(prints[at] ?? 0));
        sought.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
        const sorted = sought.map((at) => keys[at] ?? 0);
        segments.find(segment, sorted, (place, item) => {
          if (item !== self) met.push({ print: prints[sought[place] ?? 0] ?? 0, item });
        });
      }
      return { met, stopped };
    },
    stopped() {
      catchUp();
      return stops.stopped;
    },
    stop(wanted) {
      catchUp();
      stops.add(wanted);
      remember();
    },
  };
}

const nothing: ReadonlySet<number> = new Set();

function keysOf(prints: Int32Array): Uint32Array {
  const keys = new Uint32Array(prints.length);
  for (let at = 0; at < keys.length; at++) keys[at] = keyOf(prints[at] ?? 0);
  return keys;
}
