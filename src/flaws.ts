/**
 * What a partner could mend: the problems of the last reading, and what its entries show, as a short list that is remembered. What
 * can be told from the memory itself is added when it is shown. Pure.
 */
import type { FeedHead } from './edges.ts';
import type { Flaw, FlawKind, SourceMemory } from './model.ts';
import type { Problem, ProblemCode } from './problems.ts';
import type { Reading } from './refresh-plan.ts';
import { plainLine } from './text/safe.ts';

/** Problems without a row are no fault of the document's. */
const kinds: Readonly<Partial<Record<ProblemCode, FlawKind>>> = {
  'parse/repaired': 'markup',
  'parse/broken-xml': 'markup',
  'parse/broken-json': 'markup',
  'parse/bad-encoding': 'encoding',
  'parse/invalid-bytes': 'letters',
  'parse/entry-skipped': 'entry',
  'normalise/empty-entry': 'entry',
  'normalise/same-guid': 'same-guid',
  'normalise/duplicate-entry': 'same-guid',
  'normalise/bad-link': 'bad-link',
  'normalise/future-date': 'future-date',
  'trust/re-keyed': 'new-guids',
};

/** Told of new entries alone: they stand until others have come. */
const ofNewEntries: readonly FlawKind[] = ['bad-link', 'future-date', 'new-guids'];

const longest = 200;

/** What is known of a source's flaws after a visit. */
export function flawsAfter(
  before: Pick<SourceMemory, 'flaws'>,
  head: Pick<FeedHead, 'flaws'> | undefined,
  reading: Pick<Reading, 'kind' | 'items' | 'problems'>,
): SourceMemory['flaws'] {
  const known = before.flaws ?? [];
  const told = ofProblems(reading.problems);
  if (reading.kind === 'failed') return told.length === 0 ? before.flaws : told;
  if (reading.kind !== 'read') return before.flaws;
  const kept = reading.items.length > 0 ? [] : known.filter(({ kind }) => ofNewEntries.includes(kind));
  const all = new Map([...kept, ...(head?.flaws ?? []), ...told].map((one) => [one.kind, one]));
  return all.size === 0 ? undefined : [...all.values()];
}

/** One of each kind: the first, with how many there are. */
function ofProblems(problems: readonly Problem[]): Flaw[] {
  const found = new Map<FlawKind, Flaw>();
  for (const { code, subject, happened } of problems) {
    const kind = kinds[code];
    if (kind === undefined) continue;
    const before = found.get(kind);
    const { line, column } = subject;
    const detail = plainLine(happened.replace(/^[^:]*: /, ''), longest);
    found.set(kind, before === undefined ? { kind, ...entriesOf(kind, 1), line, column, detail } : more(before));
  }
  return [...found.values()];
}

const ofEntries: readonly FlawKind[] = ['entry', 'bad-link', 'future-date'];

function entriesOf(kind: FlawKind, entries: number): Pick<Flaw, 'entries'> {
  return ofEntries.includes(kind) ? { entries } : {};
}

function more(flaw: Flaw): Flaw {
  return { ...flaw, ...entriesOf(flaw.kind, (flaw.entries ?? 0) + 1) };
}
