/** How the relay stands: the sources, and what else a maintainer looks for at a glance; read from the store. */
import { agreementWords } from '../agreements.ts';
import type { Library } from '../library.ts';
import type { Config, Instant, News, SourceKey } from '../model.ts';
import { waitingForPerson } from '../parked.ts';
import { type ReportTrouble, reportTroubles } from '../report/trouble.ts';
import { runFacts } from '../run.ts';
import { firstDayShown, type SourceStatus, sourceStatuses } from '../source-status.ts';
import { agreementState } from '../text/agreement-days.ts';
import { redactor } from '../text/redact.ts';
import { type DigestStatus, digestStatuses } from './digest-status.ts';
import { type FleetStatus, fleetStatus } from './fleet-status.ts';
import { countMissing } from './missing-words.ts';
import { type OwnHubStatus, ownHubStatus, type PushStatus, pushStatuses } from './push-status.ts';

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
  /** Mail or switch that does not reach the maintainer. */
  readonly reportTroubles: readonly ReportTrouble[];
  readonly digests: readonly DigestStatus[];
  /** Of sources whose hubs have been asked to call us. */
  readonly pushes: ReadonlyMap<SourceKey, PushStatus>;
  /** Undefined where the settings name no hub of ours. */
  readonly hub: OwnHubStatus | undefined;
  /** Undefined where everything is in a file, which one process works on. */
  readonly fleet: FleetStatus | undefined;
  /** Newest first. */
  readonly news: readonly News[];
}

const newsShown = 10;

/** @param library undefined before the first run */
export async function relayStatus(config: Config, library: Library | undefined, now: Instant): Promise<RelayStatus> {
  const hide = redactor(config.secrets);
  const fact = async (name: string): Promise<Instant | undefined> => {
    const value = await library?.fact(name);
    return value === undefined ? undefined : Number(value);
  };
  const memories = (await library?.memories()) ?? new Map();
  const fleet = await library?.fleet();
  const counts = (await library?.itemCounts()) ?? new Map();
  const waiting = (await library?.waitingCounts()) ?? new Map();
  const missing = countMissing((await library?.missing()) ?? []);
  const days = (await library?.days(firstDayShown(now))) ?? [];
  const news = await newsNow(config, library);
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
    reportTroubles: await reportTroubles(config, library),
    digests: await digestStatuses(config, library, now),
    pushes: await pushStatuses(library, now, hide),
    hub: await ownHubStatus(config, library),
    fleet: fleet && fleetStatus(config, memories, fleet),
    news: news.map((one) => ({ ...one, words: hide(one.words) })),
  };
}

/** The newest, without texts that waited for a person who has looked at them since. */
async function newsNow(config: Config, library: Library | undefined): Promise<readonly News[]> {
  if (library === undefined) return [];
  const all = [...(await library.news(0))].sort((a, b) => b.at - a.at);
  const isParked = ({ kind }: News): boolean => kind === 'parked';
  const waiting = all.some(isParked) ? await waitingForPerson(config, library) : [];
  const sources = new Set(waiting.map(({ sourceKey }) => sourceKey));
  return all.filter((one) => !isParked(one) || sources.has(one.sourceKey)).slice(0, newsShown);
}
