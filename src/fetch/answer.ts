/** What a status and its headers mean, before any body is read: a body, nothing new, another address, or a Problem. */

import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import { type Problem, type ProblemCode, problem } from '../problems.ts';
import { parseUrl } from '../text/url.ts';
import { challenger } from './challenge.ts';
import { type Headers, headerText, longestWaitMs } from './hints.ts';

type Verdict =
  | { readonly kind: 'body' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly silencesHost: boolean };

const rows: ReadonlyMap<number, readonly [code: ProblemCode, words: string]> = new Map([
  [401, ['fetch/not-allowed', 'it wants a password']],
  [403, ['fetch/not-allowed', 'it refuses us']],
  [404, ['fetch/not-found', '']],
  [410, ['fetch/gone', '']],
  [451, ['fetch/not-allowed', 'it may not, for legal reasons']],
] satisfies [number, [ProblemCode, string]][]);

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Those that want the same form again (RFC 9110 §15.4); the others would make a question of it. */
const formRedirects: ReadonlySet<number> = new Set([307, 308]);

/** True where the body is what we came for; any other body is left unread. */
export function bringsBody(status: number): boolean {
  return status === 200 || status === 203;
}

interface Asked {
  /** Validators were sent; without them a 304 makes no sense. */
  readonly isConditional: boolean;
  /** What Retry-After came to. */
  readonly waitMs: number | undefined;
  /** All redirects that led here were permanent, or there were none. */
  readonly isForGood: boolean;
  /** For the wording. */
  readonly host: string;
  /** A form was sent: any 2xx has taken it. */
  readonly isForm?: boolean;
}

/**
 * Judges an answer (RFC 9110 §15).
 * Problems: fetch/told-to-wait, challenge, server-error, not-allowed, not-found, gone, unexpected-status.
 */
export function judge(status: number, headers: Headers, ask: Asked): Verdict {
  if (status === 304 && ask.isConditional) return { kind: 'not-modified' };
  if (ask.isForm === true && status >= 200 && status <= 299) return { kind: 'body' };
  const location = headerText(headers, 'location');
  const leadsOn = ask.isForm === true ? formRedirects : redirects;
  if (leadsOn.has(status) && location !== undefined) return { kind: 'redirect', location };
  const wall = challenger(status, headers);
  if (bringsBody(status) && wall === undefined) return { kind: 'body' };
  const [code, words] = wall === undefined ? meaningOf(status, ask) : ['fetch/challenge' as const, wall];
  const cut = ask.waitMs === longestWaitMs ? 'it asks for a week or longer, and we wait a week' : '';
  const detail = [`${status} ${STATUS_CODES[status] ?? ''}`.trim(), words, cut].filter((part) => part !== '');
  const silencesHost = status === 429 || (status === 503 && ask.waitMs !== undefined);
  return { kind: 'failed', problem: problem(code, {}, `${detail.join(': ')} (${ask.host})`), silencesHost };
}

function meaningOf(status: number, { waitMs, isForGood }: Asked): readonly [ProblemCode, string] {
  if ((status === 429 || status === 503) && waitMs !== undefined) return ['fetch/told-to-wait', ''];
  if (status === 429) return ['fetch/server-error', 'we ask too often for it, and it does not say how long to wait'];
  if (status === 304) return ['fetch/unexpected-status', 'although we named no earlier answer'];
  if (redirects.has(status)) return ['fetch/unexpected-status', 'without saying where to'];
  // Whoever answers there speaks for that address, and only a permanent redirect makes it the source's.
  if (status === 410 && !isForGood) return ['fetch/not-found', 'where a redirect leads that is not for good'];
  return rows.get(status) ?? [status >= 500 && status <= 599 ? 'fetch/server-error' : 'fetch/unexpected-status', ''];
}

/** More hops than any feed needs. */
const mostRedirects = 5;

/**
 * The address that a redirect leads to.
 * @param visited every address asked so far, the one that redirects last
 * Problems: fetch/too-many-redirects (also loops), fetch/bad-redirect (no address, not http(s), from https down to http).
 */
export function nextHop(visited: readonly string[], location: string): URL | Problem {
  const from = visited.at(-1) ?? '';
  // Headers arrive as Latin-1; servers that put a raw path there mean UTF-8.
  const bytes = Buffer.from(location, 'latin1');
  const written = isUtf8(bytes) ? bytes.toString('utf8') : location;
  const next = parseUrl(written, from);
  if (next === undefined) return problem('fetch/bad-redirect', {}, `${written} is no address (from ${from})`);
  const to = withoutSecrets(next);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') {
    return problem('fetch/bad-redirect', {}, `${to.protocol} is not a web address (from ${from})`);
  }
  if (to.protocol === 'http:' && from.startsWith('https:')) {
    return problem('fetch/bad-redirect', {}, `from encrypted to unencrypted: ${to.href} (from ${from})`);
  }
  if (visited.includes(to.href)) return problem('fetch/too-many-redirects', {}, `${from} leads back to ${to.href}`);
  if (visited.length > mostRedirects) {
    return problem('fetch/too-many-redirects', {}, `more than ${mostRedirects} redirects, the last to ${to.href}`);
  }
  return to;
}

/** An address without user name, password and fragment, none of which is ever sent, and without a dot after the host. */
export function withoutSecrets(url: URL): URL {
  const { href, hostname } = url;
  if (!/[@#]/.test(href) && !hostname.endsWith('.')) return url;
  const plain = new URL(href);
  plain.username = '';
  plain.password = '';
  plain.hash = '';
  if (hostname.endsWith('.')) plain.hostname = hostname.slice(0, -1); // else one host has two names
  return plain;
}
