/** `relais work`: one of any number of processes that share the sources on one database server. It serves nothing. */

import { systemClock } from '../clock.ts';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import { openSubscriptions } from '../subscriptions.ts';
import { type House, openHouse } from '../wire.ts';
import { isWorthWaiting } from './beside.ts';
import { logFailure, openCrew } from './crew.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { openLog } from './log.ts';
import { watchSettings } from './settings-watch.ts';

/** Runs until SIGTERM or SIGINT. @returns the exit code */
export async function work(options: Omit<DaemonOptions, 'port' | 'host'>): Promise<number> {
  let inForce = (): Config => options.config;
  const log = openLog(options.printer.isTerminal, options.printer.line, () => inForce().secrets);
  const house = await openPatiently(options, log);
  const settings = watchSettings(options.config, options, log, house.clock);
  inForce = settings.current;
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) =>
    stop.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
  try {
    const subscriptions = await openSubscriptions(house.library);
    const crew = openCrew({
      house,
      stopping: stop.signal,
      settings,
      log,
      subscriptions,
      onRun: () => Promise.resolve(),
    });
    log.info({}, 'at work');
    void crew.work();
    await stopped;
    log.info({}, 'stopping');
    await crew.dismiss();
    return 0;
  } finally {
    process.removeListener('SIGTERM', onSignal);
    process.removeListener('SIGINT', onSignal);
    await house.close();
  }
}

/** Between two tries of a server that does not answer yet: it may be started after us. */
const retryMs = 2_000;

/** Opens the house; where its database is on a server that does not answer, once it does. @throws Halt for all else */
export async function openPatiently(
  { config, dataFolder: folder }: Pick<DaemonOptions, 'config' | 'dataFolder'>,
  log: Log,
): Promise<House> {
  for (let isWaiting = false; ; isWaiting = true) {
    try {
      return await openHouse(config, { folder, database: config.database });
    } catch (error) {
      if (!isWorthWaiting(error)) throw error;
      if (!isWaiting) logFailure(error, log);
      await systemClock.wait(retryMs);
    }
  }
}
