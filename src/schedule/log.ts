/** The log of runs that nobody watches: one event a line; JSON under systemd and cron, plain lines on a terminal. The only file that loads pino. */
import { pino } from 'pino';
import type { Log } from '../edges.ts';
import type { Config, Outcome } from '../model.ts';
import { type Problem, problemWords } from '../problems.ts';
import { postponedWords, type RunReport, stoppedWords } from '../run.ts';
import { redactor } from '../text/redact.ts';
import { terminalLine } from '../text/safe.ts';
import { notMet } from '../unsaid.ts';

/**
 * @param isTerminal whether a person reads it as it comes
 * @param secrets never to be seen in it: those of the settings in force
 */
export function openLog(isTerminal: boolean, print: (line: string) => void, secrets: () => Config['secrets']): Log {
  const safe = (text: string): string => terminalLine(redactor(secrets())(text));
  const shown = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? safe(value) : value]),
    );
  if (!isTerminal) {
    const logger = pino(
      { base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
    );
    return {
      info: (fields, message) => logger.info(shown(fields), safe(message)),
      warn: (fields, message) => logger.warn(shown(fields), safe(message)),
      error: (fields, message) => logger.error(shown(fields), safe(message)),
    };
  }
  const line = (mark: string, fields: Readonly<Record<string, unknown>>, message: string): void => {
    const source = typeof fields.source === 'string' ? `${safe(fields.source)}: ` : '';
    print(`${mark} ${source}${safe(message)}`);
  };
  return {
    info: (fields, message) => line('·', fields, message),
    warn: (fields, message) => line('!', fields, message),
    error: (fields, message) => line('✗', fields, message),
  };
}

/**
 * What the refresh of a source came to, and what its document cost us.
 * @param hasNotes false leaves out what costs nothing and needs nobody
 */
export function logOutcome(outcome: Outcome, log: Log, hasNotes: boolean): void {
  const { source } = outcome;
  const isTrouble = outcome.kind === 'failed' || outcome.kind === 'held';
  const counts = { new: outcome.newItems, corrected: outcome.revisedItems, withdrawn: outcome.withdrawnItems };
  for (const one of outcome.problems) {
    const isNote = one.severity === 'note' && !isTrouble;
    if (isNote && !hasNotes) continue;
    const say = isNote ? log.info : log.warn;
    const { entry } = one.subject;
    const about = entry === undefined ? {} : { entry };
    say({ source, code: one.code, ...about }, problemWords(one));
  }
  if (!isTrouble)
    log.info(
      { source, ...counts },
      outcome.kind === 'unchanged'
        ? 'nothing new'
        : `${outcome.newItems} new ${outcome.newItems === 1 ? 'item' : 'items'}`,
    );
}

/** What a run came to as a whole; nothing where nothing happened. */
export function logReport(report: RunReport, log: Log): void {
  for (const defect of report.defects) log.error({ source: defect.sourceKey, code: 'defect' }, String(defect.error));
  for (const { source, problem: one } of notMet(report, report.outcomes, report.defects))
    log.warn({ source, code: one.code }, problemWords(one));
  for (const { source, kind, words } of report.news) log.warn({ source, code: kind }, words);
  for (const one of report.problems) {
    if (one.code === 'publish/no-address') continue; // said by  check  and on a terminal; every minute is too often
    const say = one.severity === 'failure' ? log.error : log.warn;
    say({ code: one.code }, `${placed(one)}. ${one.did} ${one.todo}`.trim());
  }
  if (report.left > 0) log.info({ left: report.left }, stoppedWords(report.left));
  if (report.postponed > 0) log.info({ postponed: report.postponed }, postponedWords(report.postponed));
  const { written } = report.publication;
  if (report.outcomes.length > 0 || written.length > 0) {
    log.info(
      { asked: report.outcomes.length, written: written.length },
      `${report.outcomes.length} sources asked, ${written.length} files written`,
    );
  }
}

/** What happened; of a mistake in a file, with its place. A whole sentence has its full stop already. */
function placed({ subject: { file, line, column }, happened }: Problem): string {
  const sentence = happened.replace(/\.$/, '');
  return line === undefined ? sentence : `${[file, line, column].join(':')} ${sentence}`;
}
