/** `relais messages LANGUAGE`: a file for a translator to fill, where Relais looks for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messagesFolder } from '../config/messages.ts';
import { nameMistake } from '../publish/message-problems.ts';
import { messageCount } from '../publish/words/judge.ts';
import { startingFile } from '../publish/words/starting-file.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes } from './settings.ts';

interface MessagesOptions extends CommonOptions {
  /** Print the file, and write none. */
  readonly print?: boolean | undefined;
}

/** What there is stays as it is. @returns the exit code */
export async function messages(language: string, options: MessagesOptions, printer: Printer): Promise<number> {
  const mistake = nameMistake(`${language}.yaml`);
  if (mistake !== undefined) {
    printer.alarm(`A file called ${language}.yaml ${mistake}`);
    return exitCodes.usage;
  }
  const text = startingFile(language);
  if (options.print === true) {
    printer.line(text.trimEnd());
    return exitCodes.done;
  }
  const folder = messagesFolder(options.config);
  const file = join(folder, `${language}.yaml`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === '') throw error;
    const isThere = code === 'EEXIST';
    const refusal = `cannot be written (${code}). Use  --print  and save what is printed under this name`;
    printer.alarm(`${file} ${isThere ? 'is there already, and stays as it is' : refusal}.`);
    return isThere ? exitCodes.usage : exitCodes.couldNotRun;
  }
  const told = `${file} is written: ${messageCount} texts to fill, as many as you like.  relais check  says how far it is.`;
  if (options.json === true) printer.json({ file, messages: messageCount });
  else printer.line(told);
  return exitCodes.done;
}
