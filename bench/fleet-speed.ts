/**
 * `npm run bench:fleet-speed [-- --sources 1000 --hosts 200]`: what `relais run` on a file takes for a first import and for as many
 * unchanged sources, and 1, 2 and 4 `relais work` on one PostgreSQL that waits for its disk; the world's own time is not counted.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSession, placeOf, type Session } from '../src/store/postgres-session.ts';
import { openBook, openWorkers } from '../test/fleet/workers.ts';
import { type FleetWorld, openFleetWorld } from '../test/fleet/world.ts';
import { openCluster } from '../test/postgres/cluster.ts';
import { cpuMsOf } from './process-time.ts';
import { measure } from './worlds.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '1000' },
    hosts: { type: 'string', default: '200' },
    workers: { type: 'string', default: '1,2,4' },
  },
});
const sources = Number(values.sources);
const itemsPerSource = 3;
const password = 'bench';

interface Row {
  readonly what: string;
  readonly phase: string;
  /** From the first request to the last. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of that, the database's. */
  readonly serverMs: number;
  readonly load: number;
}

/** @param since instant before anything was asked */
function asking(world: FleetWorld, since: number): number {
  return (world.lastRequest() ?? Number.NaN) - (world.firstSince(since) ?? Number.NaN);
}

async function onFile(world: FleetWorld): Promise<Row[]> {
  const fleet = openWorkers('', { ...world, refresh: '* * * * *' });
  const rows: Row[] = [];
  try {
    for (const phase of ['first import', 'unchanged']) {
      const since = Date.now();
      const args = ['--quiet', '--config', `${fleet.folder}/sources.yaml`, 'run', '--now'];
      const { cpuMs } = await measure('one-run.mjs', args);
      rows.push({
        what: 'file, `relais run`',
        phase,
        wallMs: asking(world, since),
        cpuMs,
        serverMs: 0,
        load: loadavg()[0] ?? 0,
      });
    }
  } finally {
    fleet.remove();
  }
  return rows;
}

async function onServer(world: FleetWorld, workers: number): Promise<Row[]> {
  const cluster = await openCluster(password, 'shared_buffers = 128MB\n');
  const address = `postgres://postgres:${password}@127.0.0.1:${cluster.port}/postgres`;
  const fleet = openWorkers(address, { ...world, refresh: '* * * * *' });
  const book = openBook(address);
  const session = openSession(placeOf(address), 'bench');
  const rows: Row[] = [];
  try {
    for (const phase of ['first import', 'unchanged']) {
      if (phase === 'unchanged') await book.makeDue();
      const since = Date.now();
      const before = cpuMsOf(cluster.pid());
      const processes = Array.from({ length: workers }, () => fleet.start());
      while (!((await book.isMade()) && (await isAsked(session, book.due)))) await sleep(500);
      const asked = Date.now();
      await session.say("delete from meta where name = 'run-ended'"); // or the next round would wait for its minute
      while (!(await isPublished(session, asked))) await sleep(500);
      const serverMs = cpuMsOf(cluster.pid()) - before;
      const cpuMs = processes.reduce((sum, { pid }) => sum + cpuMsOf(pid ?? 0), serverMs);
      rows.push({
        what: `PostgreSQL, ${workers} × \`relais work\``,
        phase,
        wallMs: asking(world, since),
        cpuMs,
        serverMs,
        load: loadavg()[0] ?? 0,
      });
      await fleet.stop();
    }
  } finally {
    await fleet.stop();
    await book.close();
    await session.close();
    cluster.remove();
    fleet.remove();
  }
  return rows;
}

async function isAsked(session: Session, due: () => Promise<number>): Promise<boolean> {
  const { rows } = await session.say('select count(*) as known from sources');
  return rows[0]?.known === sources && (await due()) === 0;
}

/** A round that began after that instant has ended: what was asked by then is published, and no later phase pays for it. */
async function isPublished(session: Session, since: number): Promise<boolean> {
  const { rows } = await session.say(
    `select from meta s join meta e on e.name = 'run-ended'
       where s.name = 'run-started' and s.value::bigint >= $1 and e.value::bigint >= s.value::bigint`,
    [since],
  );
  return rows.length > 0;
}

const world = await openFleetWorld({ sources, hosts: Number(values.hosts), answerMs: 10, items: itemsPerSource });
const rows: Row[] = [];
try {
  rows.push(...(await onFile(world)));
  for (const workers of values.workers.split(',')) rows.push(...(await onServer(world, Number(workers))));
} finally {
  await world.close();
}
const overlaps = world.overlaps();
console.log(
  `\n${sources} sources on ${values.hosts} hosts, ${sources * itemsPerSource} items; requests that met at a host: ${overlaps}; ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}\n`,
);
console.log('| where | phase | wall s | sources/s | CPU ms a source | of it PostgreSQL | CPU ÷ file | load |');
console.log('|---|---|---|---|---|---|---|---|');
for (const { what, phase, wallMs, cpuMs, serverMs, load } of rows) {
  const file = rows.find((row) => row.phase === phase)?.cpuMs ?? Number.NaN;
  const cells = [wallMs / 1_000, (sources * 1_000) / wallMs, cpuMs / sources, serverMs / sources, cpuMs / file, load];
  console.log(`| ${what} | ${phase} | ${cells.map((cell) => cell.toFixed(1)).join(' | ')} |`);
}
if (overlaps > 0) process.exitCode = 1;
