/** What those who work until they are told to stop are given. */
import type { Config } from '../model.ts';
import type { watchSettings } from './settings-watch.ts';

export interface DaemonOptions {
  /** The settings to begin with. */
  readonly config: Config;
  /** Reads them again. */
  readonly readSettings: Parameters<typeof watchSettings>[1]['readSettings'];
  readonly configFile: string;
  readonly dataFolder: string;
  readonly port: number;
  readonly host: string;
  readonly printer: { readonly isTerminal: boolean; line(text: string): void; alarm(text: string): void };
}
