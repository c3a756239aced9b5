/**
 * The night's work, told in calls: look the database over, wipe what was taken back, copy it, let go of what no section keeps, notice who has gone
 * silent. Due once a day at half past four by the site's clocks, made up for once after a night that was slept through.
 */
import type { Clock, Disk, PictureFolder } from './edges.ts';
import { isSilent } from './fetch/due.ts';
import type { Library } from './library.ts';
import type { Config, Instant, News, Source, SourceMemory } from './model.ts';
import { Halt, type Problem, problem } from './problems.ts';
import { lastDaily } from './text/wall-clock.ts';

export interface MaintenanceEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly disk: Disk;
  readonly pictures: PictureFolder;
  /** Where the copies go. */
  readonly backupFolder: string;
  /** Copies sources.yaml there, under this name. */
  readonly keepSettings: (name: string) => Promise<void>;
}

const nightly = { hour: 4, minute: 30 };
const fact = 'maintained';
const weekMs = 7 * 86_400_000;
const mebibyte = 1_048_576;
const leastFreeBytes = 200 * mebibyte;
const leastFreeShare = 0.05;

/**
 * True when the last night's work has not been done; a time that lies ahead was noted under a wrong clock. A house that
 * has just been opened has nothing to look after before its first night.
 */
export async function isMaintenanceDue(config: Config, { clock, library }: MaintenanceEdges): Promise<boolean> {
  const now = clock.now();
  const last = Number(await library.rememberOnce(fact, String(now)));
  return last > now || last < lastDaily(nightly, config.site.timezone, now);
}

/**
 * Does the night's work. A copy that cannot be made is a warning: the relay goes on, and tomorrow tries again.
 * @returns Problems: store/words-left, store/backup-failed, store/pictures-failed
 * @throws Halt with store/damaged: nothing more is written to a database that has lost its mind
 */
export async function maintain(config: Config, edges: MaintenanceEdges): Promise<readonly Problem[]> {
  const { library, clock } = edges;
  const now = clock.now();
  const isWeekly = now - Number((await library.fact('checked')) ?? Number.NEGATIVE_INFINITY) >= weekMs;
  const { damage } = await library.check(isWeekly ? 'full' : 'quick');
  if (damage !== undefined) throw new Halt(problem('store/damaged', {}, damage));
  if (isWeekly) await library.replaceFact('checked', String(now));
  for (const { sources, keepMs } of keeping(config)) await library.expire(sources, now - keepMs, now);
  const problems = [...(await wipe(edges)), ...(await backUp(edges, now)), ...(await tidyPictures(edges))];
  await noticeSilence(config, library, now);
  await library.tidy(now);
  await library.replaceFact(fact, String(now));
  return problems;
}

/** Before the copy is made. */
async function wipe({ library }: MaintenanceEdges): Promise<readonly Problem[]> {
  const { left } = await library.wipe();
  return left.length === 0 ? [] : [problem('store/words-left', {}, left.join(', '))];
}

async function tidyPictures({ library, pictures }: MaintenanceEdges): Promise<readonly Problem[]> {
  const shown = await library.forgetUnusedPictures();
  try {
    await pictures.keepOnly(shown);
    return [];
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    return [problem('store/pictures-failed', {}, error.problem.happened)];
  }
}

/** Database and settings, as a dated pair. */
async function backUp(
  { library, backupFolder, keepSettings }: MaintenanceEdges,
  now: Instant,
): Promise<readonly Problem[]> {
  const day = new Date(now).toISOString().slice(0, 10);
  try {
    await library.backup(backupFolder, `relais-${day}.db`);
    await keepSettings(`sources-${day}.yaml`);
    await library.replaceFact('backed-up', String(now));
    return [];
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    return [problem('store/backup-failed', {}, error.problem.happened)];
  }
}

/**
 * Sources whose every section lets go of old stories, by the longest time that one of them keeps. Each time counts for
 * all that are kept no longer, so that a story they carry together goes too.
 */
function keeping(config: Config): { readonly sources: readonly string[]; readonly keepMs: number }[] {
  const kept = config.sources.flatMap(({ key, sections }) => {
    const times = config.sections.filter(({ id }) => sections.includes(id)).map(({ keepMs }) => keepMs ?? Infinity);
    const longest = Math.max(...times);
    return longest === Number.POSITIVE_INFINITY ? [] : [{ key, keepMs: longest }];
  });
  return [...new Set(kept.map(({ keepMs }) => keepMs))].map((keepMs) => ({
    keepMs,
    sources: kept.filter((one) => one.keepMs <= keepMs).map(({ key }) => key),
  }));
}

/** Said once, when it begins; a new item ends it. */
async function noticeSilence(config: Config, library: Library, now: Instant): Promise<void> {
  const memories = await library.memories();
  const news: News[] = [];
  for (const source of config.sources) {
    const memory = memories.get(source.key);
    if (memory === undefined || source.paused !== undefined || memory.failingSince !== undefined || memory.isGone)
      continue;
    if (memory.held !== undefined || memory.stoppedSince !== undefined) continue;
    if (memory.silentSince !== undefined || !isSilent({ ...memory, now })) continue;
    await library.remember({ ...memory, silentSince: now });
    news.push(silence(source, memory, now));
  }
  await library.addNews(news);
}

function silence(source: Source, memory: SourceMemory, now: Instant): News {
  const since = memory.lastNewItem === undefined ? 'long' : new Date(memory.lastNewItem).toISOString().slice(0, 10);
  return {
    sourceKey: source.key,
    source: source.name ?? memory.title ?? source.key,
    kind: 'silent',
    at: now,
    words: `It answers and has brought nothing new since ${since}, which is unlike it. Look at its site: perhaps the feed stands still while the group writes elsewhere.`,
  };
}

/**
 * Looks whether there is room on the disk for a run. Problems: store/low-disk
 * @throws Halt with store/disk-full when a run could not end well: less than 200 MiB and less than a twentieth of the disk
 */
export async function lookAtDisk({ disk }: Pick<MaintenanceEdges, 'disk'>): Promise<readonly Problem[]> {
  const room = await disk.room();
  if (room === undefined) return [];
  const isShort = [room.freeBytes < leastFreeBytes, room.freeBytes < room.totalBytes * leastFreeShare];
  const detail = `${Math.floor(room.freeBytes / mebibyte)} of ${Math.floor(room.totalBytes / mebibyte)} MiB are free`;
  if (isShort.every(Boolean)) throw new Halt(problem('store/disk-full', {}, detail));
  return isShort.some(Boolean) ? [problem('store/low-disk', {}, detail)] : [];
}
