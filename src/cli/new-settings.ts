/** A sources.yaml that is not there yet: judged as it would be, and made in one step or not at all. */
import { link, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { whyNotWritten } from './file-trouble.ts';
import { type CommonOptions, loadSettings } from './settings.ts';
import { writeThrough } from './write-through.ts';

/** Why a text would not be in order as sources.yaml, in a sentence; undefined where it would. Nothing is left of the trial. */
export async function mistakesOf(text: string, options: CommonOptions): Promise<string | undefined> {
  let folder: string;
  try {
    folder = await mkdtemp(join(tmpdir(), 'relais-'));
  } catch (error) {
    return `its new lines cannot be tried, as the folder for temporary files, ${tmpdir()}, cannot be written: ${whyNotWritten(error)}. Let TMPDIR name another.`;
  }
  try {
    const draft = join(folder, 'sources.yaml');
    await writeFile(draft, text);
    const read = await loadSettings({ ...options, config: draft });
    if (read.kind === 'config') return undefined;
    const [first] = read.problems;
    return `with these lines it would not be in order: line ${first?.subject.line ?? 1}: ${first?.happened ?? ''}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns why it is not made, in a sentence; what is there already stays as it is */
export async function writeNewSettings(
  file: string,
  text: string,
  options: CommonOptions,
): Promise<string | undefined> {
  const mistake = await mistakesOf(text, options);
  if (mistake !== undefined) return mistake;
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.new`);
  try {
    await writeThrough(draft, text, 'wx');
    await link(draft, file); // unlike a rename it takes nobody's place
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'EEXIST'
      ? 'it is there already, and stays as it is.'
      : `it cannot be written here: ${whyNotWritten(error)}.`;
  } finally {
    await rm(draft, { force: true });
  }
}
