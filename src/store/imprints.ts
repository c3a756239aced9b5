/**
 * What items are recognised by, and the inverted index of their fingerprints. The index is kept by periods of 120 days, so that
 * a look-up meets what is dated at most sixty days before or after, and what is of long ago stays where it is, on the disk.
 * What has no day, or only a month or a year, is in a period of its own that every look-up asks.
 *
 * An item is fresh until it is in a segment (merging.ts), and fresh ones are looked up in memory. Memory and segments may say
 * too much (an item was edited, removed, or never kept), so that what they find is asked of the imprint itself; they never
 * say too little, as each change of segments counts up a generation that is undone along with it.
 */
import type { Instant, SourceKey } from '../model.ts';
import type { Imprint, Posting, Shelf, Span, Stopped } from '../story-plan.ts';
import type { Connection } from './database.ts';
import { type FreshPrints, openFreshPrints } from './fresh-prints.ts';
import { openMerging } from './merging.ts';
import { keyOf } from './print-filter.ts';
import { openSegments } from './segments.ts';
import { openStops, sparing, withoutTooMany } from './stops.ts';

const periodMs = 120 * 86_400_000;
/** Fresh fingerprints that become segments: those of some five hundred posts. */
const mostFresh = 65_536;
/** Fresh fingerprints after which segments are merged by a step, six times as long. */
const freshAStep = 1_024;

export const emptyImprint: Imprint = {
  prints: new Int32Array(0),
  title: [],
  days: [],
  media: [],
  names: [],
  isCut: false,
};

interface Row {
  readonly item: number;
  readonly source: SourceKey;
  readonly period: number;
  readonly prints: Buffer;
  readonly marks: string;
}

type Marks = Omit<Imprint, 'prints'>;

export interface Imprints {
  read(ids: readonly number[]): ReadonlyMap<number, Imprint>;
  readonly writing: Pick<Shelf, 'imprint' | 'postings' | 'stopped' | 'stop'>;
}

/** What memory holds of the index, and the state of the database that it is true of. */
interface Memory {
  readonly fresh: FreshPrints;
  readonly generation: number | undefined;
  /** Changes when another connection has written. */
  readonly dataVersion: number | undefined;
}

export function openImprints(sqlite: Connection): Imprints {
  const known = sqlite.prepare<[string], Row>(
    'select item, source, period, prints, marks from imprints where item in (select value from json_each(?))',
  );
  const one = sqlite.prepare<[number], Row>('select item, source, period, prints, marks from imprints where item = ?');
  const keep = sqlite.prepare<[number, SourceKey, number, Buffer, string]>(
    `insert into imprints (item, source, period, prints, marks) values (?, ?, ?, ?, ?)
       on conflict (item) do update set period = excluded.period, prints = excluded.prints, marks = excluded.marks`,
  );
  const freshen = sqlite.prepare<[number]>('insert or ignore into fresh_imprints (item) values (?)');
  const freshOnes = sqlite.prepare<[], Omit<Row, 'marks'>>(
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
  const merging = openMerging(sqlite, stops.stopped);
  let memory: Memory | undefined;

  const readFresh = (): Memory['fresh'] => {
    const fresh = openFreshPrints();
    for (const { item, period, prints } of freshOnes.iterate()) fresh.add(item, period, printsIn(prints));
    return fresh;
  };
  const remember = (fresh: FreshPrints): Memory => {
    const now = { fresh, generation: nextGeneration.get(), dataVersion: dataVersion.get() };
    memory = now;
    return now;
  };
  const current = (): Memory => {
    if (memory !== undefined && memory.generation === generation.get() && memory.dataVersion === dataVersion.get())
      return memory;
    segments.reload();
    return remember(readFresh()); // a generation of its own: what was read may be undone too
  };
  /** Segments have changed by our own hand. */
  const changed = (fresh: FreshPrints): void => {
    segments.refresh();
    remember(fresh);
  };
  const merge = (before: number, fresh: FreshPrints): void => {
    const steps = Math.floor(fresh.size() / freshAStep) - Math.floor(before / freshAStep);
    for (let step = 0; step < steps && merging.step(segments.list()); step++) changed(fresh);
    if (fresh.size() < mostFresh) return;
    merging.flush(freshOnes.all().map((row) => ({ ...row, prints: printsIn(row.prints) })));
    noneFresh.run();
    changed(openFreshPrints());
  };

  const found = (
    prints: Int32Array,
    periods: ReadonlySet<number> | undefined,
    self: number,
    uncounted: (stopped: Stopped) => ReadonlySet<number>,
  ): Posting[] => {
    const { fresh } = current();
    const asked = segments.list().filter(({ period }) => periods?.has(period) ?? true);
    const keys = Uint32Array.from(prints, keyOf);
    const met: Posting[] = [];
    for (const print of prints)
      fresh.find(print, (item, period) => {
        if (item !== self && (periods?.has(period) ?? true)) met.push({ print, item });
      });
    // A filter that is not in memory costs as much to read as what it spares one.
    const hits = asked.map((segment) => ({
      segment,
      places: periods === undefined ? [...keys.keys()] : segments.sift(segment, keys),
    }));
    const promising = new Set([
      ...met.map(({ print }) => print),
      ...hits.flatMap(({ places }) => places.map((at) => prints[at] ?? 0)),
    ]);
    if (promising.size === 0) return [];
    const stopped = stops.stopped(promising);
    const unwanted = uncounted(stopped);
    for (const { segment, places } of hits) {
      for (const at of places) {
        const print = prints[at] ?? 0;
        if (unwanted.has(print)) continue;
        for (const item of segments.holders(segment, keys[at] ?? 0)) if (item !== self) met.push({ print, item });
      }
    }
    return verified(
      met.filter(({ print }) => !unwanted.has(print)),
      periods,
      sparing(stopped),
    );
  };
  /** Each once, and only what the imprint itself says. */
  const verified = (
    met: readonly Posting[],
    periods: ReadonlySet<number> | undefined,
    isSpared: ReturnType<typeof sparing>,
  ): Posting[] => {
    const byItem = new Map<number, Set<number>>();
    for (const { print, item } of met) {
      const prints = byItem.get(item);
      if (prints === undefined) byItem.set(item, new Set([print]));
      else prints.add(print);
    }
    if (byItem.size === 0) return [];
    return known.all(JSON.stringify([...byItem.keys()])).flatMap(({ item, source, period, prints }) => {
      if (periods?.has(period) === false) return [];
      const wanted = byItem.get(item) ?? new Set();
      return [...printsIn(prints)]
        .filter((print) => wanted.has(print) && isSpared(print, source))
        .map((print) => ({ print, item }));
    });
  };
  return {
    read: (ids) => new Map(known.all(JSON.stringify(ids)).map((row) => [row.item, imprintOf(row)])),
    writing: {
      imprint({ id, published, sourceKey }, imprint) {
        const period = periodOf(published);
        const before = one.get(id);
        if (before !== undefined && imprint.prints.length === 0 && imprint.title.length === 0) return;
        const { prints, ...rest } = imprint;
        const bytes = Buffer.from(prints.buffer, prints.byteOffset, prints.byteLength);
        const marks = JSON.stringify(rest);
        const isIndexed = before?.period === period && before.prints.equals(bytes);
        if (isIndexed && before.marks === marks) return;
        const { fresh } = current(); // before anything is written that it would read
        keep.run(id, sourceKey, period, bytes, marks);
        if (isIndexed) return;
        freshen.run(id);
        const size = fresh.size();
        fresh.add(id, period, prints);
        merge(size, fresh);
      },
      postings({ id, published, imprint }, uncounted) {
        const periods = isDay(published) ? periodsAround(published.from) : undefined;
        return withoutTooMany(found(imprint.prints, periods, id, uncounted), stops.stop);
      },
      ...stops,
    },
  };
}

function imprintOf({ prints, marks }: Row): Imprint {
  return { prints: printsIn(prints), ...(JSON.parse(marks) as Marks) };
}

function printsIn(bytes: Buffer): Int32Array {
  return new Int32Array(new Uint8Array(bytes).buffer); // a Buffer may begin anywhere
}

/** Of what has no day. Nothing is published in the first 120 days of 1970: such dates are none (normalise/moments.ts). */
const noPeriod = 0;
const dayMs = 86_400_000;

function isDay(published: Span | undefined): published is Span {
  return published !== undefined && published.to - published.from <= dayMs;
}

function periodOf(published: Span | undefined): number {
  return isDay(published) ? Math.floor(published.from / periodMs) : noPeriod;
}

/** The period of a date, the one that is within sixty days of it, and what has no day. */
function periodsAround(date: Instant): ReadonlySet<number> {
  const period = Math.floor(date / periodMs);
  const other = date / periodMs - period < 0.5 ? period - 1 : period + 1;
  return new Set([noPeriod, period, other]);
}
