/** Names to addresses: by a real name server on loopback, and by a system whose threads the test counts. */
import { Resolver } from 'node:dns/promises';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/edges.ts';
import { openNetwork } from '../../src/fetch/client.ts';
import { type IpAddress, openNames, type Resolve } from '../../src/fetch/names.ts';
import { type Known, type NameServer, startNameServer } from '../partner/name-server.ts';
import { startPartner } from '../partner/server.ts';
import { ask, limits, stillClock, userAgent } from './network.ts';

const timing = { connectMs: 300, firstByteMs: 300, idleMs: 300, totalMs: 4_000 };
const patient: Clock = { now: () => 0, wait: () => new Promise(() => {}) };

let folder: string;
const servers: NameServer[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-names-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** The system's own look-up, which knows what the test says and hangs for ever where that is nothing. */
function systemKnowing(known: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const end: (() => void)[] = [];
  const lookUp: Resolve = (name) => {
    asked.push(name);
    const address = known[name];
    if (address !== undefined) return Promise.resolve([{ address, family: 4 }]);
    return new Promise((_, reject) => end.push(() => reject(Object.assign(new Error(name), { code: 'EAI_AGAIN' }))));
  };
  return { asked, lookUp, endAll: () => end.splice(0).forEach((one) => void one()) };
}

interface World {
  readonly know?: (name: string, family: 4 | 6) => Known;
  readonly system?: Resolve;
  readonly hosts?: string;
  readonly clock?: Clock;
  readonly connectMs?: number;
}

async function namesIn({ know = () => 'unknown', system, hosts, clock = patient, connectMs = 300 }: World) {
  const server = await startNameServer(know);
  servers.push(server);
  if (hosts !== undefined) writeFileSync(join(folder, 'hosts'), hosts);
  const resolve = openNames({ ...timing, connectMs }, clock, {
    openServers: () => {
      const resolver = new Resolver({ timeout: 50, tries: 2 });
      resolver.setServers([server.address]);
      return resolver;
    },
    system: system ?? systemKnowing({}).lookUp,
    hostsFile: join(folder, 'hosts'),
  });
  return { resolve, server };
}

const addressesOf = (found: readonly IpAddress[]): string[] => found.map(({ address }) => address);
const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

describe('a dead name server costs the names it is asked for', () => {
  const know = (name: string): Known => (name.startsWith('dead') ? 'silent' : ['1.2.3.4']);

  test('others are found meanwhile, and no thread is taken', async () => {
    const system = systemKnowing({});
    const { resolve } = await namesIn({ know, system: system.lookUp, clock: stillClock, connectMs: 20_000 });
    expect(addressesOf(await resolve('first.example'))).toEqual(['1.2.3.4']);
    let found = 0;
    const dead = Array.from({ length: 40 }, (_, at) =>
      resolve(`dead${at}.example`).then(
        () => 'found',
        (error) => `${why(error)}, ${found} others found`,
      ),
    );
    await Promise.all(
      Array.from({ length: 40 }, async (_, at) => {
        await resolve(`live${at}.example`);
        found += 1;
      }),
    );
    expect(await dead[0]).toContain('the name server does not answer (dead0.example), 40 others found');
    expect(new Set((await Promise.all(dead)).map((words) => words.includes(', 40 others found')))).toEqual(
      new Set([true]),
    );
    expect(system.asked).toEqual([]);
  });

  test('more of them than are asked for at once hold up the others no longer than the limit', async () => {
    const { resolve } = await namesIn({ know, clock: stillClock, connectMs: 100 });
    await resolve('first.example');
    const dead = Array.from({ length: 80 }, (_, at) => resolve(`dead${at}.example`).catch(why));
    expect(addressesOf(await resolve('live.example'))).toEqual(['1.2.3.4']);
    expect(await dead[79]).toContain('no connection after 0.1 s (dead79.example)');
  });

  test('a request by such a name fails alone', async () => {
    const partner = await startPartner({ '/feed': '<rss/>' });
    const resolve: Resolve = (name) =>
      name.startsWith('dead') ? new Promise(() => {}) : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const net = openNetwork({ ...limits, totalMs: 1_000 }, userAgent, stillClock, { resolve });
    const dead = Array.from({ length: 40 }, (_, at) => net.fetch(ask(`http://dead${at}.example/`)));
    const live = await net.fetch(ask(`${partner.url.replace('127.0.0.1', 'live.example')}/feed`));
    expect(live.kind).toBe('fresh');
    expect(await dead[39]).toMatchObject({ kind: 'failed', problem: { code: 'fetch/timeout' } });
    await partner.close();
  });
});

describe('what only the system knows is still found', () => {
  const mdns = { 'printer.local': '10.0.0.7', intranet: '10.0.0.8', 'wiki.corp.example': '10.0.0.9' };

  test.each([
    ['printer.local', false],
    ['intranet', false],
    ['wiki.corp.example', true],
  ])('%s', async (name, isAsked) => {
    const { resolve, server } = await namesIn({ system: systemKnowing(mdns).lookUp });
    expect(addressesOf(await resolve(name))).toEqual([mdns[name as keyof typeof mdns]]);
    expect(server.asked.has(name)).toBe(isAsked);
  });

  test('the hosts file comes first, whoever else knows the name, and as it is now', async () => {
    const hosts =
      '# ours\n10.1.1.1\tpress.example www.Press.example # old\n10.1.1.2 press.example\nnonsense x.example\n';
    const { resolve, server } = await namesIn({ know: () => ['1.2.3.4'], hosts });
    expect(addressesOf(await resolve('press.example'))).toEqual(['10.1.1.1', '10.1.1.2']);
    expect(addressesOf(await resolve('www.press.example'))).toEqual(['10.1.1.1']);
    expect(server.asked.size).toBe(0);
    expect(addressesOf(await resolve('x.example'))).toEqual(['1.2.3.4']);
    writeFileSync(join(folder, 'hosts'), '10.1.1.30 press.example\n');
    expect(addressesOf(await resolve('press.example'))).toEqual(['10.1.1.30']);
    rmSync(join(folder, 'hosts'));
    expect(addressesOf(await resolve('press.example'))).toEqual(['1.2.3.4']);
  });

  test('where no name server has ever answered, the system is asked for everything', async () => {
    const { resolve } = await namesIn({
      know: () => 'silent',
      system: systemKnowing({ 'a.example': '1.2.3.4' }).lookUp,
    });
    expect(addressesOf(await resolve('a.example'))).toEqual(['1.2.3.4']);
  });

  test('a name that nobody knows', async () => {
    const nobody: Resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const { resolve } = await namesIn({ system: nobody });
    await expect(resolve('a.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(resolve('a..example')).rejects.toBeInstanceOf(Error);
  });
});

describe('the threads of the system', () => {
  test('two names at a time, and the time of a look-up is counted from its beginning', async () => {
    const system = systemKnowing({ 'good.local': '10.0.0.1' });
    const { resolve } = await namesIn({ system: system.lookUp, connectMs: 100 });
    const dead = ['a.local', 'b.local'].map((name) => resolve(name).catch(why));
    const good = resolve('good.local');
    expect(await Promise.all(dead)).toEqual([
      expect.stringContaining('no connection after 0.1 s (a.local)'),
      expect.stringContaining('no connection after 0.1 s (b.local)'),
    ]);
    // Nobody waits for them any more, but the threads do.
    expect(system.asked).toEqual(['a.local', 'b.local']);
    system.endAll();
    expect(addressesOf(await good)).toEqual(['10.0.0.1']);
  });
});

test('who asks for a name while it is looked up waits for the same answer', async () => {
  const system = systemKnowing({});
  const { resolve } = await namesIn({ system: system.lookUp, connectMs: 50 });
  const both = await Promise.all([resolve('a.local').catch(why), resolve('a.local').catch(why)]);
  expect(both[0]).toBe(both[1]);
  expect(system.asked).toEqual(['a.local']);
  await resolve('a.local').catch(why);
  expect(system.asked).toEqual(['a.local', 'a.local']);
  system.endAll();
});

describe('two families', () => {
  test('both are asked for, IPv4 first', async () => {
    const { resolve } = await namesIn({ know: () => ['2606:4700:0:0:0:0:0:1', '1.2.3.4'] });
    expect(await resolve('a.example')).toEqual([
      { address: '1.2.3.4', family: 4 },
      { address: '2606:4700::1', family: 6 },
    ]);
  });

  test('one that never comes is not waited for as long as the other', async () => {
    const know = (_name: string, family: 4 | 6): Known => (family === 4 ? ['1.2.3.4'] : 'silent');
    const waits: number[] = [];
    const clock = { now: () => 0, wait: async (ms: number) => void waits.push(ms) };
    const { resolve } = await namesIn({ know, clock });
    expect(addressesOf(await resolve('a.example'))).toEqual(['1.2.3.4']);
    expect(waits).toEqual([1_000]);
  });

  test('one that is broken is no matter', async () => {
    const know = (_name: string, family: 4 | 6): Known => (family === 6 ? ['2606:4700:0:0:0:0:0:1'] : 'broken');
    const { resolve } = await namesIn({ know });
    expect(addressesOf(await resolve('a.example'))).toEqual(['2606:4700::1']);
  });
});
