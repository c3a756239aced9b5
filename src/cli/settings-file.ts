/** sources.yaml, changed: read as it is, judged as it would be, and replaced in one step or not at all. */
import { readFile } from 'node:fs/promises';
import { draftFor } from './draft.ts';
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
  try {
    const draft = await draftFor(options.config, after);
    try {
      const read = await loadSettings({ ...options, config: draft.path });
      if (read.kind === 'problems')
        return `with this line it would not be in order: ${read.problems[0]?.happened ?? ''}`;
      if ((await settingsText(options)) !== before) return 'somebody has changed it in the meantime. Try again.';
      await draft.takePlace();
      return undefined;
    } finally {
      await draft.drop();
    }
  } catch (error) {
    return `it cannot be written here: ${whyNotWritten(error)}.`;
  }
}
