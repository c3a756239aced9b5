/** `relais start`: what runs on schedule, and the web server beside it. */
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import { alreadyRunning, type Lease, takeLease } from '../run.ts';
import { healthOf } from '../serve/health.ts';
import { openHubCalls } from '../serve/hub-calls.ts';
import { linksOf } from '../serve/link-header.ts';
import { agesOf } from '../serve/rhythm.ts';
import { openServer } from '../serve/server.ts';
import { openDeskSocket } from '../serve/socket.ts';
import { openSubscriptions } from '../subscriptions.ts';
import type { House } from '../wire.ts';
import { logFailure, openCrew } from './crew.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { lazyDesk } from './lazy-desk.ts';
import { openLog } from './log.ts';
import { type SettingsWatch, watchSettings } from './settings-watch.ts';
import { listenForStop, type Stop, untilAborted } from './stopping.ts';
import { closeInTime, openPatiently, patiently } from './work.ts';

/** Runs until SIGTERM or SIGINT. @returns the exit code */
export async function start(options: DaemonOptions): Promise<number> {
  let inForce = (): Config => options.config;
  const log = openLog(options.printer.isTerminal, options.printer.line, () => inForce().secrets);
  const stop = listenForStop();
  try {
    const house = await openPatiently(options, log, stop);
    if (house === undefined) return 0;
    const settings = watchSettings(options.config, options, log, house.clock);
    inForce = settings.current;
    return await startIn(house, settings, stop, options, log);
  } finally {
    stop.ignore();
  }
}

async function startIn(
  house: House,
  settings: SettingsWatch,
  stop: Stop,
  options: DaemonOptions,
  log: Log,
): Promise<number> {
  try {
    const lease = house.claims === undefined ? await Promise.race([takeLease(house), stop.stopped]) : noLease;
    if (lease === undefined) return 0; // whoever has gone without giving it back is watched for half a minute
    if ('pid' in lease) {
      const { happened, did } = alreadyRunning(lease);
      options.printer.alarm(`${happened}. ${did}`);
      return 75;
    }
    try {
      return await keepRunning(house, lease, settings, stop, options, log);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await closeInTime(house);
  }
}

/** Of several workers each takes it for as long as it does what one alone may do. */
const noLease: Lease = { signal: new AbortController().signal, giveBack: () => Promise.resolve() };

async function keepRunning(
  house: House,
  lease: Lease,
  settings: SettingsWatch,
  stop: Stop,
  options: DaemonOptions,
  log: Log,
): Promise<number> {
  const { clock, library, random } = house;
  const stopping = AbortSignal.any([stop.signal, lease.signal]);
  const openedAt = clock.now();
  const watch = {
    health: () => healthOf(library, clock, openedAt),
    metrics: async () => (await import('../serve/metrics.ts')).metricsOf(settings.current(), library, clock.now()),
  };
  const onDefect = (error: unknown): void => logFailure(error, log);
  const read = await patiently(
    async () => ({ subscriptions: await openSubscriptions(house), memories: await library.memories() }),
    log,
    stop,
  );
  if (read === undefined) return 0;
  const { subscriptions, memories } = read;
  let wake = (): void => {}; // a call before the first run is found by it
  let follow = (): void => {};
  const desk = lazyDesk({ house, settings, listen: options.host, follow: () => follow() });
  let ageOf = agesOf(settings.current(), memories);
  const server = await openServer(house.siteFolder, {
    port: options.port,
    host: options.host,
    clock,
    maxAgeOf: (path) => ageOf(path),
    linksOf: (path) => linksOf(path, settings.current()),
    search: async (question) =>
      (await import('../searching.ts')).answerSearch(question, settings.current(), house.search),
    hubCalls: openHubCalls({ clock, random, subscriptions, wake: () => wake() }),
    desk: {
      isOn: () => settings.current().desk?.password !== undefined,
      answer: (request) => desk.answer(request, 'web'),
    },
    watch,
    onDefect,
  });
  const socket = openDeskSocket(options.dataFolder, (request) => desk.answer(request, 'socket'), log);
  await socket.follow(settings.current().desk?.socket);
  log.info({ url: server.url }, `serving the site at ${server.url}`);
  const onRun = async (config: Config): Promise<void> => {
    ageOf = agesOf(config, await library.memories());
    desk.settle();
    await socket.follow(config.desk?.socket);
  };
  const crew = openCrew({ house, stopping, settings, log, subscriptions, onRun });
  wake = crew.wake;
  follow = crew.follow;
  void crew.work();
  await untilAborted(stopping);
  log.info({}, lease.signal.aborted ? 'another process has taken the lease; stopping' : 'stopping');
  await crew.dismiss();
  await Promise.all([server.close(), socket.close()]);
  return lease.signal.aborted ? 75 : 0;
}
