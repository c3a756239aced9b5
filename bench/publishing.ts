/**
 * `tsx bench/publishing.ts [--sources 680] [--sections 20]`: publishing an archive from scratch, nothing, and one item more: what
 * each costs and how many files it writes. The cost of asking the one source and of starting the program is in all three.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cost, countIn, measure, withWorld, writeSettings } from './worlds.ts';

const { values } = parseArgs({
  options: { sources: { type: 'string', default: '680' }, sections: { type: 'string', default: '20' } },
});
const settings = { sources: Number(values.sources), sections: Number(values.sections), parallel: 32 };
const folder = mkdtempSync(join(tmpdir(), 'relais-bench-'));

/** Path → what changes when it is written. */
function filesOf(): ReadonlyMap<string, string> {
  const site = join(folder, 'data', 'site');
  const paths = readdirSync(site, { recursive: true, encoding: 'utf8' });
  return new Map(
    paths.flatMap((path) => {
      const stats = statSync(join(site, path));
      return stats.isFile() ? [[path, `${stats.ino} ${stats.mtimeMs}`] as const] : [];
    }),
  );
}

const count = (table: string): number => countIn(join(folder, 'data', 'relais.db'), table);

interface Row {
  readonly what: string;
  readonly cost: Cost;
  readonly written: number;
  readonly all: number;
}

async function publish(what: string, args: readonly string[]): Promise<Row> {
  const before = what === 'import' ? new Map<string, string>() : filesOf();
  const cost = await measure('one-run.mjs', args);
  const after = filesOf();
  const written = [...after].filter(([path, stamp]) => before.get(path) !== stamp).map(([path]) => path);
  if (what.startsWith('one')) console.log(`\nwritten for one new item: ${written.sort().join(' ')}\n`);
  return { what, cost, written: written.length, all: after.size };
}

try {
  await withWorld('yes', async (world) => {
    const args = ['--quiet', '--config', writeSettings(folder, world.port, settings), 'run'];
    const rows: Row[] = [await publish('import', [...args, '--now'])];
    rows.push(await publish('nothing new', args));
    writeSettings(folder, world.port, { ...settings, title: 'Everything anew' });
    rows.push(await publish('all anew, nothing asked', args));
    await world.addItem(7);
    rows.push(await publish('one new item, its source asked alone', [...args, '--now', 'Group 7']));
    console.log(`${count('items')} items, ${count('stories')} stories, ${settings.sections} sections\n`);
    console.log('| publication | CPU s | wall s | peak MB | files written | of |');
    console.log('|---|---|---|---|---|---|');
    for (const { what, cost, written, all } of rows) {
      const figures = [cost.cpuMs / 1_000, cost.wallMs / 1_000, cost.peakMb].map((figure) => figure.toFixed(2));
      console.log(`| ${what} | ${figures.join(' | ')} | ${written} | ${all} |`);
    }
  });
} finally {
  rmSync(folder, { recursive: true });
}
