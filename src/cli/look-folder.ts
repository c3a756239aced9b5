/** `relais look`: a folder to begin with, where Relais looks for the maintainer's own look. */
import { join } from 'node:path';
import { startingFile, startingNames } from '../publish/look/starting.ts';
import { ownFolder } from '../text/own-folders.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, readSettings } from './settings.ts';
import { writeNew } from './write-new.ts';

interface LookOptions extends CommonOptions {
  /** Print this file, and write none. */
  readonly print?: string | undefined;
}

/** What there is stays as it is. @returns the exit code */
export async function look(options: LookOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  if (options.print !== undefined) {
    const name = startingNames.find((one) => one === options.print);
    if (name === undefined) {
      printer.alarm(
        `There is no ${options.print} to begin with. Write  --print ${startingNames.join('  or  --print ')}`,
      );
      return exitCodes.usage;
    }
    printer.line(startingFile(name, config.site).trimEnd());
    return exitCodes.done;
  }
  const folder = ownFolder(options.config, 'look');
  const written: string[] = [];
  for (const name of startingNames) {
    const file = join(folder, name);
    const refused = await writeNew(file, startingFile(name, config.site), `--print ${name}`, printer);
    if (refused === undefined) written.push(file);
    else if (refused === exitCodes.couldNotRun) return refused;
  }
  if (options.json === true) printer.json({ written });
  else if (written.length > 0)
    printer.line(
      `${written.join(' and ')}: written. They change nothing until you do.  relais check  says what is wrong in them.`,
    );
  return written.length > 0 ? exitCodes.done : exitCodes.usage;
}
