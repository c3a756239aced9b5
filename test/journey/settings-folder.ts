/** A folder with sources.yaml and what lies beside it, read as the program reads it, and a house that runs under it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import { startPartner } from '../partner/server.ts';
import { openTestHouse } from '../pipeline/house.ts';

export interface SettingsFolder {
  readonly folder: string;
  /** Where the house has its site. */
  readonly siteFolder: string;
  /** Writes a file, by its path in the folder. */
  readonly lay: (path: string, content: string) => void;
  /** One run under the settings as they are by now. */
  readonly run: () => Promise<RunReport>;
  /** A published file. */
  readonly file: (path: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * @param feed of the one partner
 * @param settingsFor its address; the network is added
 */
export async function openSettingsFolder(feed: string, settingsFor: (url: string) => string): Promise<SettingsFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-settings-'));
  const partner = await startPartner({ '/feed': feed });
  const { house, close, ...rest } = await openTestHouse(Date.parse('2026-11-24T12:00Z'));
  const siteFolder = join(rest.folder, 'site');
  const lay = (path: string, content: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  lay('sources.yaml', `network: { allow: [127.0.0.1], spacing: 0s }\n${settingsFor(`${partner.url}/feed`)}`);
  return {
    folder,
    siteFolder,
    lay,
    async run() {
      const read = await loadConfig(join(folder, 'sources.yaml'), {});
      if (read.kind !== 'config') throw new Error(read.problems.map(({ happened }) => happened).join('\n'));
      return await runOnce(read.config, house);
    },
    file: (path) => readFileSync(join(siteFolder, path), 'utf8'),
    async close() {
      await close();
      await partner.close();
      rmSync(folder, { recursive: true });
    },
  };
}
