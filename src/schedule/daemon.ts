/**
 * `relais start`: node-cron's tick asks what is due, and the web server stands beside it. node-cron is only the tick
 * (it loses and doubles jobs at clock changes, spec traps 6): what is due is an instant in the database.
 * The only file that loads node-cron for its schedules.
 */
import { statSync } from 'node:fs';
import cron from 'node-cron';
import type { Log } from '../edges.ts';
import type { Config, Outcome } from '../model.ts';
import { alreadyRunning, haltingProblem, type Lease, type RunReport, runOnce, takeLease } from '../run.ts';
import { openServer } from '../serve/server.ts';
import { type House, openHouse } from '../wire.ts';
import { openLog } from './log.ts';

export interface DaemonOptions {
  /** Reads the configuration; undefined after it has printed what is wrong. */
  readonly readSettings: () => Promise<Config | undefined>;
  readonly configFile: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly host: string;
  readonly printer: { readonly isTerminal: boolean; line(text: string): void; alarm(text: string): void };
}

/** Runs until SIGTERM or SIGINT. @returns the exit code */
export async function start(options: DaemonOptions): Promise<number> {
  const config = await options.readSettings();
  if (config === undefined) return 2;
  const log = openLog(options.printer.isTerminal, options.printer.line);
  const house = await openHouse(config, options.dataFolder);
  try {
    const lease = await takeLease(house);
    if ('pid' in lease) {
      const { happened, did } = alreadyRunning(lease);
      options.printer.alarm(`${happened}. ${did}`);
      return 75;
    }
    try {
      return await keepRunning(config, house, lease, options, log);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await house.library.close();
  }
}

async function keepRunning(
  first: Config,
  house: House,
  lease: Lease,
  options: DaemonOptions,
  log: Log,
): Promise<number> {
  const stop = new AbortController();
  const stopping = AbortSignal.any([stop.signal, lease.signal]);
  const stopped = new Promise<void>((resolve) => stopping.addEventListener('abort', () => resolve(), { once: true }));
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
  const settings = watchSettings(first, options, log);
  const server = await openServer(house.siteFolder, options);
  log.info({ url: server.url }, `serving the site at ${server.url}`);
  let inHand: Promise<unknown> = Promise.resolve();
  const tick = async (): Promise<void> => {
    if (stopping.aborted) return;
    inHand = tickOnce(await settings(), house, stopping, log);
    await inHand;
  };
  cron.setLogger(quietLogger);
  const task = cron.schedule(first.refreshCron, tick, {
    noOverlap: true,
    timezone: first.site.timezone,
    name: 'refresh',
  });
  await tick();
  await stopped;
  log.info({}, lease.signal.aborted ? 'another process has taken the lease; stopping' : 'stopping');
  await task.destroy();
  await Promise.race([inHand, house.clock.wait(8_000)]);
  await server.close();
  process.removeListener('SIGTERM', onSignal);
  process.removeListener('SIGINT', onSignal);
  return lease.signal.aborted ? 75 : 0;
}

/** node-cron prints stack traces by itself; every failure of ours is already a line of the log. */
const quietLogger = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };

async function tickOnce(config: Config, house: House, signal: AbortSignal, log: Log): Promise<void> {
  try {
    const report = await runOnce(config, house, { signal, onOutcome: (outcome) => logOutcome(outcome, log) });
    logReport(report, log);
  } catch (error) {
    // The daemon outlives a full disk: the next tick tries again.
    log.error(
      { code: haltingProblem(error)?.code ?? 'defect' },
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** Reads sources.yaml again when it has changed; a broken new version is refused and the old one kept. */
function watchSettings(first: Config, options: DaemonOptions, log: Log): () => Promise<Config> {
  let config = first;
  let readAt = modifiedAt(options.configFile);
  return async () => {
    const modified = modifiedAt(options.configFile);
    if (modified === readAt) return config;
    readAt = modified;
    const next = await options.readSettings();
    if (next === undefined)
      log.error({ file: options.configFile }, 'the new version has mistakes; the old one stays in force');
    else {
      log.info({ file: options.configFile }, 'read the new version');
      if (needsRestart(config, next)) {
        log.warn(
          { file: options.configFile },
          'network, schedule, time zone or contact have changed: they count from the next start',
        );
      }
      config = next;
    }
    return config;
  };
}

/** What the open network and the running schedule were made from. */
function needsRestart(before: Config, after: Config): boolean {
  const fixed = ({ network, refreshCron, site }: Config): string =>
    JSON.stringify([network, refreshCron, site.timezone, site.contact, site.url]);
  return fixed(before) !== fixed(after);
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function logOutcome(outcome: Outcome, log: Log): void {
  const { source } = outcome;
  const counts = { new: outcome.newItems, corrected: outcome.revisedItems, withdrawn: outcome.withdrawnItems };
  for (const one of outcome.problems) {
    if (one.severity === 'note' && outcome.kind !== 'failed') continue;
    log.warn({ source, code: one.code }, `${one.happened}. ${one.did} ${one.todo}`.trim());
  }
  if (outcome.kind !== 'failed')
    log.info({ source, ...counts }, outcome.kind === 'unchanged' ? 'nothing new' : `${outcome.newItems} new items`);
}

function logReport(report: RunReport, log: Log): void {
  for (const defect of report.defects) log.error({ source: defect.sourceKey, code: 'defect' }, String(defect.error));
  const { written } = report.publication;
  if (report.outcomes.length > 0 || written.length > 0) {
    log.info(
      { asked: report.outcomes.length, written: written.length },
      `${report.outcomes.length} sources asked, ${written.length} files written`,
    );
  }
}
