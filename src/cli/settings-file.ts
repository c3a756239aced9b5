/** sources.yaml, changed: read as it is, judged as it would be, and replaced in one step or not at all. */
import { chmod, chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { whyNotWritten } from './file-trouble.ts';
import { type CommonOptions, loadSettings } from './settings.ts';

/** Undefined where it is done; else why it is not, in a sentence. Then the file is as it was. */
export type Refusal = string | undefined;

/** The text of the file. @throws for what cannot be read: whoever calls has read it before */
export async function settingsText({ config }: CommonOptions): Promise<string> {
  return await readFile(config, 'utf8');
}

/**
 * Puts a text in the place of the file, where that is a file in order and nobody has changed it meanwhile. A link stays one, and
 * the file keeps its rights.
 * @param before the text that the new one was made of
 */
export async function replaceSettings(options: CommonOptions, before: string, after: string): Promise<Refusal> {
  let draft: string | undefined;
  try {
    const file = await realpath(options.config);
    const { mode, uid, gid } = await stat(file);
    draft = join(dirname(file), `.${basename(file)}.${process.pid}.new`);
    await writeThrough(draft, after, mode);
    await chown(draft, uid, gid).catch(() => undefined); // only the system's administrator may, and only then is it needed
    const read = await loadSettings({ ...options, config: draft });
    if (read.kind === 'problems') return `with this line it would not be in order: ${read.problems[0]?.happened ?? ''}`;
    if ((await readFile(file, 'utf8')) !== before) return 'somebody has changed it in the meantime. Try again.';
    await rename(draft, file);
    draft = undefined;
    await syncFolder(dirname(file));
    return undefined;
  } catch (error) {
    return `it cannot be written here: ${whyNotWritten(error)}.`;
  } finally {
    if (draft !== undefined) await rm(draft, { force: true });
  }
}

async function writeThrough(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'w', mode & 0o7777);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, mode & 0o7777); // as it was, whatever is masked
}

/** A name is on the disk once its folder is; not every system lets a folder be opened for that. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path);
    await folder.sync().finally(() => folder.close());
  } catch {
    // The text itself is on the disk.
  }
}
