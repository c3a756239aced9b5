/**
 * What items are recognised by, and who shares it. The index of fingerprints is kept by periods of 120 days, so that a look-up
 * meets what is dated at most sixty days before or after, and what is of long ago stays where it is, on the disk. What has no
 * day, or only a month or a year, is in a period of its own that every look-up asks.
 */
import type { Instant, SourceKey } from '../model.ts';
import type { Imprint, Posting, Shelf, Span, Stopped } from '../story-plan.ts';
import { byIds } from './by-ids.ts';
import type { Engine, Sought } from './engine.ts';
import { printsIn } from './fresh-prints.ts';
import { isAmong, openMarks } from './marks.ts';
import { sparing, withoutTooMany } from './stops.ts';

const periodMs = 120 * 86_400_000;

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
  read(ids: readonly number[]): Promise<ReadonlyMap<number, Imprint>>;
  readonly writing: Pick<Shelf, 'imprint' | 'postings' | 'marked' | 'stopped' | 'stop'>;
}

export function openImprints(engine: Engine): Imprints {
  const known = byIds<Row>(
    engine,
    (among) => `select item, source, period, prints, marks from imprints where item ${among}`,
  );
  const one = engine.prepare<Row>('select item, source, period, prints, marks from imprints where item = ?');
  const keep = engine.prepare(
    `insert into imprints (item, source, period, prints, marks) values (?, ?, ?, ?, ?)
       on conflict (item) do update set period = excluded.period, prints = excluded.prints, marks = excluded.marks`,
  );
  const index = engine.openPrints();
  const marks = openMarks(engine, () => index.epoch());

  /** Each once, and only what the imprint itself says. */
  const verified = async (
    met: readonly Posting[],
    periods: Sought['periods'],
    stopped: Stopped,
  ): Promise<Posting[]> => {
    const byItem = new Map<number, Set<number>>();
    for (const { print, item } of met) {
      const prints = byItem.get(item);
      if (prints === undefined) byItem.set(item, new Set([print]));
      else prints.add(print);
    }
    if (byItem.size === 0) return [];
    const isSpared = sparing(stopped);
    const postings: Posting[] = [];
    const found = await marks.read([...byItem.keys()]);
    for (const [item, wanted] of [...byItem].sort(([a], [b]) => a - b)) {
      const mark = found.get(item);
      if (mark === undefined || periods?.has(mark.period) === false) continue;
      for (const print of wanted)
        if (isAmong(mark.sorted, print) && isSpared(print, mark.sourceKey)) postings.push({ print, item });
    }
    return postings;
  };
  return {
    read: async (ids) => new Map((await known(ids)).map((row) => [row.item, imprintOf(row)])),
    writing: {
      async imprint({ id, published, sourceKey }, imprint) {
        const period = periodOf(published);
        const before = await one.get(id);
        if (before !== undefined && imprint.prints.length === 0 && imprint.title.length === 0) return;
        const { prints, ...rest } = imprint;
        const bytes = Buffer.from(prints.buffer, prints.byteOffset, prints.byteLength);
        const words = JSON.stringify(rest);
        const isIndexed = before?.period === period && before.prints.equals(bytes);
        const isAsBefore = isIndexed && before.marks === words;
        await index.catchUp();
        if (!isAsBefore) await keep.run(id, sourceKey, period, bytes, words);
        await index.written(); // also of one whose date alone has changed: it may be undone
        if (!isIndexed) await index.add(id, period, prints);
        marks.put({ id, sourceKey, published, period, sorted: prints.toSorted(), title: rest.title });
      },
      async postings({ id, published, imprint: { prints } }, uncounted) {
        const periods = isDay(published) ? periodsAround(published.from) : undefined;
        const { met, stopped } = await index.find({ prints, periods, self: id }, uncounted);
        return await withoutTooMany(await verified(met, periods, stopped), index.stop);
      },
      async marked(ids) {
        await index.catchUp();
        return await marks.read(ids);
      },
      stopped: index.stopped,
      stop: index.stop,
    },
  };
}

function imprintOf({ prints, marks }: Row): Imprint {
  return { prints: printsIn(prints), ...(JSON.parse(marks) as Marks) };
}

/** Of what has no day. Nothing is published in the first 120 days of 1970: such dates are none (normalise/moments.ts). */
const noPeriod = 0;
const dayMs = 86_400_000;

function isDay(published: Span | undefined): published is Span {
  return published !== undefined && published.to - published.from <= dayMs;
}

/** By which the index is kept. */
export function periodOf(published: Span | undefined): number {
  return isDay(published) ? Math.floor(published.from / periodMs) : noPeriod;
}

/** The period of a date, the one that is within sixty days of it, and what has no day. */
function periodsAround(date: Instant): ReadonlySet<number> {
  const period = Math.floor(date / periodMs);
  const other = date / periodMs - period < 0.5 ? period - 1 : period + 1;
  return new Set([noPeriod, period, other]);
}
