/** Which real clock, dice, network, database and folder to use: the only file that knows every edge. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type {
  Claims,
  Clock,
  Darkroom,
  Disk,
  Network,
  PictureFolder,
  Random,
  Reader,
  SiteDraft,
  SiteFolder,
  Tokens,
  Turns,
} from './edges.ts';
import { makeRoom } from './heap.ts';
import type { Library } from './library.ts';
import type { Config, Site } from './model.ts';
import { Halt, type Problem } from './problems.ts';
import type { RehearsedSite } from './publish/rehearsed.ts';
import type { SearchLibrary } from './search-library.ts';
import { openCopies, openSharing, openStore, type Storage } from './storage.ts';

export interface House {
  readonly clock: Clock;
  readonly random: Random;
  readonly tokens: Tokens;
  readonly network: Network;
  /** Where several workers share the sources; undefined where one has them all. */
  readonly claims?: Claims | undefined;
  readonly reader: Reader;
  readonly library: Library;
  readonly folder: SiteFolder;
  readonly darkroom: Darkroom;
  readonly pictures: PictureFolder;
  /** What readers can search. */
  readonly search: SearchLibrary;
  /** Where the site's files are, unless they are in a bucket. */
  readonly siteFolder: string;
  readonly disk: Disk;
  /** In place of the mail server that the settings name; undefined for that. */
  readonly deliver?: typeof import('./smtp/deliver.ts').deliver;
  /** Where copies of the database go. */
  readonly backupFolder: string;
  /** Copies sources.yaml there, under this name. */
  keepSettings(name: string): Promise<void>;
  /** The same house, with network, reader and site as other settings want them. */
  under(config: Config): Promise<House>;
  /** Closes the database, and ends the processes beside this one. */
  close(): Promise<void>;
}

const systemRandom: Random = { next: () => Math.random() };

export const systemTokens: Tokens = { next: () => randomBytes(24).toString('base64url') };

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
export async function openHouse(config: Config, data: Storage, given: Clock = systemClock): Promise<House> {
  const dataFolder = data.folder;
  let common: Clock | undefined;
  const clock: Clock = { now: () => (common ?? given).now(), wait: (ms) => given.wait(ms) };
  let inForce = config;
  const siteFolder = join(dataFolder, 'site');
  const most = (): number | undefined => inForce.network.maxItems;
  const [library, reader] = await Promise.all([openStore(data, clock), openReader(most)]);
  const sharing = await openSharing(data, version, given).catch(async (error: unknown) => {
    await library.close(); // whoever waits for the server tries again and again
    throw error;
  });
  if (given === systemClock) common = sharing?.clock; // of several machines only the database's clock counts
  const [darkroom, site] = await Promise.all([openDarkroom(), openSite(config, dataFolder, clock)]);
  let published = { bucket: config.bucket, site };
  const search = await openSearch(data);
  const backupFolder = join(dataFolder, 'backup');
  const house: House = {
    clock,
    random: systemRandom,
    tokens: systemTokens,
    network: await openNetworkOf(config, library, clock, sharing?.turns),
    claims: sharing?.claims,
    reader,
    library,
    ...site,
    darkroom,
    search,
    siteFolder,
    disk: { room: () => roomAt(dataFolder) },
    backupFolder,
    async keepSettings(name) {
      if (!existsSync(config.file)) return;
      const copies = await openCopies(data, clock);
      await copies.keepSettings(config.file, backupFolder, name);
    },
    async under(next) {
      inForce = next;
      const isSame = JSON.stringify(next.bucket) === JSON.stringify(published.bucket);
      if (!isSame) published = { bucket: next.bucket, site: await openSite(next, dataFolder, clock) };
      return { ...house, ...published.site, network: await openNetworkOf(next, library, clock, sharing?.turns) };
    },
    async close() {
      await reader.close();
      await darkroom.close();
      await search.close();
      await sharing?.close();
      await library.close();
    },
  };
  return house;
}

/** The network as the settings want it; whoever asked us to wait before is still left alone. */
async function openNetworkOf(
  config: Config,
  library: Pick<Library, 'silences'> | undefined,
  clock: Clock,
  turns?: Turns,
): Promise<Network> {
  const [{ openNetwork }, silences] = await Promise.all([import('./fetch/client.ts'), library?.silences()]);
  return openNetwork(config.network, userAgent(config.site), clock, { ...(silences && { silences }), turns });
}

/** What sites are asked and read with. */
export interface Outside extends Pick<House, 'clock' | 'network' | 'reader'> {
  close(): Promise<void>;
}

/**
 * For commands that ask sites and keep nothing.
 * @param library where there is a database: whoever asked us to wait is left alone here too
 */
export async function openOutside(
  config: Config,
  library?: Pick<Library, 'silences'>,
  clock: Clock = systemClock,
): Promise<Outside> {
  const [network, reader] = await Promise.all([
    openNetworkOf(config, library, clock),
    openReader(() => config.network.maxItems),
  ]);
  return { clock, network, reader, close: () => reader.close() };
}

/** Some file systems do not say how much room they have. */
export async function roomAt(folder: string): ReturnType<Disk['room']> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return blocks > 0 ? { freeBytes: bavail * bsize, totalBytes: blocks * bsize } : undefined;
}

/** Run from source, documents are read in this process: node starts no TypeScript. */
async function openReader(most: () => number | undefined): Promise<Reader> {
  if (import.meta.url.endsWith('.ts')) return (await import('./reader/inline.ts')).openInlineReader(most);
  const reader = (await import('./reader/beside.ts')).openReaderBeside({ entries: most });
  const read: Reader['read'] = (document, hints) => {
    makeRoom();
    return reader.read(document, hints);
  };
  return { ...reader, read };
}

/** The decoders are machine code: also when run from source, they run in the process that the build has made for them. */
async function openDarkroom(): Promise<Darkroom> {
  const { openDarkroomBeside } = await import('./darkroom/beside.ts');
  if (!import.meta.url.endsWith('.ts')) return openDarkroomBeside();
  return openDarkroomBeside({}, new URL('../dist/darkroom-child.js', import.meta.url));
}

/** Where the database is: what one process has published, all find. */
async function openSearch({ folder, database }: Storage): Promise<SearchLibrary> {
  if (database !== undefined) return (await import('./store/postgres-search.ts')).openPostgresSearch(database);
  const { openSearchLibrary, searchName } = await import('./store/search.ts');
  return openSearchLibrary(join(folder, searchName));
}

async function openPictures(folder: string): Promise<PictureFolder> {
  return (await import('./store/picture-files.ts')).openPictureFolder(folder);
}

/** A site on which changes are noted and not made, and its pictures, which stay as they are too. */
export async function openRehearsedFolder(
  { bucket }: Config,
  dataFolder: string,
): Promise<{ readonly folder: RehearsedSite; readonly pictures: Pick<PictureFolder, 'files' | 'pathOf'> }> {
  const { openRehearsedSite, siteOnDisk } = await import('./publish/rehearsed.ts');
  if (bucket === undefined) {
    const pictures = await openPictures(join(dataFolder, 'images'));
    return { folder: openRehearsedSite(siteOnDisk(join(dataFolder, 'site'))), pictures };
  }
  const { site, pictures } = (await import('./publish/bucket/open.ts')).lookIntoBucket(bucket);
  return { folder: openRehearsedSite(site), pictures };
}

/** Asks the bucket, where the settings name one, and changes nothing there. @returns why nothing can be published */
export async function bucketTrouble({ bucket }: Config): Promise<Problem | undefined> {
  if (bucket === undefined) return undefined;
  try {
    await (await import('./publish/bucket/open.ts')).lookIntoBucket(bucket).pictures.files();
    return undefined;
  } catch (error) {
    if (error instanceof Halt) return error.problem;
    throw error;
  }
}

/** Where the site is, with its pictures: on this machine's disk, or in the bucket that the settings name. */
async function openSite(
  { bucket }: Config,
  dataFolder: string,
  clock: Clock,
): Promise<{ readonly folder: SiteFolder; readonly pictures: PictureFolder }> {
  const site = join(dataFolder, 'site');
  const pictures = await openPictures(join(dataFolder, 'images'));
  if (bucket === undefined) return { folder: withRoom(await openFolder(site)), pictures };
  const [{ openBucket }, { besideOf }] = await Promise.all([
    import('./publish/bucket/open.ts'),
    import('./publish/write.ts'),
  ]);
  const opened = openBucket(bucket, { waiting: besideOf(site), pictures, clock });
  return { ...opened, folder: withRoom(opened.folder) };
}

/** Drawing up is work, whether anything was read before it or not. */
function withRoom(folder: SiteFolder): SiteFolder {
  return {
    ...folder,
    async draft() {
      const draft = await folder.draft();
      const add: SiteDraft['add'] = (documents) => {
        makeRoom();
        return draft.add(documents);
      };
      return { ...draft, add };
    },
  };
}

async function openFolder(path: string): Promise<SiteFolder> {
  const { clearDraft, openDraft, removeFiles } = await import('./publish/write.ts');
  return {
    lookFor: () => Promise.resolve((file) => existsSync(join(path, file))),
    read: async (file) => (existsSync(join(path, file)) ? await readFile(join(path, file), 'utf8') : undefined),
    draft: () => openDraft(path),
    clear: () => clearDraft(path),
    remove: (paths) => removeFiles(path, paths),
  };
}
