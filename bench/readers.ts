/**
 * `tsx bench/readers.ts [--sources 200]`: a first and an unchanged refresh beside newsboat and a loop over python3-feedparser, where they
 * are installed, on the same feeds in one run. They keep items; ours recognises reposts, publishes a site and fills a search index.
 * Entries that are stored are counted for each: what was served is what must be there.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endedChildrenMs } from './process-time.ts';
import { addressOf } from './world.ts';
import { countIn, here, withWorld, writeSettings } from './worlds.ts';

const { values } = parseArgs({ options: { sources: { type: 'string', default: '200' } } });
const sources = Number(values.sources);
const itemsPerFeed = 20;
/** Beside our own. Debian's has feedparser; another may stand before it on the path. */
const python = '/usr/bin/python3';

interface Reader {
  readonly name: string;
  readonly isThere: boolean;
  readonly command: readonly [string, ...string[]];
  readonly count: () => number;
  /** Refreshes before it sends validators. */
  readonly warmUps: number;
}

function readersIn(folder: string, port: number): Reader[] {
  const urls = join(folder, 'urls');
  writeFileSync(urls, Array.from({ length: sources }, (_, at) => `${addressOf(at, port)}/feed\n`).join(''));
  const newsboat = join(folder, 'newsboat');
  const rules = join(folder, 'newsboat-rules');
  writeFileSync(rules, 'reload-threads 8\nmax-items 0\nauto-reload no\nrefresh-on-startup no\ncleanup-on-quit no\n');
  const loop = join(folder, 'loop.db');
  mkdirSync(join(folder, 'relais'));
  const settings = writeSettings(join(folder, 'relais'), port, { sources, parallel: 32 });
  const own = join(folder, 'relais', 'data', 'relais.db');
  const isPythonThere = spawnSync(python, ['-c', 'import feedparser']).status === 0;
  return [
    {
      name: 'ours',
      isThere: true,
      command: [process.execPath, here('../bin/relais.js'), '--quiet', '--config', settings, 'run', '--now'],
      count: () => countIn(own, 'items'),
      warmUps: 0,
    },
    {
      name: 'newsboat',
      isThere: spawnSync('newsboat', ['--version']).status === 0,
      command: ['newsboat', '-q', '-C', rules, '-u', urls, '-c', newsboat, '-x', 'reload'],
      count: () => countIn(newsboat, 'rss_item'),
      warmUps: 1,
    },
    {
      name: 'python3-feedparser',
      isThere: isPythonThere,
      command: [python, here('feedparser-loop.py'), urls, loop],
      count: () => countIn(loop, 'item'),
      warmUps: 0,
    },
  ];
}

interface Row {
  readonly name: string;
  readonly first: number;
  readonly unchanged: number;
}

function run({ name, command: [program, ...args] }: Reader): number {
  const before = endedChildrenMs();
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return endedChildrenMs() - before;
}

const folder = mkdtempSync(join(tmpdir(), 'relais-readers-'));
const rows: Row[] = [];
const missing: string[] = [];
try {
  await withWorld('yes', async ({ port }) => {
    for (const reader of readersIn(folder, port)) {
      if (!reader.isThere) {
        missing.push(reader.name);
        continue;
      }
      const first = run(reader);
      const stored = reader.count();
      if (stored !== sources * itemsPerFeed) throw new Error(`${reader.name} has stored ${stored} items`);
      for (let at = 0; at < reader.warmUps; at++) run(reader);
      rows.push({ name: reader.name, first, unchanged: run(reader) });
    }
  });
} finally {
  rmSync(folder, { recursive: true });
}
console.log(
  `\n${sources} sources, ${sources * itemsPerFeed} items; ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0]?.toFixed(1)}\n`,
);
console.log('| reader | first import, CPU s | unchanged, CPU s | ours ÷ it, first | ours ÷ it, unchanged |');
console.log('|---|---|---|---|---|');
const [ours] = rows;
for (const { name, first, unchanged } of rows) {
  const ratios = [(ours?.first ?? 0) / first, (ours?.unchanged ?? 0) / unchanged];
  const cells = [first / 1_000, unchanged / 1_000, ...ratios].map((figure) => figure.toFixed(2));
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
if (missing.length > 0) console.log(`\nNot installed here: ${missing.join(', ')}`);
