/** `relais check`: reads the configuration, says everything that is wrong with it. */
import type { Clock } from '../edges.ts';
import { problem } from '../problems.ts';
import { systemClock } from '../wire.ts';
import { colourInDoubt } from './check-colour.ts';
import { mailsInDoubt } from './check-digests.ts';
import { termsInDoubt } from './check-terms.ts';
import { type Printer, problemLines } from './print.ts';
import { type CommonOptions, exitCodes, loadSettings, readSettings } from './settings.ts';

export async function check(options: CommonOptions, printer: Printer, clock: Clock = systemClock): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const read = await loadSettings(options); // once more, for the lines: the file is small
  const mails = mailsInDoubt(config).map(({ path, detail }) => {
    const place = read.kind === 'config' ? read.placeAt?.(path) : undefined;
    return problem('config/digest-mail', { file: config.file, ...place }, detail);
  });
  const terms = termsInDoubt(config, clock.now()).map(({ source, setting, code, detail }) => {
    const place = read.kind === 'config' ? read.placeOf?.(source, setting) : undefined;
    return problem(code, { file: config.file, ...place }, detail);
  });
  const colour = colourInDoubt(config.site);
  const place = read.kind === 'config' ? read.placeAt?.(['site', 'colour']) : undefined;
  const colours = colour === undefined ? [] : [problem('config/colour', { file: config.file, ...place }, colour)];
  const { messageProblems } = await import('../publish/message-problems.ts');
  const { lookProblems } = await import('../publish/look-problems.ts');
  const doubts = [...colours, ...terms, ...mails, ...messageProblems(config.site), ...lookProblems(config.site)];
  if (options.json === true) {
    printer.json({ problems: doubts, sections: config.sections.length, sources: config.sources.length });
    return exitCodes.done;
  }
  if (config.site.url === undefined) printer.line(problemLines(problem('publish/no-address', { file: config.file })));
  for (const doubt of doubts) printer.line(problemLines(doubt));
  const pictureless = config.sources.filter(({ images, show }) => images === 'copy' && show !== 'full');
  if (pictureless.length > 0) {
    const names = pictureless.map((source) => source.name ?? source.key);
    const others = names.length > 3 ? ` and ${names.length - 3} more` : '';
    const named = `${names.slice(0, 3).join(', ')}${others}`;
    printer.line(problemLines(problem('config/no-pictures', { file: config.file }, named)));
  }
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
