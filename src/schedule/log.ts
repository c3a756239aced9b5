/** The daemon's log: one event a line; JSON under systemd and cron, plain lines on a terminal. The only file that loads pino. */
import { pino } from 'pino';
import type { Log } from '../edges.ts';
import { terminalLine } from '../text/safe.ts';

/** @param isTerminal whether a person reads it as it comes */
export function openLog(isTerminal: boolean, print: (line: string) => void): Log {
  if (!isTerminal) {
    const logger = pino(
      { base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
    );
    return {
      info: (fields, message) => logger.info(shown(fields), message),
      warn: (fields, message) => logger.warn(shown(fields), message),
      error: (fields, message) => logger.error(shown(fields), message),
    };
  }
  const line = (mark: string, fields: Readonly<Record<string, unknown>>, message: string): void => {
    const source = typeof fields.source === 'string' ? `${terminalLine(fields.source)}: ` : '';
    print(`${mark} ${source}${terminalLine(message)}`);
  };
  return {
    info: (fields, message) => line('·', fields, message),
    warn: (fields, message) => line('!', fields, message),
    error: (fields, message) => line('✗', fields, message),
  };
}

/** JSON escapes controls but not bidi overrides; a log is read on terminals too. */
function shown(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? terminalLine(value) : value]),
  );
}
