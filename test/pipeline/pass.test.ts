/** One pass over many sources: who is asked while others hang. The network is the test's own; all else is real. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Network } from '../../src/edges.ts';
import type { Fetched } from '../../src/model.ts';
import { runPass } from '../../src/pass.ts';
import { problem } from '../../src/problems.ts';
import { memoryOf } from '../source-memory.ts';
import { storageIn } from '../storage.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(() => house.close());

const failed: Fetched = {
  kind: 'failed',
  problem: problem('fetch/timeout', {}, 'nobody there'),
  hints: { maxAgeMs: undefined, retryAfterMs: undefined },
};

function listing(names: readonly string[], parallel = 2): ReturnType<typeof settings> {
  const list = names.map((name) => `    - https://${name}/feed\n`).join('');
  return settings(`network: { parallel: ${parallel} }\nsections:\n  calais:\n${list}`);
}

/** Sources that answer only once all others have been asked; then the pass is told to stop, which is quicker. */
async function passWhere(isDead: (url: string) => boolean, names: readonly string[]): Promise<ReadonlySet<string>> {
  const alive = new Set(names.filter((name) => !isDead(name)).map((name) => `https://${name}/feed`));
  const stop = new AbortController();
  const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  const network: Network = {
    async fetch({ url }) {
      if (isDead(url)) await stopped;
      alive.delete(url);
      if (alive.size === 0) stop.abort();
      return failed;
    },
    post: () => Promise.reject(new Error('nobody posts')),
    letGo: () => {},
    silences: () => new Map(),
  };
  await runPass(listing(names), { ...house.house, network }, { signal: stop.signal });
  return alive;
}

const isDead = (url: string): boolean => url.includes('dead');

/** Beside other workers one takes no more in hand than it can ask soon: the others ask what its dead names keep waiting. */
const isShared = storageIn('').database !== undefined;

test.skipIf(isShared)('names that wait for each other on one dead address keep nobody else waiting', async () => {
  const names = Array.from({ length: 320 }, (_, at) => `${at < 300 ? 'dead' : 'live'}${at}.example`);
  expect(await passWhere(isDead, names)).toEqual(new Set());
});

test('however many they are, where the address is known from before', async () => {
  const dead = Array.from({ length: 1_200 }, (_, at) => `dead${at}.example`);
  const marks = { address: '203.0.113.9', tlsIssuer: undefined, software: undefined };
  await Promise.all(dead.map((name) => house.house.library.remember(memoryOf(`${name}/feed`, { marks }))));
  expect(await passWhere(isDead, [...dead, 'live.example'])).toEqual(new Set());
});

test('a line of them that nothing answers is left for the next run, which begins where it ended', async () => {
  const dead = Array.from({ length: 100 }, (_, at) => `dead${at}.example`);
  const marks = { address: '203.0.113.9', tlsIssuer: undefined, software: undefined };
  await Promise.all(dead.map((name) => house.house.library.remember(memoryOf(`${name}/feed`, { marks, nextDue: 0 }))));
  const asked: string[] = [];
  const network: Network = {
    async fetch({ url }) {
      house.clock.set(house.clock.now() + 10_000);
      asked.push(url);
      return failed;
    },
    post: () => Promise.reject(new Error('nobody posts')),
    letGo: () => {},
    silences: () => new Map(),
  };
  const pass = async (): ReturnType<typeof runPass> => await runPass(listing(dead), { ...house.house, network });
  const first = await pass();
  expect(first).toMatchObject({ left: 0, defects: [] });
  expect(first.outcomes).toHaveLength(30); // five minutes
  expect(first.postponed).toBe(70);
  const firstAsked = new Set(asked.splice(0));
  const second = await pass();
  expect(second.postponed).toBe(40);
  expect(asked.filter((url) => firstAsked.has(url))).toEqual([]);
});

test('what answers again and again is waited for, however long it takes', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `slow${at}.example`);
  const marks = { address: '203.0.113.9', tlsIssuer: undefined, software: undefined };
  await Promise.all(names.map((name) => house.house.library.remember(memoryOf(`${name}/feed`, { marks, nextDue: 0 }))));
  let visits = 0;
  const network: Network = {
    async fetch({ url, validators }) {
      house.clock.set(house.clock.now() + 60_000);
      const hints = { maxAgeMs: undefined, retryAfterMs: undefined };
      visits += 1;
      return visits % 4 === 0 ? { kind: 'unchanged', how: '304', url, validators, hints, trail: [] } : failed;
    },
    post: () => Promise.reject(new Error('nobody posts')),
    letGo: () => {},
    silences: () => new Map(),
  };
  const report = await runPass(listing(names), { ...house.house, network });
  expect(report).toMatchObject({ left: 0, postponed: 0 });
  expect(report.outcomes).toHaveLength(60);
});

test('no more sources are in hand at once than memory is meant for', async () => {
  const names = Array.from({ length: 1_200 }, (_, at) => `host${at}.example`);
  let inHand = 0;
  let most = 0;
  const network: Network = {
    async fetch() {
      most = Math.max(most, ++inHand);
      await new Promise((resolve) => setImmediate(resolve));
      inHand -= 1;
      return failed;
    },
    post: () => Promise.reject(new Error('nobody posts')),
    letGo: () => {},
    silences: () => new Map(),
  };
  await runPass(listing(names), { ...house.house, network });
  expect(most).toBeLessThanOrEqual(1_000);
}, 60_000);
