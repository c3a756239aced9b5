/** Fingerprints that count for nothing, in the texts of some sources or in all. They stay so: nothing here is taken back. */
import type { SourceKey } from '../model.ts';
import type { Posting, Shelf, Stop, Stopped } from '../story-plan.ts';
import type { Connection } from './database.ts';
import { everywhere, type KnownStops, openKnownStops, type StopRow } from './known-stops.ts';

export interface StopRows extends Pick<KnownStops, 'clear'> {
  /** Which count for nothing somewhere, as it stands whenever it is asked. */
  readonly stopped: Stopped;
  readonly add: (stops: readonly Stop[]) => void;
}

/** A fingerprint that so many other items have tells nobody from anybody. */
export const mostPostings = 255;

export function openStops(sqlite: Connection): StopRows {
  const between = sqlite.prepare<[number, number], StopRow>(
    'select print, source from stopped_prints where print between ? and ? order by print, source',
  );
  const add = sqlite.prepare<[string]>(
    `insert or ignore into stopped_prints (print, source)
       select value ->> 0, value ->> 1 from json_each(?)`,
  );
  const known = openKnownStops((from, to) => between.all(from, to));
  return {
    stopped: { get: known.scope },
    add(stops) {
      add.run(JSON.stringify(stops.map(({ print, source }) => [unsigned(print), source ?? everywhere])));
      for (const { print, source } of stops) known.note(print, source ?? everywhere);
    },
    clear: known.clear,
  };
}

/** Texts of a source that stand for all that have what counts for nothing in them: others may have it too. */
const mostWitnesses = 2;

/** @returns whether one more text of a source with this fingerprint is kept in mind: asked of each text in turn */
export function sparing(stopped: Stopped): (print: number, source: SourceKey) => boolean {
  const met = new Map<string, number>();
  return (print, source) => {
    if (stopped.get(print)?.sources.has(source) !== true) return true;
    const name = `${print} ${source}`;
    const before = met.get(name) ?? 0;
    met.set(name, before + 1);
    return before < mostWitnesses;
  };
}

/** Leaves out, and stops for good, what is found too often. */
export async function withoutTooMany(postings: Posting[], stop: Shelf['stop']): Promise<Posting[]> {
  if (postings.length < mostPostings) return postings;
  const counts = new Map<number, number>();
  for (const { print } of postings) counts.set(print, (counts.get(print) ?? 0) + 1);
  const tooMany = new Set([...counts].filter(([, count]) => count >= mostPostings).map(([print]) => print));
  if (tooMany.size > 0) await stop([...tooMany].map((print) => ({ print, source: undefined })));
  return postings.filter(({ print }) => !tooMany.has(print));
}

export function unsigned(print: number): number {
  return print >>> 0;
}
