/**
 * `npm run bench:story-cost [-- --stored 10000,1000000 --seed 1]`: what finding the story of one new item costs (fingerprints,
 * look-ups, decision and its writing, without the commit) in an archive of so many items, and how large the index is. Archives are
 * made of fingerprints that are nobody's words, but for the texts that the new items repost; each item of the archive has as many
 * as a text of 390 words.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRoom, runLightly } from '../src/heap.ts';
import { openStore } from '../src/storage.ts';
import { Sqlite } from '../src/store/database.ts';
import { openDirectory } from '../src/stories/directory.ts';
import { printsOf } from '../src/stories/prints.ts';
import { settle } from '../src/stories/settle.ts';
import { item, source, url } from '../test/stories/builders.ts';
import { fillArchive, textFor } from './archives.ts';
import { plainGroups, recordItem } from './record-item.ts';

const { values } = parseArgs({
  options: { stored: { type: 'string', default: '10000,1000000' }, seed: { type: 'string', default: '1' } },
});
// As a run that has found work.
runLightly();
makeRoom();

const newItems = 1_000;
const now = Date.UTC(2026, 10, 20);
const sources = Array.from({ length: 50 }, (_, at) => source(`https://s${at}.example/feed`, { name: `Group ${at}` }));
const directory = openDirectory(sources, []);
const textOf = (number: number): string => textFor(number + Number(values.seed) * 1_000_003);

/** One source says so many times what stands under its texts. */
const footers = sources.map((_, at) => textOf(900_000 + at).slice(0, 400));

interface Measured {
  readonly stored: number;
  readonly median: number;
  readonly high: number;
  readonly third: number;
  readonly fingerprint: number;
}

async function measure(stored: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-story-cost-'));
  try {
    await fillArchive({ folder, database: undefined }, sources, { stored, until: now, words: 0 });
    const library = await openStore({ folder, database: undefined });
    const costs: number[] = [];
    for (let at = 0; at < newItems; at++) {
      const from = sources[at % sources.length];
      if (from === undefined) throw new RangeError('no source');
      // Each eighth is a repost of one that came a while before, under another's footer.
      const text = `${textOf(at % 8 === 7 ? at - 5 : at)} ${footers[at % sources.length]}`;
      const one = item(`n${at}`, {
        title: `Number ${at} of ours`,
        html: `<p>${text}</p>`,
        url: url(`${from.url}/${at}`),
        published: now + at * 1_000,
      });
      await recordItem(library, from, one, directory, now + at * 1_000, async (touched, shelf) => {
        const before = process.cpuUsage();
        const plan = await settle(touched, shelf, plainGroups(directory));
        const { user, system } = process.cpuUsage(before);
        costs.push((user + system) / 1_000);
        return plan;
      });
    }
    await library.close();
    // By then each source has written three times: what stands under its texts is known, as it is in an archive.
    const warm = costs.slice(3 * sources.length).sort((a, b) => a - b);
    const third = costs.slice(2 * sources.length, 3 * sources.length).sort((a, b) => a - b);
    const texts = Array.from({ length: 1_000 }, (_, at) => textOf(at));
    for (const text of texts) printsOf(text);
    const start = process.cpuUsage();
    for (const text of texts) printsOf(text);
    const { user, system } = process.cpuUsage(start);
    return {
      stored,
      median: warm[warm.length >> 1] ?? 0,
      high: warm[Math.floor(warm.length * 0.99)] ?? 0,
      third: third[third.length >> 1] ?? 0,
      fingerprint: (user + system) / 1_000 / texts.length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bytes of the index an item, in an archive that grew item by item. */
async function measureIndex(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-story-index-'));
  try {
    const library = await openStore({ folder, database: undefined });
    const grown = 4_000;
    for (let at = 0; at < grown; at++) {
      const from = sources[at % sources.length];
      if (from === undefined) throw new RangeError('no source');
      const one = item(`n${at}`, { title: `Number ${at} of ours`, html: `<p>${textOf(at)}</p>`, published: now });
      await recordItem(library, from, one, directory, now, (touched, shelf) =>
        settle(touched, shelf, plainGroups(directory)),
      );
    }
    await library.close();
    const sqlite = new Sqlite(join(folder, 'relais.db'));
    const bytes = sqlite
      .prepare(
        "select sum(pgsize) from dbstat where name in ('imprints', 'fresh_imprints', 'print_segments', 'print_postings', 'print_filters', 'relations', 'relations_by_other', 'stopped_prints')",
      )
      .pluck()
      .get() as number;
    sqlite.close();
    return bytes / grown;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

console.log(
  '\n| items stored | median, CPU ms | 99th of 100 | third text of a source, footers learned | fingerprints alone |\n|---|---|---|---|---|',
);
const rows: Measured[] = [];
for (const stored of values.stored.split(',').map(Number)) {
  const row = await measure(stored);
  rows.push(row);
  console.log(
    `| ${row.stored.toLocaleString('en')} | ${row.median.toFixed(2)} | ${row.high.toFixed(2)} | ${row.third.toFixed(2)} | ${row.fingerprint.toFixed(3)} |`,
  );
}
const [first, last] = [rows[0], rows.at(-1)];
if (first !== undefined && last !== undefined && first !== last)
  console.log(
    `\n${(last.median / first.median).toFixed(2)} times as much with ${last.stored / first.stored} times as many`,
  );
console.log(`index: ${((await measureIndex()) / 1_000).toFixed(2)} KB an item of 390 words`);
