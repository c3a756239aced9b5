/** `relais messages LANGUAGE`: a file for a translator to fill, where Relais looks for it. */
import { join } from 'node:path';
import { nameMistake } from '../publish/message-problems.ts';
import { messageCount } from '../publish/words/judge.ts';
import { startingFile } from '../publish/words/starting-file.ts';
import { ownFolder } from '../text/own-folders.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, exitCodes } from './settings.ts';
import { writeNew } from './write-new.ts';

interface MessagesOptions extends CommonOptions {
  /** Print the file, and write none. */
  readonly print?: boolean | undefined;
}

/** What there is stays as it is. @returns the exit code */
export async function messages(language: string, options: MessagesOptions, printer: Printer): Promise<number> {
  const mistake = nameMistake(`${language}.yaml`);
  if (mistake !== undefined) return refuse(`A file called ${language}.yaml ${mistake}`, options, printer);
  const text = startingFile(language);
  if (options.print === true) {
    printer.line(text.trimEnd());
    return exitCodes.done;
  }
  const file = join(ownFolder(options.config, 'messages'), `${language}.yaml`);
  const refused = await writeNew(file, text, '--print', printer);
  if (refused !== undefined) return refused;
  const told = `${file} is written: ${messageCount} texts to fill, as many as you like.  relais check  says how far it is.`;
  if (options.json === true) printer.json({ file, messages: messageCount });
  else printer.line(told);
  return exitCodes.done;
}
