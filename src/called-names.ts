/**
 * What is read anew because somebody has called: the names of all who wait in one reading, one reading at a time, and the next no
 * sooner than a second after. So whoever calls names that they have thought up costs the database no more than one small question
 * a second, and us no more than a few hundred requests that wait; and each answer is from after its call.
 */
import type { Clock } from './edges.ts';
import { Halt } from './problems.ts';

export interface CalledNames {
  /**
   * Resolves once it has been read anew.
   * @param isKnown nobody but its hub can know it: it is read however many others wait
   * @returns false where it was not: too many wait, or the server does not answer
   */
  read(name: string, isKnown: boolean): Promise<boolean>;
}

/** Between the beginnings of two readings. */
const restMs = 1_000;
/** Calls by unknown names that wait for one reading, whether or not by the same: hubs ask about subscriptions one after the other. */
const mostStrangers = 200;

/** @param readNames brings what is known of these names up to date */
export function openCalledNames(clock: Clock, readNames: (names: readonly string[]) => Promise<void>): CalledNames {
  let waiting = new Set<string>();
  let strangers = 0;
  let inHand: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const gather = async (): Promise<void> => {
    await inHand;
    const since = clock.now() - readAt;
    if (since >= 0 && since < restMs) await clock.wait(restMs - since);
    const names = [...waiting];
    [waiting, strangers, next, readAt] = [new Set(), 0, undefined, clock.now()];
    const reading = readNames(names);
    inHand = reading.catch(() => {}); // who waits for it hears of that
    await reading;
  };
  return {
    async read(name, isKnown) {
      if (!isKnown && strangers >= mostStrangers) return false;
      if (!isKnown) strangers += 1;
      waiting.add(name);
      next ??= gather();
      try {
        await next;
        return true;
      } catch (error) {
        if (error instanceof Halt) return false; // whoever is at work beside tells of a server that does not answer
        throw error;
      }
    },
  };
}
