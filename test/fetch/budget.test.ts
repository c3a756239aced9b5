/** Bodies in memory at one time: how much of it, who waits, and that nobody waits for ever. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { openBudget, type Share } from '../../src/fetch/budget.ts';
import { openNetwork } from '../../src/fetch/client.ts';
import type { Fetched, NetworkLimits } from '../../src/model.ts';
import { type Partner, startBarePartner, startPartner } from '../partner/server.ts';
import { ask, limits, stillClock, userAgent } from './network.ts';

const KiB = 1_024;
const MiB = 1_024 * KiB;
const shared = 16 * MiB;

/** Whether it has got what it asked for. */
async function hasGot(asked: Promise<void> | undefined): Promise<boolean> {
  let has = asked === undefined;
  asked?.then(() => {
    has = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return has;
}

describe('the budget', () => {
  test('what there is room for is had at once, and what is given back is had by the next', async () => {
    const budget = openBudget();
    const [one, two, three] = [budget.open(), budget.open(), budget.open()];
    expect(one.need(shared)).toBeUndefined();
    expect(await hasGot(two.need(MiB))).toBe(true); // the one that may be of any size
    const waits = three.need(MiB);
    expect(await hasGot(waits)).toBe(false);
    one.settle(0);
    expect(await hasGot(waits)).toBe(true);
  });

  test('small bodies do not wait for large ones', () => {
    const budget = openBudget();
    expect(budget.open().need(shared)).toBeUndefined();
    void budget.open().need(9 * MiB);
    void budget.open().need(9 * MiB);
    for (let count = 0; count < 32; count++) expect(budget.open().need(256 * KiB)).toBeUndefined();
  });

  test('small ones that nobody reads do not pile up', async () => {
    const budget = openBudget();
    const asked = Array.from({ length: 40 }, () => budget.open()).map((share) => ({
      share,
      has: share.need(256 * KiB),
    }));
    const got = await Promise.all(asked.map(({ has }) => hasGot(has)));
    expect(got.filter((has) => has)).toHaveLength(33); // eight megabytes, and the one that may be of any size
    asked[0]?.share.settle(0);
    expect(await hasGot(asked[33]?.has)).toBe(true);
    expect(await hasGot(asked[34]?.has)).toBe(false);
  });

  test('one whole body gives back what it does not fill', async () => {
    const budget = openBudget();
    const one = budget.open();
    const two = budget.open();
    expect(one.need(shared)).toBeUndefined();
    void two.need(shared);
    one.settle(MiB);
    two.settle(MiB); // and the place of any size with it
    expect(budget.open().need(14 * MiB)).toBeUndefined();
    expect(await hasGot(budget.open().need(9 * MiB))).toBe(true);
  });

  test('one that has ended no longer waits, and takes nothing any more', async () => {
    const budget = openBudget();
    const [one, two, three, four] = [budget.open(), budget.open(), budget.open(), budget.open()];
    void one.need(shared);
    void two.need(shared);
    void three.need(MiB);
    const waits = four.need(MiB);
    three.settle(0);
    expect(three.need(shared)).toBeUndefined();
    one.settle(0);
    expect(await hasGot(waits)).toBe(true);
    expect(four.need(shared)).toBeUndefined();
  });

  test('bodies that all grow at once are all read in the end, within the budget', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 16 * MiB }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.infiniteStream(fc.nat(59)), async (bodies, dice) => {
        const budget = openBudget();
        let held = 0;
        let most = 0;
        const read = async (size: number): Promise<void> => {
          const share: Share = budget.open();
          let own = 0;
          for (let room = Math.min(size, 64 * KiB); own < size; room = Math.min(size, room * 2)) {
            await share.need(room);
            held += room - own;
            most = Math.max(most, held);
            own = room;
            for (let turns = (dice.next().value ?? 0) % 4; turns > 0; turns--) await Promise.resolve();
          }
          share.settle(own);
          for (let turns = dice.next().value ?? 0; turns > 0; turns--) await Promise.resolve();
          held -= own;
          share.settle(0);
        };
        await Promise.all(bodies.map(read));
        expect(held).toBe(0);
        expect(most).toBeLessThanOrEqual(24 * MiB + 16 * MiB);
      }),
      { numRuns: 200 },
    );
  });
});

const partners: Partner[] = [];
afterEach(async () => {
  await Promise.all(partners.splice(0).map((partner) => partner.close()));
});

const large = gzipSync(Buffer.alloc(16 * MiB, 'a feed ')); // 16 KiB on the wire

function networkTo(part: Partial<NetworkLimits> = {}) {
  return openNetwork({ ...limits, unpackedBytes: 16 * MiB, totalMs: 20_000, ...part }, userAgent, stillClock);
}

/** Addresses of partners that send a large feed, or a small one. */
async function manyPartners(): Promise<readonly string[]> {
  const answer = { body: large, headers: { 'Content-Encoding': 'gzip' } };
  const started = await Promise.all([1, 2, 3, 4, 5].map(() => startPartner({ '/large': answer, '/small': 'small' })));
  partners.push(...started);
  return started.map(({ url }) => url);
}

const bytesIn = (fetched: Fetched | undefined): number => (fetched?.kind === 'fresh' ? fetched.body.length : -1);

describe('bodies of many hosts', () => {
  test('wait for those before them to be read, and come whole all the same', async () => {
    const [other, ...urls] = await manyPartners();
    const net = networkTo();
    const arrived: Fetched[] = [];
    for (const url of urls) void net.fetch(ask(`${url}/large`)).then((one) => arrived.push(one));
    const visitAnother = async (): Promise<void> => {
      const small = await net.fetch(ask(`${other}/small`));
      expect(bytesIn(small)).toBe(5);
      if (small.kind === 'fresh') net.letGo(small.body);
    };
    for (let read = 0; read < urls.length; read++) {
      while (arrived.length <= read) await visitAnother();
      for (let visits = 0; visits < 10; visits++) await visitAnother();
      const atHand = arrived.slice(read);
      expect(atHand.length).toBeLessThanOrEqual(2);
      expect(new Set(atHand.map(bytesIn))).toEqual(new Set([16 * MiB]));
      const [next] = atHand;
      if (next?.kind === 'fresh') net.letGo(next.body);
      expect(bytesIn(next)).toBe(0);
    }
  });

  // Its decoder fills a window of 16 MiB before it gives out a byte.
  test('cost no more when they are packed in Brotli', async () => {
    const body = brotliCompressSync(Buffer.alloc(16 * MiB), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
    const answer = { body, headers: { 'Content-Encoding': 'br' } };
    partners.push(...(await Promise.all(Array.from({ length: 16 }, () => startPartner({ '/': answer })))));
    const net = networkTo();
    const before = process.memoryUsage.rss();
    let most = before;
    let left = partners.length;
    for (const { url } of partners)
      void net.fetch(ask(url)).then((one) => {
        expect(bytesIn(one)).toBe(16 * MiB);
        if (one.kind === 'fresh') net.letGo(one.body);
        left -= 1;
      });
    while (left > 0) {
      most = Math.max(most, process.memoryUsage.rss());
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most - before).toBeLessThan(176 * MiB); // sixteen windows alone would be 256
  });

  test('wait longer than any limit of time, where it is we who keep them waiting', async () => {
    const urls = await manyPartners();
    const silent = await startBarePartner(() => {});
    partners.push(silent);
    const net = networkTo({ totalMs: 2_000 });
    const first = await Promise.all(urls.slice(0, 2).map((url) => net.fetch(ask(`${url}/large`))));
    const third = net.fetch(ask(`${urls[2]}/large`));
    for (let times = 0; times < 2; times++)
      expect(await net.fetch(ask(silent.url))).toMatchObject({ problem: { code: 'fetch/timeout' } });
    for (const one of first) if (one.kind === 'fresh') net.letGo(one.body);
    expect(bytesIn(await third)).toBe(16 * MiB);
  });

  test('leave their room to the next when they break off, or bring nothing new', async () => {
    const urls = await manyPartners();
    const broken = await startBarePartner((socket) => {
      socket.end(
        Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'), large.subarray(0, 15_000)]),
      );
    });
    partners.push(broken);
    const net = networkTo();
    const known = await net.fetch(ask(`${urls[0]}/large`));
    const bodyHash = known.kind === 'fresh' ? known.bodyHash : '';
    if (known.kind === 'fresh') net.letGo(known.body);
    for (let times = 0; times < 3; times++) {
      expect(await net.fetch(ask(broken.url))).toMatchObject({ problem: { code: 'fetch/cut-off' } });
      const same = await Promise.all(urls.map((url) => net.fetch(ask(`${url}/large`, { bodyHash }))));
      expect(same).toMatchObject(urls.map(() => ({ how: 'same-body' })));
    }
  });
});
