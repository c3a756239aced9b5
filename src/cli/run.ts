/** `relais run`: one pass for cron. Silent off a terminal unless something needs a person, and that once. */
import type { Config, Outcome } from '../model.ts';
import { alreadyRunning, type RunReport, runOnce, takeLease } from '../run.ts';
import { openHouse } from '../wire.ts';
import { outcomeLine, type Printer, problemLines } from './print.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings } from './settings.ts';

export interface RunOptions extends CommonOptions {
  /** `true` for all sources, or names of some. */
  readonly now?: boolean | readonly string[] | undefined;
}

export async function run(options: RunOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const house = await openHouse(config, dataFolder(options));
  try {
    const lease = await takeLease(house);
    if ('pid' in lease) {
      if (options.json === true) printer.json({ problems: [alreadyRunning(lease)] });
      else printer.alarm(problemLines(alreadyRunning(lease)));
      return exitCodes.alreadyRunning;
    }
    try {
      const isTalking =
        options.json !== true && options.quiet !== true && (printer.isTerminal || options.verbose === true);
      const names = nameTable(config);
      const now = options.now === true ? 'all' : options.now === false ? undefined : options.now;
      const report = await runOnce(config, house, {
        now,
        signal: lease.signal,
        onOutcome: isTalking ? (outcome) => printer.line(outcomeLine(outcome, names(outcome))) : undefined,
      });
      if (options.json === true) printer.json(report);
      else if (options.quiet !== true) tell(report, isTalking, printer, names, options.verbose === true);
      return exitCodeOf(report);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await house.library.close();
  }
}

function nameTable(config: Config): (outcome: Outcome) => string {
  const names = new Map(config.sources.map((source) => [source.key, source.name ?? source.key]));
  return (outcome) => names.get(outcome.sourceKey) ?? outcome.sourceKey;
}

function tell(
  report: RunReport,
  isTalking: boolean,
  printer: Printer,
  names: (outcome: Outcome) => string,
  isVerbose: boolean,
): void {
  for (const outcome of report.outcomes) {
    const isNews = outcome.isNewlyFailing || outcome.hasRecovered;
    if (!isTalking && isNews)
      (outcome.isNewlyFailing ? printer.alarm : printer.line)(outcomeLine(outcome, names(outcome)));
    for (const one of outcome.problems) {
      const isWorthSaying = one.severity === 'warning' || (isVerbose && one.severity === 'note');
      if (isWorthSaying && outcome.kind !== 'failed') printer.alarm(problemLines(one));
    }
  }
  for (const defect of report.defects) printer.alarm(defectLines(defect.sourceKey, defect.error));
  if (!isTalking) return;
  for (const one of report.problems) printer.line(problemLines(one));
  const { outcomes, publication } = report;
  const total = (pick: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
  printer.line(
    `${outcomes.length} sources asked, ${total((one) => one.newItems)} new items, ` +
      `${outcomes.filter((one) => one.kind === 'failed').length} failing; ${publication.written.length} files written.`,
  );
}

/** A bug of ours, told without a stack; `--verbose` on the report asks for the rest. */
export function defectLines(subject: string, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `✗ ${subject}: a mistake of Relais itself (${what}).\n  The other sources were refreshed. Please report it, with this line.`;
}

function exitCodeOf(report: RunReport): number {
  if (report.defects.length > 0) return exitCodes.couldNotRun;
  return report.outcomes.some((outcome) => outcome.isNewlyFailing) ? exitCodes.needsPerson : exitCodes.done;
}
