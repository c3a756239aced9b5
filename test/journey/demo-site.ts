/** The small world of today, pulled and published and served on this machine: what the tests that look at pages share. */
import { withLook } from '../../src/config/look.ts';
import { type RunningWorld, startWorld } from '../../src/demo/world/server.ts';
import { worlds } from '../../src/demo/world/worlds.ts';
import type { Config, LookFile } from '../../src/model.ts';
import { runOnce } from '../../src/run.ts';
import { answerSearch } from '../../src/searching.ts';
import { openServer, type Server } from '../../src/serve/server.ts';
import { takeBack } from '../../src/taking-back.ts';
import { openTestHouse, settings as readSettings, type TestHouse } from '../pipeline/house.ts';

export interface DemoSite {
  /** Of a host that only serves files. */
  readonly url: string;
  /** Of our own server, which searches. */
  readonly searchingUrl: string;
  readonly house: TestHouse;
  readonly world: RunningWorld;
  /** What failed while pages were served. */
  readonly defects: readonly unknown[];
  /** Settings changed, and the site made by them. */
  readonly remake: (change: (yaml: string) => string) => Promise<void>;
  /** Takes a text back by its address or name. */
  readonly withdraw: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * @param change of the world's own settings
 * @param look files beside them
 */
export async function openDemoSite(
  change: (yaml: string) => string = (yaml) => yaml,
  look: readonly LookFile[] = [],
): Promise<DemoSite> {
  const settings = (yaml: string): Config => withLook(readSettings(yaml), look);
  const now = Date.UTC(2026, 10, 23, 12);
  const house = await openTestHouse(now);
  const world = await startWorld(worlds.today, { now: () => now });
  const defects: unknown[] = [];
  const onDefect = (error: unknown): void => void defects.push(error);
  const server: Server = await openServer(house.house.siteFolder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    onDefect,
  });
  const searching: Server = await openServer(house.house.siteFolder, {
    port: 0,
    host: '127.0.0.1',
    clock: Date,
    onDefect,
    search: (question) =>
      answerSearch(question, settings(change(world.sourcesYaml({ url: server.url }))), house.house.search),
  });
  const run = async (changed: (yaml: string) => string): Promise<void> => {
    await runOnce(settings(changed(world.sourcesYaml({ url: server.url }))), house.house, { now: 'all' });
  };
  for (let tick = 0; tick <= worlds.today.lastTick; tick++) {
    world.setTick(tick);
    await run(change);
  }
  return {
    url: server.url,
    searchingUrl: searching.url,
    house,
    world,
    defects,
    remake: run,
    async withdraw(name) {
      const config = settings(change(world.sourcesYaml({ url: server.url })));
      const { library } = house.house;
      const done = await takeBack(
        name,
        { who: 'maintainer', because: 'asked' },
        { config, library, now, who: 'maintainer' },
      );
      if (done.kind !== 'done') throw new Error(JSON.stringify(done));
      await runOnce(config, house.house);
    },
    async close() {
      await server.close();
      await searching.close();
      await world.close();
      await house.close();
    },
  };
}
