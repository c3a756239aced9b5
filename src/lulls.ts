/**
 * While a pass waits for nothing but servers that are slow, what the others have brought can go out: no reader waits a minute for
 * the news of ninety groups because the server of one hangs.
 */
import type { Clock, Network } from './edges.ts';
import type { Outcome } from './model.ts';

/** So long nothing happens, neither an answer nor anything that is made of one, before it is taken for a lull. */
const quietMs = 5_000;

/** What a lull is used for. */
export interface LullUse {
  /** What must be known before anything goes out. Answers may come meanwhile: then it is no lull any more. */
  readonly prepare: () => Promise<void>;
  /** Answers that come meanwhile wait: what goes out is of one state. */
  readonly bringOut: () => Promise<void>;
}

export interface Lulls {
  /** In the place of the one that was given. */
  readonly network: Network;
  /** Does one refresh. */
  readonly during: (refresh: () => Promise<Outcome>) => Promise<Outcome>;
  /** No more of them: resolves when the one in hand is over. */
  readonly end: () => Promise<void>;
}

/** @param use undefined where nothing goes out */
export function openLulls(given: Network, clock: Clock, use: LullUse | undefined): Lulls {
  let [inHand, asked, changes] = [0, 0, 0];
  let [isTiming, hasNews, isOver] = [false, false, use === undefined];
  let held: Promise<void> | undefined;
  let inLull: Promise<void> = Promise.resolve();

  const isWaiting = (): boolean => inHand > 0 && asked === inHand && !isOver;
  const changed = (): void => {
    changes++;
    if (hasNews && isWaiting() && !isTiming) void timeIt();
  };
  const timeIt = async (): Promise<void> => {
    isTiming = true;
    const [before, since] = [changes, clock.now()];
    await clock.wait(quietMs);
    isTiming = false;
    if (!hasNews || !isWaiting()) return;
    if (changes !== before) return void timeIt();
    if (clock.now() - since >= quietMs && use !== undefined) inLull = useIt(use);
  };
  /** What fails here is done again after the pass, and told then. */
  const useIt = async ({ prepare, bringOut }: LullUse): Promise<void> => {
    const before = changes;
    isTiming = true;
    try {
      await prepare();
      if (changes !== before) return;
      hasNews = false;
      held = bringOut();
      await held;
    } catch {
      isOver = true;
    } finally {
      held = undefined;
      isTiming = false;
      if (hasNews && isWaiting()) void timeIt();
    }
  };
  return {
    network: {
      ...given,
      async fetch(request, signal) {
        asked++;
        changed();
        try {
          return await given.fetch(request, signal);
        } finally {
          await held?.catch(() => undefined);
          asked--;
          changed();
        }
      },
    },
    async during(refresh) {
      inHand++;
      changed();
      try {
        const outcome = await refresh();
        hasNews ||= outcome.newItems + outcome.revisedItems + outcome.withdrawnItems > 0;
        return outcome;
      } finally {
        inHand--;
        changed();
      }
    },
    async end() {
      isOver = true;
      await inLull;
    },
  };
}
