/** `relais status`: the sources at a glance, and how the relay itself runs; read from the store, printed or as JSON. */

import { systemClock } from '../clock.ts';
import type { Clock } from '../edges.ts';
import type { Worker } from '../fleet-library.ts';
import type { Config, Instant } from '../model.ts';
import { hasDatabase, type Storage } from '../storage.ts';
import { digestJson } from '../telling/digest-status.ts';
import type { FleetStatus } from '../telling/fleet-status.ts';
import type { PushStatus } from '../telling/push-status.ts';
import { type RelayStatus, relayStatus } from '../telling/relay-status.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';
import { statusLines } from './status-lines.ts';

/** @returns exit code 0 also when sources fail: this command looks and does not judge */
export async function status(options: CommonOptions, printer: Printer, clock?: Clock): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const relay = await readStatus(config, storageOf(options, config), clock, printer);
  if (options.json === true) printer.json(jsonOf(relay));
  else for (const line of statusLines(relay, config.site.timezone, printer.width)) printer.line(line);
  return exitCodes.done;
}

/**
 * Looking makes no database: before the first run every source was simply never asked.
 * @param clock undefined for the database's, which on a server may differ from ours
 */
async function readStatus(
  config: Config,
  data: Storage,
  clock: Clock | undefined,
  printer: Printer,
): Promise<RelayStatus> {
  if (!(await hasDatabase(data))) return await relayStatus(config, undefined, (clock ?? systemClock).now());
  const library = await lookIntoStore(data, printer);
  try {
    const now = clock?.now() ?? (await library.fleet())?.now ?? systemClock.now();
    return await relayStatus(config, library, now);
  } finally {
    await library.close();
  }
}

/** What a script is given: the same, with instants as ISO 8601. */
function jsonOf(relay: RelayStatus): unknown {
  const {
    now,
    agreements,
    sources,
    lastRun,
    lastGoodRun,
    lastBackup,
    digests,
    pushes,
    hub,
    fleet,
    news,
    reportTroubles,
  } = relay;
  const pushOf = (push: PushStatus | undefined): unknown =>
    push && { ...push, until: iso(push.until), lastPush: iso(push.lastPush), nextTry: iso(push.nextTry) };
  return {
    asOf: iso(now),
    lastRun: { started: iso(lastRun.started), ended: iso(lastRun.ended) },
    lastGoodRun: iso(lastGoodRun),
    lastBackup: iso(lastBackup),
    reportTroubles: reportTroubles.map(({ since, problem: { happened, todo } }) => ({
      since: iso(since),
      problem: happened,
      todo,
    })),
    digests: digests.map((one) => digestJson(one, iso)),
    hub: hub && { ...hub, since: iso(hub.since) },
    workers: fleet && workersJson(fleet),
    news: news.map(({ at, source, kind, words }) => ({ at: iso(at), source, kind, words })),
    sources: sources.map(({ key, why, move, days, ...rest }) => ({
      ...rest,
      agreementEnds: agreements.get(key)?.why,
      push: pushOf(pushes.get(key)),
      since: iso(rest.since),
      problem: why,
      newestItem: iso(rest.newestItem),
      firstWaiting: iso(rest.firstWaiting),
      lastTried: iso(rest.lastTried),
      lastSuccess: iso(rest.lastSuccess),
      lastNewItem: iso(rest.lastNewItem),
      failingSince: iso(rest.failingSince),
      nextDue: iso(rest.nextDue),
      move: move && { ...move, since: iso(move.since), last: iso(move.last) },
      days: days.map(({ day, ...counts }) => ({ day: iso(day)?.slice(0, 10), ...counts })),
    })),
  };
}

function workersJson(fleet: FleetStatus): unknown {
  const { atWork, silent, inHand, due, neverAsked, oldest } = fleet;
  const workerJson = ({ started, seen, ...rest }: Worker): unknown => ({
    ...rest,
    started: iso(started),
    lastHeardOf: iso(seen),
  });
  return {
    atWork: atWork.map(workerJson),
    silent: silent.map(workerJson),
    sourcesInHand: inHand,
    sourcesDue: due,
    sourcesNeverAsked: neverAsked,
    oldestDue: oldest && { source: oldest.source, seconds: Math.round(oldest.forMs / 1_000) },
  };
}

/** An instant that no calendar can show stands for "not known". */
function iso(instant: Instant | undefined): string | undefined {
  const isDate = instant !== undefined && instant > 0 && instant <= 8.64e15;
  return isDate ? new Date(instant).toISOString() : undefined;
}
