/**
 * An address to ask becomes the way there: IP addresses, every one of which the guard lets pass, or a proxy. What is
 * found here is where the connection goes: a second look-up could answer something else.
 */
import { isIP } from 'node:net';
import type { Problem } from '../problems.ts';
import { politenessKey } from '../text/url.ts';
import { failureOf, stopped } from './failure.ts';
import type { Guard } from './guard.ts';
import type { IpAddress, Resolve } from './names.ts';
import { readProxy } from './proxy.ts';
import { startWatch, type Timing } from './watch.ts';

/** The host asked, as connections need it. */
export interface Target {
  /** A name or an IP address, without brackets. */
  readonly name: string;
  readonly port: number;
  readonly isSecure: boolean;
}

export type Route = Target &
  (
    | {
        readonly kind: 'direct';
        readonly addresses: readonly IpAddress[];
        /** What requests to them share a limit by. */
        readonly shared: readonly string[];
      }
    /** Proxies pass on plain requests made to them; whatever is encrypted goes through a tunnel. */
    | { readonly kind: 'passed-on' | 'tunnel'; readonly proxy: URL }
  );

export interface Way {
  readonly guard: Guard;
  readonly resolve: Resolve;
  readonly timing: Timing;
}

/**
 * Finds the way, or the Problem that there is none; at once where no name is to be looked up.
 * Problems: fetch/refused-address, fetch/unreachable, fetch/timeout, fetch/proxy.
 * @param url http or https
 * @param written the proxy as configured
 * @param leftMs what is left of the request's time
 */
export function findRoute(
  url: URL,
  written: string | undefined,
  way: Way,
  leftMs: number,
): Route | Problem | Promise<Route | Problem> {
  const target = targetOf(url);
  const orProblem = (error: unknown): Problem => failureOf(error, 'connecting', url.host);
  try {
    if (written !== undefined) return byProxy(target, readProxy(written), way.guard);
    const family = isIP(target.name);
    if (family !== 0) return checked([{ address: target.name, family }], target, way.guard);
    return resolved(target.name, way, leftMs)
      .then((addresses) => checked(addresses, target, way.guard))
      .catch(orProblem);
  } catch (error) {
    return orProblem(error);
  }
}

/** True for a Problem: the two share no property. */
export function isProblem(found: Route | Problem): found is Problem {
  return 'severity' in found;
}

/** What requests on this way share a limit by: the registrable domain, and every address that may answer. */
export function limitsOf(url: URL, route: Route): readonly string[] {
  const domain = isIP(route.name) === 0 ? politenessKey(url.href) : url.host;
  if (route.kind !== 'direct') return [domain];
  return [...new Set([domain, ...route.shared])];
}

function targetOf(url: URL): Target {
  const isSecure = url.protocol === 'https:';
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  return { name: url.hostname.replace(/^\[|\]$/g, ''), port, isSecure };
}

async function resolved(name: string, { resolve, timing }: Way, leftMs: number): Promise<readonly IpAddress[]> {
  if (isOnion(name))
    throw stopped(
      'fetch/refused-address',
      `${name} is reached only through Tor: write  proxy: socks5://127.0.0.1:9050  at the source`,
    );
  // Each look-up has a limit of its own; in the queue for it only the request's counts.
  const watch = startWatch({ ...timing, connectMs: timing.totalMs }, leftMs, () => name);
  try {
    return await watch.over(() => resolve(name));
  } finally {
    watch.end();
  }
}

/** One bad answer among good ones refuses the name. */
function checked(addresses: readonly IpAddress[], target: Target, guard: Guard): Route {
  const { name, port, isSecure } = target;
  if (addresses.length === 0) throw stopped('fetch/unreachable', `name not found (${name})`);
  const shared = addresses.map(({ address }) => {
    const { refusal, limit } = guard.judge(address, port);
    if (refusal === undefined) return limit;
    throw stopped('fetch/refused-address', address === name ? refusal : `${name}: ${refusal}`);
  });
  return { kind: 'direct', name, port, isSecure, addresses, shared };
}

/** The proxy decides where names lead. What says by itself that it is private is refused all the same. */
function byProxy(target: Target, proxy: URL, guard: Guard): Route {
  const { name, port, isSecure } = target;
  const isHere = /(^|\.)localhost$/.test(name); // RFC 6761 §6.3
  const why =
    isHere || isIP(name) !== 0 ? guard.judge(isHere ? '127.0.0.1' : name, port).refusal : guard.portRefusal(port);
  if (why !== undefined) throw stopped('fetch/refused-address', isHere ? `${name}: ${why}` : why);
  if (name.length > longestName) throw stopped('fetch/unreachable', `no name is that long (${name.slice(0, 60)}…)`);
  // Squid connects to port 443 alone and passes on the rest; what knows .onion names by HTTP does nothing but connect.
  const isPassedOn = proxy.protocol === 'http:' && !isSecure && !isOnion(name);
  return { ...target, kind: isPassedOn ? 'passed-on' : 'tunnel', proxy };
}

/** RFC 1035 §2.3.4; the proxy would be told a part of it. */
const longestName = 253;

/** RFC 7686: such a name is never asked of a name server. */
function isOnion(name: string): boolean {
  return /(^|\.)onion$/.test(name);
}
