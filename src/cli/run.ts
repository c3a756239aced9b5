/** `relais run`: one pass for cron. Silent off a terminal unless something needs a person, and that once. */
import { alreadyRunning, type RunReport, runOnce, takeLease } from '../run.ts';
import { openHouse } from '../wire.ts';
import { outcomeLines, type Printer, problemLines } from './print.ts';
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
      const now = options.now === true ? 'all' : options.now === false ? undefined : options.now;
      const report = await runOnce(config, house, {
        now,
        signal: lease.signal,
        onOutcome: isTalking ? (outcome) => printer.line(outcomeLines(outcome, options.verbose === true)) : undefined,
      });
      if (options.json === true) printer.json(report);
      else if (isTalking) tellAll(report, printer);
      else if (options.quiet !== true) tellNews(report, printer);
      return exitCodeOf(report);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await house.library.close();
  }
}

/** On a terminal: what every source came to has been said; this is the rest. */
function tellAll(report: RunReport, printer: Printer): void {
  const { outcomes, publication } = report;
  for (const defect of report.defects) printer.alarm(defectLines(defect.sourceKey, defect.error));
  for (const one of report.problems) printer.line(problemLines(one));
  const newItems = outcomes.reduce((sum, outcome) => sum + outcome.newItems, 0);
  const failing = outcomes.filter((outcome) => outcome.kind === 'failed').length;
  const asked = `${outcomes.length} sources asked, ${newItems} new items, ${failing} failing`;
  printer.line(`${asked}; ${publication.written.length} files written.`);
}

/** Under cron, which mails whatever is printed: only what needs a person, and that once. */
function tellNews(report: RunReport, printer: Printer): void {
  for (const outcome of report.outcomes) {
    if (outcome.isNewlyFailing) printer.alarm(outcomeLines(outcome, false));
    else if (outcome.hasRecovered) printer.line(outcomeLines(outcome, false));
  }
  for (const defect of report.defects) printer.alarm(defectLines(defect.sourceKey, defect.error));
}

/** A bug of ours, told without a stack; `--verbose` on the report asks for the rest. */
function defectLines(subject: string, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `✗ ${subject}: a mistake of Relais itself (${what}).\n  The other sources were refreshed. Please report it, with this line.`;
}

function exitCodeOf(report: RunReport): number {
  if (report.defects.length > 0) return exitCodes.couldNotRun;
  return report.outcomes.some((outcome) => outcome.isNewlyFailing) ? exitCodes.needsPerson : exitCodes.done;
}
