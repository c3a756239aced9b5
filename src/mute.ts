/**
 * A source that answers while nothing can be read of it: it lists nothing any more where it listed items, or arrives cut off in its
 * first entry. Once is an accident; a person hears of it when it goes on. Pure.
 */
import type { FeedHead } from './edges.ts';
import type { Hold, NewsKind, SourceMemory } from './model.ts';
import { type Problem, problem, problemWords } from './problems.ts';
import type { Reading } from './refresh-plan.ts';

/** As often in a row until a person hears of it. */
const manyVisits = 3;
const emptied = problem('trust/emptied', {});
const alwaysCut = problem('parse/always-cut', {});

interface Seen {
  readonly before: SourceMemory;
  readonly reading: Reading;
  /** Undefined where no feed was read. */
  readonly head: FeedHead | undefined;
  readonly held: Hold | undefined;
}

type Visits = Pick<SourceMemory, 'emptyVisits' | 'cutVisits'>;

/** How often in a row it has been so after a visit that was answered. */
export function muteVisitsAfter({ before, reading, held, head }: Seen): Visits {
  const { emptyVisits = 0, cutVisits = 0 } = before;
  if (held !== undefined) return { emptyVisits, cutVisits };
  // What a document that is cut does not list says nothing of what there is.
  if (head?.isCut === true && isWithoutEntries(reading)) return { emptyVisits, cutVisits: cutVisits + 1 };
  if (reading.kind === 'unchanged') return { emptyVisits: emptyVisits === 0 ? 0 : emptyVisits + 1, cutVisits: 0 };
  return { emptyVisits: isEmptied({ before, reading }) ? emptyVisits + 1 : 0, cutVisits: 0 };
}

export function isEmptied({ before, reading }: Pick<Seen, 'before' | 'reading'>): boolean {
  return isWithoutEntries(reading) && before.lastNewItem !== undefined;
}

function isWithoutEntries({ kind, entries }: Reading): boolean {
  return kind === 'read' && entries === 0;
}

/** Why nothing can be read of it, where that has gone on. */
export function whyMute({ emptyVisits = 0, cutVisits = 0 }: Visits): Problem | undefined {
  if (cutVisits >= manyVisits) return alwaysCut;
  return emptyVisits >= manyVisits ? emptied : undefined;
}

/** What a person hears of it, once; undefined for nothing new. */
export function muteNews(
  before: Visits,
  after: Visits,
): { readonly kind: NewsKind; readonly words: string } | undefined {
  const [was, is] = [whyMute(before), whyMute(after)];
  if ((was === undefined) === (is === undefined)) return undefined;
  if (is === undefined)
    return {
      kind: 'back',
      words: `It ${was === alwaysCut ? 'can be read' : 'lists items'} again. Nothing needs doing.`,
    };
  return { kind: is === alwaysCut ? 'cut' : 'emptied', words: problemWords(is) };
}
