/** `relais` alone: what a person would do next, here. */

import { existsSync } from 'node:fs';
import { hasDatabase } from '../storage.ts';
import { counted } from '../telling/counted.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, loadSettings, storageOf } from './settings.ts';

export async function tellNextStep(options: CommonOptions, printer: Printer): Promise<number> {
  printer.line(await nextStep(options));
  printer.line('Every command:  relais --help    One of them, with an example:  relais run --help');
  return exitCodes.done;
}

/** As config/load.ts says of a file that an editor has named otherwise. */
const otherName = ', but there is ';

async function nextStep(options: CommonOptions): Promise<string> {
  const { config } = options;
  if (!existsSync(config)) {
    const missing = await loadSettings(options);
    const [why] = missing.kind === 'problems' ? missing.problems : [];
    if (why?.happened.includes(otherName) === true)
      return `There is no ${config} in this folder${why.happened.slice(why.happened.indexOf(otherName))}.`;
    return `There is no ${config} in this folder yet.\nTo begin:  relais init    To see what Relais does:  relais demo`;
  }
  const read = await loadSettings(options);
  if (read.kind === 'problems') return `${config} has mistakes. To see them:  relais check`;
  const { sources, sections } = read.config;
  const counts = `${config} names ${counted(sources.length, 'source')} in ${counted(sections.length, 'section')}`;
  return (await hasDatabase(storageOf(options, read.config)))
    ? `${counts}.\nTo see how they stand:  relais status    To ask them now:  relais run    To keep asking, and show the site:  relais start`
    : `${counts}, and none of them has been asked.\nTo ask them:  relais run    To keep asking, and show the site:  relais start`;
}
