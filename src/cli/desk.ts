/** `relais desk` and `relais desk password`: whether the web desk is on, and the line of sources.yaml that turns it on. */
import { join } from 'node:path';
import { hashPassword, leastCharacters, mostCharacters } from '../desk/password.ts';
import { systemTokens } from '../wire.ts';
import { firstLine, openHiddenLines } from './hidden-line.ts';
import type { Printer } from './print.ts';
import { refuse } from './refusing.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings } from './settings.ts';

/** @returns 0; 2 where the settings are wrong */
export async function desk(options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const { desk: settings, site } = config;
  const socket = settings?.socket === undefined ? undefined : join(dataFolder(options), settings.socket);
  const hasPassword = settings?.password !== undefined;
  const address = hasPassword && site.url !== undefined ? new URL('/desk', site.url).href : undefined;
  if (options.json === true) {
    printer.json({ isOn: settings !== undefined, hasPassword, address, socket });
    return exitCodes.done;
  }
  if (settings === undefined) {
    printer.line('The web desk is off. To turn it on:  relais desk password  and paste the line that it prints.');
    return exitCodes.done;
  }
  if (hasPassword)
    printer.line(
      address === undefined
        ? 'With its password: /desk, at the address that  relais start  says when it begins.'
        : `With its password: ${address}, where another web server passes that on to  relais start.`,
    );
  if (socket !== undefined)
    printer.line(`Without one, for whoever may open the file: ${socket}, while  relais start  is running.`);
  return exitCodes.done;
}

/** Prints nothing of the password. @returns 0; 2 where there is none, or two that differ, or too short a one */
export async function password(options: CommonOptions, printer: Printer): Promise<number> {
  const typed = await readPassword(printer);
  if (typeof typed !== 'string') return refuse(typed.why, options, printer);
  const characters = [...typed].length;
  if (characters < leastCharacters)
    return refuse(
      `That has ${characters} characters; take ${leastCharacters} or more. Four words that nobody puts together are easy to keep in mind.`,
      options,
      printer,
    );
  if (typed.length > mostCharacters)
    return refuse(`That is longer than ${mostCharacters} characters. Take a shorter one.`, options, printer);
  const hash = await hashPassword(typed, systemTokens.next());
  if (options.json === true) printer.json({ password: hash });
  else {
    printer.line(`desk: { password: ${hash} }`);
    if (printer.isTerminal)
      printer.line(
        `Paste this line into ${options.config}, at the beginning of a line, and the desk is at /desk of  relais start.`,
      );
  }
  return exitCodes.done;
}

async function readPassword(printer: Printer): Promise<string | { readonly why: string }> {
  if (!process.stdin.isTTY) {
    const line = await firstLine(process.stdin);
    return line === '' ? { why: 'There was no password on standard input.' } : line;
  }
  const lines = openHiddenLines(process.stdin);
  try {
    printer.alarm('Password for the desk (nothing is shown while you type):');
    const first = await lines.next();
    if (first === undefined) return { why: 'Nothing was made.' };
    printer.alarm('The same once more:');
    const second = await lines.next();
    if (second === undefined) return { why: 'Nothing was made.' };
    return first === second ? first : { why: 'The two are not the same. Nothing was made; run it once more.' };
  } finally {
    lines.close();
  }
}
