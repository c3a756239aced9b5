/**
 * Runs on schedule: node-cron's tick asks what is due. node-cron is only the tick, in UTC (it loses and doubles jobs at clock
 * changes, spec traps 6): what is due is an instant in the database. The only file that loads node-cron for its schedules.
 */
import cron from 'node-cron';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';
import type { PassOptions } from '../pass.ts';
import { problemWords } from '../problems.ts';
import { haltingProblem, runOnce } from '../run.ts';
import { subscribe } from '../subscribing.ts';
import type { Subscriptions } from '../subscriptions.ts';
import { noteSaid } from '../unsaid.ts';
import type { House } from '../wire.ts';
import { isWorthWaiting, tickBeside } from './beside.ts';
import { logOutcome, logReport } from './log.ts';
import type { SettingsWatch } from './settings-watch.ts';

/** Longest wait for the work in hand after SIGTERM; systemd and Docker kill after ten seconds or more. */
const farewellMs = 8_000;
/** A machine that has slept has missed its ticks; the next one makes up for them. */
const sleptMs = 5 * 60_000;

export interface CrewOptions {
  readonly house: House;
  readonly stopping: AbortSignal;
  readonly settings: SettingsWatch;
  readonly log: Log;
  /** After each run. */
  readonly onRun: (config: Config) => Promise<void>;
  readonly subscriptions: Subscriptions;
}

export interface Crew {
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
export function openCrew({ house: opened, stopping, settings, log, subscriptions, onRun }: CrewOptions): Crew {
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
    await subscriptions.catchUp().catch((error: unknown) => {
      if (!isWorthWaiting(error)) logFailure(error, log); // the run waits for a server that does not answer, and says so
    });
    const taken = subscriptions.take(house.clock.now());
    let unasked = taken.sources; // all, where it does not come to a pass
    const onUnasked: PassOptions['onUnasked'] = (pushed) => {
      unasked = pushed;
    };
    const isOurs = await tick(config, house, { signal: stopping, pushed: taken.sources, onUnasked }, log);
    if (!stopping.aborted) await subscriptions.asked(taken, unasked);
    await onRun(config);
    endedAt = house.clock.now();
    if (isOurs) keepTouch(); // of several workers one alone
  };
  /** Beside the runs: no partner's post waits for a hub that is slow. */
  const keepTouch = (): void => {
    if (stopping.aborted) return;
    touch ??= subscribe(config, subscriptions, house, stopping)
      .then(() => undefined) // the next run says what came of it
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

/** @returns whether this process did what one alone may do */
async function tick(
  config: Config,
  house: House,
  options: Pick<PassOptions, 'signal' | 'pushed' | 'onUnasked' | 'now'>,
  log: Log,
): Promise<boolean> {
  const onOutcome: PassOptions['onOutcome'] = (outcome) => logOutcome(outcome, log, false);
  try {
    const report =
      house.claims === undefined
        ? await runOnce(config, house, { ...options, onOutcome })
        : await tickBeside(config, house, {
            ...options,
            onOutcome,
            isFollowing: options.now !== undefined,
            onWait: (error) => logFailure(error, log),
            onBack: () => logReturn(log),
          });
    if (report === undefined) return false;
    logReport(report, log);
    await noteSaid(report, house);
    return true;
  } catch (error) {
    logFailure(error, log); // the daemon outlives a full disk: the next tick tries again
    return false;
  }
}

/** Of a database server that was waited for. */
export function logReturn(log: Log): void {
  log.info({}, 'the database server answers again');
}

export function logFailure(error: unknown, log: Log): void {
  const halting = haltingProblem(error);
  const words = halting === undefined ? String(error) : problemWords(halting);
  log.error({ code: halting?.code ?? 'defect' }, words);
}
