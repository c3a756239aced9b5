/**
 * What is kept of items, as it is asked of every text that shares a passage with one at hand: read once and remembered, since a text
 * of everyday words is met by hundreds. An import reads the rows of its own texts again and again otherwise.
 */
import type { SourceKey } from '../model.ts';
import type { Marked } from '../story-plan.ts';
import { byIds } from './by-ids.ts';
import type { Engine } from './engine.ts';
import { printsIn } from './fresh-prints.ts';
import { spanOf } from './item-rows.ts';
import { placeOf } from './postings.ts';
import type { ItemRow } from './schema.ts';

/** And the period of the index that it is in. */
export type Mark = Marked & { readonly period: number };

export interface Marks {
  readonly read: (ids: readonly number[]) => Promise<ReadonlyMap<number, Mark>>;
  readonly put: (mark: Mark) => void;
}

/** Fingerprints remembered: eight megabytes, some eight thousand texts. */
const mostPrints = 2 ** 21;

type Row = Pick<ItemRow, 'published' | 'published_text'> & {
  readonly item: number;
  readonly source: SourceKey;
  readonly period: number;
  readonly prints: Buffer;
  readonly marks: string;
};

/** @param epochNow another number whenever what is remembered may be untrue; undefined where nothing may be */
export function openMarks(engine: Engine, epochNow: () => number | undefined): Marks {
  const rows = byIds<Row>(
    engine,
    (among) => `select p.item, p.source, p.period, p.prints, p.marks, i.published, i.published_text
      from imprints p join items i on i.id = p.item where p.item ${among}`,
  );
  /** The longest remembered first. */
  const known = new Map<number, Mark>();
  let size = 0;
  let epoch: number | undefined;

  const clear = (): void => {
    known.clear();
    size = 0;
  };
  const isRemembering = (): boolean => {
    const now = epochNow();
    if (now !== epoch) clear();
    epoch = now;
    return now !== undefined;
  };
  const put = (mark: Mark): void => {
    if (!isRemembering()) return;
    size += mark.sorted.length - (known.get(mark.id)?.sorted.length ?? 0);
    known.delete(mark.id);
    known.set(mark.id, mark);
    for (const [id, { sorted }] of known) {
      if (size <= mostPrints) break;
      known.delete(id);
      size -= sorted.length;
    }
  };
  return {
    async read(ids) {
      isRemembering();
      const found = new Map<number, Mark>();
      const unread: number[] = [];
      for (const id of ids) {
        const mark = known.get(id);
        if (mark === undefined) unread.push(id);
        else found.set(id, mark);
      }
      for (const row of await rows(unread)) {
        const mark = markOf(row);
        found.set(mark.id, mark);
        put(mark);
      }
      return found;
    },
    put,
  };
}

function markOf({ item, source, period, prints, marks, ...dates }: Row): Mark {
  const { title } = JSON.parse(marks) as Pick<Marked, 'title'>;
  return { id: item, sourceKey: source, published: spanOf(dates), period, sorted: printsIn(prints).sort(), title };
}

/** Whether a fingerprint is among some, by size. */
export function isAmong(sorted: Int32Array, print: number): boolean {
  return sorted[placeOf(sorted, print)] === print;
}
