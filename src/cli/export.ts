/** `relais export [FILE]`: the sources as OPML, for other programs and for another Relais. */

import { readFile } from 'node:fs/promises';
import { readListings } from '../config/listings.ts';
import { exportOpml, type Learnt } from '../exchange/export.ts';
import type { Config } from '../model.ts';
import { hasDatabase } from '../storage.ts';
import { counted } from '../telling/counted.ts';
import { terminalLine } from '../text/safe.ts';
import { readYaml } from '../yaml/read.ts';
import { lookIntoStore } from './look.ts';
import type { Printer } from './print.ts';
import { type CommonOptions, exitCodes, readSettings, storageOf } from './settings.ts';
import { writeOver } from './write-over.ts';

export interface ExportOptions extends CommonOptions {
  /** For others: nothing but what OPML itself knows, and no address with a secret in it. */
  readonly plain?: boolean | undefined;
}

/** In the place of secrets, which no export may hold. */
const noSecret = 'https://secret.invalid/';

/** @param file undefined for standard output. @returns 0; 2 where the settings or the place to write are not in order */
export async function exportSources(
  file: string | undefined,
  options: ExportOptions,
  printer: Printer,
): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const yaml = readYaml(await readFile(options.config, 'utf8'));
  const value = yaml.kind === 'value' ? (yaml.value as Readonly<Record<string, unknown>>) : {};
  const { listings } = readListings(value, () => noSecret);
  const made = exportOpml(value, listings, await learntOf(config, options, printer), options.plain === true);
  const { text, sources, folders, left } = made;
  if (file === undefined) {
    if (options.json === true) printer.json({ text, sources, folders, left });
    else printer.line(text.trimEnd());
    return exitCodes.done;
  }
  const refusal = await writeOver(file, text, (beginning) => /<opml[\s>]/.test(beginning));
  if (refusal !== undefined) {
    const why = `${file} ${refusal}. Nothing was exported.`;
    if (options.json === true) printer.json({ file, error: why });
    else printer.alarm(terminalLine(why));
    return exitCodes.usage;
  }
  if (options.json === true) printer.json({ file, sources, folders, left });
  else if (options.quiet !== true) printer.line(terminalLine(`${file}: ${written(sources, folders, left)}`));
  return exitCodes.done;
}

function written(sources: number, folders: number, left: number): string {
  const secret = left === 0 ? '' : ` ${left} left out, since their addresses hold secrets.`;
  return `${counted(sources, 'source')} in ${counted(folders, 'folder')}.${secret}`;
}

/** What feeds have told of themselves; nothing before the first run. Of a source with a secret its home page may tell that too. */
async function learntOf(
  config: Config,
  options: CommonOptions,
  printer: Printer,
): Promise<ReadonlyMap<string, Learnt>> {
  const data = storageOf(options, config);
  if (!(await hasDatabase(data))) return new Map();
  const library = await lookIntoStore(data, printer);
  try {
    const memories = await library.memories();
    const open = config.sources.filter(({ secrets }) => secrets.length === 0);
    return new Map(
      open.map(({ key }) => {
        const memory = memories.get(key);
        return [key, { title: memory?.title, home: memory?.home, lang: memory?.lang }];
      }),
    );
  } finally {
    await library.close();
  }
}
