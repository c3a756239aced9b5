/**
 * Telling our hub that feeds have changed (WebSub §6, and PubSubHubbub 0.4 §6 for the form, which WebSub leaves open). What is to be
 * told is noted before a publication is put in place and forgotten once the hub has taken it, so that neither a kill nor a hub that
 * is down loses any of it; a hub that is told twice asks for the feed twice, and that is all.
 */
import type { Clock, Network, SiteFolder } from './edges.ts';
import { type HubTrouble, hubTroubleFact, hubTroubleIn, type Notice } from './hub-library.ts';
import type { Library } from './library.ts';
import type { Config, Instant, News } from './model.ts';
import { type Problem, problem, problemWords } from './problems.ts';
import { keepSilences } from './silences.ts';

export interface NoticeEdges {
  readonly clock: Clock;
  readonly library: Library;
  readonly network: Pick<Network, 'post' | 'silences'>;
  readonly folder: Pick<SiteFolder, 'lookFor'>;
}

const minuteMs = 60_000;
/** Until the next try, by how many there were. */
const pausesMs = [1, 5, 15, 60, 240, 720].map((minutes) => minutes * minuteMs);
/** A hub that is down for a moment is no news. */
const passingMs = 60 * minuteMs;
/** What is left after so long is the next run's: readers of feeds come before their hub. */
const patienceMs = 30_000;

/**
 * Tells the hub what it has to be told and is due. One feed a request: of several in one, hubs that take the last of equal names
 * (Switchboard does) would hear of one alone.
 * @param signal leaves the rest to the next run
 * @returns Problems: hub/not-told, at the first time that it does not listen, for whoever is watching
 */
export async function tellHub(
  { site }: Pick<Config, 'site'>,
  edges: NoticeEdges,
  signal?: AbortSignal,
): Promise<readonly Problem[]> {
  const { hub, url } = site;
  const { clock, library, folder } = edges;
  if (hub === undefined || url === undefined) return [];
  const known = hubTroubleIn(await library.fact(hubTroubleFact));
  const trouble = known?.hub === hub ? known : undefined;
  const isNew = known !== trouble; // what another hub has refused is new to this one
  const begun = clock.now();
  let failure: Failure | undefined;
  const notices = [...(await library.notices())].sort(byReaders);
  const isFile = await folder.lookFor(notices.map(({ feed }) => feed));
  for (const notice of notices) {
    if (!isFile(notice.feed)) {
      await library.dropNotice(notice.feed);
      continue;
    }
    const isLate = clock.now() - begun >= patienceMs || signal?.aborted === true;
    if (isLate || !(isNew || isDue(notice, begun))) continue;
    const answer = failure?.isDown === true ? failure : await tell(new URL(notice.feed, url).href, hub, edges, signal);
    if (answer === 'taken') await library.dropNotice(notice.feed);
    else if (answer !== 'stopped') {
      failure = answer;
      await library.keepNotice(postponed(notice, clock.now()));
    }
  }
  await keepSilences(edges, new Map(await library.silences()));
  const isStuck = failure !== undefined || (await library.notices()).some(({ tries }) => tries > 0);
  if (!isStuck && known !== undefined) await library.replaceFact(hubTroubleFact, '');
  if (!isStuck && trouble?.isTold === true) await library.addNews([newsOf(hub, 'back', back, clock.now())]);
  return failure === undefined ? [] : await noteFailure(hub, failure, trouble, edges);
}

const back = 'It takes what it is told again. Nothing needs doing.';

interface Failure {
  readonly why: string;
  /** Nothing else that it is told will be taken now either. */
  readonly isDown: boolean;
}

async function tell(
  feed: string,
  hub: string,
  { network }: NoticeEdges,
  signal: AbortSignal | undefined,
): Promise<'taken' | 'stopped' | Failure> {
  const form = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feed }).toString();
  try {
    const answer = await network.post({ url: hub, form }, signal);
    if (answer.kind === 'taken') return 'taken';
    const { code, happened } = answer.problem;
    return { why: happened, isDown: !refusals.has(code) };
  } catch (error) {
    if (signal?.aborted === true) return 'stopped';
    throw error;
  }
}

/** Of one feed: others may be taken. */
const refusals: ReadonlySet<Problem['code']> = new Set(['fetch/not-found', 'fetch/gone', 'fetch/unexpected-status']);

/** What most people read comes first: the fewer folders above a feed, the more is in it. */
function byReaders(one: Notice, other: Notice): number {
  const depth = ({ feed }: Notice): number => feed.split('/').length;
  return depth(one) - depth(other);
}

/** A time that no pause can give was noted under a wrong clock. */
function isDue({ nextTry }: Notice, now: Instant): boolean {
  return nextTry <= now || nextTry > now + (pausesMs.at(-1) ?? 0);
}

function postponed(notice: Notice, now: Instant): Notice {
  const pause = pausesMs[Math.min(notice.tries, pausesMs.length - 1)] ?? 0;
  return { ...notice, tries: notice.tries + 1, nextTry: now + pause };
}

async function noteFailure(
  hub: string,
  { why }: Failure,
  before: HubTrouble | undefined,
  { clock, library }: NoticeEdges,
): Promise<readonly Problem[]> {
  const now = clock.now();
  const since = before?.since ?? now;
  const told = problem('hub/not-told', {}, why);
  const isNews = before?.isTold !== true && now - since >= passingMs;
  const trouble: HubTrouble = { hub, since, why, isTold: before?.isTold === true || isNews };
  await library.replaceFact(hubTroubleFact, JSON.stringify(trouble));
  if (isNews) await library.addNews([newsOf(hub, 'hub', problemWords(told), now)]);
  return before === undefined ? [told] : [];
}

/** A hub stands where a source stands otherwise. */
function newsOf(hub: string, kind: 'hub' | 'back', words: string, at: Instant): News {
  return { sourceKey: '/hub', source: new URL(hub).host, kind, at, words };
}
