/**
 * One request on a way that was found becomes a status, headers and a whole body, or the Problem that kept it from
 * that. Redirects, pace and what the answer means are decided elsewhere.
 */
import { type IncomingMessage, request as open } from 'node:http';
import type { Socket } from 'node:net';
import type { Instant, ServerMarks } from '../model.ts';
import type { Problem } from '../problems.ts';
import { bringsBody } from './answer.ts';
import type { Context } from './authority.ts';
import { type Body, type Caps, readBody } from './body.ts';
import type { Budget, Share } from './budget.ts';
import { certificateEnd, marksOf, openSocket } from './connect.ts';
import { failureOf, type Phase, stopped } from './failure.ts';
import { type Headers, headerText } from './hints.ts';
import { proxyAuthorization } from './proxy.ts';
import type { Route } from './route.ts';
import { whenStopped } from './slots.ts';
import { startWatch, type Timing, type Watch } from './watch.ts';

export interface Ask {
  /** http or https, without credentials. */
  readonly url: URL;
  readonly route: Route;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** A form to be handed over; undefined for a question. */
  readonly form?: string | undefined;
  /** What the encryption believes. */
  readonly context: Context;
  /** What is left of `timing.totalMs`. */
  readonly leftMs: number;
  /** Whoever aborts it waits for a few seconds more. */
  readonly signal: AbortSignal | undefined;
}

export type Exchanged =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      /** What we came for; undefined where the status brings none that we want. */
      readonly content: (Body & { readonly marks: ServerMarks }) | undefined;
      readonly certificateUntil: Instant | undefined;
    }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Rules {
  readonly caps: Caps;
  readonly timing: Timing;
  /** Shared with all other exchanges under way, and by bodies that wait to be read. */
  readonly budget: Budget;
}

/** What is under way when the program is told to stop has so long; whoever told it kills after ten seconds or more. */
const farewellMs = 4_000;

/**
 * Makes one exchange and leaves no socket, timer or listener behind, whatever happens. A body is to be let go of.
 * Problems: fetch/unreachable, timeout, cut-off, tls, authority, proxy, too-large, bad-answer.
 * @throws the signal's reason, where it has been aborted and no whole answer came: that is nobody's failure
 */
export async function exchange(ask: Ask, rules: Rules): Promise<Exchanged> {
  ask.signal?.throwIfAborted();
  const { url, route } = ask;
  const atFault = (phase: Phase): string =>
    route.kind !== 'direct' && (phase === 'proxying' || phase === 'tunnelling') ? route.proxy.host : url.host;
  const watch = startWatch(rules.timing, ask.leftMs, atFault);
  const share = rules.budget.open();
  if (ask.signal !== undefined) watch.atEnd(whenStopped(ask.signal, () => watch.hurry(farewellMs)));
  try {
    return await watch.over(() => exchangeWithin(watch, share, ask, rules.caps));
  } catch (error) {
    share.settle(0);
    ask.signal?.throwIfAborted();
    const phase = watch.phase();
    return { kind: 'failed', problem: failureOf(error, phase, atFault(phase)) };
  } finally {
    watch.end();
  }
}

async function exchangeWithin(watch: Watch, share: Share, ask: Ask, caps: Caps): Promise<Exchanged> {
  const { url, route } = ask;
  const socket = await openSocket(route, ask.context, watch);
  const response = await send(ask, socket, watch);
  const { statusCode: status = 0, headers } = response;
  if (status === 407 && route.kind === 'passed-on')
    throw stopped('fetch/proxy', `it wants another name and password: 407 (${route.proxy.host})`);
  const certificateUntil = certificateEnd(socket); // before the socket is given back
  if (ask.form !== undefined || !bringsBody(status))
    return { kind: 'answer', status, headers, content: undefined, certificateUntil };
  watch.enter('reading');
  const marks = marksOf(socket, route, headerText(headers, 'server'));
  const body = await readBody(response, { caps, share, watch, host: url.host });
  return { kind: 'answer', status, headers, content: { ...body, marks }, certificateUntil };
}

/** RFC 9110 §15.2 lets a server send any number of them; nobody has use for more. */
const mostInformation = 16;

/** Sends the request and waits for the headers; everything that goes wrong, then or later, goes to the watch. */
function send({ url, route, headers, form }: Ask, socket: Socket, watch: Watch): Promise<IncomingMessage> {
  return new Promise((resolve) => {
    const isPassedOn = route.kind === 'passed-on';
    const request = open({
      method: form === undefined ? 'GET' : 'POST',
      path: isPassedOn ? url.href : url.pathname + url.search,
      headers: isPassedOn ? [...headers, ...proxyAuthorization(route.proxy)] : headers,
      createConnection: () => socket,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
    });
    let response: IncomingMessage | undefined;
    let information = 0;
    request.on('response', (first: IncomingMessage) => {
      response = first;
      first.on('error', watch.fail);
      resolve(first);
    });
    request.on('information', () => {
      information += 1;
      if (information > mostInformation)
        watch.fail(stopped('fetch/bad-answer', `it announces an answer without end (${url.host})`));
    });
    // Bytes after the end of a whole answer are the server's affair.
    request.on('error', (error) => response?.complete !== true && watch.fail(error));
    // A switch of protocols that nobody asked for closes the request without an error and without an answer.
    request.on(
      'close',
      () => response ?? watch.fail(stopped('fetch/bad-answer', `no answer to speak of (${url.host})`)),
    );
    request.end(form);
  });
}
