/**
 * The index of fingerprints where PostgreSQL keeps it: an inverted index of its own over each text's list. What it finds is asked
 * of the imprint itself, as with SQLite.
 */
import type { SourceKey } from '../model.ts';
import type { Posting, Stopped, StopScope } from '../story-plan.ts';
import type { Engine, PrintIndex } from './engine.ts';
import { everywhere, scopeOf } from './known-stops.ts';
import { unsigned } from './stops.ts';

export function openPostgresPrints(engine: Engine): PrintIndex {
  const keep = engine.prepare(
    `insert into print_lists (item, period, prints) values (?, ?, cast(? as integer[]))
       on conflict (item) do update set period = excluded.period, prints = excluded.prints`,
  );
  const sharing = engine.prepare<{ item: number; prints: readonly number[] }>(
    'select item, prints from print_lists where prints && cast(? as integer[]) and item <> ? and (cast(? as bigint[]) is null or period = any(cast(? as bigint[])))',
  );
  const stopRows = engine.prepare<{ print: number; source: SourceKey }>(
    'select print, source from stopped_prints where print = any(cast(? as bigint[]))',
  );
  const addStops = engine.prepare(
    `insert into stopped_prints (print, source) select * from unnest(cast(? as bigint[]), cast(? as text[])) on conflict do nothing`,
  );

  const stopped = async (prints: Iterable<number>): Promise<Stopped> => {
    const wanted = [...new Set(prints)];
    if (wanted.length === 0) return new Map<number, StopScope>();
    const found = new Map<number, SourceKey[]>();
    for (const { print, source } of await stopRows.all(listOf(wanted.map(unsigned))))
      found.set(print | 0, [...(found.get(print | 0) ?? []), source]);
    return new Map([...found].map(([print, sources]) => [print, scopeOf(sources)]));
  };
  return {
    catchUp: () => {}, // nothing of it is in memory
    written: () => {},
    epoch: () => undefined,
    add: (item, period, prints) => keep.run(item, period, listOf(prints)),
    clear: () => {}, // its rows go with their items
    async find({ prints, periods, self }, uncounted) {
      const known = await stopped(prints);
      const unwanted = uncounted(known);
      const wanted = new Set(prints.filter((print) => !unwanted.has(print)));
      if (wanted.size === 0) return { met: [], stopped: known };
      const among = periods === undefined ? null : listOf(periods);
      const met: Posting[] = [];
      for (const { item, prints: own } of await sharing.all(listOf(wanted), self, among, among))
        for (const print of own) if (wanted.has(print)) met.push({ print, item });
      return { met, stopped: known };
    },
    stopped,
    async stop(stops) {
      if (stops.length === 0) return;
      const sources = stops.map(({ source }) => JSON.stringify(source ?? everywhere));
      await addStops.run(listOf(stops.map(({ print }) => unsigned(print))), `{${sources.join(',')}}`);
    },
  };
}

/** An array as PostgreSQL reads it. */
function listOf(numbers: Iterable<number>): string {
  return `{${[...numbers].join(',')}}`;
}
