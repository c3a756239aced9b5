/**
 * What items are recognised by, and the inverted index of their fingerprints. The index is kept by periods of 120 days, so that
 * a look-up meets what is dated at most sixty days before or after, and pages of long ago stay where they are, on the disk.
 * What has no day, or only a month or a year, is in a period of its own that every look-up asks.
 */
import type { Instant } from '../model.ts';
import type { Imprint, Posting, Shelf, Span } from '../story-plan.ts';
import type { Connection } from './database.ts';

const periodMs = 120 * 86_400_000;
/** A period and a fingerprint in one number: 2³² fingerprints a period. */
const printsAPeriod = 2 ** 32;
/** A fingerprint that so many items have tells nobody from anybody. */
const mostPostings = 255;

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
  readonly prints: Buffer;
  readonly marks: string;
}

type Marks = Omit<Imprint, 'prints'>;

export interface Imprints {
  read(ids: readonly number[]): ReadonlyMap<number, Imprint>;
  readonly writing: Pick<Shelf, 'imprint' | 'postings' | 'stopped' | 'stop'>;
}

export function openImprints(sqlite: Connection): Imprints {
  const known = sqlite.prepare<[string], Row>(
    'select item, prints, marks from imprints where item in (select value from json_each(?))',
  );
  const keep = sqlite.prepare<[number, Buffer, string]>(
    'insert or replace into imprints (item, prints, marks) values (?, ?, ?)',
  );
  const enter = sqlite.prepare<[number, string]>(
    'insert or ignore into prints (place, item) select value, ? from json_each(?) where (value % 4294967296) not in (select print from stopped_prints)',
  );
  const leave = sqlite.prepare<[number, string]>(
    'delete from prints where item = ? and place in (select value from json_each(?))',
  );
  const look = sqlite.prepare<[string], { place: number; item: number }>(
    'select p.place, p.item from json_each(?) j cross join prints p on p.place = j.value',
  );
  const stoppedOf = sqlite
    .prepare<[string], number>('select print from stopped_prints where print in (select value from json_each(?))')
    .pluck();
  const stopOne = sqlite.prepare<[string]>(
    'insert or ignore into stopped_prints (print) select value from json_each(?)',
  );
  const periods = sqlite
    .prepare<[], number>(
      `with recursive known (period) as (
         select (select min(place) from prints) / ${printsAPeriod}
         union all select (select min(place) from prints where place >= (period + 1) * ${printsAPeriod}) / ${printsAPeriod}
           from known where period is not null)
       select period from known where period is not null`,
    )
    .pluck();
  const drop = sqlite
    .prepare<[string], number>('delete from prints where place in (select value from json_each(?)) returning item')
    .pluck();

  const read = (ids: readonly number[]): ReadonlyMap<number, Imprint> =>
    new Map(known.all(JSON.stringify(ids)).map((row) => [row.item, imprintOf(row)]));
  const stop = (prints: Iterable<number>): readonly number[] => {
    const wanted = [...prints].map(unsigned);
    const places = periods.all().flatMap((period) => wanted.map((print) => period * printsAPeriod + print));
    stopOne.run(JSON.stringify(wanted));
    return [...new Set(drop.all(JSON.stringify(places)))];
  };
  return {
    read,
    writing: {
      imprint({ id, published }, imprint) {
        const period = [periodOf(published)];
        const before = read([id]).get(id);
        if (before !== undefined && imprint.prints.length === 0 && imprint.title.length === 0) return;
        if (before !== undefined) leave.run(id, placesOf(before.prints, period));
        const { prints, ...marks } = imprint;
        keep.run(id, Buffer.from(prints.buffer, prints.byteOffset, prints.byteLength), JSON.stringify(marks));
        enter.run(id, placesOf(prints, period));
      },
      postings(prints, published) {
        const around = isDay(published) ? periodsAround(published.from) : periods.all();
        const rows = look.all(placesOf(prints, around));
        return tooMany(
          rows.map(({ place, item }) => ({ print: signed(place % printsAPeriod), item })),
          stop,
        );
      },
      stopped(prints) {
        return new Set(stoppedOf.all(JSON.stringify([...new Set(prints)].map(unsigned))).map(signed));
      },
      stop,
    },
  };
}

/** Leaves out, and stops for good, what is found too often. */
function tooMany(postings: Posting[], stop: (prints: Iterable<number>) => void): Posting[] {
  if (postings.length <= mostPostings) return postings;
  const counts = new Map<number, number>();
  for (const { print } of postings) counts.set(print, (counts.get(print) ?? 0) + 1);
  const stopped = new Set([...counts].filter(([, count]) => count > mostPostings).map(([print]) => print));
  if (stopped.size > 0) stop(stopped);
  return postings.filter(({ print }) => !stopped.has(print));
}

function imprintOf({ prints, marks }: Row): Imprint {
  const aligned = Uint8Array.from(prints); // a Buffer may begin anywhere
  return { prints: new Int32Array(aligned.buffer), ...(JSON.parse(marks) as Marks) };
}

function unsigned(print: number): number {
  return print >>> 0;
}

function signed(print: number): number {
  return print | 0;
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
function periodsAround(date: Instant): readonly number[] {
  const period = Math.floor(date / periodMs);
  const other = date / periodMs - period < 0.5 ? period - 1 : period + 1;
  return [noPeriod, period, other];
}

function placesOf(prints: Iterable<number>, periods: readonly number[]): string {
  const all = [...prints].map(unsigned);
  return `[${periods
    .map((period) => all.map((print) => period * printsAPeriod + print).join())
    .filter((part) => part !== '')
    .join()}]`;
}
