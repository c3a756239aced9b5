/** A command that cannot be understood, or not be carried out as it stands, ends with a sentence. */
import { terminalLine } from '../text/safe.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes } from './settings.ts';

/** @param why what is wrong and what to do, in whole sentences @returns the exit code */
export function refuse(why: string, options: CommonOptions, printer: Printer): number {
  if (options.json === true) printer.json({ error: why });
  else printer.alarm(terminalLine(why));
  return exitCodes.usage;
}
