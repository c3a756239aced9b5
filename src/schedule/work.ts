/** `relais work`: one of any number of processes that share the sources on one database server. It serves nothing. */

import { systemClock } from '../clock.ts';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import type { Storage } from '../storage.ts';
import { openSubscriptions, type Subscriptions } from '../subscriptions.ts';
import { type House, openHouse } from '../wire.ts';
import { isWorthWaiting } from './beside.ts';
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
    const opened = await openPatiently(options, log, stop);
    if (opened === undefined) return 0;
    const { house, subscriptions } = opened;
    try {
      const settings = watchSettings(options.config, options, log, house.clock);
      inForce = settings.current;
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

/** Between two tries of a server that does not answer yet: it may be started after us. */
const retryMs = 2_000;

/**
 * Opens the house; where its database is on a server that does not answer, once it does.
 * @returns undefined where it was told to stop before that
 * @throws Halt for all else
 */
export async function openPatiently(
  { config, dataFolder: folder }: Pick<DaemonOptions, 'config' | 'dataFolder'>,
  log: Log,
  { signal, stopped }: Pick<Stop, 'signal' | 'stopped'>,
): Promise<Opened | undefined> {
  for (let isWaiting = false; !signal.aborted; isWaiting = true) {
    const opening = openAll(config, { folder, database: config.database });
    try {
      const opened = await Promise.race([opening, stopped]);
      if (opened === undefined) break;
      if (isWaiting) logReturn(log);
      return opened;
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
      if (!isWaiting) logFailure(error, log);
      await Promise.race([systemClock.wait(retryMs), stopped]);
    }
  }
  log.info({}, 'stopping');
  return undefined;
}

interface Opened {
  readonly house: House;
  readonly subscriptions: Subscriptions;
}

/** All that is read before the first tick: from then on whoever works waits by itself. */
async function openAll(config: Config, data: Storage): Promise<Opened> {
  const house = await openHouse(config, data);
  try {
    return { house, subscriptions: await openSubscriptions(house.library) };
  } catch (error) {
    await closeInTime(house);
    throw error;
  }
}

/** For the goodbye to a server that may not answer; without it what this process holds is free in half a minute. */
const goodbyeMs = 1_500;

/** A file is closed whole; nobody is kept waiting for a server. */
export async function closeInTime(house: House): Promise<void> {
  if (house.claims === undefined) await house.close();
  else await Promise.race([house.close(), systemClock.wait(goodbyeMs)]);
}
