/** Fingerprints that count for nothing, in the texts of some sources or in all. They stay so: nothing here is taken back. */
import type { SourceKey } from '../model.ts';
import type { Posting, Shelf, Stop, Stopped, StopScope } from '../story-plan.ts';
import { type AskedStops, notStopped } from './asked-stops.ts';
import type { Connection } from './database.ts';

export interface StopRows {
  /** Those of these fingerprints that count for nothing somewhere. */
  readonly read: (prints: Iterable<number>) => ReadonlyMap<number, StopScope>;
  readonly add: (stops: readonly Stop[]) => void;
}

/** In the place of a source's key: in the texts of all. */
export const everywhere = '';
/** A fingerprint that so many other items have tells nobody from anybody. */
export const mostPostings = 255;

export function openStops(sqlite: Connection): StopRows {
  const sourcesOf = sqlite.prepare<[number], SourceKey>('select source from stopped_prints where print = ?').pluck();
  const add = sqlite.prepare<[string]>(
    `insert or ignore into stopped_prints (print, source)
       select value ->> 0, value ->> 1 from json_each(?)`,
  );
  return {
    read(prints) {
      const found = new Map<number, StopScope>();
      for (const print of prints) {
        const sources = sourcesOf.all(unsigned(print));
        if (sources.length > 0) found.set(print, scopeOf(sources));
      }
      return found;
    },
    add: (stops) =>
      void add.run(JSON.stringify(stops.map(({ print, source }) => [unsigned(print), source ?? everywhere]))),
  };
}

export function scopeOf(stored: readonly SourceKey[]): StopScope {
  const sources = new Set(stored);
  return { isEverywhere: sources.delete(everywhere), sources };
}

/** The same footers are asked about with each text of a source. @returns as `StopRows.read` */
export function readStops(prints: Iterable<number>, asked: AskedStops, rows: StopRows): Stopped {
  const stopped = new Map<number, StopScope>();
  const unread: number[] = [];
  for (const print of prints) {
    const scope = asked.get(print);
    if (scope === undefined) unread.push(print);
    else if (scope !== notStopped) stopped.set(print, scope);
  }
  if (unread.length === 0) return stopped;
  const found = rows.read(new Set(unread));
  for (const print of unread) {
    const scope = found.get(print);
    asked.set(print, scope ?? notStopped);
    if (scope !== undefined) stopped.set(print, scope);
  }
  return stopped;
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
