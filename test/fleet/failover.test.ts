/** A server that dies in the middle of the work, and another that has all of it takes its place: nothing is lost or doubled. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hasCluster, openCluster } from '../postgres/cluster.ts';
import { openWay } from '../told-server.ts';
import { openBook, openWorkers } from './workers.ts';
import { openFleetWorld } from './world.ts';

const password = 'failover';
const patienceMs = 60_000;

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await isTrue()); await sleep(100))
    if (Date.now() > end) throw new Error('it does not come to that');
}

test.skipIf(!hasCluster)(
  'workers go on with the one that has taken its place',
  { timeout: 4 * patienceMs },
  async () => {
    const primary = await openCluster(password);
    const standby = await primary.openStandby();
    const way = await openWay(`postgres://postgres:${password}@127.0.0.1:${primary.port}/postgres`);
    const world = await openFleetWorld({ sources: 60, hosts: 6, answerMs: 60, items: 2 });
    const fleet = openWorkers(way.address, { ...world, refresh: '* * * * * *' });
    const book = openBook(way.address);
    const count = async (): Promise<number> => ((await book.isMade()) ? (await book.stored()).items.length : 0);
    try {
      for (let at = 0; at < 2; at++) fleet.start();
      await until(async () => (await count()) > 20);
      const before = await count();
      expect(before).toBeLessThan(world.items().size); // or nothing was under way
      primary.stop();
      await sleep(500); // workers meet a server that is not there
      standby.promote();
      way.leadTo(standby.port);
      for (let source = 0; source < 60; source++) world.gain(source, source);
      await until(async () => {
        await book.makeDue();
        return (await count()) >= world.items().size;
      });
      await fleet.stop();
      const { items, stories, torn, withdrawn } = await book.stored();
      expect([...items].sort()).toEqual([...world.items()].sort());
      expect({ torn, withdrawn, overlaps: world.overlaps(), defects: fleet.defects }).toEqual({
        torn: 0,
        withdrawn: 0,
        overlaps: 0,
        defects: [],
      });
      expect(new Set(stories.values()).size).toBe(new Set(world.texts().values()).size);
    } finally {
      await Promise.all([...fleet.running].map((worker) => fleet.kill(worker)));
      await book.close();
      await world.close();
      await way.close();
      standby.remove();
      primary.remove();
      fleet.remove();
    }
  },
);
