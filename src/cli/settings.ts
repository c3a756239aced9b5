/** Reads the configuration that a command was pointed at, or prints what is wrong with it. */
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AddressRead } from '../config/database.ts';
import { loadAddress, loadChanged, loadConfig, loadDatabase } from '../config/load.ts';
import type { Config } from '../model.ts';
import { databaseOf, type Storage } from '../storage.ts';
import type { Printer } from './print.ts';

export interface CommonOptions {
  readonly config: string;
  readonly data?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** Exit codes of every command; documented in the README. */
export const exitCodes = { done: 0, needsPerson: 1, usage: 2, couldNotRun: 3, tryLater: 75 } as const;

/** Set when the program is built; run from source there is none, and nothing is kept. */
declare const buildId: string | undefined;

/**
 * The settings, or every mistake in the file.
 * @param isKept true for the command that cron runs all day: in the data folder is what the same file was read as before
 */
export function loadSettings(options: CommonOptions, isKept = false): ReturnType<typeof loadConfig> {
  const build = typeof buildId === 'undefined' ? undefined : buildId;
  const keep = isKept && build !== undefined ? { path: join(dataFolder(options), 'settings.kept'), build } : undefined;
  return loadConfig(options.config, process.env, keep);
}

/** The settings as they would be, were the file changed like that. */
export function loadChangedSettings(
  options: CommonOptions,
  change: (text: string) => string,
): ReturnType<typeof loadConfig> {
  return loadChanged(options.config, process.env, change);
}

/** @returns undefined after every mistake in the file has been printed; what is printed afterwards holds none of its secrets */
export async function readSettings(
  options: CommonOptions,
  printer: Printer,
  isKept = false,
): Promise<Config | undefined> {
  const result = await loadSettings(options, isKept);
  if (result.kind === 'config') {
    printer.hide?.(result.config.secrets);
    return result.config;
  }
  if (options.json === true) printer.json({ problems: result.problems });
  else {
    const { locatedLines } = await import('./located.ts');
    const linesOf = locatedLines();
    for (const one of result.problems) printer.alarm(linesOf(one));
    const count = result.problems.length;
    printer.alarm(`\n${count === 1 ? 'One mistake' : `${count} mistakes`}. Nothing was run.`);
  }
  return undefined;
}

/** Where what the relay keeps is. */
export function storageOf(options: CommonOptions, config: Pick<Config, 'database'>): Storage {
  return { folder: dataFolder(options), database: config.database };
}

/** The same for commands that do their work also with settings that are wrong elsewhere. */
export async function foundStorage(options: CommonOptions): Promise<Storage> {
  return { folder: dataFolder(options), database: await loadDatabase(options.config, process.env) };
}

/**
 * A database as it is named on the command line: `postgres://…` with `${NAME}` for secrets, a file, or a data folder.
 * @param named undefined for the one that the settings name
 * @returns where it is, as storage.ts takes it; or what is wrong, as the end of a sentence
 */
export async function namedDatabase(named: string | undefined, options: CommonOptions): Promise<AddressRead> {
  if (named === undefined) return { address: databaseOf(await foundStorage(options)), secrets: [] };
  if (/^\w+:\/\//.test(named) || named.startsWith('${')) return await loadAddress(named, process.env);
  const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() ?? !/\.db$/i.test(named);
  return {
    address: isFolder ? databaseOf({ folder: resolve(named), database: undefined }) : resolve(named),
    secrets: [],
  };
}

/** The data folder: named outright, else `data` beside the configuration. */
export function dataFolder(options: CommonOptions): string {
  return resolve(options.data ?? `${dirname(options.config)}/data`);
}
