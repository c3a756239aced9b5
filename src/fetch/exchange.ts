/**
 * One request to one checked address becomes a status, headers and a whole body, or the Problem that kept it from
 * that. Redirects, pace and what the answer means are decided elsewhere.
 */
import { lookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Problem } from '../problems.ts';
import { bringsBody } from './answer.ts';
import { type Body, type Caps, readBody } from './body.ts';
import { failureOf, type Phase, stopped } from './failure.ts';
import type { Guard } from './guard.ts';
import type { Headers } from './hints.ts';

export interface IpAddress {
  readonly address: string;
  readonly family: number;
}
/** Every address of a host name; rejects as `dns.lookup` does. */
export type Resolve = (name: string) => Promise<readonly IpAddress[]>;

/** Longest waits; the total holds over all hops of a request, the others begin anew with each. */
export interface Timing {
  /** Name look-up, connection and TLS handshake. */
  readonly connectMs: number;
  /** From then until the headers are whole. */
  readonly firstByteMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  readonly totalMs: number;
}

export interface Rules {
  readonly guard: Guard;
  readonly caps: Caps;
  readonly timing: Timing;
  readonly resolve: Resolve;
}

interface Ask {
  /** http or https, without credentials. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** What is left of `timing.totalMs`. */
  readonly leftMs: number;
}

export type Exchanged =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** Undefined where the status brings none that we want. */
      readonly body: Body | undefined;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The system's resolver: hosts file and DNS, both families. */
export const systemResolve: Resolve = (name) => lookup(name, { all: true });

/**
 * Makes one exchange and leaves no socket, timer or listener behind, whatever happens.
 * Problems: fetch/unreachable, timeout, cut-off, tls, refused-address, too-large, bad-answer.
 */
export async function exchange(ask: Ask, rules: Rules): Promise<Exchanged> {
  const { host } = ask.url;
  const watch = startWatch(rules.timing, ask.leftMs, host);
  try {
    const addresses = await watch.race(checkedAddresses(ask.url, rules));
    const response = await send(ask, addresses, watch);
    const status = response.statusCode ?? 0;
    const { headers } = response;
    watch.enter('reading');
    const reading = { caps: rules.caps, onProgress: watch.progress, signal: watch.signal, host };
    const body = bringsBody(status) ? await readBody(response, headers, reading) : undefined;
    return { kind: 'answer', status, headers, body };
  } catch (error) {
    // An aborted stream only says so; why is with the signal.
    const cause: unknown = watch.signal.aborted ? watch.signal.reason : error;
    return { kind: 'failed', problem: failureOf(cause, watch.phase(), host) };
  } finally {
    watch.end();
  }
}

/** Addresses of the host, every one of which the guard lets pass: one bad answer refuses the name. */
async function checkedAddresses(url: URL, { guard, resolve }: Rules): Promise<readonly IpAddress[]> {
  const name = bareHost(url);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const family = isIP(name);
  const addresses = family === 0 ? await resolve(name) : [{ address: name, family }];
  for (const { address } of addresses) {
    const why = guard.refusal(address, port);
    if (why !== undefined) throw stopped('fetch/refused-address', family === 0 ? `${name} leads to ${why}` : why);
  }
  if (addresses.length === 0) throw stopped('fetch/unreachable', `name not found (${name})`);
  return addresses;
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Sends the request and waits for the headers; everything that goes wrong, then or later, goes to the watch. */
function send(ask: Ask, addresses: readonly IpAddress[], watch: Watch): Promise<IncomingMessage> {
  const { promise, resolve } = openPromise<IncomingMessage>();
  const request = openRequest(ask.url, addresses, ask.headers);
  const isSecure = ask.url.protocol === 'https:';
  let response: IncomingMessage | undefined;
  request.on('socket', (socket) => socket.once(isSecure ? 'secureConnect' : 'connect', () => watch.enter('waiting')));
  request.on('response', (first: IncomingMessage) => {
    response = first;
    first.on('error', watch.fail);
    resolve(first);
  });
  // Bytes after the end of a whole answer are the server's affair.
  request.on('error', (error) => response?.complete !== true && watch.fail(error));
  // A switch of protocols that nobody asked for closes the request without an error and without an answer.
  request.on(
    'close',
    () => response ?? watch.fail(stopped('fetch/bad-answer', `no answer to speak of (${ask.url.host})`)),
  );
  watch.signal.addEventListener('abort', () => request.destroy(), { once: true });
  watch.atEnd(() => request.destroy());
  request.end();
  return watch.race(promise);
}

function openRequest(url: URL, addresses: readonly IpAddress[], headers: Ask['headers']): ClientRequest {
  const name = bareHost(url);
  // The connection goes to what was checked: a second look-up could answer something else.
  const pinned: LookupFunction = (_name, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family ?? 4);
  };
  const options: RequestOptions & { autoSelectFamily: boolean; autoSelectFamilyAttemptTimeout: number } = {
    method: 'GET',
    hostname: name,
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname + url.search,
    headers: { ...headers },
    agent: false,
    lookup: pinned,
    maxHeaderSize: 16_384,
    insecureHTTPParser: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 2_500, // Node's quarter of a second gives up on hosts at the far end of a slow line
  };
  if (url.protocol !== 'https:') return requestPlain(options);
  const servername = isIP(name) === 0 ? name.replace(/\.$/, '') : '';
  return requestSecure({ ...options, servername, rejectUnauthorized: true }); // said aloud: the environment must not undo it
}

interface Watch {
  /** Aborted by the first thing that goes wrong; that is its reason. */
  readonly signal: AbortSignal;
  phase(): Phase;
  enter(phase: Phase): void;
  readonly progress: () => void;
  readonly fail: (error: unknown) => void;
  /** The promise, or the first thing that goes wrong. */
  race<T>(promise: Promise<T>): Promise<T>;
  atEnd(undo: () => void): void;
  end(): void;
}

/** The clocks of one exchange. Timers here, not the edge's Clock: they must be cancelled when the exchange ends. */
function startWatch(timing: Timing, leftMs: number, host: string): Watch {
  const controller = new AbortController();
  const { signal } = controller;
  const undos: (() => void)[] = [];
  const fail = (error: unknown): void => controller.abort(error);
  const expire = (words: string, ms: number) => (): void =>
    fail(stopped('fetch/timeout', `${words} ${Math.round(ms / 100) / 10} s (${host})`));
  const limits: Readonly<Record<Phase, readonly [ms: number, words: string]>> = {
    connecting: [timing.connectMs, 'no connection after'],
    waiting: [timing.firstByteMs, 'connected, but no answer after'],
    reading: [timing.idleMs, 'nothing more came for'],
  };
  const start = ([ms, words]: readonly [number, string]): NodeJS.Timeout => setTimeout(expire(words, ms), ms);
  const total = setTimeout(expire('not finished after', timing.totalMs), leftMs);
  let phase: Phase = 'connecting';
  let current = start(limits[phase]);
  let hasEnded = false;
  return {
    signal,
    phase: () => phase,
    enter(next) {
      clearTimeout(current);
      if (hasEnded || signal.aborted) return;
      phase = next;
      current = start(limits[next]);
    },
    progress: () => void (hasEnded || signal.aborted || current.refresh()), // it would bring a cleared timer back
    fail,
    race<T>(promise: Promise<T>): Promise<T> {
      const { promise: raced, resolve, reject } = openPromise<T>();
      if (signal.aborted) reject(signal.reason);
      else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      promise.then(resolve, reject);
      return raced;
    },
    atEnd: (undo) => void undos.push(undo),
    end() {
      hasEnded = true;
      clearTimeout(total);
      clearTimeout(current);
      for (const undo of undos) undo();
    },
  };
}

interface OpenPromise<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function openPromise<T>(): OpenPromise<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
