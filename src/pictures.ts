/**
 * Pictures of the sources whose `images` is `copy`: which ones the stories are to show, asked for once each, developed, and
 * kept. What goes wrong with one leaves it a link. Told in calls; runs between the pass and the publication.
 */
import { inForce } from './agreements.ts';
import type { Clock, Darkroom, Network, PictureFolder } from './edges.ts';
import type { Library } from './library.ts';
import type { Config, Fetched, Source, SourceKey } from './model.ts';
import { isAskable } from './pass.ts';
import type { DuePicture, PictureFate, PictureUse } from './picture-library.ts';
import { Halt, type Problem, type ProblemCode, problem } from './problems.ts';
import { holdsOf } from './publish/holding.ts';
import { keepSilences } from './silences.ts';
import { redactor } from './text/redact.ts';
import { politenessKey } from './text/url.ts';

export interface PictureEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly network: Network;
  readonly darkroom: Darkroom;
  readonly pictures: PictureFolder;
}

/** Bounds of one run: what a run leaves, the next ones take. */
const mostARun = 100;
const mostADomain = 12;
/** No other picture is begun after so long: news do not wait for pictures. */
const mostMs = 60_000;
/** Domains asked at once. */
const parallel = 8;
/** Looked at, to find those of as many domains as there are. */
const candidates = 1_000;
/** Stories whose texts are in memory at once. */
const batchSize = 200;

const hourMs = 3_600_000;
/** After the first, second and third time in vain; after the fourth the picture is a link for good. */
const waitsMs = [hourMs, 8 * hourMs, 48 * hourMs];
/** Of our own way there: they say nothing of the picture. */
const ours: ReadonlySet<ProblemCode> = new Set(['fetch/told-to-wait', 'fetch/proxy', 'fetch/authority']);

/** Facts: after which withdrawals unused pictures were removed; from which settings and which state of the stories it is known what they show; until when nobody is asked. */
const facts = { shown: 'pictures-of', putOff: 'pictures-put-off', cleared: 'pictures-cleared' } as const;
/** For so long, where nothing can be developed. */
const putOffMs = 24 * hourMs;

export interface PictureReport {
  /** Our own bugs: the run goes on, and what could not be done is a link. */
  readonly defects: readonly { readonly sourceKey: SourceKey; readonly error: unknown }[];
  readonly problems: readonly Problem[];
}

/** Problems: darkroom/not-here, store/pictures-failed */
export async function copyPictures(
  settings: Config,
  edges: PictureEdges,
  signal?: AbortSignal,
): Promise<PictureReport> {
  const mayCopy = settings.sources.some(({ images }) => images === 'copy');
  const config = mayCopy ? inForce(settings, await edges.library.memories(), edges.clock.now()) : settings;
  const defects: { sourceKey: SourceKey; error: unknown }[] = [];
  const obstacles: Problem[] = [];
  const circumstances = { signal, obstacles, redact: redactor(config.secrets) };
  const orDefect = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Halt) throw error;
      if (error !== undefined && error === signal?.reason) return;
      defects.push({ sourceKey: '/pictures', error });
    }
  };
  await orDefect(async () => {
    const isCopying = await lookForPictures(config, edges, orDefect);
    await forgetWithdrawn(edges, obstacles);
    if (!isCopying) return;
    await noticeLoss(edges);
    const isOver = (): boolean => signal?.aborted === true || obstacles.length > 0;
    const fetchOne = (due: DuePicture): Promise<void> =>
      orDefect(() => fetchPicture(due, config, edges, circumstances));
    await fetchDue(await askable(config, edges), edges, fetchOne, isOver);
    if (obstacles[0]?.code === 'darkroom/not-here')
      await edges.library.replaceFact(facts.putOff, String(edges.clock.now() + putOffMs));
  });
  return { defects, problems: obstacles.slice(0, 1) };
}

/**
 * Notes which pictures the stories that have changed since the last time are to show; under other settings, all stories.
 * @returns false where no source's pictures are copied
 */
async function lookForPictures(
  config: Config,
  { library, clock }: PictureEdges,
  orDefect: (work: () => void) => Promise<void>,
): Promise<boolean> {
  const copying = config.sources.filter(({ images }) => images === 'copy').map(({ key }) => key);
  const before = (await library.fact(facts.shown)) ?? '';
  if (copying.length === 0) {
    if (before === '') return false;
    await library.useNoPictures();
    await library.replaceFact(facts.shown, '');
    return false;
  }
  const ofThese = `${config.hash} `;
  const since = before.startsWith(ofThese) ? Number(before.slice(ofThese.length).split(' ')[0]) : 0;
  const { ids, newest, atNewest } = await library.changedSince(since);
  const state = `${ofThese}${newest} ${atNewest}`;
  if (state === before) return true;
  const { picturesWanted } = await import('./publish/story-view.ts');
  const sources = new Map(config.sources.map((source) => [source.key, source]));
  const holds = holdsOf(await library.holds());
  const context = { config, sources, memories: await library.memories(), tagPrefix: '', now: clock.now(), holds };
  for (let at = 0; at < ids.length; at += batchSize) {
    const part = ids.slice(at, at + batchSize);
    const uses: PictureUse[] = [];
    for (const record of await library.stories(await library.withPictures(part, copying))) {
      await orDefect(() => {
        const { source, addresses } = picturesWanted(record, context);
        uses.push(...addresses.map((address) => ({ story: record.id, address, source })));
      });
    }
    await library.usePictures(part, uses);
  }
  await library.replaceFact(facts.shown, state); // last, so that a kill in between only repeats the look
  return true;
}

/** Pictures of what was taken back leave the disk with the run that takes it off the site, unless another story shows them. */
async function forgetWithdrawn({ library, pictures }: PictureEdges, obstacles: Problem[]): Promise<void> {
  const stamp = await library.withdrawalStamp();
  if (((await library.fact(facts.cleared)) ?? '0 0') === stamp) return;
  try {
    await pictures.keepOnly(await library.forgetUnusedPictures());
    await library.replaceFact(facts.cleared, stamp);
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    obstacles.push(problem('store/pictures-failed', {}, error.problem.happened));
  }
}

/** A disk that was restored, or somebody, may have taken files away: their pictures are links until they come again. */
async function noticeLoss({ library, pictures, clock }: PictureEdges): Promise<void> {
  const shown = await library.shownFiles();
  if (shown.length === 0) return;
  const there = new Set(await pictures.files());
  const lost = shown.filter((file) => !there.has(file));
  if (lost.length > 0) await library.noteLostFiles(lost, clock.now());
}

/** Whoever is to be left alone, or may not be who they were, is not asked for pictures either. */
async function askable(config: Config, { library }: PictureEdges): Promise<readonly SourceKey[]> {
  const memories = await library.memories();
  return config.sources.filter((source) => isAskable(source, memories.get(source.key))).map(({ key }) => key);
}

async function fetchDue(
  sources: readonly SourceKey[],
  edges: PictureEdges,
  fetchOne: (due: DuePicture) => Promise<void>,
  isStopped: () => boolean,
): Promise<void> {
  const { library, clock } = edges;
  const start = clock.now();
  const left = Number((await library.fact(facts.putOff)) ?? 0) - start;
  if (left > 0 && left <= putOffMs) return; // longer than that under a clock that was wrong then or is now
  const queues = chosen(await library.duePictures(sources, start, candidates));
  if (queues.length === 0) return;
  const silences = new Map(await library.silences());
  const isOver = (): boolean => isStopped() || clock.now() - start >= mostMs;
  const takeTurns = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const due of queue) {
        if (isOver()) return;
        await fetchOne(due);
        await keepSilences(edges, silences);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, takeTurns));
}

/** Those of one domain are asked in turn. */
function chosen(due: readonly DuePicture[]): DuePicture[][] {
  const queues = new Map<string, DuePicture[]>();
  let count = 0;
  for (const one of due) {
    const domain = politenessKey(one.address);
    const queue = queues.get(domain) ?? [];
    if (count === mostARun || queue.length === mostADomain) continue;
    queues.set(domain, [...queue, one]);
    count += 1;
  }
  return [...queues.values()];
}

interface Circumstances {
  readonly signal: AbortSignal | undefined;
  /** Why nothing can be developed or kept here: of several the first is told. */
  readonly obstacles: Problem[];
  /** Takes secrets out of what is kept for the maintainer. */
  readonly redact: (text: string) => string;
}

async function fetchPicture(
  due: DuePicture,
  config: Config,
  edges: PictureEdges,
  circumstances: Circumstances,
): Promise<void> {
  const { library, network, clock } = edges;
  const { signal } = circumstances;
  try {
    const fetched = await network.fetch(requestFor(due, config.sources), signal);
    try {
      await library.decidePicture(due.address, await fateOf(fetched, due, edges, circumstances), clock.now());
    } finally {
      if (fetched.kind === 'fresh') network.letGo(fetched.body);
    }
  } catch (error) {
    const isBug = !(error instanceof Halt) && error !== signal?.reason;
    if (isBug) await library.decidePicture(due.address, inVain(due, edges, 'a mistake of Relais itself'), clock.now());
    throw error;
  }
}

/** By the way of the source in whose text it stands; of several, of one that is asked through a proxy. */
function requestFor({ address, sources }: DuePicture, all: readonly Source[]) {
  const own = all.filter(({ key }) => sources.includes(key));
  const source = own.find(({ proxy }) => proxy !== undefined) ?? own[0];
  return {
    url: address,
    validators: { etag: undefined, lastModified: undefined },
    bodyHash: undefined,
    proxy: source?.proxy,
    authorityFile: source?.authorityFile,
    what: 'picture',
  } as const;
}

async function fateOf(
  fetched: Fetched,
  due: DuePicture,
  edges: PictureEdges,
  { signal, obstacles, redact }: Circumstances,
): Promise<PictureFate> {
  const { clock, darkroom, pictures } = edges;
  const later = (ms: number, why: string): PictureFate => {
    return { kind: 'failed', tries: due.tries, nextTry: clock.now() + ms, why };
  };
  if (fetched.kind === 'failed') {
    const why = redact(fetched.problem.happened);
    const isOurs = ours.has(fetched.problem.code);
    return isOurs ? later(fetched.hints.retryAfterMs ?? hourMs, why) : inVain(due, edges, why);
  }
  if (fetched.kind !== 'fresh') return inVain(due, edges, 'it answers without a picture');
  const developed = await darkroom.develop(fetched.body, signal);
  if (developed.kind === 'unable') {
    obstacles.push(problem('darkroom/not-here', {}, developed.why));
    return later(0, developed.why);
  }
  if (developed.kind === 'refused') return inVain(due, edges, developed.why);
  if (developed.kind === 'counter') return developed;
  const { bytes, type, width, height } = developed;
  try {
    return { kind: 'copied', copy: { file: await pictures.keep(bytes, type), width, height } };
  } catch (error) {
    if (!(error instanceof Halt)) throw error;
    const why = error.problem.happened; // of the folder of pictures alone: the news are written elsewhere
    obstacles.push(problem('store/pictures-failed', {}, why));
    return later(hourMs, why);
  }
}

function inVain({ tries }: DuePicture, { clock }: PictureEdges, why: string): PictureFate {
  const wait = waitsMs[tries];
  return { kind: 'failed', tries: tries + 1, nextTry: wait === undefined ? undefined : clock.now() + wait, why };
}
