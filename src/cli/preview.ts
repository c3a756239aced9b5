/** `relais preview SOURCE`: asks one source and shows what would be taken of it, on a copy of what is stored that is thrown away. */

import { existsSync } from 'node:fs';
import { insertSources } from '../config/insertion.ts';
import { keyOf } from '../config/listings.ts';
import type { Config, Instant, Source } from '../model.ts';
import { type Preview, previewOf } from '../preview.ts';
import { openRehearsal, type Rehearsal } from '../rehearsal.ts';
import { minuteOf } from '../telling/instants.ts';
import { nameOfSource, severalNamed, sourcesNamed, unknownName } from '../telling/named.ts';
import { terminalLine } from '../text/safe.ts';
import { canonicalUrl, urlKey } from '../text/url.ts';
import { jsonOfPreview } from './preview-json.ts';
import { previewLines } from './preview-lines.ts';
import { type Printer, problemLines } from './print.ts';
import { stopSignals } from './run.ts';
import { type CommonOptions, exitCodes, loadChangedSettings, readSettings, storageOf } from './settings.ts';

export interface PreviewOptions extends CommonOptions {
  readonly items: number;
  readonly section?: string | undefined;
}

/** The source to be shown, and settings in which it is listed; or a sentence why there is none. */
type Chosen = { readonly source: Source; readonly config: Config } | { readonly mistake: string };

export async function preview(name: string, options: PreviewOptions, printer: Printer): Promise<number> {
  const isAddress = /^https?:\/\//i.test(name.trim());
  const hasFile = existsSync(options.config);
  const config = hasFile || !isAddress ? await readSettings(options, printer) : undefined;
  if (config === undefined && (hasFile || !isAddress)) return exitCodes.usage;
  const refuse = (mistake: string): number => {
    if (options.json === true) printer.json({ error: mistake });
    else printer.alarm(mistake);
    return exitCodes.usage;
  };
  const wrongSection = sectionMistake(config, options);
  if (wrongSection !== undefined) return refuse(wrongSection);
  const chosen = isAddress ? await byAddress(name.trim(), config, options) : undefined;
  if (chosen !== undefined && 'mistake' in chosen) return refuse(chosen.mistake);
  const settings = chosen?.config ?? config;
  if (settings === undefined) return exitCodes.usage;
  printer.hide?.(settings.secrets);
  const stop = new AbortController();
  const rehearsal = await openRehearsal(settings, storageOf(options, settings));
  const onSignal = (): void => {
    if (stop.signal.aborted) {
      rehearsal.drop(); // whoever asks twice does not wait
      process.exit(exitCodes.tryLater);
    }
    stop.abort();
  };
  for (const signal of stopSignals) process.on(signal, onSignal);
  try {
    const meant = chosen ?? (await byName(name, settings, rehearsal, options));
    if ('mistake' in meant) return refuse(meant.mistake);
    const seen = await previewOf(meant.source, meant.config, rehearsal.house, {
      most: options.items,
      signal: stop.signal,
    });
    await show(seen, meant.config, { options, printer, rehearsal });
    return seen.outcome.kind === 'failed' || seen.outcome.kind === 'held' ? exitCodes.needsPerson : exitCodes.done;
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) return exitCodes.tryLater;
    throw error;
  } finally {
    await rehearsal.end();
    for (const signal of stopSignals) process.removeListener(signal, onSignal);
  }
}

async function show(
  seen: Preview,
  config: Config,
  { options, printer, rehearsal }: { options: PreviewOptions; printer: Printer; rehearsal: Rehearsal },
): Promise<void> {
  if (options.json === true) {
    printer.json(jsonOfPreview(seen, options.section));
    return;
  }
  const memories = await rehearsal.house.library.memories();
  const known = {
    nameOf: (key: string): string => nameOfSource(key, config, memories),
    section: options.section,
    isVerbose: options.verbose === true,
    width: Math.max(60, Math.min(printer.width, 100)),
  };
  // What a run would have done of it has not been done here.
  for (const one of seen.outcome.problems) printer.alarm(problemLines({ ...one, did: '' }));
  if (options.quiet === true) return;
  for (const line of previewLines(seen, known)) printer.line(line);
  const silent = silence(seen.source, memories.get(seen.source.key)?.stoppedSince);
  if (silent !== undefined) printer.line(silent);
}

/** A run would not have asked it. */
function silence({ paused }: Source, stopped: Instant | undefined): string | undefined {
  if (stopped !== undefined)
    return `A run does not ask it: it has been stopped since ${minuteOf(stopped)}. It was asked now because you named it.`;
  if (paused === undefined) return undefined;
  return `A run does not ask it: it is paused (${terminalLine(paused)}). It was asked now because you named it.`;
}

function sectionMistake(config: Config | undefined, { section }: PreviewOptions): string | undefined {
  if (config === undefined || section === undefined) return undefined;
  const ids = config.sections.map(({ id }) => id);
  return ids.includes(section)
    ? undefined
    : `There is no section ${JSON.stringify(section)}. There are: ${ids.join(', ')}.`;
}

/** A section for a source that is to stand in none yet. */
const sectionOfNone = 'preview';

/** A source of the file, or one as if it stood there already: under the defaults, and what its section says. */
async function byAddress(address: string, config: Config | undefined, options: PreviewOptions): Promise<Chosen> {
  const url = canonicalUrl(address);
  if (url === undefined) return { mistake: `${terminalLine(address)} is not an address that can be asked.` };
  const known = config?.sources.find(({ key }) => key === urlKey(url));
  if (config !== undefined && known !== undefined) return await inSection(known, config, options);
  return await listed(address, options.section ?? config?.sections[0]?.id ?? sectionOfNone, options);
}

async function byName(name: string, config: Config, { house }: Rehearsal, options: PreviewOptions): Promise<Chosen> {
  const memories = await house.library.memories();
  const [source, ...others] = sourcesNamed(name, config, memories);
  if (source === undefined) return { mistake: unknownName([name], config, memories) ?? '' };
  if (others.length > 0) return { mistake: severalNamed(name, [source, ...others]) };
  return await inSection(source, config, options);
}

/** As if the section that is asked for listed it, where it does not. */
async function inSection(source: Source, config: Config, options: PreviewOptions): Promise<Chosen> {
  const { section } = options;
  if (section === undefined || source.sections.includes(section)) return { source, config };
  if (source.secrets.length > 0)
    return {
      mistake: `The section ${section} does not list it, and its address holds a secret. List it there to try it.`,
    };
  return await listed(source.url, section, options);
}

async function listed(address: string, section: string, options: PreviewOptions): Promise<Chosen> {
  let mistake: string | undefined;
  const read = await loadChangedSettings(options, (text) => {
    const made = insertSources(text, { id: section }, [{ url: address }]);
    if (made.kind === 'inserted') return made.text;
    mistake = made.why;
    return text;
  });
  if (mistake !== undefined) return { mistake };
  if (read.kind === 'problems') return { mistake: read.problems.map(problemLines).join('\n') };
  const key = keyOf(address);
  const source = read.config.sources.find((one) => one.key === key);
  if (source === undefined) return { mistake: `${terminalLine(address)} is not an address that can be asked.` };
  return { source, config: read.config };
}
