/** `relais restore`: a copy becomes the database again, and a person is told what was done and how to undo it. */

import { join, relative } from 'node:path';
import type { PutBack } from '../library.ts';
import { Halt, problem } from '../problems.ts';
import { alreadyRunning } from '../run.ts';
import { type Copies, openCopies } from '../storage.ts';
import { minuteOf } from '../telling/instants.ts';
import { sizeOf } from './backup.ts';
import { noFolderIn } from './new-folder.ts';
import { type Printer, problemLines } from './print.ts';
import { type CommonOptions, exitCodes, foundStorage } from './settings.ts';

export interface RestoreOptions extends CommonOptions {
  /** Show what there is instead. */
  readonly list?: boolean | undefined;
}

/**
 * @param file path of a copy, or its name in `backup`; undefined for the newest whole one
 * @returns the exit code: 75 while a run holds the lease
 * @throws Halt with store/bad-copy, or what the disk says; then all is as it was
 */
export async function restore(file: string | undefined, options: RestoreOptions, printer: Printer): Promise<number> {
  const storage = await foundStorage(options);
  const data = storage.folder;
  const copies = await openCopies(storage);
  const other = await noFolderIn(join(data, 'backup'));
  if (other !== undefined && (options.list === true || file === undefined)) {
    printer.alarm(
      `${other} is no folder, so there are no copies in it. Move it away: copies need a folder of that name.`,
    );
    return exitCodes.couldNotRun;
  }
  if (options.list === true) return list(copies, join(data, 'backup'), options, printer);
  if (storage.database !== undefined) throw new Halt(problem('store/on-server', {}, file ?? 'the newest copy'));
  const isName = other === undefined && file !== undefined && copies.list().some(({ name }) => name === file);
  const result = await copies.restore(isName ? join(data, 'backup', file) : file);
  if ('pid' in result) {
    if (options.json === true) printer.json({ problems: [alreadyRunning(result)] });
    else printer.alarm(`${problemLines(alreadyRunning(result))}\nNothing was changed. Stop it first, then restore.`);
    return exitCodes.tryLater;
  }
  if (options.json === true) printer.json({ restored: result });
  else if (options.quiet !== true) tell(result, printer);
  return exitCodes.done;
}

function list(copies: Copies, folder: string, options: RestoreOptions, printer: Printer): number {
  const there = copies.list();
  if (options.json === true) {
    printer.json({ folder, backups: there.map((one) => ({ ...one, at: new Date(one.at).toISOString() })) });
    return exitCodes.done;
  }
  if (there.length === 0) printer.line(`There are no copies in ${folder} yet.`);
  for (const { name, at, bytes } of there)
    printer.line(`${name.padEnd(24)} ${minuteOf(at)}  ${sizeOf(bytes).padStart(9)}`);
  return exitCodes.done;
}

function tell({ copy, aside, isForgetful }: PutBack, printer: Printer): void {
  const shown = (path: string): string => relative('', path);
  printer.line(`${shown(copy)} was read through, found whole, and is the database now.`);
  if (aside === undefined) printer.line('There was no database before.');
  else {
    printer.line(`The one from before is kept as ${shown(aside)}.`);
    printer.line(`To undo this:  relais restore ${shown(aside)}`);
  }
  if (isForgetful === true)
    printer.line(
      'It could not say what was withdrawn since the copy was made. Withdraw that again:  relais withdraw … --because "…"',
    );
  printer.line('What the feeds still list of the time between comes back with the next  relais run.');
}
