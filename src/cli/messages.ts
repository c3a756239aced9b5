/** `relais messages LANGUAGE`: a file for a translator to fill, where Relais looks for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messagesFolder } from '../config/messages.ts';
import { nameMistake } from '../publish/message-problems.ts';
import { messageCount } from '../publish/words/judge.ts';
import { startingFile } from '../publish/words/starting-file.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes } from './settings.ts';

export async function messages(language: string, options: CommonOptions, printer: Printer): Promise<number> {
  const mistake = nameMistake(`${language}.yaml`);
  if (mistake !== undefined) {
    printer.alarm(`A file called ${language}.yaml ${mistake}`);
    return exitCodes.usage;
  }
  const folder = messagesFolder(options.config);
  const file = join(folder, `${language}.yaml`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, startingFile(language), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    printer.alarm(`${file} is there already, and stays as it is.`);
    return exitCodes.usage;
  }
  if (options.json === true) printer.json({ file, messages: messageCount });
  else
    printer.line(
      `${file} is written: ${messageCount} texts to fill, as many as you like.  relais check  says how far it is.`,
    );
  return exitCodes.done;
}
