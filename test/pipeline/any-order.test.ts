/** In which order sources are read is chance: readers get the same, byte for byte. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoopbackSites, openLoopbackSites } from '../../bench/loopback-sites.ts';
import { runOnce } from '../../src/run.ts';
import { openHouse } from '../../src/wire.ts';
import { filesIn, type PublishedFile } from '../crash/site.ts';
import { diceOf } from '../dice.ts';
import { hour, publishDays, settingsFor, start, worldOf } from '../fleet/three-days.ts';
import { storageIn } from '../storage.ts';

let sites: LoopbackSites;
let folder: string;
beforeAll(async () => {
  sites = await openLoopbackSites();
  folder = mkdtempSync(join(tmpdir(), 'relais-orders-'));
});
afterAll(async () => {
  await sites.close();
  rmSync(folder, { recursive: true });
});

test.each([2, 5])(
  'world %i, read in four orders',
  async (world) => {
    const days = worldOf(diceOf(world));
    const published: (readonly PublishedFile[])[] = [];
    for (const order of [1, 2, 3, 4]) {
      let now = start;
      const clock = { now: () => now, wait: () => Promise.resolve() };
      const config = settingsFor(sites);
      const opened = await openHouse(config, storageIn(join(folder, `${world}-${order}`)), clock);
      const house = { ...opened, random: diceOf(order) };
      for (const [at] of days.entries()) {
        now = start + at * 24 * hour;
        publishDays(days.slice(0, at + 1), sites);
        expect((await runOnce(config, house, { now: 'all' })).defects).toEqual([]);
      }
      published.push(filesIn(house.siteFolder));
      await house.close();
    }
    const [first = [], ...others] = published;
    for (const other of others) {
      expect(other.map(({ path }) => path)).toEqual(first.map(({ path }) => path));
      expect(first.filter(({ body }, at) => body !== other[at]?.body).map(({ path }) => path)).toEqual([]);
    }
  },
  120_000,
);
