/**
 * May a program read this page? Asked of the page's own site (RFC 9309), before the page is asked for; a yes holds for a
 * day. Only for pages that are read by selectors: feeds that a person has listed are made for programs.
 */
import type { Network } from '../edges.ts';
import type { Fetched, FetchRequest, Instant, Permission } from '../model.ts';
import { type Problem, type ProblemCode, problem } from '../problems.ts';
import { plainLine } from '../text/safe.ts';
import { noValidators } from './ask.ts';
import { disallowedBy, readRobots } from './robots.ts';

/** §2.4 */
const dayMs = 24 * 3_600_000;

/**
 * §2.3.1.3: who has no such file, or does not show it to us, has nothing against us. §2.3.1.2: nor has one whose
 * redirects lead nowhere. And where programs are tested, the page itself will say so.
 */
const unavailable: ReadonlySet<ProblemCode> = new Set([
  'fetch/not-found',
  'fetch/gone',
  'fetch/not-allowed',
  'fetch/unexpected-status',
  'fetch/challenge',
  'fetch/too-many-redirects',
  'fetch/bad-redirect',
]);

/** Troubles of the way to the host, which has the page too: they say all there is to say. */
const ofTheHost: ReadonlySet<ProblemCode> = new Set([
  'fetch/unreachable',
  'fetch/timeout',
  'fetch/tls',
  'fetch/refused-address',
  'fetch/proxy',
  'fetch/authority',
  'fetch/told-to-wait',
]);

type Failure = Fetched & { readonly kind: 'failed' };

/**
 * Asks for robots.txt on the way that the page is asked.
 * @param known permissions of earlier visits: one of less than a day is not asked for again
 * @returns the permission, or why the page is not to be read. Problems: fetch/robots, fetch/robots-unknown (§2.3.1.4: the
 *   server has trouble with the file), and those of a host that cannot be asked
 */
export async function permissionFor(
  page: FetchRequest,
  known: readonly Permission[],
  network: Network,
  now: Instant,
): Promise<Permission | Failure> {
  const { url, proxy, authorityFile } = page;
  const earlier = stillGiven(known, now).find((one) => one.url === url);
  if (earlier !== undefined) return earlier;
  const file = new URL('/robots.txt', url);
  const fetched = await network.fetch({
    url: file.href,
    validators: noValidators,
    bodyHash: undefined,
    proxy,
    authorityFile,
  });
  if (fetched.kind === 'failed' && !unavailable.has(fetched.problem.code)) return refused(fetched);
  const rule = fetched.kind === 'fresh' ? disallowedBy(readRobots(fetched.body), url) : undefined;
  if (fetched.kind === 'fresh') network.letGo(fetched.body);
  if (rule === undefined) return { url, at: now };
  const words = `Disallow: ${plainLine(rule, 200)} (${file.host}/robots.txt)`;
  return failed(problem('fetch/robots', {}, words), fetched);
}

/** Permissions of less than a day. */
export function stillGiven(known: readonly Permission[], now: Instant): readonly Permission[] {
  return known.filter(({ at }) => now - at < dayMs && at <= now);
}

/** True for a Failure: the two share no property. */
export function isRefusal(answer: Permission | Failure): answer is Failure {
  return 'kind' in answer;
}

function refused(failure: Failure): Failure {
  const { code, happened } = failure.problem;
  return ofTheHost.has(code) ? failure : failed(problem('fetch/robots-unknown', {}, `robots.txt ${happened}`), failure);
}

function failed(why: Problem, { hints }: Pick<Fetched, 'hints'>): Failure {
  return { kind: 'failed', problem: why, hints };
}
