/** What a machine that watches over the relay wants to know → yes or no, with a sentence for the person it wakes. */
import type { Clock } from '../edges.ts';
import type { Library } from '../library.ts';
import type { Instant } from '../model.ts';
import { haltingProblem, runFacts } from '../run.ts';

export interface Health {
  readonly isWell: boolean;
  readonly words: string;
}

/** No refresh has succeeded for so long that readers notice. */
const longestMs = 24 * 3_600_000;

/**
 * Well while a run has been good within a day. A house that has just been opened has a day to show what it can.
 * Of several workers that is one of any: each judges by the database, which is to answer.
 * @param openedAt when this process began
 */
export async function healthOf(library: Library, clock: Clock, openedAt: Instant): Promise<Health> {
  try {
    return await judged(library, clock, openedAt);
  } catch (error) {
    const halting = haltingProblem(error);
    if (halting === undefined) throw error;
    // Whoever asks may be anybody: where the database is, and why it does not answer, is the log's.
    return { isWell: false, words: `The database cannot be used (${halting.code}).  relais status  says why.` };
  }
}

async function judged(library: Library, clock: Clock, openedAt: Instant): Promise<Health> {
  const now = clock.now();
  const good = Number((await library.fact(runFacts.good)) ?? Number.NaN);
  if (now - good < longestMs) return { isWell: true, words: `A refresh has succeeded at ${iso(good)}.` };
  const since = Number.isNaN(good) ? 'No refresh has succeeded yet' : `No refresh has succeeded since ${iso(good)}`;
  if (now - openedAt < longestMs && Number.isNaN(good)) return { isWell: true, words: `${since}; just started.` };
  return { isWell: false, words: `${since}.  relais status  says why.` };
}

function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}
