/** sources.yaml as it changes under a running daemon: a broken new version is refused, told once, and the old one kept. */
import { statSync } from 'node:fs';
import type { Log } from '../edges.ts';
import type { Config } from '../model.ts';

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
  /** undefined after it has printed what is wrong. */
  readonly readSettings: () => Promise<Config | undefined>;
}

export function watchSettings(first: Config, { configFile, readSettings }: Options, log: Log): SettingsWatch {
  let config = first;
  let readAs = stateOf(configFile);
  const hasChanged = (): boolean => stateOf(configFile) !== readAs;
  return {
    current: () => config,
    hasChanged,
    async read() {
      if (!hasChanged()) return config;
      readAs = stateOf(configFile);
      const next = await readSettings();
      if (next === undefined)
        log.error({ file: configFile }, 'the new version has mistakes; the old one stays in force');
      else if (next.hash !== config.hash || JSON.stringify(next) !== JSON.stringify(config)) {
        log.info({ file: configFile }, 'read the new version');
        config = next;
      }
      return config;
    },
  };
}

/** Time and size: an editor may write twice within one tick of a coarse file system clock. */
function stateOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
