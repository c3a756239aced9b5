/** `relais work`: one of any number of processes that share the sources on one database server. It serves nothing. */

import { systemClock } from '../clock.ts';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import { openSubscriptions } from '../subscriptions.ts';
import { type House, openHouse } from '../wire.ts';
import { isWorthWaiting, retryMs } from './beside.ts';
import { logFailure, logReturn, openCrew } from './crew.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { openLog } from './log.ts';
import { watchSettings } from './settings-watch.ts';
import { listenForStop, type Stop } from './stopping.ts';

/** Runs until SIGTERM or SIGINT. @returns the exit code */
export async function work(options: Omit<DaemonOptions, 'port' | 'host'>): Promise<number> {
  let inForce = (): Config => options.config;
  const log = openLog(options.printer.isTerminal, options.printer.line, () => inForce().secrets);
  const stop = listenForStop();
  try {
    const house = await openPatiently(options, log, stop);
    if (house === undefined) return 0;
    try {
      const settings = watchSettings(options.config, options, log, house.clock);
      inForce = settings.current;
      const subscriptions = await patiently(() => openSubscriptions(house), log, stop);
      if (subscriptions === undefined) return 0;
      const onRun = (): Promise<void> => Promise.resolve();
      const crew = openCrew({ house, stopping: stop.signal, settings, log, subscriptions, onRun });
      log.info({}, 'at work');
      void crew.work();
      await stop.stopped;
      log.info({}, 'stopping');
      await crew.dismiss();
      return 0;
    } finally {
      await closeInTime(house);
    }
  } finally {
    stop.ignore();
  }
}

/**
 * Does what is done before the first tick, when whoever works waits by itself; where the database is on a server that does not answer,
 * once it does.
 * @returns undefined where it was told to stop before that
 * @throws Halt for all else
 */
export async function patiently<T>(
  work: () => Promise<T>,
  log: Log,
  { signal, stopped }: Pick<Stop, 'signal' | 'stopped'>,
): Promise<T | undefined> {
  for (let isWaiting = false; !signal.aborted; isWaiting = true) {
    try {
      const done = await Promise.race([work(), stopped]);
      if (done === undefined) break;
      if (isWaiting) logReturn(log);
      return done;
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
      if (!isWaiting) logFailure(error, log);
      await Promise.race([systemClock.wait(retryMs), stopped]);
    }
  }
  log.info({}, 'stopping');
  return undefined;
}

/** @returns as `patiently`. @throws as that */
export async function openPatiently(
  { config, dataFolder: folder }: Pick<DaemonOptions, 'config' | 'dataFolder'>,
  log: Log,
  stop: Pick<Stop, 'signal' | 'stopped'>,
): Promise<House | undefined> {
  return await patiently(() => openHouse(config, { folder, database: config.database }), log, stop);
}

/** For the goodbye to a server that may not answer; without it what this process holds is free in half a minute. */
const goodbyeMs = 1_500;

/** A file is closed whole; nobody is kept waiting for a server. */
export async function closeInTime(house: House): Promise<void> {
  if (house.claims === undefined) await house.close();
  else await Promise.race([house.close(), systemClock.wait(goodbyeMs)]);
}
