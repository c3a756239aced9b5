/**
 * Asking partners' hubs to call us (WebSub §5.1): for each source whose documents name a hub, renewed before what was granted ends,
 * given up where the source goes. Whether the hub has granted it is known when it calls back (serve/hub-calls.ts). What it refuses, or
 * does not come back about, is asked ever more seldom: the source is asked in turn in any case.
 */
import type { Clock, Network, Random, Tokens } from './edges.ts';
import type { Subscription } from './hub-library.ts';
import type { Library } from './library.ts';
import type { Config, HubOffer, Instant, News, Source, SourceKey, SourceMemory } from './model.ts';
import { problem, problemWords } from './problems.ts';
import { isLive, type Subscriptions } from './subscriptions.ts';
import { redactor } from './text/redact.ts';

export interface SubscribingEdges {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly library: Pick<Library, 'memories' | 'addNews'>;
  readonly network: Pick<Network, 'post'>;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** What we ask for; hubs may grant less. */
const wishedMs = 10 * dayMs;
/** A lease that is longer is renewed all the same: a hub that has forgotten us says nothing. */
const longestMs = 30 * dayMs;
/** Nobody's hub is asked more often, however little it grants. */
const leastMs = hourMs;
/** Until the next try, by how many there were. */
const pausesMs = [minuteMs * 10, hourMs, 6 * hourMs, dayMs, 3 * dayMs, 7 * dayMs];
/** Requests to be let go; after that a hub's calls are answered by 404, which says the same. */
const mostGoodbyes = 3;
/** Requests to one hub in a row: others wait for the next time. */
const mostAtOnce = 20;

/** Path below the address of `network: push` at which hubs call. */
export const callbackPath = 'websub/';

/**
 * Brings what is asked of hubs up to date with settings and sources, and asks what is due.
 * @param signal leaves the rest to the next time
 * @returns what the maintainer has not heard before
 */
export async function subscribe(
  config: Config,
  subscriptions: Subscriptions,
  edges: SubscribingEdges,
  signal?: AbortSignal,
): Promise<readonly News[]> {
  const base = config.network.pushUrl;
  await subscriptions.catchUp();
  if (base === undefined && subscriptions.all().length === 0) return [];
  const memories = await edges.library.memories();
  const wanted = wantedOf(config, memories);
  await leave(subscriptions, wanted, base, edges.clock.now());
  if (base !== undefined) await begin(subscriptions, wanted, base, edges);
  const now = edges.clock.now();
  const due = subscriptions.all().filter((one) => isDue(one, now));
  const asking = { config, wanted, subscriptions, edges, signal };
  await Promise.all([...byHub(due).values()].map((own) => askInTurn(own.slice(0, mostAtOnce), asking)));
  if (due.length > 0) await subscriptions.catchUp(); // hubs may have come back about it at another process
  return await tell(config, memories, subscriptions, edges);
}

function isDue({ nextTry }: Subscription, now: Instant): boolean {
  return nextTry <= now || nextTry > now + longestMs;
}

/** What is to be asked for, by source. Of one whose address holds a secret nothing is: its hub would learn it. */
function wantedOf(
  { sources, network }: Config,
  memories: ReadonlyMap<SourceKey, SourceMemory>,
): ReadonlyMap<SourceKey, HubOffer> {
  if (network.pushUrl === undefined) return new Map();
  return new Map(
    sources.flatMap(({ key, paused, secrets }) => {
      const memory = memories.get(key);
      const isAsked = paused === undefined && memory?.stoppedSince === undefined && memory?.isGone !== true;
      return isAsked && secrets.length === 0 && memory?.hubOffer !== undefined ? [[key, memory.hubOffer]] : [];
    }),
  );
}

function isWanted(
  { sourceKey, topic, hub, callback }: Subscription,
  wanted: ReadonlyMap<SourceKey, HubOffer>,
  base: string | undefined,
): boolean {
  const offer = wanted.get(sourceKey);
  return offer?.topic === topic && offer.hubs.includes(hub) && base !== undefined && callback.startsWith(base);
}

/** What nobody wants any more: its hub is told so, if it may have granted it. */
async function leave(
  subscriptions: Subscriptions,
  wanted: ReadonlyMap<SourceKey, HubOffer>,
  base: string | undefined,
  now: Instant,
): Promise<void> {
  for (const found of subscriptions.all()) {
    if (found.asked === 'unsubscribe' || isWanted(found, wanted, base)) continue;
    const one = await subscriptions.latest(found.id); // hubs call at any time
    if (one === undefined || one.asked === 'unsubscribe') continue;
    if (isLive(one, now) || one.asked === 'subscribe')
      await subscriptions.keep({ ...one, asked: 'unsubscribe', tries: 0, nextTry: now });
    else await subscriptions.drop(one.id);
  }
}

async function begin(
  subscriptions: Subscriptions,
  wanted: ReadonlyMap<SourceKey, HubOffer>,
  base: string,
  { clock, tokens }: SubscribingEdges,
): Promise<void> {
  const has = new Set(
    subscriptions.all().flatMap(({ sourceKey, asked }) => (asked === 'unsubscribe' ? [] : [sourceKey])),
  );
  for (const [sourceKey, { hubs, topic }] of wanted) {
    const [hub] = hubs;
    if (has.has(sourceKey) || hub === undefined) continue;
    await subscriptions.keep({ ...anew(base, tokens), ...blank, sourceKey, hub, topic, nextTry: clock.now() });
  }
}

const blank = {
  asked: undefined,
  until: undefined,
  tries: 0,
  failingSince: undefined,
  answer: undefined,
  isTold: false,
  dueAt: undefined,
  pushedAt: undefined,
} as const;

/** Each subscription has an address and a secret of its own: one hub knows nothing that another is believed by. */
function anew(base: string, tokens: Tokens): Pick<Subscription, 'id' | 'callback' | 'secret'> {
  const id = tokens.next();
  return { id, callback: `${base}${callbackPath}${id}`, secret: tokens.next() };
}

function byHub(due: readonly Subscription[]): ReadonlyMap<string, Subscription[]> {
  const hubs = new Map<string, Subscription[]>();
  for (const one of due) {
    const { host } = new URL(one.hub);
    hubs.set(host, [...(hubs.get(host) ?? []), one]);
  }
  return hubs;
}

interface Asking {
  readonly config: Config;
  readonly wanted: ReadonlyMap<SourceKey, HubOffer>;
  readonly subscriptions: Subscriptions;
  readonly edges: SubscribingEdges;
  readonly signal: AbortSignal | undefined;
}

/**
 * One hub, one request after the other; a hub that is down is not asked for the next. Each is looked at anew before anything is noted of
 * it: hubs come back while others are asked, at whichever process.
 */
async function askInTurn(due: readonly Subscription[], asking: Asking): Promise<void> {
  const latestDue = async ({ id }: Subscription): Promise<Subscription | undefined> => {
    const one = await asking.subscriptions.latest(id);
    return one !== undefined && isDue(one, asking.edges.clock.now()) ? one : undefined;
  };
  for (const [at, found] of due.entries()) {
    if (asking.signal?.aborted === true) return;
    const one = await latestDue(found);
    if (one === undefined || (await ask(one, asking))) continue;
    const { subscriptions, edges } = asking;
    for (const other of due.slice(at + 1)) {
      const next = await latestDue(other);
      if (next !== undefined) await subscriptions.keep({ ...next, nextTry: edges.clock.now() + pauseAfter(next) });
    }
    return;
  }
}

/** @returns false where the hub cannot be asked for anything else now */
async function ask(due: Subscription, asking: Asking): Promise<boolean> {
  const { config, subscriptions, edges, signal } = asking;
  const now = edges.clock.now();
  const mode = due.asked === 'unsubscribe' ? 'unsubscribe' : 'subscribe';
  if (mode === 'unsubscribe' && due.tries >= mostGoodbyes) {
    await subscriptions.drop(due.id);
    return true;
  }
  const one = due.asked === 'subscribe' ? unanswered(due, now) : due;
  const current = await atNextHub(one, asking);
  // Noted before it is asked: hubs may call back before they answer.
  await subscriptions.keep({ ...current, asked: mode, tries: one.tries + 1, nextTry: now + pauseAfter(one) });
  const source = config.sources.find(({ key }) => key === current.sourceKey);
  const answer = await post(current, mode, source, edges, signal);
  if (answer === undefined || answer.kind === 'taken') return true;
  const after = await subscriptions.latest(current.id);
  if (after?.asked !== mode) return true; // it has called back all the same
  const { code, happened } = answer.problem;
  const waited = { ...after, nextTry: Math.max(after.nextTry, now + (answer.hints.retryAfterMs ?? 0)) };
  if (mode === 'unsubscribe') await subscriptions.keep(waited);
  else await subscriptions.keep(refused({ ...waited, asked: undefined }, happened, now));
  return code === 'fetch/unexpected-status' || code === 'fetch/not-found' || code === 'fetch/not-allowed';
}

async function post(
  { hub, callback, topic, secret }: Subscription,
  mode: 'subscribe' | 'unsubscribe',
  source: Source | undefined,
  { network }: SubscribingEdges,
  signal: AbortSignal | undefined,
): Promise<Awaited<ReturnType<Network['post']>> | undefined> {
  const form = new URLSearchParams({ 'hub.mode': mode, 'hub.topic': topic, 'hub.callback': callback });
  if (mode === 'subscribe') {
    form.set('hub.secret', secret);
    form.set('hub.lease_seconds', String(wishedMs / 1_000));
  }
  form.set('hub.verify', 'async'); // PubSubHubbub 0.3, which some hubs still speak, requires it
  const { proxy, authorityFile } = source ?? {};
  try {
    return await network.post({ url: hub, form: form.toString(), proxy, authorityFile }, signal);
  } catch (error) {
    if (signal?.aborted === true) return undefined;
    throw error;
  }
}

/** A feed that names several hubs has the next one asked where one has granted nothing; under a new name and secret. */
async function atNextHub(one: Subscription, { config, wanted, subscriptions, edges }: Asking): Promise<Subscription> {
  const { hubs = [] } = wanted.get(one.sourceKey) ?? {};
  const base = config.network.pushUrl;
  const hub = hubs[one.tries % hubs.length];
  if (one.asked === 'unsubscribe' || base === undefined || hub === undefined || hub === one.hub) return one;
  if (isLive(one, edges.clock.now())) return one;
  await subscriptions.drop(one.id);
  return { ...one, ...anew(base, edges.tokens), hub };
}

function unanswered(one: Subscription, now: Instant): Subscription {
  const why = `${new URL(one.hub).host} has said yes and does not call at ${new URL(one.callback).host}`;
  return refused(one, why, now);
}

/** A subscription that its hub has not granted. @param answer why, in words */
export function refused(one: Subscription, answer: string, now: Instant): Subscription {
  return { ...one, answer, failingSince: one.failingSince ?? now };
}

/**
 * A subscription that its hub has granted: it is renewed at about two thirds of its time, spread, so that those of one day do not
 * come on one day for ever.
 * @param seconds as the hub says; where it says nothing sensible, what we asked for
 */
export function granted(
  one: Subscription,
  seconds: number,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Subscription {
  const now = clock.now();
  const leaseMs = seconds > 0 ? Math.min(seconds * 1_000, longestMs) : wishedMs;
  const share = 0.6 + 0.13 * random.next();
  const nextTry = now + Math.max(leastMs, Math.round(leaseMs * share));
  return { ...one, ...granting, until: now + leaseMs, nextTry };
}

const granting = { asked: undefined, tries: 0, failingSince: undefined, answer: undefined } as const;

function pauseAfter({ tries }: Subscription): number {
  return pausesMs[Math.min(tries, pausesMs.length - 1)] ?? 0;
}

/** One message for all that fail, and each of them once: partners' hubs are no business of the maintainer's, but for an address that nobody reaches. */
async function tell(
  config: Config,
  memories: ReadonlyMap<SourceKey, SourceMemory>,
  subscriptions: Subscriptions,
  { clock, library }: SubscribingEdges,
): Promise<readonly News[]> {
  const now = clock.now();
  const idle = subscriptions.all().filter((one) => !one.isTold && !isLive(one, now) && one.asked !== 'unsubscribe');
  const hubs = new Set(idle.filter(({ failingSince }) => failingSince !== undefined).map(({ hub }) => hub));
  const failing = idle.filter(({ hub }) => hubs.has(hub)); // also those that are not asked for while their hub is down
  const first = failing.find(({ failingSince }) => failingSince !== undefined);
  if (first === undefined || failing.every(({ failingSince = now }) => now - failingSince < dayMs)) return [];
  const nameOf = (key: SourceKey): string =>
    config.sources.find((one) => one.key === key)?.name ?? memories.get(key)?.title ?? key;
  const others = failing.length - 1;
  const more = others === 0 ? '' : `; so it is with ${others === 1 ? 'one more source' : `${others} more sources`}`;
  const trouble = problem('hub/no-subscription', {}, `${first.answer ?? ''}${more}`);
  const words = redactor(config.secrets)(problemWords(trouble));
  const { sourceKey } = first;
  const news: News = { sourceKey, source: nameOf(sourceKey), kind: 'hub', at: now, words };
  await library.addNews([news]);
  for (const { id } of failing) {
    const one = await subscriptions.latest(id);
    if (one !== undefined) await subscriptions.keep({ ...one, isTold: true });
  }
  return [news];
}
