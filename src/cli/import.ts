/** `relais import FILE`: the sources that another program's file names, written into sources.yaml as text put in, or into a new one. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { readBytesAtMost } from '../config/reading.ts';
import { type Arrangement, arrange } from '../exchange/arrange.ts';
import type { ImportedList } from '../exchange/imported.ts';
import { insertAll, newFile } from '../exchange/insert-all.ts';
import { readImport } from '../exchange/read.ts';
import { standingOf } from '../exchange/standing.ts';
import { terminalLine } from '../text/safe.ts';
import { readYaml } from '../yaml/read.ts';
import { importJson, importLines, newLines } from './import-words.ts';
import { mistakesOf, writeNewSettings } from './new-settings.ts';
import type { Printer } from './print.ts';
import { sectionMistake } from './section-option.ts';
import { type CommonOptions, exitCodes, readSettings } from './settings.ts';
import { replaceSettings, settingsText } from './settings-file.ts';

export interface ImportOptions extends CommonOptions {
  readonly section?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** A file to make, in the place of writing into the configuration. */
  readonly new?: string | undefined;
  readonly withSecrets?: boolean | undefined;
}

/** No list of sources comes near. */
const maxBytes = 4 * 1024 * 1024;

/** @returns 0, also where nothing was new; 2 where the file cannot be read, or what stands in sources.yaml is in the way */
export async function importSources(file: string, options: ImportOptions, printer: Printer): Promise<number> {
  const refuse = (why: string): number => {
    if (options.json === true) printer.json({ file, error: why });
    else printer.alarm(terminalLine(why));
    return exitCodes.usage;
  };
  const mistake = options.section === undefined ? undefined : sectionMistake(options.section);
  if (mistake !== undefined) return refuse(`--section: ${mistake}`);
  const target = options.new ?? options.config;
  const isNew = !existsSync(target);
  if (options.new !== undefined && !isNew)
    return refuse(`${options.new} is there already, and stays as it is. Nothing was imported.`);
  if (!isNew && (await readSettings(options, printer)) === undefined) return exitCodes.usage;
  const bytes = await readBytesAtMost(file, maxBytes);
  if ('mistake' in bytes) return refuse(`${file} cannot be imported: ${bytes.mistake}. Nothing was imported.`);
  const read = await readImport(bytes.bytes);
  if (read.kind === 'refused')
    return refuse(`${file}:${read.line}  ${read.why.replace(/\.$/, '')}. Nothing was imported.`);
  const before = isNew ? newFile(read.list.title, basename(file)) : await settingsText(options);
  const plan = planned(read.list, before, file, options);
  if ('why' in plan) return refuse(`Nothing was imported: ${plan.why}`);
  const what = { file, target, isNew, isDry: options.dryRun === true, list: read.list, ...plan, before };
  if (plan.after === before) return tell(what, options, printer);
  const trouble = await put(what, options);
  if (trouble !== undefined) return refuse(`Nothing was imported into ${target}: ${trouble}`);
  return tell(what, options, printer);
}

function planned(
  list: ImportedList,
  before: string,
  file: string,
  { section, withSecrets = false }: ImportOptions,
): { readonly arrangement: Arrangement; readonly after: string } | { readonly why: string } {
  const yaml = readYaml(before);
  const standing = standingOf(yaml.kind === 'value' ? yaml.value : null);
  const arrangement = arrange(list, standing, { section, file: basename(file), withSecrets });
  if (arrangement.parts.length === 0) return { arrangement, after: before };
  const inserted = insertAll(before, arrangement);
  return inserted.kind === 'refused' ? inserted : { arrangement, after: inserted.text };
}

export interface Import {
  readonly file: string;
  readonly target: string;
  readonly isNew: boolean;
  readonly isDry: boolean;
  readonly list: ImportedList;
  readonly arrangement: Arrangement;
  readonly before: string;
  readonly after: string;
}

/** @returns why it is not done, in a sentence */
async function put(
  { target, isNew, isDry, before, after }: Import,
  options: ImportOptions,
): Promise<string | undefined> {
  if (isDry) return await mistakesOf(after, options);
  return isNew ? await writeNewSettings(target, after, options) : await replaceSettings(options, before, after);
}

function tell(what: Import, options: ImportOptions, printer: Printer): number {
  if (options.json === true) {
    printer.json(importJson(what));
    return exitCodes.done;
  }
  const { entries, end } = importLines(what, options.verbose === true);
  if (options.quiet !== true) for (const line of entries) printer.line(line);
  if (what.isDry) for (const line of newLines(what)) printer.line(line);
  if (options.quiet !== true) for (const line of end) printer.line(line);
  return exitCodes.done;
}
