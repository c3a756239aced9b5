/**
 * One world, told to a relay that keeps everything in a file, and to three workers on one server at once: what readers get is the
 * same, byte for byte, and so is what is known of who wrote it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoopbackSites, openLoopbackSites } from '../../bench/loopback-sites.ts';
import { runPassBeside } from '../../src/pass.ts';
import { runOnce } from '../../src/run.ts';
import { type House, openHouse } from '../../src/wire.ts';
import { filesIn } from '../crash/site.ts';
import { diceOf } from '../dice.ts';
import { storageIn } from '../storage.ts';
import { hour, publishDays, settingsFor, start, worldOf } from './three-days.ts';

/** Without dice when a source is due again does not depend on who has asked it. */
const evenly = (house: House): House => ({ ...house, random: { next: () => 0.5 } });

let sites: LoopbackSites;
let folder: string;
beforeAll(async () => {
  sites = await openLoopbackSites();
  folder = mkdtempSync(join(tmpdir(), 'relais-fleet-'));
});
afterAll(async () => {
  await sites.close();
  rmSync(folder, { recursive: true });
});

test.each([1, 2, 3])(
  'world %i',
  async (seed) => {
    const dice = diceOf(seed);
    const visits = worldOf(dice);
    const config = settingsFor(sites);
    let now = start;
    const clock = { now: () => now, wait: () => new Promise<void>((resolve) => setImmediate(resolve)) };
    const alone = evenly(
      await openHouse(config, { folder: join(folder, `alone-${seed}`), database: undefined }, clock),
    );
    const shared = storageIn(join(folder, `shared-${seed}`));
    const workers: readonly House[] = await Promise.all(
      [0, 1, 2].map(async () => evenly(await openHouse(config, shared, clock))),
    );
    try {
      for (const [at] of visits.entries()) {
        now = start + at * 24 * hour;
        publishDays(visits.slice(0, at + 1), sites);
        const report = await runOnce(config, alone);
        expect(report.defects).toEqual([]);
        const passes = await Promise.all(workers.map((worker) => runPassBeside(config, worker, {})));
        expect(passes.flatMap(({ defects }) => defects)).toEqual([]);
        expect(passes.flatMap(({ outcomes }) => outcomes.map(({ sourceKey }) => sourceKey)).sort()).toEqual(
          report.outcomes.map(({ sourceKey }) => sourceKey).sort(),
        );
        expect(passes.filter(({ outcomes }) => outcomes.length > 0).length).toBeGreaterThan(1);
        const round = await runOnce(config, workers[dice.roll(3)] as House, { now: [] });
        expect(round.defects).toEqual([]);
        const [own, theirs] = [alone, workers[0] as House].map(({ siteFolder }) => filesIn(siteFolder));
        expect(theirs?.map(({ path }) => path)).toEqual(own?.map(({ path }) => path));
        const other = own?.filter((file, n) => JSON.stringify(file) !== JSON.stringify(theirs?.[n]));
        expect(other?.map(({ path }) => path)).toEqual([]);
      }
      const [own] = await Promise.all([alone.library.memories()]);
      const theirs = await (workers[1] as House).library.memories();
      expect([...theirs.keys()].sort()).toEqual([...own.keys()].sort());
    } finally {
      await Promise.all([alone, ...workers].map((house) => house.close()));
    }
  },
  120_000,
);
