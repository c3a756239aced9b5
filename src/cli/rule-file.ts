/** `relais rule export` and `import`: rulings as a text file that people read, review and keep. */

import { readFile } from 'node:fs/promises';
import { ruleOnStories } from '../story-rulings.ts';
import { counted } from '../telling/counted.ts';
import { type LineFault, readRulings, writeRulings } from '../text/ruling-lines.ts';
import { terminalLine } from '../text/safe.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { onBench, readKept } from './rule.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { writeOver } from './write-over.ts';

/** @param file undefined for standard output. @returns 0; 2 where the file cannot be written */
export async function exportRulings(
  file: string | undefined,
  options: CommonOptions,
  printer: Printer,
): Promise<number> {
  const kept = await readKept(options, printer);
  if (kept === undefined) return exitCodes.usage;
  const { rulings } = kept;
  const text = writeRulings(rulings);
  if (file === undefined) {
    if (options.json === true) printer.json({ text });
    else printer.line(text.trimEnd());
    return exitCodes.done;
  }
  const refusal = await writeOver(file, text, (beginning) => beginning.startsWith(text.slice(0, 40)));
  if (refusal !== undefined) return refuse(`${file} ${refusal}. Nothing was exported.`, options, printer);
  if (options.json === true) printer.json({ file, rulings: rulings.length });
  else printer.line(terminalLine(`${counted(rulings.length, 'ruling')} written to ${file}.`));
  return exitCodes.done;
}

/** Takes in all that the file says, or nothing. @returns 0, also where all of it stands already; 2 with every line that is wrong */
export async function importRulings(file: string, options: CommonOptions, printer: Printer): Promise<number> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    return refuse(`${file} cannot be read: ${troubleWords(error)}. Nothing was taken in.`, options, printer);
  }
  const { rulings, faults } = readRulings(text);
  if (faults.length > 0) return tellFaults(faults, file, options, printer);
  return await onBench(options, printer, async (bench) => {
    const ruled = await ruleOnStories(rulings, true, bench);
    if (ruled.kind === 'refused') return tellFaults(ruled.faults, file, options, printer);
    const fresh = ruled.rulings.filter(({ isNew }) => isNew).length;
    const old = ruled.rulings.length - fresh;
    if (options.json === true) printer.json({ taken: fresh, stoodAlready: old, notStored: ruled.notStored });
    else {
      printer.line(
        `${counted(fresh, 'ruling')} taken in${old === 0 ? '' : `, ${old} stood already`}.${fresh === 0 ? '' : ' The site follows at the next run.'}`,
      );
      tellNotStored(ruled.notStored, printer);
    }
    return exitCodes.done;
  });
}

function tellFaults(faults: readonly LineFault[], file: string, options: CommonOptions, printer: Printer): number {
  const inOrder = [...faults].sort((a, b) => a.line - b.line);
  if (options.json === true) printer.json({ faults: inOrder });
  else {
    for (const { line, words } of inOrder) printer.alarm(terminalLine(`${file}:${line}  ${words}`));
    printer.alarm('Nothing was taken in.');
  }
  return exitCodes.usage;
}

function tellNotStored(names: readonly string[], printer: Printer): void {
  if (names.length === 0) return;
  printer.line(
    names.length === 1
      ? '1 post is not stored here, and what is ruled on it waits until it comes:'
      : `${names.length} posts are not stored here, and what is ruled on them waits until they come:`,
  );
  for (const name of names) printer.line(terminalLine(`  ${name}`));
}

const troubles: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'the user that runs relais may not do that',
  EPERM: 'the user that runs relais may not do that',
  EROFS: 'nothing can be written there',
  ENOSPC: 'no room is left on the disk',
};

function troubleWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return troubles[code] ?? code;
}
