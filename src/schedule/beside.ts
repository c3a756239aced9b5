/**
 * One tick of a worker beside others on one database server: it asks what nobody else has in hand, and whoever of them finds the
 * lease free does what one alone may do at a time: the night's work, what the maintainer has said, the site, the mails.
 */
import type { Config } from '../model.ts';
import { type PassOptions, runPassBeside } from '../pass.ts';
import { haltingProblem, type RunReport, runFacts, runOnce, takeLease } from '../run.ts';
import type { House } from '../wire.ts';
import { untilAborted } from './stopping.ts';

export interface BesideOptions extends Pick<PassOptions, 'signal' | 'pushed' | 'onUnasked' | 'onOutcome'> {
  /** Only what one alone does, and at once: the maintainer has said something. */
  readonly isFollowing: boolean;
  /** Told of a server that does not answer, once; and of its coming back. */
  readonly onWait: (error: unknown) => void;
  readonly onBack: () => void;
}

/** Between two tries of a server that does not answer. */
export const retryMs = 2_000;
/** One of the workers does it once a minute; a tick that comes a little early is the next. */
const roundMs = 50_000;

/** A server that takes some things and not others is told of once in so long. */
const quietMs = 60_000;

/**
 * Waits for a server that does not answer.
 * @returns what came of the round; undefined where another worker does it or has just done it, or where it was told to stop
 * @throws Halt for what waiting does not mend
 */
export async function tickBeside(config: Config, house: House, options: BesideOptions): Promise<RunReport | undefined> {
  let toldAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      await house.claims?.join();
      if (!options.isFollowing) await runPassBeside(config, house, options);
      return await doRound(config, house, options);
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
      const isNews = Math.abs(house.clock.now() - toldAt) >= quietMs;
      if (isNews) options.onWait(error);
      const isBack = await Promise.race([answers(house), untilAborted(options.signal)]);
      if (isBack === undefined || options.signal?.aborted === true) return undefined;
      if (!isNews) continue;
      options.onBack();
      toldAt = house.clock.now();
    }
  }
}

/** Resolves once the server takes what is written. @throws Halt for what waiting does not mend */
async function answers({ library, clock }: House): Promise<true> {
  for (;;) {
    await clock.wait(retryMs);
    try {
      await library.replaceFact('server-found-again', String(clock.now()));
      return true;
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
    }
  }
}

/** What passes by itself, or when somebody looks after the server. */
export function isWorthWaiting(error: unknown): boolean {
  return /^store\/(unreachable|standby|server-full)$/.test(haltingProblem(error)?.code ?? '');
}

async function doRound(
  config: Config,
  house: House,
  { signal, isFollowing }: BesideOptions,
): Promise<RunReport | undefined> {
  const { library, clock } = house;
  if (signal?.aborted === true) return undefined;
  const last = Number((await library.fact(runFacts.ended)) ?? 0);
  const since = clock.now() - last;
  if (!isFollowing && since >= 0 && since < roundMs) return undefined;
  const lease = await takeLease(house);
  if ('pid' in lease) return undefined;
  try {
    const stopping = signal === undefined ? lease.signal : AbortSignal.any([signal, lease.signal]);
    return await runOnce(config, house, { now: [], signal: stopping });
  } finally {
    await lease.giveBack();
    // Also of one that was lost: this worker goes on, and must not take itself for the one that has it.
    if (lease.signal.aborted) await library.giveBackLease();
  }
}
