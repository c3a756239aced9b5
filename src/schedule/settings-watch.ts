/** sources.yaml as it changes under a running daemon: a broken new version is refused, told once, and the old one kept. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../edges.ts';
import type { Config, Instant } from '../model.ts';
import type { Problem } from '../problems.ts';
import { ownFolders } from '../text/own-folders.ts';

export interface SettingsWatch {
  /** The settings in force. */
  readonly current: () => Config;
  /** The file has been touched since it was last read. */
  readonly hasChanged: () => boolean;
  /** The settings in force, after a look at the file. */
  readonly read: () => Promise<Config>;
}

interface Options {
  readonly configFile: string;
  /** The settings, or all that is wrong with them. */
  readonly readSettings: () => Promise<
    | { readonly kind: 'config'; readonly config: Config }
    | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  >;
}

export function watchSettings(
  first: Config,
  { configFile, readSettings }: Options,
  log: Log,
  clock: Clock,
): SettingsWatch {
  let config = first;
  let takenAt = clock.now();
  const stateNow = (): string => [configFile, ...filesBeside(configFile)].map(stateOf).join('\n');
  let readAs = stateNow();
  const hasChanged = (): boolean => stateNow() !== readAs;
  return {
    current: () => config,
    hasChanged,
    async read() {
      if (!hasChanged()) return config;
      readAs = stateNow();
      const read = await readSettings();
      if (read.kind === 'problems') tellMistakes(read.problems, configFile, takenAt, log);
      else if (read.config.hash !== config.hash || JSON.stringify(read.config) !== JSON.stringify(config)) {
        log.info({ file: configFile }, 'read the new version');
        config = read.config;
        takenAt = clock.now();
      }
      return config;
    },
  };
}

/** The words of a problem say that nothing was run: true of a command, not of a daemon. */
function tellMistakes(problems: readonly Problem[], file: string, takenAt: Instant, log: Log): void {
  for (const { code, subject, happened, todo } of problems) {
    const place = [subject.file, subject.line, subject.column].filter((part) => part !== undefined).join(':');
    const sentences = [happened, todo].filter((text) => text !== '').map((text) => text.replace(/\.?$/, '.'));
    log.error({ ...subject, code }, `${place} ${sentences.join(' ')}`);
  }
  const mistakes = problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`;
  log.error({ file }, `the new ${file} has ${mistakes}; kept the settings read at ${new Date(takenAt).toISOString()}`);
}

function filesBeside(configFile: string): readonly string[] {
  return ownFolders(configFile).flatMap(({ path }) => {
    try {
      return readdirSync(path).map((name) => join(path, name));
    } catch {
      return []; // no such folder, or none that may be read: the settings say so where it matters
    }
  });
}

/** Time and size: an editor may write twice within one tick of a coarse file system clock. */
function stateOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return `${file} ${stat === undefined ? 'absent' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`}`;
}
