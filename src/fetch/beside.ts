/** Requests of this process and of other workers for the same servers, kept apart. */
import type { Turns } from '../edges.ts';
import { namesOf, type Silences } from './silence.ts';

/** A request whose turn it is in this process. */
interface Asking {
  readonly limits: readonly string[];
  readonly url: URL;
  readonly signal: AbortSignal | undefined;
}

export interface Beside {
  /**
   * Runs `task` while no other worker asks the server. What it has told them is known here before it is asked, and what it tells
   * us is known to them before they ask.
   * @param task is to end once its signal is aborted: then the turn may be another worker's
   * @param instead what it gives is the result, and the server is not asked
   */
  inTurn<T>(asking: Asking, task: (signal?: AbortSignal) => Promise<T>, instead: () => T | undefined): Promise<T>;
}

/** @param turns undefined where no other worker asks anybody */
export function besideOthers(turns: Turns | undefined, silences: Silences, spacingMs: number): Beside {
  return {
    async inTurn({ limits, url, signal }, task, instead) {
      if (turns === undefined) return await task(signal);
      const names = namesOf(url);
      const turn = await turns.take(limits, names, signal);
      try {
        for (const [name, until] of turn.silences) silences.know(name, until);
        const early = instead();
        if (early !== undefined) return early;
        return await task(signal === undefined ? turn.lost : AbortSignal.any([signal, turn.lost]));
      } finally {
        await turn.end(spacingMs, new Map([...silences.inForce()].filter(([name]) => names.includes(name))));
      }
    },
  };
}
