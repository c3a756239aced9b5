/** `relais check`: reads the configuration, says everything that is wrong with it. */

import { problem } from '../problems.ts';
import { type Printer, problemLines } from './print.ts';
import { type CommonOptions, exitCodes, readSettings } from './settings.ts';

export async function check(options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  if (options.json === true) {
    printer.json({ problems: [], sections: config.sections.length, sources: config.sources.length });
    return exitCodes.done;
  }
  if (config.site.url === undefined) printer.line(problemLines(problem('publish/no-address', { file: config.file })));
  const paused = config.sources.filter((source) => source.paused !== undefined).length;
  printer.line(
    `${config.file} is in order: ${counted(config.sources.length, 'source')} in ${counted(config.sections.length, 'section')}` +
      `${paused === 0 ? '' : `, ${paused} paused`}.`,
  );
  return exitCodes.done;
}

function counted(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
