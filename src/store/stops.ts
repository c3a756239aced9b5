/** Fingerprints that count for nothing, in the texts of some sources or in all. They stay so: nothing here is taken back. */
import type { SourceKey } from '../model.ts';
import type { Posting, Shelf, Stop, Stopped, StopScope } from '../story-plan.ts';
import type { Connection } from './database.ts';

export interface StopRows {
  /** Those of these fingerprints that count for nothing somewhere. */
  readonly read: (prints: Iterable<number>) => ReadonlyMap<number, StopScope>;
  readonly add: (stops: readonly Stop[]) => void;
}

/** In the place of a source's key: in the texts of all. */
const everywhere = '';
/** A fingerprint that so many other items have tells nobody from anybody. */
export const mostPostings = 255;

export function openStops(sqlite: Connection): StopRows {
  const among = sqlite
    .prepare<[string], readonly [print: number, source: SourceKey]>(
      'select print, source from json_each(?) asked cross join stopped_prints on print = asked.value',
    )
    .raw();
  const add = sqlite.prepare<[string]>(
    `insert or ignore into stopped_prints (print, source)
       select value ->> 0, value ->> 1 from json_each(?)`,
  );
  return {
    read(prints) {
      const found = new Map<number, StopScope & { readonly sources: Set<SourceKey> }>();
      for (const [stored, source] of among.all(JSON.stringify([...new Set(prints)].map(unsigned)))) {
        const print = stored | 0;
        const { isEverywhere, sources } = found.get(print) ?? { isEverywhere: false, sources: new Set<SourceKey>() };
        if (source !== everywhere) sources.add(source);
        found.set(print, { isEverywhere: isEverywhere || source === everywhere, sources });
      }
      return found;
    },
    add: (stops) =>
      void add.run(JSON.stringify(stops.map(({ print, source }) => [unsigned(print), source ?? everywhere]))),
  };
}

/** What has been asked about stops, while nothing is written to them; undefined of what counts everywhere. */
export type AskedStops = Map<number, StopScope | undefined>;

/** Fingerprints that are remembered: those under all texts of some hundred sources. */
const mostAsked = 20_000;

/** The same footers are asked about with each text of a source. @returns as `StopRows.read` */
export function readStops(prints: Iterable<number>, asked: AskedStops, rows: StopRows): Stopped {
  const wanted = [...new Set(prints)];
  if (asked.size > mostAsked) asked.clear();
  const unread = wanted.filter((print) => !asked.has(print));
  const found: Stopped = unread.length === 0 ? new Map() : rows.read(unread);
  for (const print of unread) asked.set(print, found.get(print));
  const stopped = new Map<number, StopScope>();
  for (const print of wanted) {
    const scope = asked.get(print);
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
export function withoutTooMany(postings: Posting[], stop: Shelf['stop']): Posting[] {
  if (postings.length < mostPostings) return postings;
  const counts = new Map<number, number>();
  for (const { print } of postings) counts.set(print, (counts.get(print) ?? 0) + 1);
  const tooMany = new Set([...counts].filter(([, count]) => count >= mostPostings).map(([print]) => print));
  if (tooMany.size > 0) stop([...tooMany].map((print) => ({ print, source: undefined })));
  return postings.filter(({ print }) => !tooMany.has(print));
}

function unsigned(print: number): number {
  return print >>> 0;
}
