/**
 * `relais demo`: the whole house at work on a small partner world on this machine. Pulls three times while the world
 * moves, says what it did and where to look, and serves the site until stopped.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config/load.ts';
import { type RunningWorld, startWorld } from '../demo/world/server.ts';
import { worlds } from '../demo/world/worlds.ts';
import type { Clock } from '../edges.ts';
import type { Config } from '../model.ts';
import { haltingProblem, runOnce, takeLease } from '../run.ts';
import { openServer, type Server } from '../serve/server.ts';
import { type House, openHouse } from '../wire.ts';
import { whyNotWritten } from './file-trouble.ts';
import { makeFolderFor } from './new-folder.ts';
import { colour, outcomeLines, type Printer, problemLines } from './print.ts';

export interface DemoOptions {
  /** Stop after the last pull instead of serving. */
  readonly once: boolean;
  readonly port: number;
  /** Name of a world. */
  readonly world: string;
  /** The demo keeps to a folder `demo` of its own in it; `data` when not given. */
  readonly dataFolder: string | undefined;
  /** One JSON value at the end, and no word before. */
  readonly isJson: boolean;
}

/** @returns the exit code */
export async function demo(options: DemoOptions, given: Printer): Promise<number> {
  const printer = options.isJson ? { ...given, line: () => undefined } : given;
  const world = Object.values(worlds).find((one) => one.id === options.world);
  if (world === undefined) {
    printer.alarm(`There is no world called “${options.world}”. There are: ${Object.keys(worlds).join(', ')}.`);
    return 2;
  }
  const folder = resolve(options.dataFolder ?? 'data', 'demo');
  const trouble = await freshen(folder);
  if (trouble !== undefined) {
    printer.alarm(
      `The demo cannot begin: ${trouble}. Start it in a folder of your own, or name one:  relais --data FOLDER demo`,
    );
    return 3;
  }
  const clock = worldClock(world.now);
  const running = await startWorld(world, { now: () => clock.now() });
  const server = await serveSomewhere(join(folder, 'site'), options.port, printer);
  try {
    const file = join(folder, 'sources.yaml');
    writeFileSync(file, running.sourcesYaml({ url: server.url }));
    const read = await loadConfig(file, {});
    if (read.kind !== 'config') {
      for (const one of read.problems) printer.alarm(problemLines(one));
      return 3;
    }
    const house = await openHouse(read.config, { folder, database: undefined }, clock);
    try {
      const lease = await takeLease(house);
      if ('pid' in lease) return 75;
      const pulls: Pull[] = [];
      for (let tick = 0; tick <= world.lastTick; tick++) {
        running.setTick(tick);
        const heading = `Pull ${tick + 1} of ${world.lastTick + 1}: ${world.describe(tick)}`;
        pulls.push(await pull(heading, read.config, house, printer));
      }
      await lease.giveBack();
      if (options.isJson) printer.json({ folder, url: options.once ? null : server.url, pulls });
    } finally {
      await house.close();
    }
    await tellWhereToLook(read.config, running, { folder, url: server.url, isServed: !options.once }, printer);
    if (!options.once) await untilStopped();
    return 0;
  } finally {
    await server.close();
    await running.close();
  }
}

/**
 * Only ever its own files: the folder is made by the demo and holds nothing else.
 * @returns why it cannot work there, in half a sentence
 */
async function freshen(folder: string): Promise<string | undefined> {
  const noFolder = await makeFolderFor(folder);
  if (noFolder !== undefined) return noFolder;
  try {
    for (const name of ['site', 'relais.db', 'relais.db-wal', 'relais.db-shm', 'search.db', 'sources.yaml'])
      rmSync(join(folder, name), { recursive: true, force: true });
    writeFileSync(join(folder, 'sources.yaml'), '');
    return undefined;
  } catch (error) {
    return `the folder ${folder} cannot be written: ${whyNotWritten(error)}`;
  }
}

/** A world of the past has a clock of the past, which runs like any other. */
function worldClock(worldNow: number | undefined): Clock {
  if (worldNow === undefined) return systemClock;
  const ahead = worldNow - systemClock.now();
  return { now: () => systemClock.now() + ahead, wait: systemClock.wait };
}

async function serveSomewhere(folder: string, port: number, printer: Printer): Promise<Server> {
  const onDefect = (error: unknown): void => printer.alarm(`The web server: ${String(error)}`);
  try {
    return await openServer(folder, { port, host: '127.0.0.1', clock: systemClock, onDefect });
  } catch (error) {
    if (haltingProblem(error)?.code !== 'serve/port-in-use') throw error;
    return await openServer(folder, { port: 0, host: '127.0.0.1', clock: systemClock, onDefect });
  }
}

/** What a pull came to, for programs. */
type Pull = Readonly<Record<'sources' | 'newItems' | 'failing' | 'written' | 'removed', number>>;

async function pull(heading: string, config: Config, house: House, printer: Printer): Promise<Pull> {
  printer.line(`\n${colour('bold', heading)}`);
  const report = await runOnce(config, house, {
    now: 'all',
    onOutcome: (outcome) => printer.line(indented(outcomeLines(outcome, false))),
  });
  for (const defect of report.defects) printer.alarm(`  ${defect.sourceKey}: ${String(defect.error)}`);
  const { written, removed } = report.publication;
  printer.line(`  ${written.length} files written, ${removed.length} removed.`);
  return {
    sources: report.outcomes.length,
    newItems: report.outcomes.reduce((sum, { newItems }) => sum + newItems, 0),
    failing: report.outcomes.filter(({ kind }) => kind === 'failed').length,
    written: written.length,
    removed: removed.length,
  };
}

function indented(lines: string): string {
  return lines.replace(/^/gm, '  ');
}

interface Place {
  readonly folder: string;
  readonly url: string;
  readonly isServed: boolean;
}

async function tellWhereToLook(config: Config, running: RunningWorld, place: Place, printer: Printer): Promise<void> {
  const asked = running.requests();
  const conditional = asked.filter((one) => one.status === 304).length;
  printer.line(`\n${colour('bold', 'Where to look')}`);
  const [first] = config.sections;
  const at = (path: string): string =>
    place.isServed ? new URL(path, place.url).href : join(place.folder, 'site', path);
  printer.line(`  the sections     ${at('')}`);
  if (first !== undefined) {
    printer.line(`  ${first.title.padEnd(16)} ${at(`${first.id}/`)}`);
    printer.line(`  its RSS feed     ${at(`${first.id}/feed.xml`)}`);
  }
  printer.line(`  the sources      ${at('sources/')}`);
  printer.line(`  the settings     ${join(place.folder, 'sources.yaml')}`);
  printer.line(`  the database     ${join(place.folder, 'relais.db')}`);
  printer.line(
    `\n${asked.length} requests were made to ${running.partners.length} partners on this machine, ${conditional} answered “not modified”.`,
  );
  if (place.isServed) printer.line('Serving until you press Ctrl-C.');
}

function untilStopped(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
