/** Which real clock, dice, network, database and folder to use: the only file that knows every edge. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, Library, Network, Random, SiteFolder } from './edges.ts';
import type { Config, Site } from './model.ts';

export interface House {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly library: Library;
  readonly folder: SiteFolder;
  /** Where the site's files are. */
  readonly siteFolder: string;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const systemRandom: Random = { next: () => Math.random() };

/** The version in package.json. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

/** Says who asks and how to reach the maintainer, so that a partner can complain before blocking. */
function userAgent(site: Site): string {
  const contact = site.contact ?? site.url;
  return contact === undefined ? `relais/${version}` : `relais/${version} (+${contact})`;
}

/**
 * Opens the real edges for a data folder.
 * @throws Halt with `store/…` when the database cannot be used
 */
export async function openHouse(config: Config, dataFolder: string, clock: Clock = systemClock): Promise<House> {
  const [{ openNetwork }, library] = await Promise.all([import('./fetch/client.ts'), openStore(dataFolder)]);
  const siteFolder = join(dataFolder, 'site');
  return {
    clock,
    random: systemRandom,
    network: openNetwork(config.network, userAgent(config.site), clock),
    library,
    folder: await openFolder(siteFolder),
    siteFolder,
  };
}

/** The database alone, for commands that only look. */
export async function openStore(dataFolder: string): Promise<Library> {
  const { openLibrary } = await import('./store/library.ts');
  const holder = { owner: randomUUID(), pid: process.pid, host: hostname() };
  return await openLibrary(join(dataFolder, 'relais.db'), holder, isAlive);
}

async function openFolder(path: string): Promise<SiteFolder> {
  const { removeFiles, writeSite } = await import('./publish/write.ts');
  return {
    isThere: (file) => existsSync(join(path, file)),
    write: (documents) => writeSite(path, documents),
    remove: (paths) => removeFiles(path, paths),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // it lives and belongs to another user
  }
}
