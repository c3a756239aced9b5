/** `relais work` and `relais start` while their database server does not answer: the built program, a server that is stopped and started. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Started, start } from '../cli/relais.ts';
import { type Cluster, hasCluster, openCluster } from '../postgres/cluster.ts';

let folder: string;
const started: Started[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-waiting-'));
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    one.stop('SIGKILL');
    await one.ended;
  }
  rmSync(folder, { recursive: true });
});

function begin(address: string, ...command: readonly string[]): Started {
  writeFileSync(
    join(folder, 'sources.yaml'),
    `database: "${address}"\nsite: { url: "https://news.example/" }\nschedule: { refresh: "* * * * * *" }\nsections: { calais: [ { url: "https://a.example/feed", paused: resting } ] }\n`,
  );
  const one = start(folder, ...command);
  started.push(one);
  return one;
}

/** How often it has said so. */
const times = (said: string, words: string): number => said.split(words).length - 1;
const silent = 'the database server does not answer';
const back = 'the database server answers again';

async function stopped(one: Started): Promise<string> {
  const sent = performance.now();
  one.stop();
  const { exitCode, out, err } = await one.ended;
  expect(performance.now() - sent).toBeLessThan(10_000); // systemd and Docker kill at ten seconds, so this one limit is real
  expect(exitCode).toBe(0);
  expect(err).not.toMatch(/\bat .*:\d+:\d+/);
  return out + err;
}

describe.each([['work'], ['start', '--port', '0']])('relais %s', (...command) => {
  test('waits for a server that is not there, says so once and ends in order when told to', async () => {
    const one = begin('postgres://relais:wr0ng-one@127.0.0.1:1/relais', ...command);
    await one.until(silent);
    const said = await stopped(one);
    expect(times(said, silent)).toBe(1);
    expect(said).toContain('postgres://relais@127.0.0.1:1/relais');
    expect(said).not.toContain('wr0ng-one');
  });

  test('ends in order while a server says nothing at all', async () => {
    const sockets: Socket[] = [];
    const mute = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const asked = new Promise((resolve) => mute.once('connection', resolve));
    const one = begin(`postgres://relais@127.0.0.1:${(mute.address() as AddressInfo).port}/relais`, ...command);
    await Promise.race([asked, one.ended]);
    await stopped(one);
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
});

describe.skipIf(!hasCluster)('a server', () => {
  const password = 'tr0mpette';
  let cluster: Cluster;
  let address: string;
  beforeAll(async () => {
    cluster = await openCluster(password);
    address = `postgres://postgres:${password}@127.0.0.1:${cluster.port}/postgres`;
  });
  afterAll(() => cluster.remove());

  test('that comes late, goes and comes again is told of once each time; a worker goes on by itself', async () => {
    cluster.stop();
    const one = begin(address, 'work');
    await one.until(silent);
    cluster.start();
    const first = await one.until('at work');
    expect([times(first, silent), times(first, back)]).toEqual([1, 1]);
    cluster.stop();
    await one.until(new RegExp(`${back}[^]*${silent}`));
    cluster.start();
    await one.until(new RegExp(`${back}[^]*${back}`));
    const said = await stopped(one);
    expect([times(said, silent), times(said, back)]).toEqual([2, 2]);
  }, 60_000);

  test('that has gone keeps no worker from ending in order', async () => {
    const one = begin(address, 'work');
    await one.until('at work');
    cluster.stop();
    try {
      await one.until(silent);
      expect(times(await stopped(one), silent)).toBe(1);
    } finally {
      cluster.start();
    }
  }, 60_000);
});
