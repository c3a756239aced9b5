/** What a machine that watches over the relay wants to know → yes or no, with a sentence for the person it wakes. */
import type { Clock } from '../edges.ts';
import type { Library } from '../library.ts';
import type { Instant } from '../model.ts';
import { runFacts } from '../run.ts';

export interface Health {
  readonly isWell: boolean;
  readonly words: string;
}

/** No refresh has succeeded for so long that readers notice. */
const longestMs = 24 * 3_600_000;

/**
 * Well while a run has been good within a day. A house that has just been opened has a day to show what it can.
 * @param openedAt when this process began
 */
export async function healthOf(library: Library, clock: Clock, openedAt: Instant): Promise<Health> {
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
