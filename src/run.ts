/** One run: what cron's `relais run` and every tick of `relais start` do. A pass over what is due, then the site. */
import type { Clock, Held, Library } from './edges.ts';
import type { Config } from './model.ts';
import { type PassOptions, type PassReport, runPass } from './pass.ts';
import type { Problem } from './problems.ts';
import { Halt, problem } from './problems.ts';
import { type PublicationReport, publishSite } from './publication.ts';
import type { House } from './wire.ts';

export interface RunReport extends PassReport {
  readonly publication: PublicationReport;
  /** What is amiss with the run as a whole: feeds that cannot name their own address, a site that cannot be written. */
  readonly problems: readonly Problem[];
}

/**
 * A site that cannot be written is told in the report, beside what the sources came to: that news comes once.
 * @throws Halt when the store cannot be used
 */
export async function runOnce(config: Config, house: House, options: PassOptions = {}): Promise<RunReport> {
  const pass = await runPass(config, house, options);
  const unnamed = config.site.url === undefined ? [problem('publish/no-address', { file: config.file })] : [];
  try {
    const publication = await publishSite(config, house);
    return { ...pass, defects: [...pass.defects, ...publication.defects], publication, problems: unnamed };
  } catch (error) {
    const halting = haltingProblem(error);
    if (halting === undefined) throw error;
    return { ...pass, publication: { written: [], removed: [], defects: [] }, problems: [...unnamed, halting] };
  }
}

export interface Lease {
  /** Aborted when another process has taken the lease: stop writing. */
  readonly signal: AbortSignal;
  readonly giveBack: () => Promise<void>;
}

const heartbeatMs = 15_000;

/** Takes the lease on the data folder and keeps it alive, or says who has it. */
export async function takeLease({ library, clock }: { library: Library; clock: Clock }): Promise<Lease | Held> {
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

/** @returns the problem inside a Halt; undefined for anything else, which is a bug of ours */
export function haltingProblem(error: unknown): Problem | undefined {
  return error instanceof Halt ? error.problem : undefined;
}
