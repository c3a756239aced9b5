/**
 * The guarded HTTP client: a request for one address becomes a `Fetched`, in turn, within limits, redirects followed
 * by hand. It asks for what it is told to ask for and for nothing else.
 */
import type { Clock, Network } from '../edges.ts';
import type { Fetched, FetchRequest, NetworkLimits, ServerHints, Validators } from '../model.ts';
import { problem } from '../problems.ts';
import { parseUrl, politenessKey } from '../text/url.ts';
import { bringsBody, judge, nextHop, withoutSecrets } from './answer.ts';
import type { Body } from './body.ts';
import { type Exchanged, exchange, type Resolve, type Rules, systemResolve } from './exchange.ts';
import { makeGuard } from './guard.ts';
import { type Headers, headerText, serverHints } from './hints.ts';
import { openPace, type Pace } from './pace.ts';

/** Feeds first: some sites answer one address with a page or a feed, as asked. */
const accept = [
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml',
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1',
].join(', ');

const noHints: ServerHints = { maxAgeMs: undefined, retryAfterMs: undefined };

/** What stays the same for all requests of a run. */
interface Client {
  readonly rules: Rules;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly userAgent: string;
}

/** A request under way: where it has been, and how much of its time is used up. */
interface Journey {
  readonly request: FetchRequest;
  /** Addresses asked, the one to ask now last. */
  readonly visited: readonly string[];
  readonly spentMs: number;
}

/** Either the result, or the journey goes on at an address that has another turn to wait for. */
type Leg =
  | { readonly kind: 'arrived'; readonly fetched: Fetched }
  | { readonly kind: 'onward'; readonly journey: Journey };

/**
 * Opens the network for one run: pace and silence are remembered as long as it is used.
 * Problems of its `fetch` (subject left empty): all of `fetch/…` in the table.
 * @param userAgent who we are and how to reach the maintainer
 * @param clock for pace and dates; the limits of time run on a monotonic clock of their own
 * @param resolve for tests; otherwise the system's resolver
 */
export function openNetwork(
  limits: NetworkLimits,
  userAgent: string,
  clock: Clock,
  resolve: Resolve = systemResolve,
): Network {
  const atMost = (ms: number): number => Math.min(ms, limits.totalMs);
  const client: Client = {
    rules: {
      guard: makeGuard(limits.allow),
      caps: limits,
      timing: {
        connectMs: atMost(10_000),
        firstByteMs: atMost(15_000),
        idleMs: atMost(15_000),
        totalMs: limits.totalMs,
      },
      resolve,
    },
    pace: openPace(limits, clock),
    clock,
    userAgent: userAgent.replace(/[^\x20-\x7e]/g, '?'), // a contact in other letters would make every request invalid
  };
  return { fetch: (request) => travel(request, client) };
}

async function travel(request: FetchRequest, client: Client): Promise<Fetched> {
  const asked = parseUrl(request.url);
  const start = asked && withoutSecrets(asked);
  if (start?.protocol !== 'https:' && start?.protocol !== 'http:') {
    return failed(problem('fetch/refused-address', {}, `${request.url} is not a web address`));
  }
  let journey: Journey = { request, visited: [start.href], spentMs: 0 };
  for (;;) {
    const here = journey;
    const key = keyOf(here);
    const turn = await client.pace.take(key, () => travelWithin(key, here, client));
    if (turn.kind === 'silenced') {
      const why = `it said so when we asked for another address on it (${key})`;
      return failed(problem('fetch/told-to-wait', {}, why), { ...noHints, retryAfterMs: turn.waitMs });
    }
    if (turn.value.kind === 'arrived') return turn.value.fetched;
    journey = turn.value.journey;
  }
}

/** As far as one turn leads: a redirect within the same key (http to https, say) needs no new one. */
async function travelWithin(key: string, start: Journey, client: Client): Promise<Leg> {
  let journey = start;
  for (;;) {
    const leg = await oneHop(journey, client);
    if (leg.kind === 'arrived' || keyOf(leg.journey) !== key) return leg;
    journey = leg.journey;
  }
}

async function oneHop(journey: Journey, client: Client): Promise<Leg> {
  const url = new URL(currentOf(journey));
  const begun = performance.now();
  const leftMs = Math.max(1, client.rules.timing.totalMs - journey.spentMs);
  const headers = requestHeaders(url, journey.request.validators, client.userAgent);
  const exchanged = await exchange({ url, headers, leftMs }, client.rules);
  if (exchanged.kind === 'failed') return { kind: 'arrived', fetched: failed(exchanged.problem) };
  return interpret(exchanged, { ...journey, spentMs: journey.spentMs + performance.now() - begun }, client);
}

function interpret(answer: Exchanged & { kind: 'answer' }, journey: Journey, client: Client): Leg {
  const { request, visited } = journey;
  const asked = sendable(request.validators);
  const isConditional = asked.etag !== undefined || asked.lastModified !== undefined;
  const { host } = new URL(currentOf(journey));
  const isAnswer = bringsBody(answer.status) || answer.status === 304;
  const hints = serverHints(answer.headers, client.clock.now(), isAnswer);
  const verdict = judge(answer.status, answer.headers, { isConditional, waitMs: hints.retryAfterMs, host });
  switch (verdict.kind) {
    case 'redirect': {
      const next = nextHop(visited, verdict.location);
      if (!(next instanceof URL)) return { kind: 'arrived', fetched: failed(next, hints) };
      return { kind: 'onward', journey: { ...journey, visited: [...visited, next.href] } };
    }
    case 'failed':
      if (verdict.silencesHost) client.pace.silence(keyOf(journey), hints.retryAfterMs);
      return { kind: 'arrived', fetched: failed(verdict.problem, hints) };
    case 'not-modified': {
      const validators = renewed(request.validators, answer.headers);
      return { kind: 'arrived', fetched: { kind: 'unchanged', how: '304', validators, hints } };
    }
    case 'body':
      return { kind: 'arrived', fetched: readFrom(answer.body, journey, answer.headers, hints) };
  }
}

function readFrom(body: Body | undefined, journey: Journey, headers: Headers, hints: ServerHints): Fetched {
  const { bytes = new Uint8Array(), hash: bodyHash = '' } = body ?? {};
  const validators = validatorsOf(headers);
  if (bodyHash === journey.request.bodyHash) return { kind: 'unchanged', how: 'same-body', validators, hints };
  const contentType = headerText(headers, 'content-type');
  return { kind: 'fresh', url: currentOf(journey), body: bytes, bodyHash, contentType, validators, hints };
}

function requestHeaders(url: URL, validators: Validators, userAgent: string): Readonly<Record<string, string>> {
  const { etag, lastModified } = sendable(validators);
  return {
    Host: url.host,
    'User-Agent': userAgent,
    Accept: accept,
    'Accept-Encoding': 'gzip, deflate, br',
    ...(etag === undefined ? {} : { 'If-None-Match': etag }),
    ...(lastModified === undefined ? {} : { 'If-Modified-Since': lastModified }),
    Connection: 'close',
  };
}

/** Validators as they came, less what no header can carry (a damaged database would make every request throw). */
function sendable({ etag, lastModified }: Validators): Validators {
  const keep = (value: string | undefined): string | undefined =>
    value !== undefined && /^[\t\x20-\x7e\x80-\xff]+$/.test(value) ? value : undefined;
  return { etag: keep(etag), lastModified: keep(lastModified) };
}

function validatorsOf(headers: Headers): Validators {
  return { etag: headerText(headers, 'etag'), lastModified: headerText(headers, 'last-modified') };
}

/** RFC 9111 §4.3.4: a 304 updates what it names and leaves the rest. */
function renewed(old: Validators, headers: Headers): Validators {
  const now = validatorsOf(headers);
  return { etag: now.etag ?? old.etag, lastModified: now.lastModified ?? old.lastModified };
}

function currentOf(journey: Journey): string {
  return journey.visited.at(-1) ?? journey.request.url;
}

function keyOf(journey: Journey): string {
  return politenessKey(currentOf(journey));
}

function failed(why: ReturnType<typeof problem>, hints: ServerHints = noHints): Fetched {
  return { kind: 'failed', problem: why, hints };
}
