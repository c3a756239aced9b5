/**
 * `npm run bench -- [--sources 1000]`: what a first and an unchanged refresh cost, publication and all, beside a bare
 * node:http client in the same run. Machines are noisy: trust CPU seconds and ratios, not the wall; what is short is
 * measured several times, ours and the yardstick in turn, and the median is printed. Then what reading costs, how well reposts are
 * recognised, what publishing and serving cost, and what recognising costs with 10,000 and with 1,000,000 items stored: a quarter of an
 * hour in all.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Sqlite } from '../src/store/database.ts';
import { hasCluster } from '../test/postgres/cluster.ts';
import { type Cost, countIn, here, measure, withWorld, writeSettings } from './worlds.ts';

const { values } = parseArgs({
  options: { sources: { type: 'string', default: '200' }, parallel: { type: 'string', default: '32' } },
});
const sources = Number(values.sources);
const parallel = Number(values.parallel);
const itemsPerFeed = 20;
/** Of a phase that takes a second. */
const turns = 7;

function median(costs: readonly Cost[]): Cost {
  const middle = (of: keyof Cost): number =>
    costs.map((cost) => cost[of]).sort((a, b) => a - b)[costs.length >> 1] ?? 0;
  return {
    exitCode: middle('exitCode'),
    wallMs: middle('wallMs'),
    cpuMs: middle('cpuMs'),
    peakMb: middle('peakMb'),
  };
}

const stored = (folder: string): number => countIn(join(folder, 'data', 'relais.db'), 'items');

function writeAsks(folder: string, file: string): void {
  const db = new Sqlite(join(folder, 'data', 'relais.db'), { readonly: true });
  const rows = db.prepare("select 'http://' || key as url, etag from sources").all();
  db.close();
  writeFileSync(file, JSON.stringify(rows));
}

const rows: { phase: string; cost: Cost }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'relais-bench-'));
try {
  await withWorld('yes', async ({ port }) => {
    const args = ['--quiet', '--config', writeSettings(folder, port, { sources, parallel }), 'run', '--now'];
    rows.push({ phase: 'first refresh', cost: await measure('one-run.mjs', args) });
    if (stored(folder) !== sources * itemsPerFeed)
      throw new Error(`${stored(folder)} items are stored, ${sources * itemsPerFeed} were served`);
    writeAsks(folder, join(folder, 'asks.json'));
    const ours: Cost[] = [];
    const bares: Cost[] = [];
    for (let turn = 0; turn < turns; turn++) {
      ours.push(await measure('one-run.mjs', args));
      bares.push(await measure('bare.mjs', [join(folder, 'asks.json'), values.parallel]));
    }
    rows.push({ phase: 'unchanged, 304', cost: median(ours) }, { phase: 'bare node:http, 304', cost: median(bares) });
  });
  const other = mkdtempSync(join(tmpdir(), 'relais-bench-'));
  await withWorld('no', async ({ port }) => {
    const args = ['--quiet', '--config', writeSettings(other, port, { sources, parallel }), 'run', '--now'];
    await measure('one-run.mjs', args);
    const costs: Cost[] = [];
    for (let turn = 0; turn < turns; turn++) costs.push(await measure('one-run.mjs', args));
    rows.push({ phase: 'unchanged, no validators', cost: median(costs) });
  });
  rmSync(other, { recursive: true });
} finally {
  rmSync(folder, { recursive: true });
}

const bare = rows.find((row) => row.phase.startsWith('bare'))?.cost.cpuMs ?? Number.NaN;
console.log(
  `\n${sources} sources, ${sources * itemsPerFeed} items; ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
);
console.log('| phase | CPU s | wall s | peak MB | CPU ms a source | CPU ms an item | CPU ÷ bare client |');
console.log('|---|---|---|---|---|---|---|');
for (const { phase, cost } of rows) {
  const cells = [
    cost.cpuMs / 1_000,
    cost.wallMs / 1_000,
    cost.peakMb,
    cost.cpuMs / sources,
    cost.cpuMs / (sources * itemsPerFeed),
    cost.cpuMs / bare,
  ];
  console.log(`| ${phase} | ${cells.map((cell) => cell.toFixed(2)).join(' | ')} |`);
}

/** Each a command of its own as well, and a process of its own: none inherits another's heap. */
const further = [
  [here('built.mjs'), here('reading.ts')],
  ['--import', 'tsx', here('readers.ts')],
  ['--import', 'tsx', here('stories.ts')],
  ['--import', 'tsx', here('publishing.ts')],
  ['--import', 'tsx', here('serving.ts')],
  [here('built.mjs'), here('story-cost.ts')],
  ...(hasCluster ? [[here('built.mjs'), here('store-size.ts')]] : []),
];
for (const command of further) {
  if (spawnSync(process.execPath, command, { stdio: 'inherit' }).status !== 0) process.exitCode = 2;
}
