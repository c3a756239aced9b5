/**
 * The guarded HTTP client: a request for one address becomes a `Fetched`, in turn, within limits, redirects followed
 * by hand. It asks for what it is told to ask for and for nothing else.
 */
import type { Clock, Network, Turns } from '../edges.ts';
import type {
  Fetched,
  FetchRequest,
  Hop,
  Instant,
  NetworkLimits,
  Posted,
  PostRequest,
  ServerHints,
  Validators,
} from '../model.ts';
import { problem } from '../problems.ts';
import { parseUrl } from '../text/url.ts';
import { bringsBody, judge, nextHop, withoutSecrets } from './answer.ts';
import { noValidators } from './ask.ts';
import { type Context, openAuthorities } from './authority.ts';
import { type Beside, besideOthers } from './beside.ts';
import { type Budget, openBudget } from './budget.ts';
import { type Exchanged, exchange } from './exchange.ts';
import { makeGuard } from './guard.ts';
import { headerText, serverHints } from './hints.ts';
import { feedLinksIn, hubLinksIn } from './link-header.ts';
import { isForGood } from './moves.ts';
import { openNames, type Resolve } from './names.ts';
import { openPace, type Pace } from './pace.ts';
import { requestHeaders } from './request-headers.ts';
import { findRoute, isProblem, limitsOf, type Route, type Way } from './route.ts';
import { openSilences, type Silences } from './silence.ts';
import { orStopped } from './slots.ts';
import { renewed, sendable, validatorsOf } from './validators.ts';
import { timingUnder, type Want, wantsUnder } from './wants.ts';

const noHints: ServerHints = { maxAgeMs: undefined, retryAfterMs: undefined };

/** What stays the same for all requests of a run. */
interface Client {
  readonly way: Way;
  readonly wants: ReturnType<typeof wantsUnder>;
  readonly budget: Budget;
  /** What to do when a body that was handed out is no longer needed. */
  readonly bodies: WeakMap<Uint8Array, () => void>;
  readonly pace: Pace;
  readonly beside: Beside;
  readonly silences: Silences;
  readonly authorities: (file: string | undefined) => Context;
  readonly proxy: string | undefined;
  readonly clock: Clock;
  readonly userAgent: string;
}

/** A request under way: where it has been, and how much of its time is used up. */
interface Journey {
  readonly request: FetchRequest & Partial<Pick<PostRequest, 'form'>>;
  /** Those of the request that a header can carry, and the only address that they go to. */
  readonly validators: Validators;
  readonly bodyUrl: string | undefined;
  readonly start: string;
  readonly trail: readonly Hop[];
  readonly spentMs: number;
  /** A redirect may ask us to wait too; it concerns the next visit. */
  readonly retryAfterMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The next address to ask, and what others that ask the same may have to wait for. */
interface Stop {
  readonly journey: Journey;
  readonly url: URL;
  readonly route: Route;
  readonly limits: readonly string[];
}

/** Either the result, or the journey goes on. */
type Leg = { readonly kind: 'arrived'; readonly fetched: Fetched } | { readonly kind: 'onward'; readonly stop: Stop };

interface Known {
  /** For tests; otherwise names are looked up as this machine does. */
  readonly resolve?: Resolve;
  /** Hosts that asked earlier runs to wait, as `silences` gave them. */
  readonly silences?: ReadonlyMap<string, Instant>;
  /** Where other workers ask the same servers. */
  readonly turns?: Turns | undefined;
}

/**
 * Opens the network for one run: pace and silence are remembered as long as it is used.
 * Problems of its `fetch` (subject left empty): all of `fetch/…` in the table. Its `silences` name a host with its port
 * where that is not the usual one, or `*.domain` for all hosts of a domain.
 * @param userAgent who we are and how to reach the maintainer
 * @param clock for pace, silence and dates; the limits of time run on a monotonic clock of their own
 */
export function openNetwork(
  limits: NetworkLimits,
  userAgent: string,
  clock: Clock,
  { resolve, silences = new Map(), turns }: Known = {},
): Network {
  const timing = timingUnder(limits);
  const quiet = openSilences(clock, silences);
  const client: Client = {
    way: { guard: makeGuard(limits.allow, limits.ports), resolve: resolve ?? openNames(timing, clock), timing },
    wants: wantsUnder(limits),
    budget: openBudget(),
    bodies: new WeakMap(),
    pace: openPace(limits, clock),
    beside: besideOthers(turns, quiet, limits.spacingMs),
    silences: quiet,
    authorities: openAuthorities(),
    proxy: limits.proxy,
    clock,
    userAgent: userAgent.replace(/[^\x20-\x7e]/g, '?'), // a contact in other letters would make every request invalid
  };
  return {
    fetch: (request, signal) => travel(request, signal, client),
    post: (request, signal) => hand(request, signal, client),
    letGo: (body) => client.bodies.get(body)?.(),
    silences: () => client.silences.inForce(),
  };
}

async function hand(request: PostRequest, signal: AbortSignal | undefined, client: Client): Promise<Posted> {
  const asked = { ...request, what: 'hub', validators: noValidators, bodyHash: undefined } as const;
  const answer = await travel(asked, signal, client);
  return answer.kind === 'failed' ? answer : { kind: 'taken' };
}

async function travel(request: Journey['request'], signal: AbortSignal | undefined, client: Client): Promise<Fetched> {
  const start = addressIn(request.url);
  if (start?.protocol !== 'https:' && start?.protocol !== 'http:')
    return failed(problem('fetch/refused-address', {}, `${request.url} is not a web address`));
  const journey: Journey = {
    request,
    validators: sendable(request.validators),
    bodyUrl: request.bodyUrl === undefined ? start.href : addressIn(request.bodyUrl)?.href,
    start: start.href,
    trail: [],
    spentMs: 0,
    retryAfterMs: undefined,
    signal,
  };
  let leg = await prepare(journey, start, client);
  while (leg.kind === 'onward') {
    const { stop } = leg;
    const instead = (): Leg | undefined => silenced(stop.url, client);
    const task = (own?: AbortSignal): Promise<Leg> =>
      travelWithin({ ...stop, journey: { ...stop.journey, signal: own } }, client);
    const inTurn = (): Promise<Leg> => client.beside.inTurn({ ...stop, signal }, task, instead);
    leg = await client.pace.take(stop.limits, inTurn, instead, signal);
  }
  return leg.fetched;
}

function addressIn(written: string): URL | undefined {
  const url = parseUrl(written);
  return url && withoutSecrets(url);
}

/** Looks whether and how the next address may be asked. The name is looked up before the turn, so that the turn is one's own. */
async function prepare(journey: Journey, url: URL, client: Client): Promise<Leg> {
  const quiet = silenced(url, client);
  if (quiet !== undefined) return quiet;
  const begun = performance.now();
  const proxy = journey.request.proxy ?? client.proxy;
  const finding = findRoute(url, proxy, client.way, leftOf(journey, client));
  const route = finding instanceof Promise ? await orStopped(finding, journey.signal) : finding;
  if (isProblem(route)) return arrived(failed(route));
  const spentMs = journey.spentMs + performance.now() - begun;
  const limits = journey.request.form === undefined ? limitsOf(url, route) : [];
  return { kind: 'onward', stop: { journey: { ...journey, spentMs }, url, route, limits } };
}

/** As far as one turn leads: a redirect within the same limits (http to https, say) needs no new one. */
async function travelWithin(start: Stop, client: Client): Promise<Leg> {
  let stop = start;
  for (;;) {
    const { request } = stop.journey;
    const { accept, caps } = wantOf(stop.journey, client);
    const begun = performance.now();
    const ask = {
      url: stop.url,
      route: stop.route,
      headers: requestHeaders(stop.url, { accept, userAgent: client.userAgent, ...validatorsFor(stop) }, request.form),
      form: request.form,
      context: client.authorities(request.authorityFile),
      leftMs: leftOf(stop.journey, client),
      signal: stop.journey.signal,
    };
    const exchanged = await exchange(ask, { caps, timing: client.way.timing, budget: client.budget });
    const spentMs = stop.journey.spentMs + performance.now() - begun;
    const next = interpret(exchanged, stop, client);
    // A body that nobody will read, of a challenge or of what we have, must leave its room to others.
    if (exchanged.kind === 'answer' && ('to' in next || next.kind !== 'fresh')) exchanged.content?.letGo();
    if (!('to' in next)) return arrived(next);
    const leg = await prepare({ ...next.journey, spentMs }, next.to, client);
    if (leg.kind === 'arrived' || !leg.stop.limits.every((key) => start.limits.includes(key))) return leg;
    stop = leg.stop;
  }
}

/** The result, or the way on. */
function interpret(
  exchanged: Exchanged,
  { journey, url }: Stop,
  client: Client,
): Fetched | { readonly journey: Journey; readonly to: URL } {
  if (exchanged.kind === 'failed') return failed(exchanged.problem);
  const { etag, lastModified } = validatorsFor({ journey, url });
  const { trail } = journey;
  const { status, headers, certificateUntil } = exchanged;
  const isConditional = etag !== undefined || lastModified !== undefined;
  const hints = serverHints(headers, client.clock.now(), bringsBody(status) || status === 304);
  const isForm = journey.request.form !== undefined;
  const asked = { isConditional, isForm, waitMs: hints.retryAfterMs, isForGood: isForGood(trail), host: url.host };
  const verdict = judge(status, headers, asked);
  switch (verdict.kind) {
    case 'redirect': {
      const to = nextHop([journey.start, ...trail.map((hop) => hop.to)], verdict.location);
      if (!(to instanceof URL)) return failed(to, hints);
      const retryAfterMs = later(journey.retryAfterMs, hints.retryAfterMs);
      return { journey: { ...journey, trail: [...trail, { status, to: to.href }], retryAfterMs }, to };
    }
    case 'failed':
      if (verdict.silencesHost) client.silences.hold(url, hints.retryAfterMs, status === 429);
      return failed(verdict.problem, hints, trail);
    case 'not-modified': {
      const validators = renewed(journey.request.validators, headers);
      const about = { validators, hints: delayed(hints, journey), trail, certificateUntil };
      return { kind: 'unchanged', how: '304', url: url.href, ...about };
    }
    case 'body':
      return readFrom(exchanged, { journey, url, hints: delayed(hints, journey) }, client);
  }
}

function readFrom(
  { headers, content, certificateUntil }: Exchanged & { kind: 'answer' },
  { journey, url, hints }: { readonly journey: Journey; readonly url: URL; readonly hints: ServerHints },
  { bodies }: Client,
): Fetched {
  const { request, trail } = journey;
  const validators = validatorsOf(headers);
  if (content === undefined || content.hash === request.bodyHash)
    return { kind: 'unchanged', how: 'same-body', url: url.href, validators, hints, trail, certificateUntil };
  const { hash: bodyHash, marks, letGo } = content;
  const body = content.take();
  bodies.set(body, letGo);
  const contentType = headerText(headers, 'content-type');
  const link = headerText(headers, 'link');
  const links = { hubLinks: hubLinksIn(link, url), feedLinks: feedLinksIn(link, url) };
  const about = { contentType, validators, hints, trail, marks, certificateUntil, ...links };
  return { kind: 'fresh', url: url.href, body, bodyHash, ...about };
}

function silenced(url: URL, { silences }: Client): (Leg & { readonly kind: 'arrived' }) | undefined {
  const waitMs = silences.waitMs(url);
  if (waitMs === undefined) return undefined;
  const why = `it said so when we asked for another address on it (${url.host})`;
  const hints = { ...noHints, retryAfterMs: waitMs };
  return arrived({ kind: 'failed', problem: problem('fetch/told-to-wait', {}, why), hints, isUnasked: true });
}

/** Validators stand for one address (RFC 9110 §13.1): any other's 304 would be about another body. */
function validatorsFor({ journey, url }: Pick<Stop, 'journey' | 'url'>): Validators {
  return url.href === journey.bodyUrl ? journey.validators : noValidators;
}

function wantOf({ request }: Journey, { wants }: Client): Want {
  return wants[request.what ?? 'feed'];
}

/** Rounded: Node keeps timers of one length together, and a list for each length. */
function leftOf(journey: Journey, client: Client): number {
  return Math.max(1, wantOf(journey, client).totalMs - Math.floor(journey.spentMs / 50) * 50);
}

function delayed(hints: ServerHints, { retryAfterMs }: Journey): ServerHints {
  return retryAfterMs === undefined ? hints : { ...hints, retryAfterMs };
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

function arrived(fetched: Fetched): Leg & { readonly kind: 'arrived' } {
  return { kind: 'arrived', fetched };
}

function failed(why: ReturnType<typeof problem>, hints: ServerHints = noHints, trail: readonly Hop[] = []): Fetched {
  return { kind: 'failed', problem: why, hints, ...(trail.length > 0 && { trail }) };
}
