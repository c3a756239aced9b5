/** The raw entries of any format to entries, one at a time: what cannot be read costs itself and nothing else. */
import type { Entry } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { plainLine } from '../text/safe.ts';

/** More entries than a feed of news has; the rest of such a document is an archive. */
const maxEntries = 1_000;
/** A feed whose every entry is broken is told about once, not a thousand times. */
const maxProblems = 20;

/** What came of the raw entries. */
export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the first thousand raw entries in document order.
 * @param read gives undefined where there is nothing to read in it
 * @param name what a person would know the raw entry by, '' when there is nothing
 * @returns problems: parse/entry-skipped for each that could not be read, parse/too-many-entries
 */
export function readEntries<Raw>(
  raws: readonly Raw[],
  read: (raw: Raw) => Entry | undefined,
  name: (raw: Raw) => string,
): ReadEntries {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  const skip = (raw: Raw, at: number, why: string): void => {
    const known = safely(() => plainLine(name(raw), 120)) || `number ${at + 1}`;
    if (problems.length < maxProblems)
      problems.push(problem('parse/entry-skipped', { entry: known }, `${known}: ${why}`));
  };
  raws.slice(0, maxEntries).forEach((raw, at) => {
    try {
      const entry = read(raw);
      if (entry === undefined) skip(raw, at, 'there is nothing in it');
      else entries.push(entry);
    } catch (cause) {
      skip(raw, at, cause instanceof Error ? cause.message : 'it makes no sense');
    }
  });
  if (raws.length > maxEntries) {
    problems.push(problem('parse/too-many-entries', {}, `${raws.length}, and ${maxEntries} is the most`));
  }
  return { entries, problems };
}

/** The name of a broken entry may be what is broken. */
function safely(name: () => string): string {
  try {
    return name();
  } catch {
    return '';
  }
}
