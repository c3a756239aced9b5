/**
 * Host names become IP addresses: those that the system would find, but mostly without its threads. `dns.lookup` takes
 * one of four of them for as long as a name server is silent, and libuv gives no more than two to all look-ups together,
 * so that two dead names would hold up all others. Questions put to name servers by `dns.Resolver` take none.
 */
import { lookup, Resolver } from 'node:dns/promises';
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import type { Clock } from '../edges.ts';
import { stopped } from './failure.ts';
import { openSlots } from './slots.ts';
import { startWatch, type Timing } from './watch.ts';

export interface IpAddress {
  readonly address: string;
  readonly family: number;
}

/** Every address of a host name; rejects as `dns.lookup` does, or with Stopped. */
export type Resolve = (name: string) => Promise<readonly IpAddress[]>;

interface NameServers {
  resolve4(name: string): Promise<readonly string[]>;
  resolve6(name: string): Promise<readonly string[]>;
}

/** Who is asked; for tests, otherwise the machine's own. */
interface Whom {
  /** Called again when nobody waits for a name: what it has read of the machine's settings may have changed. */
  readonly openServers?: () => NameServers;
  readonly system?: Resolve;
  readonly hostsFile?: string;
}

/** Small name servers (dnsmasq) refuse more than 150 questions at once, and each name is two. */
const mostQuestions = 64;
/** What libuv lets look-ups have of its four threads. */
const mostThreads = 2;
/** RFC 8305 §3 waits 50 ms for the other family; one visit an hour can be more patient. */
const otherFamilyMs = 1_000;

/**
 * Opens the look-up of names for one run. A name in the hosts file is what stands there; one that name servers cannot
 * know (one word, or mDNS), or say they do not, is for the system, which has search domains and other directories.
 * Where a name server is silent the system would only wait for it too, and is not asked, unless none has ever answered.
 *
 * Who asks for a name that is being looked up gets the same answer.
 * @param timing `connectMs` is the limit of each question, counted from when it is put
 */
export function openNames(
  timing: Timing,
  clock: Clock,
  { openServers = machineServers, system = machineLookUp, hostsFile = '/etc/hosts' }: Whom = {},
): Resolve {
  const underWay = new Map<string, Promise<readonly IpAddress[]>>();
  const written = openHosts(hostsFile);
  const questions = openSlots(mostQuestions);
  const threads = openSlots(mostThreads);
  let servers: NameServers | undefined;
  let asking = 0;
  let hasEverAnswered = false;

  async function inTime<T>(name: string, task: () => Promise<T>): Promise<T> {
    const watch = startWatch(timing, timing.totalMs, () => name);
    return await watch.over(task).finally(watch.end);
  }

  async function byServers(name: string): Promise<readonly IpAddress[]> {
    asking += 1;
    await questions.enter();
    servers ??= openServers();
    const asked = servers;
    try {
      return await inTime(name, () => bothFamilies(name, asked, clock));
    } finally {
      questions.leave();
      asking -= 1;
      if (asking === 0) servers = undefined;
    }
  }

  async function bySystem(name: string): Promise<readonly IpAddress[]> {
    await threads.enter();
    const answer = system(name);
    answer.then(threads.leave, threads.leave); // its thread is taken until then, however long anybody waits
    return await inTime(name, () => answer);
  }

  async function find(name: string): Promise<readonly IpAddress[]> {
    const here = written(name);
    if (here !== undefined) return here;
    if (isForSystem(name)) return await bySystem(name);
    try {
      const found = await byServers(name);
      hasEverAnswered = true;
      return found;
    } catch (error) {
      if (codeOf(error) === 'EBADNAME') return await bySystem(name); // nobody was asked
      if (isUnknown(error)) hasEverAnswered = true;
      else if (hasEverAnswered) throw error;
      return await bySystem(name);
    }
  }

  return (name) => {
    const known = underWay.get(name);
    if (known !== undefined) return known;
    const finding = find(name).finally(() => underWay.delete(name));
    underWay.set(name, finding);
    return finding;
  };
}

/** The limit is the look-up's; with fewer tries they would give up before it. */
function machineServers(): NameServers {
  return new Resolver({ tries: 5 });
}

function machineLookUp(name: string): Promise<readonly IpAddress[]> {
  return lookup(name, { all: true });
}

/** Addresses of both families, or of one where the other does not come in time. */
async function bothFamilies(name: string, servers: NameServers, clock: Clock): Promise<readonly IpAddress[]> {
  const found: IpAddress[] = [];
  const ask = async (family: number, answer: Promise<readonly string[]>): Promise<void> => {
    for (const address of await answer) found.push({ address, family });
  };
  const both = [ask(4, servers.resolve4(name)), ask(6, servers.resolve6(name))];
  try {
    await Promise.any(both);
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
    throw errors.every(isUnknown) ? errors[0] : silence(name);
  }
  await Promise.race([Promise.allSettled(both), clock.wait(otherFamilyMs)]);
  return [...found].sort((one, other) => one.family - other.family); // a machine without IPv6 tries what works first
}

function silence(name: string): Error {
  return stopped('fetch/unreachable', `the name server does not answer (${name})`);
}

/** A name server has said that there is no such name, or no address of that family; or the name is none. */
function isUnknown(error: unknown): boolean {
  return ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** One word is looked for in search domains or nowhere; RFC 6761 §6.3 and RFC 6762 §3 keep these from name servers. */
function isForSystem(name: string): boolean {
  return !name.includes('.') || /\.local(host)?$/.test(name);
}

/** @returns what the hosts file says of a name, read anew whenever the file has changed */
function openHosts(file: string): (name: string) => readonly IpAddress[] | undefined {
  let readAs: string | undefined;
  let hosts: ReadonlyMap<string, readonly IpAddress[]> = new Map();
  return (name) => {
    const state = stateOf(file);
    if (state !== readAs) hosts = state === undefined ? new Map() : hostsIn(readFileSync(file, 'utf8'));
    readAs = state;
    return hosts.get(name);
  };
}

/** Undefined where there is none that we may read: then there is nothing in it. */
function stateOf(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

/** hosts(5): an address and its names a line, `#` before a remark. */
function hostsIn(text: string): ReadonlyMap<string, readonly IpAddress[]> {
  const hosts = new Map<string, IpAddress[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) {
      const key = name.toLowerCase();
      const known = hosts.get(key);
      if (known === undefined) hosts.set(key, [{ address, family }]);
      else known.push({ address, family });
    }
  }
  return hosts;
}
