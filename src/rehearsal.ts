/**
 * A house in which everything goes as in the real one and nothing is left of it: its database is a copy, in a folder of its own
 * that is removed; its site is compared with and not written; mails and hubs are noted and not told. Partners are asked, since nobody
 * else knows what they have.
 */
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type { ClosedDigest } from './digest-library.ts';
import type { Clock, PictureFolder } from './edges.ts';
import type { Config, Instant, StoryRecord } from './model.ts';
import type { PassOptions } from './pass.ts';
import type { PublicationOptions } from './publication.ts';
import type { SiteChanges } from './publish/rehearsed.ts';
import { type RunReport, runOnce } from './run.ts';
import { copyStores, type Storage } from './storage.ts';
import { type House, openHouse, openRehearsedFolder, roomAt } from './wire.ts';

/** What was not done. */
interface Notes {
  readonly mails: { readonly to: string; readonly subject: string }[];
  /** Feeds of which the hub would be told. */
  readonly hub: string[];
}

export interface Rehearsal {
  readonly house: House;
  readonly notes: Notes;
  readonly changes: () => SiteChanges;
  /** Closes the house and removes its folder. */
  end(): Promise<void>;
  /** Removes its folder at once, where there is no time to close anything. */
  drop(): void;
}

/** With the process that made it, so that what a killed one has left is found. */
const folderName = 'relais-rehearsal-';

/**
 * Opens a house over a copy of what is stored. No byte of the data folder is written, and it need not be there.
 * @throws Halt with `store/…` where the copy cannot be made or opened
 */
export async function openRehearsal(config: Config, data: Storage, clock: Clock = systemClock): Promise<Rehearsal> {
  removeLeftovers();
  const dataFolder = data.folder;
  const folder = mkdtempSync(join(tmpdir(), `${folderName}${process.pid}-`)); // for this user alone
  const drop = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const real = await openHouse({ ...config, bucket: undefined }, await copyStores(data, folder), clock);
    const { folder: site, pictures } = await openRehearsedFolder(config, dataFolder);
    const notes: Notes = { mails: [], hub: [] };
    const house: House = {
      ...real,
      library: { ...real.library, backup: (_folder, name) => Promise.resolve({ name, at: clock.now(), bytes: 0 }) },
      network: {
        ...real.network,
        post(request) {
          const feed = new URLSearchParams(request.form).get('hub.url');
          if (feed !== null) notes.hub.push(feed);
          return Promise.resolve({ kind: 'taken' });
        },
      },
      folder: site,
      pictures: layered(pictures, real.pictures),
      siteFolder: join(dataFolder, 'site'),
      disk: { room: () => roomAt(existsSync(dataFolder) ? dataFolder : folder) },
      keepSettings: () => Promise.resolve(),
      async deliver(_smtp, { to, message }, onHandover) {
        await onHandover();
        notes.mails.push({ to, subject: /^subject: (.*)$/im.exec(message)?.[1]?.trim() ?? '' });
        return { kind: 'taken', answer: 'noted', isAnswered: true };
      },
    };
    return {
      house,
      notes,
      changes: () => site.changes(),
      drop,
      async end() {
        try {
          await real.close();
        } finally {
          drop();
        }
      },
    };
  } catch (error) {
    drop();
    throw error;
  }
}

/** Texts may have been taken back since: none stays behind. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, maker] = /^relais-rehearsal-(\d+)-\w+$/.exec(name) ?? [];
    if (maker === undefined || Number(maker) === process.pid || isRunning(Number(maker))) continue;
    const path = join(tmpdir(), name);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true && found.uid === process.getuid?.())
      rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The real pictures, which stay, and above them those made now. */
function layered(real: Pick<PictureFolder, 'files' | 'pathOf'>, own: PictureFolder): PictureFolder {
  return {
    ...own,
    pathOf: (file) => (existsSync(real.pathOf(file)) ? real.pathOf(file) : own.pathOf(file)),
    files: async () => [...new Set([...(await real.files()), ...(await own.files())])],
    keepOnly: () => Promise.resolve(),
  };
}

// ── a run ────────────────────────────────────────────────────────────────────────────────────────

/** A story that a run would change. */
export interface StoryNews {
  /** `joined`: texts have come to one that is stored. `changed`: one of its texts was corrected, taken back, or counts otherwise. */
  readonly what: 'new' | 'joined' | 'changed';
  readonly record: StoryRecord;
  /** Ids of its items that are new. */
  readonly newItems: readonly number[];
}

/** What a run would do. */
export interface RunRehearsed {
  readonly report: RunReport;
  readonly stories: readonly StoryNews[];
  readonly files: SiteChanges;
  readonly digests: readonly ClosedDigest[];
  readonly mails: Notes['mails'];
  readonly hub: readonly string[];
}

/** Does a whole run in the rehearsal's house. @throws as `runOnce` */
export async function rehearseRun(
  config: Config,
  { house, notes, changes }: Rehearsal,
  options: PassOptions & PublicationOptions = {},
): Promise<RunRehearsed> {
  const { library } = house;
  const begun = house.clock.now();
  const { newest } = await library.changedSince(0);
  const closed = new Set((await library.digests()).map(nameOf));
  // News and the ping of a run are told to nobody.
  const quiet = { ...config, reporting: { ping: undefined, mail: undefined } };
  const report = await runOnce(quiet, house, options);
  return {
    report,
    stories: await changedStories(newest, begun, house),
    files: changes(),
    digests: (await library.digests()).filter((one) => !closed.has(nameOf(one))),
    mails: notes.mails,
    hub: notes.hub,
  };
}

function nameOf({ section, name }: ClosedDigest): string {
  return `${section}/${name}`;
}

/** Stories whose records are in memory at once. */
const batchSize = 200;

async function changedStories(before: Instant, begun: Instant, { library }: House): Promise<readonly StoryNews[]> {
  const { ids } = await library.changedSince(before);
  const news: StoryNews[] = [];
  for (let at = 0; at < ids.length; at += batchSize)
    for (const record of await library.stories(ids.slice(at, at + batchSize))) {
      if (record.changed < begun) continue;
      const fresh = record.items.filter(({ seen }) => seen >= begun).map(({ id }) => id);
      const what = fresh.length === 0 ? 'changed' : fresh.length === record.items.length ? 'new' : 'joined';
      news.push({ what, record, newItems: fresh });
    }
  return news;
}
