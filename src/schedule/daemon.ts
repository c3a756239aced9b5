/**
 * `relais start`: node-cron's tick asks what is due, and the web server stands beside it. node-cron is only the tick, in
 * UTC (it loses and doubles jobs at clock changes, spec traps 6): what is due is an instant in the database.
 * The only file that loads node-cron for its schedules.
 */
import cron from 'node-cron';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import type { PassOptions } from '../pass.ts';
import { alreadyRunning, haltingProblem, type Lease, runOnce, takeLease } from '../run.ts';
import { healthOf } from '../serve/health.ts';
import { openHubCalls } from '../serve/hub-calls.ts';
import { linksOf } from '../serve/link-header.ts';
import { agesOf } from '../serve/rhythm.ts';
import { openServer } from '../serve/server.ts';
import { openDeskSocket } from '../serve/socket.ts';
import { subscribe } from '../subscribing.ts';
import { openSubscriptions, type Subscriptions } from '../subscriptions.ts';
import { type House, openHouse } from '../wire.ts';
import { lazyDesk } from './lazy-desk.ts';
import { logOutcome, logReport, openLog } from './log.ts';
import { type SettingsWatch, watchSettings } from './settings-watch.ts';

export interface DaemonOptions {
  /** The settings to begin with. */
  readonly config: Config;
  /** Reads them again. */
  readonly readSettings: Parameters<typeof watchSettings>[1]['readSettings'];
  readonly configFile: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly host: string;
  readonly printer: { readonly isTerminal: boolean; line(text: string): void; alarm(text: string): void };
}

/** Longest wait for the work in hand after SIGTERM; systemd and Docker kill after ten seconds or more. */
const farewellMs = 8_000;
/** A machine that has slept has missed its ticks; the next one makes up for them. */
const sleptMs = 5 * 60_000;

/** Runs until SIGTERM or SIGINT. @returns the exit code */
export async function start(options: DaemonOptions): Promise<number> {
  let inForce = (): Config => options.config;
  const log = openLog(options.printer.isTerminal, options.printer.line, () => inForce().secrets);
  const house = await openHouse(options.config, { folder: options.dataFolder, database: options.config.database });
  const settings = watchSettings(options.config, options, log, house.clock);
  inForce = settings.current;
  try {
    const lease = await takeLease(house);
    if ('pid' in lease) {
      const { happened, did } = alreadyRunning(lease);
      options.printer.alarm(`${happened}. ${did}`);
      return 75;
    }
    try {
      return await keepRunning(house, lease, settings, options, log);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await house.close();
  }
}

async function keepRunning(
  house: House,
  lease: Lease,
  settings: SettingsWatch,
  options: DaemonOptions,
  log: Log,
): Promise<number> {
  const { clock, library, random } = house;
  const stop = new AbortController();
  const stopping = AbortSignal.any([stop.signal, lease.signal]);
  const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
  const openedAt = clock.now();
  const watch = {
    health: () => healthOf(library, clock, openedAt),
    metrics: async () => (await import('../serve/metrics.ts')).metricsOf(settings.current(), library),
  };
  const onDefect = (error: unknown): void => logFailure(error, log);
  const subscriptions = await openSubscriptions(library);
  let wake = (): void => {}; // a call before the first run is found by it
  let follow = (): void => {};
  const desk = lazyDesk({ house, settings, listen: options.host, follow: () => follow() });
  let ageOf = agesOf(settings.current(), await library.memories());
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
  await stopped;
  log.info({}, lease.signal.aborted ? 'another process has taken the lease; stopping' : 'stopping');
  await crew.dismiss();
  await Promise.all([server.close(), socket.close()]);
  process.removeListener('SIGTERM', onSignal);
  process.removeListener('SIGINT', onSignal);
  return lease.signal.aborted ? 75 : 0;
}

interface CrewOptions {
  readonly house: House;
  readonly stopping: AbortSignal;
  readonly settings: SettingsWatch;
  readonly log: Log;
  /** After each run. */
  readonly onRun: (config: Config) => Promise<void>;
  readonly subscriptions: Subscriptions;
}

interface Crew {
  /** One run now, after the one in hand. */
  readonly work: () => Promise<void>;
  /** The same, where none is about to begin. */
  readonly wake: () => void;
  /** Carries out and publishes what the maintainer has said, and asks nobody. */
  readonly follow: () => void;
  /** No further run; the one in hand is waited for, up to a limit. */
  readonly dismiss: () => Promise<void>;
}

/** Runs on schedule, one at a time, under the settings as they are at its beginning. */
function openCrew({ house: opened, stopping, settings, log, subscriptions, onRun }: CrewOptions): Crew {
  let house = opened;
  let config = settings.current();
  let inHand: Promise<void> = Promise.resolve();
  let endedAt = house.clock.now();
  let isWoken = false;
  let isFollowing = false;
  let touch: Promise<void> | undefined;
  const runNow = async (): Promise<void> => {
    isWoken = false;
    isFollowing = false; // what was said before it begins is found by it
    if (stopping.aborted) return;
    const before = config;
    config = await settings.read();
    if (JSON.stringify(networkOf(before)) !== JSON.stringify(networkOf(config))) house = await house.under(config);
    if (before.refreshCron !== config.refreshCron) ticker = reschedule(ticker, config.refreshCron, work);
    const taken = subscriptions.take(house.clock.now());
    await tick(config, house, { signal: stopping, pushed: taken.sources }, log);
    if (!stopping.aborted) await subscriptions.asked(taken);
    await onRun(config);
    endedAt = house.clock.now();
    keepTouch();
  };
  /** Beside the runs: no partner's post waits for a hub that is slow. */
  const keepTouch = (): void => {
    if (stopping.aborted) return;
    touch ??= subscribe(config, subscriptions, house, stopping)
      .then((news) => news.forEach(({ source, kind, words }) => void log.warn({ source, code: kind }, words)))
      .catch((error: unknown) => logFailure(error, log))
      .finally(() => {
        touch = undefined;
      });
  };
  const work = (): Promise<void> => {
    inHand = inHand.then(runNow).catch((error: unknown) => logFailure(error, log));
    return inHand;
  };
  const followNow = async (): Promise<void> => {
    if (!isFollowing || stopping.aborted) return;
    isFollowing = false;
    await tick(config, house, { signal: stopping, now: [] }, log);
  };
  cron.setLogger(quietLogger);
  let ticker = reschedule(undefined, config.refreshCron, work);
  const watcher = cron.schedule(
    '* * * * *',
    async () => {
      const sinceMs = house.clock.now() - endedAt;
      const isCalled = subscriptions.isAnyDue(house.clock.now());
      if (settings.hasChanged() || isCalled || sinceMs > sleptMs || sinceMs < 0) await work();
    },
    { noOverlap: true, timezone: 'UTC', name: 'watcher' },
  );
  return {
    work,
    wake() {
      if (isWoken) return;
      isWoken = true;
      void work();
    },
    follow() {
      if (isFollowing) return;
      isFollowing = true;
      inHand = inHand.then(followNow).catch((error: unknown) => logFailure(error, log));
    },
    async dismiss() {
      await Promise.all([ticker.destroy(), watcher.destroy()]);
      await Promise.race([Promise.all([inHand, touch]), opened.clock.wait(farewellMs)]);
    },
  };
}

type Task = ReturnType<typeof cron.schedule>;

function reschedule(old: Task | undefined, expression: string, work: () => Promise<void>): Task {
  void old?.destroy();
  return cron.schedule(expression, work, { noOverlap: true, timezone: 'UTC', name: 'refresh' });
}

/** What an open network was made from. */
function networkOf({ network, site }: Config): unknown {
  return [network, site.contact, site.url];
}

/** node-cron prints stack traces by itself; every failure of ours is already a line of the log. */
const quietLogger = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

async function tick(
  config: Config,
  house: House,
  options: Pick<PassOptions, 'signal' | 'pushed' | 'now'>,
  log: Log,
): Promise<void> {
  try {
    const report = await runOnce(config, house, {
      ...options,
      onOutcome: (outcome) => logOutcome(outcome, log, false),
    });
    logReport(report, log);
  } catch (error) {
    logFailure(error, log); // the daemon outlives a full disk: the next tick tries again
  }
}

function logFailure(error: unknown, log: Log): void {
  const halting = haltingProblem(error);
  const words = halting === undefined ? String(error) : `${halting.happened}. ${halting.did} ${halting.todo}`.trim();
  log.error({ code: halting?.code ?? 'defect' }, words);
}
