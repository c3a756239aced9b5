/** `relais log`: what was done to what readers see, by whom and why, the newest last. */

import type { LogEntry } from '../model.ts';
import { hasDatabase } from '../storage.ts';
import { minuteOf } from '../telling/instants.ts';
import { did } from '../telling/log-words.ts';
import { nameOfSource } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';

export interface LogOptions extends CommonOptions {
  /** How many of the newest. */
  readonly last: number;
}

/** Looking makes no database. */
export async function log(options: LogOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  if (!(await hasDatabase(storageOf(options, config)))) return show([], options, printer, (key) => key);
  const library = await lookIntoStore(storageOf(options, config), printer);
  try {
    const memories = await library.memories();
    return show(await library.log(options.last), options, printer, (key) => nameOfSource(key, config, memories));
  } finally {
    await library.close();
  }
}

function show(
  entries: readonly LogEntry[],
  options: LogOptions,
  printer: Printer,
  nameOf: (key: string) => string,
): number {
  if (options.json === true)
    printer.json({ entries: entries.map((one) => ({ ...one, at: new Date(one.at).toISOString() })) });
  else if (entries.length === 0) printer.line('Nothing has been withdrawn, ruled or let in yet.');
  else for (const one of entries) for (const line of linesOf(one, nameOf)) printer.line(terminalLine(line));
  return exitCodes.done;
}

function linesOf({ at, who, act, subject, sourceKey, because }: LogEntry, nameOf: (key: string) => string): string[] {
  const whose = sourceKey === undefined || sourceKey === subject ? '' : `  (${nameOf(sourceKey)})`;
  const what = sourceKey === subject ? nameOf(subject) : subject;
  return [
    `${minuteOf(at)}  ${who}  ${did[act]}  ${what}${whose}`,
    ...(because === '' ? [] : [`    because: ${because}`]),
  ];
}
