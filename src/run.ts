/**
 * One run: what cron's `relais run` and every tick of `relais start` do. The night's work when it is due, what the
 * maintainer has ruled, a pass over what is due and their pictures, then the site, then whoever wants to hear of it.
 */
import { tellOfAgreements } from './agreements.ts';
import { letInDue } from './ahead.ts';
import { catchUp } from './catching-up.ts';
import type { Clock } from './edges.ts';
import type { Asked, Held } from './fleet-library.ts';
import type { Library } from './library.ts';
import { mailDigests } from './mailing.ts';
import { isMaintenanceDue, lookAtDisk, maintain } from './maintenance.ts';
import type { Config, Instant } from './model.ts';
import { tellHub } from './notices.ts';
import { tellOfOwnFiles } from './own-files.ts';
import { lookAgain, tellOfParked } from './parked.ts';
import { type PassOptions, type PassReport, runPass } from './pass.ts';
import { copyPictures, type PictureReport } from './pictures.ts';
import type { Problem } from './problems.ts';
import { Halt, problem, toldOnce } from './problems.ts';
import { type PublicationOptions, type PublicationReport, publishSite } from './publication.ts';
import { carryOut } from './rulings.ts';
import { findUnsaid, type Unsaid } from './unsaid.ts';
import { lookForVanished } from './vanished.ts';
import type { House } from './wire.ts';
import { type Looking, lookForWishes } from './wishes.ts';

/** What it has to say of the sources counts as said once `noteSaid` has it. */
export interface RunReport extends RunOutcome, Unsaid {}

interface RunOutcome extends PassReport {
  readonly publication: PublicationReport;
  /** What is amiss with the run as a whole: feeds that cannot name their own address, a site that cannot be written. */
  readonly problems: readonly Problem[];
}

/** Facts about runs, for `status` and for whoever watches over the relay. Instants as digits. */
export const runFacts = { started: 'run-started', ended: 'run-ended', good: 'run-good' } as const;

/**
 * A site that cannot be written is told in the report, beside what the sources came to: that news comes once.
 * @throws Halt when the store cannot be used
 */
export async function runOnce(
  config: Config,
  house: House,
  options: PassOptions & PublicationOptions = {},
): Promise<RunReport> {
  try {
    const before = Number((await house.library.fact(runFacts.started)) ?? 0);
    const outcome = await doRun(config, house, options);
    await house.library.replaceFact(runFacts.ended, String(house.clock.now()));
    const report = { ...outcome, ...(await findUnsaid(config, house)) };
    return await tell(config, house, report, await askedFor(report, house, before));
  } catch (error) {
    if (config.reporting.ping !== undefined) {
      const { callSwitch } = await import('./report/report.ts');
      await callSwitch(config, false, house);
    }
    throw error;
  }
}

async function doRun(config: Config, house: House, options: PassOptions & PublicationOptions): Promise<RunOutcome> {
  const problems = [...(await lookAtDisk(house))];
  await house.library.replaceFact(runFacts.started, String(house.clock.now()));
  if (await isMaintenanceDue(config, house)) problems.push(...(await maintain(config, house)));
  await catchUp(config, house);
  await lookAgain(config, house);
  const ruled = await carryOut(config, house);
  const letIn = await letInDue(config, house);
  const begun = house.clock.now();
  const looking: Looking = { since: begun, files: new Map(), signal: options.signal };
  const { pass, early } = await passPublishing(config, house, looking, options);
  // Of several workers others may have asked.
  if (pass.outcomes.length > 0 || house.claims !== undefined) await lookForWishes(config, house, looking);
  const vanished = await lookForVanished(config, house, options.signal);
  house.library.rest();
  const outcomes = [...ruled.outcomes, ...letIn.outcomes, ...pass.outcomes, ...vanished.outcomes];
  const defects = [...ruled.defects, ...letIn.defects, ...pass.defects, ...vanished.defects];
  const { left, postponed } = pass;
  const pictures = [...early.pictures, await copyPictures(config, house, options.signal)];
  defects.push(...pictures.flatMap((one) => one.defects));
  problems.push(...toldOnce(pictures.flatMap((one) => one.problems)));
  if (config.site.url === undefined) problems.push(problem('publish/no-address', { file: config.file }));
  problems.push(...(await tellOfOwnFiles(config, house)));
  await tellOfAgreements(config, house);
  await tellOfParked(config, house);
  try {
    const publication = together(early.publications, await publishSite(config, house, options));
    problems.push(...(await tellHub(config, house, options.signal)));
    // What could not be rendered may still hold what has been taken back since: nothing of it is mailed.
    if (publication.defects.length === 0) await mailDigests(config, house);
    return { outcomes, defects: [...defects, ...publication.defects], left, postponed, publication, problems };
  } catch (error) {
    const halting = haltingProblem(error);
    if (halting === undefined) throw error;
    const publication = together(early.publications, { written: [], removed: [], defects: [] });
    return { outcomes, defects, left, postponed, publication, problems: [...problems, halting] };
  }
}

/** What went out before the pass was over, and on the way there. */
interface Early {
  readonly publications: PublicationReport[];
  readonly pictures: PictureReport[];
}

/**
 * A pass; while it waits for nothing but slow servers, what the others have brought goes out, once all is asked that is asked before
 * a publication. What cannot be written then is tried again after the pass, and told then.
 */
async function passPublishing(
  config: Config,
  house: House,
  looking: Looking,
  options: PassOptions & PublicationOptions,
): Promise<{ readonly pass: PassReport; readonly early: Early }> {
  const { signal, onDrawn } = options;
  const early: Early = { publications: [], pictures: [] };
  const inLulls: PassOptions['inLulls'] = {
    async prepare(learn) {
      await lookForWishes(config, house, { ...looking, learn });
      early.pictures.push(await copyPictures(config, house, signal));
    },
    async bringOut() {
      house.library.rest();
      early.publications.push(await publishSite(config, house, { onDrawn }));
    },
  };
  return { pass: await runPass(config, house, { ...options, inLulls }), early };
}

/** What was rendered in vain before the end was rendered again at the end. */
function together(early: readonly PublicationReport[], last: PublicationReport): PublicationReport {
  const every = (what: 'written' | 'removed'): readonly string[] => [
    ...new Set([...early, last].flatMap((one) => one[what])),
  ];
  return { ...last, written: every('written'), removed: every('removed') };
}

/** Of several workers each asks, and one does the rest: it goes by what all have asked since the last run began. */
async function askedFor({ outcomes }: RunReport, { claims, library }: House, before: Instant): Promise<Asked> {
  if (claims !== undefined) return await library.askedSince(before);
  return { tried: outcomes.length, answered: outcomes.filter(({ kind }) => kind !== 'failed').length };
}

/** A run is good when the site is published and, if anybody was asked, somebody has answered. */
function isGood({ defects, problems }: RunReport, { tried, answered }: Asked): boolean {
  const isPublished = defects.length === 0 && problems.every((one) => one.severity !== 'failure');
  return isPublished && (tried === 0 || answered > 0);
}

/** One that was stopped is neither good nor bad, and there is no time: the next one tells. */
async function tell(config: Config, house: House, report: RunReport, asked: Asked): Promise<RunReport> {
  if (report.left > 0) return report;
  if (isGood(report, asked)) await house.library.replaceFact(runFacts.good, String(house.clock.now()));
  const { ping: address, mail } = config.reporting;
  if (address === undefined && mail === undefined) return report;
  const { mailNews, ping } = await import('./report/report.ts');
  const problems = [...(await mailNews(config, house)), ...(await ping(config, isGood(report, asked), house))];
  return { ...report, problems: [...report.problems, ...problems] };
}

export interface Lease {
  /** Aborted when another process has taken the lease: stop writing. */
  readonly signal: AbortSignal;
  readonly giveBack: () => Promise<void>;
}

const heartbeatMs = 15_000;

/** Takes the lease on a database and keeps it alive, or says who has it. */
export async function takeLease({
  library,
  clock,
}: {
  readonly library: Pick<Library, 'takeLease' | 'renewLease' | 'giveBackLease'>;
  readonly clock: Clock;
}): Promise<Lease | Held> {
  const held = await library.takeLease(clock.now());
  if (held !== undefined) return held;
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    library.renewLease(clock.now()).then(
      (isOurs) => {
        if (!isOurs) lost.abort();
      },
      () => lost.abort(), // a store that cannot renew cannot record either; the run in hand says why
    );
  }, heartbeatMs);
  heartbeat.unref();
  return {
    signal: lost.signal,
    async giveBack() {
      clearInterval(heartbeat);
      if (!lost.signal.aborted) await library.giveBackLease();
    },
  };
}

/** The problem to show when somebody else holds the lease. */
export function alreadyRunning(held: Held): Problem {
  return problem(
    'schedule/already-running',
    {},
    `process ${held.pid} on ${held.host}, since ${new Date(held.since).toISOString()}`,
  );
}

/**
 * True for what is to be said even where nothing is said of what went well: what has stopped the run, and what the one run that finds
 * it tells and no later one: mistakes in message files and in the look of the site, and reports that do not reach the maintainer. What
 * the night's work could not do is said each night: whoever does not hear of it has no copy on the day it is wanted.
 */
export function hasToBeSaid({ code, severity }: Problem): boolean {
  return severity === 'failure' || /^(?:messages|look)\//.test(code) || needsPerson({ code });
}

/** True for what ends a run with the exit code for a person, though all of it was done. */
export function needsPerson({ code }: Pick<Problem, 'code'>): boolean {
  return code.startsWith('report/') || ofTheNight.has(code);
}

const ofTheNight: ReadonlySet<Problem['code']> = new Set([
  'store/backup-failed',
  'store/words-left',
  'store/pictures-failed',
]);

/** @returns the problem inside a Halt; undefined for anything else, which is a bug of ours */
export function haltingProblem(error: unknown): Problem | undefined {
  return error instanceof Halt ? error.problem : undefined;
}

/** What to say of sources that wait for the next run because of their neighbours. */
export function postponedWords(count: number): string {
  return `${count} ${count === 1 ? 'source is' : 'sources are'} left for the next run: nothing at their address has answered`;
}

/** What to say of a run that was told to stop. @param left sources that were to be asked and have not been; undefined before any */
export function stoppedWords(left: number | undefined): string {
  if (left === undefined) return 'stopped before any source was asked';
  return `stopped; ${left} ${left === 1 ? 'source is' : 'sources are'} left for the next run`;
}
