/**
 * What hubs ask and tell at `/websub/NAME` (WebSub §5.3, §7). Whoever calls knows a name that only one hub was told, or hears nothing.
 * A hub's body is neither believed nor read: it is weighed and its signature is checked, and then its partner's own server is asked, as
 * on any other day.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, Random } from '../edges.ts';
import type { Subscription } from '../hub-library.ts';
import { callbackPath, granted, refused } from '../subscribing.ts';
import type { Subscriptions } from '../subscriptions.ts';
import { plainLine } from '../text/safe.ts';

export interface HubCallEdges {
  readonly clock: Clock;
  readonly random: Random;
  readonly subscriptions: Subscriptions;
  /** A source is to be asked at once. */
  readonly wake: () => void;
}

/** Bytes of a body; a larger one is not weighed to its end. */
const mostBytes = 8 * 1_048_576;
/** Bodies at once, and of each hub's subscriptions one: whoever sends more is asked to come again. */
const mostBodies = 8;
const longestChallenge = 2_000;
/** After a hub has said no it is asked again. */
const deniedMs = 7 * 86_400_000;

const path = new RegExp(`^/${callbackPath}([\\w-]{22,64})$`);

/** @returns what answers a request below `/websub/`, whatever it is */
export function openHubCalls(edges: HubCallEdges): (request: Request) => Promise<Response> {
  const inHand = new Set<string>();
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const name = path.exec(pathname)?.[1];
    const one = name === undefined ? undefined : await edges.subscriptions.find(name);
    if (one === undefined) return nothing();
    if (one === 'later') return busy();
    if (request.method === 'GET') return await answerQuestion(one, searchParams, edges);
    if (request.method !== 'POST') return said(405);
    if (inHand.has(one.id) || inHand.size >= mostBodies) return busy();
    inHand.add(one.id);
    try {
      return await take(one, request, edges);
    } finally {
      inHand.delete(one.id);
    }
  };
}

/** Also for names that are right and questions that nobody has asked for: who guesses learns nothing. */
function nothing(): Response {
  return said(404, {}, 'There is nothing at this address.');
}

function busy(): Response {
  return said(503, { 'Retry-After': '60' });
}

function said(status: number, headers: Readonly<Record<string, string>> = {}, text = ''): Response {
  const safe = {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'",
  };
  return new Response(text, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...safe, ...headers } });
}

/** §5.3: yes to what we have asked for, once; §5.2: a hub may refuse, also later. */
async function answerQuestion(
  one: Subscription,
  asked: URLSearchParams,
  { clock, random, subscriptions }: HubCallEdges,
): Promise<Response> {
  const mode = asked.get('hub.mode');
  if (asked.get('hub.topic') !== one.topic) return nothing();
  if (mode === 'denied') {
    await deny(one, asked.get('hub.reason') ?? '', { clock, subscriptions });
    return said(200);
  }
  const challenge = asked.get('hub.challenge') ?? '';
  if (challenge === '' || challenge.length > longestChallenge) return nothing();
  // A hub that has not heard our yes asks again; it is granted no more by that.
  const isHeard = one.asked === undefined && one.until !== undefined && clock.now() < one.until;
  if (mode === 'subscribe' && isHeard) return said(200, {}, challenge);
  if (mode !== one.asked) return nothing();
  if (mode === 'unsubscribe') await subscriptions.drop(one.id);
  else await subscriptions.keep(granted(one, Number(asked.get('hub.lease_seconds')), { clock, random }));
  return said(200, {}, challenge);
}

async function deny(
  one: Subscription,
  reason: string,
  { clock, subscriptions }: Pick<HubCallEdges, 'clock' | 'subscriptions'>,
): Promise<void> {
  if (one.asked === 'unsubscribe') return await subscriptions.drop(one.id);
  const now = clock.now();
  const because = reason === '' ? '' : `: ${plainLine(reason, 200)}`;
  const ended = { ...one, asked: undefined, until: undefined, nextTry: now + deniedMs };
  await subscriptions.keep(refused(ended, `${new URL(one.hub).host} refuses us${because}`, now));
}

/** §7.1: a call that is not signed as agreed is taken like any other, and nothing comes of it. */
async function take(
  one: Subscription,
  request: Request,
  { clock, subscriptions, wake }: HubCallEdges,
): Promise<Response> {
  const signature = signatureIn(request.headers.get('x-hub-signature') ?? '');
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > mostBytes) return said(413);
  if (signature === undefined || one.asked === 'unsubscribe') return said(202);
  const weighed = await weigh(request, signature.algorithm, one.secret);
  if (weighed === 'too-large') return said(413);
  if (weighed === 'broken-off') return said(400);
  if (!timingSafeEqual(weighed, signature.digest)) return said(202);
  if (await subscriptions.push(one.id, clock.now())) wake();
  return said(202);
}

/** §7.1.1, with the bytes of their digests. */
const algorithms: Readonly<Record<string, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

function signatureIn(header: string): { readonly algorithm: string; readonly digest: Buffer } | undefined {
  const [, name = '', hex = ''] = /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(header.trim()) ?? [];
  const algorithm = name.toLowerCase();
  const digest = Buffer.from(hex, 'hex');
  return digest.length > 0 && digest.length === algorithms[algorithm] ? { algorithm, digest } : undefined;
}

/** @returns what the signature of this body would be; no more of it is kept than comes at once */
async function weigh(
  request: Request,
  algorithm: string,
  secret: string,
): Promise<Buffer | 'too-large' | 'broken-off'> {
  const hmac = createHmac(algorithm, secret);
  let came = 0;
  try {
    for await (const piece of request.body ?? []) {
      came += piece.byteLength;
      if (came > mostBytes) return 'too-large';
      hmac.update(piece);
    }
  } catch {
    return 'broken-off'; // the server hangs up on who is too slow
  }
  return hmac.digest();
}
