/** `relais look`: a folder to begin with, where Relais looks for the maintainer's own look. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lookFolder } from '../config/look.ts';
import { startingFile, startingNames } from '../publish/look/starting.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, readSettings } from './settings.ts';

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
  const folder = lookFolder(options.config);
  const written: string[] = [];
  for (const name of startingNames) {
    const file = join(folder, name);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(file, startingFile(name, config.site), { flag: 'wx' });
      written.push(file);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === '') throw error;
      const isThere = code === 'EEXIST';
      const refusal = `cannot be written (${code}). Use  --print ${name}  and save what is printed under this name`;
      printer.alarm(`${file} ${isThere ? 'is there already, and stays as it is' : refusal}.`);
      if (!isThere) return exitCodes.couldNotRun;
    }
  }
  if (options.json === true) printer.json({ written });
  else if (written.length > 0)
    printer.line(
      `${written.join(' and ')}: written. They change nothing until you do.  relais check  says what is wrong in them.`,
    );
  return written.length > 0 ? exitCodes.done : exitCodes.usage;
}
