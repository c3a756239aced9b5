/** `relais check`: reads the configuration, says everything that is wrong with it, and what may not be meant. */

import { systemClock } from '../clock.ts';
import type { ConfigRead } from '../config/read.ts';
import type { Clock } from '../edges.ts';
import type { Config } from '../model.ts';
import { type Problem, problem } from '../problems.ts';
import { counted } from '../telling/counted.ts';
import { colourInDoubt } from './check-colour.ts';
import { mailsInDoubt } from './check-digests.ts';
import { filtersInDoubt } from './check-filters.ts';
import { termsInDoubt } from './check-terms.ts';
import { locatedLines } from './located.ts';
import { type Printer, problemLines } from './print.ts';
import { type CommonOptions, exitCodes, loadSettings, readSettings } from './settings.ts';

export async function check(options: CommonOptions, printer: Printer, clock: Clock = systemClock): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const read = await loadSettings(options); // once more, for the lines: the file is small
  const doubts = await doubtsOf(config, read, clock);
  const homeless = config.site.url === undefined ? [problem('publish/no-address', { file: config.file })] : [];
  if (options.json === true) {
    printer.json({
      problems: [...homeless, ...doubts],
      sections: config.sections.length,
      sources: config.sources.length,
    });
    return exitCodes.done;
  }
  for (const one of homeless) printer.line(problemLines(one));
  const linesOf = locatedLines();
  for (const doubt of doubts) printer.line(linesOf(doubt));
  const paused = config.sources.filter((source) => source.paused !== undefined).length;
  printer.line(
    `${config.file} is in order: ${counted(config.sources.length, 'source')} in ${counted(config.sections.length, 'section')}` +
      `${paused === 0 ? '' : `, ${paused} paused`}.`,
  );
  return exitCodes.done;
}

/** What is no mistake, and may not be meant; in the order of the file, what has no line at the end. */
async function doubtsOf(config: Config, read: ConfigRead, clock: Clock): Promise<readonly Problem[]> {
  const { file } = config;
  const { placeAt, placeIn, placeOf, plainSecrets } = read.kind === 'config' ? read : {};
  const secrets = (plainSecrets?.() ?? []).map(({ path, text }) => {
    return problem('config/secret', { file, ...placeAt?.(path) }, text);
  });
  const mails = mailsInDoubt(config).map(({ path, detail }) => {
    return problem('config/digest-mail', { file, ...placeAt?.(path) }, detail);
  });
  const terms = termsInDoubt(config, clock.now()).map(({ source, setting, code, detail }) => {
    return problem(code, { file, ...placeOf?.(source, setting) }, detail);
  });
  const filters = filtersInDoubt(config).map(({ source, section, detail }) => {
    return problem('config/filters', { file, ...placeIn?.(source, section) }, detail);
  });
  const colour = colourInDoubt(config.site);
  const place = placeAt?.(['site', 'colour']);
  const colours = colour === undefined ? [] : [problem('config/colour', { file, ...place }, colour)];
  const { messageProblems } = await import('../publish/message-problems.ts');
  const { lookProblems } = await import('../publish/look-problems.ts');
  const own = [...colours, ...terms, ...mails, ...secrets, ...filters, ...noPictures(config)];
  const last = Number.POSITIVE_INFINITY;
  return [
    ...own.toSorted((one, other) => (one.subject.line ?? last) - (other.subject.line ?? last)),
    ...messageProblems(config.site),
    ...lookProblems(config.site),
  ];
}

function noPictures({ file, sources }: Config): Problem[] {
  const pictureless = sources.filter(({ images, show }) => images === 'copy' && show !== 'full');
  if (pictureless.length === 0) return [];
  const names = pictureless.map((source) => source.name ?? source.key);
  const others = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return [problem('config/no-pictures', { file }, `${names.slice(0, 3).join(', ')}${others}`)];
}
