/** `relais status`: the sources at a glance, and how the relay itself runs; read from the store, printed or as JSON. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { agreementWords } from '../agreements.ts';
import type { Clock } from '../edges.ts';
import type { Library } from '../library.ts';
import type { Config, Instant, News, SourceKey } from '../model.ts';
import { runFacts } from '../run.ts';
import { firstDayShown, type SourceStatus, sourceStatuses } from '../source-status.ts';
import { agreementState } from '../text/agreement-days.ts';
import { redactor } from '../text/redact.ts';
import { systemClock } from '../wire.ts';
import { type DigestStatus, digestJson, digestStatuses } from './digest-status.ts';
import { lookIntoStore } from './look.ts';
import { countMissing } from './missing-words.ts';
import type { Printer } from './print.ts';
import { type OwnHubStatus, ownHubStatus, type PushStatus, pushStatuses } from './push-status.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings } from './settings.ts';
import { statusLines } from './status-lines.ts';

/** How the relay stands. */
export interface RelayStatus {
  readonly now: Instant;
  /** Agreements that end soon or have ended, by source. */
  readonly agreements: ReadonlyMap<SourceKey, { readonly why: string; readonly todo: string }>;
  /** In the order of sources.yaml. */
  readonly sources: readonly SourceStatus[];
  readonly lastRun: { readonly started: Instant | undefined; readonly ended: Instant | undefined };
  /** A run that has published the site and heard from a source. */
  readonly lastGoodRun: Instant | undefined;
  readonly lastBackup: Instant | undefined;
  readonly digests: readonly DigestStatus[];
  /** Of sources whose hubs have been asked to call us. */
  readonly pushes: ReadonlyMap<SourceKey, PushStatus>;
  /** Undefined where the settings name no hub of ours. */
  readonly hub: OwnHubStatus | undefined;
  /** Newest first. */
  readonly news: readonly News[];
}

const newsShown = 10;

/** @returns exit code 0 also when sources fail: this command looks and does not judge */
export async function status(options: CommonOptions, printer: Printer, clock: Clock = systemClock): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const relay = await readStatus(config, dataFolder(options), clock.now(), printer);
  if (options.json === true) printer.json(jsonOf(relay));
  else for (const line of statusLines(relay, config.site.timezone, printer.width)) printer.line(line);
  return exitCodes.done;
}

/** Looking makes no database: before the first run every source was simply never asked. */
async function readStatus(config: Config, folder: string, now: Instant, printer: Printer): Promise<RelayStatus> {
  if (!existsSync(join(folder, 'relais.db'))) return await relayStatus(config, undefined, now);
  const library = await lookIntoStore(folder, printer);
  try {
    return await relayStatus(config, library, now);
  } finally {
    await library.close();
  }
}

async function relayStatus(config: Config, library: Library | undefined, now: Instant): Promise<RelayStatus> {
  const hide = redactor(config.secrets);
  const fact = async (name: string): Promise<Instant | undefined> => {
    const value = await library?.fact(name);
    return value === undefined ? undefined : Number(value);
  };
  const memories = (await library?.memories()) ?? new Map();
  const counts = (await library?.itemCounts()) ?? new Map();
  const waiting = (await library?.waitingCounts()) ?? new Map();
  const missing = countMissing((await library?.missing()) ?? []);
  const days = (await library?.days(firstDayShown(now))) ?? [];
  const news = [...((await library?.news(0)) ?? [])].sort((a, b) => b.at - a.at).slice(0, newsShown);
  return {
    now,
    agreements: new Map(
      config.sources.flatMap((source) => {
        const state = agreementState(source, config.site.timezone, now);
        return state === undefined || state === 'holds' ? [] : [[source.key, agreementWords(source, state)]];
      }),
    ),
    sources: sourceStatuses({ config, memories, now, counts, waiting, days, missing }),
    lastRun: { started: await fact(runFacts.started), ended: await fact(runFacts.ended) },
    lastGoodRun: await fact(runFacts.good),
    lastBackup: await fact('backed-up'),
    digests: await digestStatuses(config, library, now),
    pushes: await pushStatuses(library, now, hide),
    hub: await ownHubStatus(config, library),
    news: news.map((one) => ({ ...one, words: hide(one.words) })),
  };
}

/** What a script is given: the same, with instants as ISO 8601. */
function jsonOf(relay: RelayStatus): unknown {
  const { now, agreements, sources, lastRun, lastGoodRun, lastBackup, digests, pushes, hub, news } = relay;
  const pushOf = (push: PushStatus | undefined): unknown =>
    push && { ...push, until: iso(push.until), lastPush: iso(push.lastPush), nextTry: iso(push.nextTry) };
  return {
    asOf: iso(now),
    lastRun: { started: iso(lastRun.started), ended: iso(lastRun.ended) },
    lastGoodRun: iso(lastGoodRun),
    lastBackup: iso(lastBackup),
    digests: digests.map((one) => digestJson(one, iso)),
    hub: hub && { ...hub, since: iso(hub.since) },
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

/** An instant that no calendar can show stands for "not known". */
function iso(instant: Instant | undefined): string | undefined {
  const isDate = instant !== undefined && instant > 0 && instant <= 8.64e15;
  return isDate ? new Date(instant).toISOString() : undefined;
}
