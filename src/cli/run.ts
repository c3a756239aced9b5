/** `relais run`: one pass for cron. Silent off a terminal unless something needs a person, and that once. */

import type { Clock } from '../edges.ts';
import type { Config, Outcome } from '../model.ts';
import type { PassOptions } from '../pass.ts';
import type { PublicationOptions } from '../publication.ts';
import {
  alreadyRunning,
  hasToBeSaid,
  needsPerson,
  postponedWords,
  type RunReport,
  runOnce,
  stoppedWords,
  takeLease,
} from '../run.ts';
import { counted } from '../telling/counted.ts';
import { unknownName } from '../telling/named.ts';
import { noteSaid, notMet } from '../unsaid.ts';
import { openHouse } from '../wire.ts';
import { notAsked } from './not-asked.ts';
import { newsLine, outcomeLines, type Printer, problemLines, recoveryLine } from './print.ts';
import { openProgress } from './progress.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

/** From a service manager, and from a person at a terminal. */
export const stopSignals = ['SIGTERM', 'SIGINT'] as const;

export interface RunOptions extends CommonOptions {
  /** `true` for all sources, or names of some. */
  readonly now?: boolean | readonly string[] | undefined;
}

export async function run(options: RunOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer, true);
  if (config === undefined) return exitCodes.usage;
  const house = await openHouse(config, storageOf(options, config));
  try {
    const lease = await takeLease(house);
    if ('pid' in lease) {
      // Beside a daemon this is every quarter of an hour: nothing for cron to mail.
      if (options.json === true) printer.json({ problems: [alreadyRunning(lease)] });
      else if (printer.isTerminal || options.verbose === true) printer.alarm(problemLines(alreadyRunning(lease)));
      return exitCodes.tryLater;
    }
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    for (const signal of stopSignals) process.once(signal, onSignal); // a second one ends us at once
    try {
      const isTalking =
        options.json !== true && options.quiet !== true && (printer.isTerminal || options.verbose === true);
      const log = isTalking && !printer.isTerminal ? await logFor(config) : undefined;
      const names = Array.isArray(options.now) ? options.now : [];
      if (names.length > 0) {
        const memories = await house.library.memories();
        const stranger = unknownName(names, config, memories);
        if (stranger !== undefined) return refuse(stranger, options, printer);
        if (options.json !== true) for (const line of notAsked(names, config, memories)) printer.alarm(line);
      }
      const now = options.now === true ? 'all' : options.now === false ? undefined : options.now;
      const onOutcome = log?.onOutcome ?? ((outcome) => printer.line(outcomeLines(outcome, options.verbose === true)));
      const signal = AbortSignal.any([lease.signal, stop.signal]);
      let left: number | undefined;
      const progress = openProgress(house.clock.now());
      const show = (text?: string): void => {
        if (isTalking && log === undefined) printer.status?.(text);
      };
      const passOptions: PassOptions & PublicationOptions = {
        now,
        signal,
        onDue: (count) => {
          left = count;
          show(progress.due(count));
        },
        onOutcome(outcome) {
          left = left === undefined ? left : left - 1;
          if (isTalking) onOutcome(outcome);
          show(progress.outcome(outcome, house.clock.now()));
        },
        onDrawn: (files) => show(progress.drawn(files)),
      };
      const report = await endingSoon(runOnce(config, house, passOptions), stop.signal, house.clock);
      show();
      if (report === undefined) {
        const words = `${stoppedWords(left)}, and the site is as it was`;
        if (options.json === true) printer.json({ left: left ?? null, problems: [] });
        else if (log !== undefined) log.onStop(words);
        else if (isTalking) printer.line(words);
        return exitCodes.tryLater;
      }
      if (options.json === true) printer.json(report);
      else if (log !== undefined) log.onReport(report);
      else if (isTalking) tellAll(report, printer);
      else tellNews(report, options.quiet === true ? { ...printer, line: () => undefined } : printer);
      await noteSaid(report, house);
      return exitCodeOf(report);
    } finally {
      for (const signal of stopSignals) process.removeListener(signal, onSignal);
      await lease.giveBack();
    }
  } finally {
    await house.close();
  }
}

/** With --verbose where nobody watches: what `relais start` writes, one event a line. */
async function logFor(config: Config): Promise<{
  readonly onOutcome: (outcome: Outcome) => void;
  readonly onReport: (report: RunReport) => void;
  readonly onStop: (words: string) => void;
}> {
  const { logOutcome, logReport, openLog } = await import('../schedule/log.ts');
  const log = openLog(
    false,
    () => undefined,
    () => config.secrets,
  );
  return {
    onOutcome: (outcome) => logOutcome(outcome, log, true),
    onReport: (report) => logReport(report, log),
    onStop: (words) => log.info({}, words),
  };
}

/** Whoever sends SIGTERM kills after ten seconds or more: what is in hand has eight. @returns undefined when it took longer */
async function endingSoon<T>(work: Promise<T>, stop: AbortSignal, clock: Clock): Promise<T | undefined> {
  const tooLate = new Promise<undefined>((resolve) => {
    stop.addEventListener('abort', () => void clock.wait(8_000).then(() => resolve(undefined)), { once: true });
  });
  return await Promise.race([work, tooLate]);
}

/** On a terminal: what every source came to has been said; this is the rest. */
function tellAll(report: RunReport, printer: Printer): void {
  const { outcomes, publication } = report;
  for (const defect of report.defects) printer.alarm(defectLines(defect.sourceKey, defect.error));
  tellSources(report, true, printer);
  for (const one of report.problems) printer.line(problemLines(one));
  const newItems = outcomes.reduce((sum, outcome) => sum + outcome.newItems, 0);
  const failing = outcomes.filter((outcome) => outcome.kind === 'failed').length;
  const asked = `${counted(outcomes.length, 'source')} asked, ${counted(newItems, 'new item')}, ${failing} failing`;
  printer.line(`${asked}; ${counted(publication.written.length, 'file')} written.`);
  if (report.left > 0) printer.line(stoppedWords(report.left));
  if (report.postponed > 0) printer.line(postponedWords(report.postponed));
}

/** Under cron, which mails whatever is printed: only what needs a person, and that once. */
function tellNews(report: RunReport, printer: Printer): void {
  tellSources(report, false, printer);
  for (const defect of report.defects) printer.alarm(defectLines(defect.sourceKey, defect.error));
  for (const one of report.problems.filter(hasToBeSaid)) printer.alarm(problemLines(one));
}

/** @param isMetSaid what every source came to in this run has been said */
function tellSources(report: RunReport, isMetSaid: boolean, printer: Printer): void {
  const { recoveries, news, outcomes, defects } = report;
  for (const { problem } of notMet(report, isMetSaid ? outcomes : [], defects)) printer.alarm(problemLines(problem));
  for (const { sourceKey, source } of recoveries) {
    const outcome = outcomes.findLast((one) => one.sourceKey === sourceKey && one.hasRecovered);
    if (outcome === undefined) printer.line(recoveryLine(source));
    else if (!isMetSaid) printer.line(outcomeLines(outcome, false));
  }
  for (const one of news) printer.alarm(newsLine(one));
}

/** A bug of ours, told without a stack. */
function defectLines(subject: string, error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `✗ ${subject}: a mistake of Relais itself (${what}).\n  The other sources were refreshed. Please report it, with this line.`;
}

/** Also of a run that was only tried. */
export function exitCodeOf(report: RunReport): number {
  const isHalted = report.problems.some((one) => one.severity === 'failure');
  if (isHalted || report.defects.length > 0) return exitCodes.couldNotRun;
  const isSaid = report.troubles.length + report.news.length > 0; // this once
  if (isSaid || report.problems.some(needsPerson)) return exitCodes.needsPerson;
  return report.left > 0 ? exitCodes.tryLater : exitCodes.done;
}
