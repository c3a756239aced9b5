/** `relais run`: one pass for cron. Silent off a terminal unless something needs a person, and that once. */
import { nearest } from '../config/nearest.ts';
import type { Library } from '../edges.ts';
import type { Config } from '../model.ts';
import { isNamed } from '../pass.ts';
import { alreadyRunning, type RunReport, runOnce, takeLease } from '../run.ts';
import { terminalLine } from '../text/safe.ts';
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
      // Beside a daemon this is every quarter of an hour: nothing for cron to mail.
      if (options.json === true) printer.json({ problems: [alreadyRunning(lease)] });
      else if (printer.isTerminal || options.verbose === true) printer.alarm(problemLines(alreadyRunning(lease)));
      return exitCodes.alreadyRunning;
    }
    try {
      const isTalking =
        options.json !== true && options.quiet !== true && (printer.isTerminal || options.verbose === true);
      const stranger = await unknownName(options.now, config, house.library);
      if (stranger !== undefined) {
        printer.alarm(stranger);
        return exitCodes.usage;
      }
      const now = options.now === true ? 'all' : options.now === false ? undefined : options.now;
      const report = await runOnce(config, house, {
        now,
        signal: lease.signal,
        onOutcome: isTalking ? (outcome) => printer.line(outcomeLines(outcome, options.verbose === true)) : undefined,
      });
      if (options.json === true) printer.json(report);
      else if (isTalking) tellAll(report, printer);
      else tellNews(report, options.quiet === true ? { ...printer, line: () => undefined } : printer);
      return exitCodeOf(report);
    } finally {
      await lease.giveBack();
    }
  } finally {
    await house.library.close();
  }
}

/** A name after --now that no source has, in a sentence with the nearest that one has. */
async function unknownName(names: RunOptions['now'], config: Config, library: Library): Promise<string | undefined> {
  if (names === undefined || typeof names === 'boolean') return undefined;
  const memories = await library.memories();
  const asked = names.find((name) => !config.sources.some((source) => isNamed(source, memories.get(source.key), name)));
  if (asked === undefined) return undefined;
  const known = config.sources.map((source) => source.name ?? memories.get(source.key)?.title ?? source.url);
  const near = nearest(asked, known);
  return `No source is called “${terminalLine(asked)}”.${near === undefined ? '' : ` Did you mean “${terminalLine(near)}”?`}`;
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
  for (const one of report.problems) if (one.severity === 'failure') printer.alarm(problemLines(one));
}

/** A bug of ours, told without a stack. */
function defectLines(subject: string, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `✗ ${subject}: a mistake of Relais itself (${what}).\n  The other sources were refreshed. Please report it, with this line.`;
}

function exitCodeOf(report: RunReport): number {
  const isHalted = report.problems.some((one) => one.severity === 'failure');
  if (isHalted || report.defects.length > 0) return exitCodes.couldNotRun;
  return report.outcomes.some((outcome) => outcome.isNewlyFailing) ? exitCodes.needsPerson : exitCodes.done;
}
