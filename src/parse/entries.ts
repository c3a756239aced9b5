/** The raw entries of any format to entries, one at a time: what cannot be read costs itself and nothing else. */
import type { Entry, Instant } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { parseDate } from '../text/dates.ts';
import { plainLine } from '../text/safe.ts';

/** More entries than a feed of news has; the rest of such a document is an archive. */
export const usualEntries = 1_000;
/** A feed whose every entry is broken is told about once, not a thousand times. */
const maxProblems = 20;

/** What came of the raw entries. */
export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/** What the entries of one format are read with. */
export interface EntryReading<Raw> {
  /** Gives undefined where there is nothing to read in it. */
  readonly read: (raw: Raw) => Entry | undefined;
  /** What a person would know it by, '' when there is nothing. */
  readonly name: (raw: Raw) => string;
  /** Its dates as written, at less cost than the whole of it. */
  readonly dates: (raw: Raw) => Pick<Entry, 'publishedText' | 'updatedText'>;
}

/**
 * Reads raw entries in document order; of too many, the newest.
 * @param most how many
 * @returns problems: parse/entry-skipped for each that could not be read, parse/too-many-entries
 */
export function readEntries<Raw>(
  raws: readonly Raw[],
  most: number,
  { read, name, dates }: EntryReading<Raw>,
): ReadEntries {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const skip = (raw: Raw, at: number, why: string): void => {
    const known = safely(() => plainLine(name(raw), 120), '') || `number ${at + 1}`;
    if (problems.length < maxProblems)
      problems.push(problem('parse/entry-skipped', { entry: known }, `${known}: ${why}`));
  };
  for (const { raw, at } of newest(raws, most, dates)) {
    try {
      const entry = read(raw);
      if (entry === undefined) skip(raw, at, 'there is nothing in it');
      else entries.push(entry);
    } catch (cause) {
      skip(raw, at, cause instanceof Error ? cause.message : 'it makes no sense');
    }
  }
  if (raws.length > most) {
    problems.push(problem('parse/too-many-entries', {}, `${raws.length}, and ${most} is the most`));
  }
  return { entries, problems };
}

interface Placed<Raw> {
  readonly raw: Raw;
  /** Place in the document. */
  readonly at: number;
}

/**
 * The newest by date, in document order: some feeds are written oldest first. An entry that has no date is as old as the
 * one before it, and where none has one the document's order is all there is.
 */
function newest<Raw>(raws: readonly Raw[], most: number, dates: EntryReading<Raw>['dates']): readonly Placed<Raw>[] {
  const placed = raws.map((raw, at) => ({ raw, at }));
  if (raws.length <= most) return placed;
  const own = raws.map((raw) => safely(() => dateOf(dates(raw)), undefined));
  let before = own.find((date) => date !== undefined) ?? 0;
  const dated = placed.map((one) => {
    before = own[one.at] ?? before;
    return { ...one, date: before };
  });
  dated.sort((a, b) => b.date - a.date || a.at - b.at);
  return dated.slice(0, most).sort((a, b) => a.at - b.at);
}

function dateOf({ publishedText, updatedText }: Pick<Entry, 'publishedText' | 'updatedText'>): Instant | undefined {
  return parseDate(publishedText ?? '') ?? parseDate(updatedText ?? '');
}

/** The name or date of a broken entry may be what is broken. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
