/**
 * `npm run bench:store-size [-- --stored 10000,1000000 --search 10000,100000]`: in a file and in PostgreSQL, what the store takes for
 * one item more, for looking up who shares its words, for a section's page and for a search, as the archive grows. Other processes' share
 * is counted: CPU is ours and the server's together.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchEntry, SearchLibrary } from '../src/search-library.ts';
import { openStore, type Storage } from '../src/storage.ts';
import { openPostgresSearch } from '../src/store/postgres-search.ts';
import { openSession, placeOf } from '../src/store/postgres-session.ts';
import { openSearchLibrary, searchName } from '../src/store/search.ts';
import { openDirectory } from '../src/stories/directory.ts';
import { settle } from '../src/stories/settle.ts';
import { openCluster } from '../test/postgres/cluster.ts';
import { item, source, url } from '../test/stories/builders.ts';
import { fillArchive, textFor } from './archives.ts';
import { cpuMsOf } from './process-time.ts';
import { plainGroups, recordItem } from './record-item.ts';

const { values } = parseArgs({
  options: {
    stored: { type: 'string', default: '10000,100000' },
    search: { type: 'string', default: '10000,100000' },
  },
});
const newItems = 300;
const turns = 50;
const storedWords = 60;
const pageSize = 25;
const now = Date.UTC(2026, 10, 20);
const sources = Array.from({ length: 50 }, (_, at) => source(`https://s${at}.example/feed`, { name: `Group ${at}` }));
const directory = openDirectory(sources, []);
const password = 'bench';

interface Kind {
  readonly name: string;
  readonly storage: Storage;
  /** CPU of others than this process, so far. */
  readonly othersMs: () => number;
  readonly openSearch: () => SearchLibrary;
  readonly bytes: () => Promise<number>;
}

interface Figures {
  /** Undefined where it cannot be told apart. */
  readonly cpuMs: number | undefined;
  readonly wallMs: number;
}

function middle(costs: readonly number[]): number {
  return [...costs].sort((a, b) => a - b)[costs.length >> 1] ?? Number.NaN;
}

/** @returns the mean of the CPU, since the server's is told in hundredths of a second only, and the median of the wall */
async function measured(
  kind: Kind,
  times: number,
  work: (at: number) => Promise<number | undefined>,
): Promise<Figures> {
  const walls: number[] = [];
  const before = process.cpuUsage();
  const others = kind.othersMs();
  for (let at = 0; at < times; at++) {
    const begun = performance.now();
    const part = await work(at);
    walls.push(part ?? performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: ((user + system) / 1_000 + kind.othersMs() - others) / times, wallMs: middle(walls) };
}

const lines: string[] = [];
function tell(kind: Kind, stored: number, what: string, { cpuMs, wallMs }: Figures): void {
  const cells = [kind.name, stored.toLocaleString('en'), what, cpuMs?.toFixed(2) ?? '', wallMs.toFixed(2)];
  lines.push(`| ${cells.join(' | ')} |`);
  console.error(lines.at(-1));
}

async function onStore(kind: Kind, stored: number): Promise<void> {
  await fillArchive(kind.storage, sources, { stored, until: now, words: storedWords });
  const bytes = await kind.bytes();
  const library = await openStore(kind.storage);
  try {
    const searched: number[] = [];
    const add = async (at: number): Promise<undefined> => {
      const from = sources[at % sources.length];
      if (from === undefined) throw new RangeError('no source');
      const link = url(`${from.url}/${at}`);
      // Each eighth is a repost.
      const html = `<p>${textFor(10_000_000 + (at % 8 === 7 ? at - 5 : at))}</p>`;
      const one = item(`n${at}`, { title: `Number ${at} of ours`, html, url: link, published: now + at * 1_000 });
      await recordItem(library, from, one, directory, now + at * 1_000, async (touched, shelf) => {
        const begun = performance.now();
        const plan = await settle(touched, shelf, plainGroups(directory));
        searched.push(performance.now() - begun);
        return plan;
      });
    };
    for (let at = 0; at < newItems; at++) await add(at);
    searched.length = 0;
    tell(kind, stored, 'one item more', await measured(kind, newItems, (at) => add(newItems + at)));
    tell(kind, stored, 'of it: look-up and decision', { cpuMs: undefined, wallMs: middle(searched) });
    const section = sources.slice(0, 1).map(({ key }) => key);
    const listed = await library.storiesOf(section);
    const page = listed.slice(0, pageSize).map(({ id }) => id);
    const list = async (): Promise<undefined> => void (await library.storiesOf(section));
    tell(kind, stored, `list of a section of ${listed.length.toLocaleString('en')}`, await measured(kind, 5, list));
    const read = async (): Promise<undefined> => void (await library.stories(page));
    tell(kind, stored, 'its first page', await measured(kind, turns, read));
    console.error(`${kind.name}: ${(bytes / stored / 1_000).toFixed(1)} kB an item`);
    lines.push(
      `| ${kind.name} | ${stored.toLocaleString('en')} | kB an item | ${(bytes / stored / 1_000).toFixed(1)} | |`,
    );
  } finally {
    await library.close();
  }
}

async function onSearch(kind: Kind, stored: number): Promise<void> {
  const search = kind.openSearch();
  try {
    const entry = (story: number): SearchEntry => ({
      story,
      uid: `s${story}`,
      published: now - (stored - story) * 300_000,
      sections: [`section${story % 20}`],
      heading: `Number ${story}`,
      group: 'Group',
      excerpt: 'An excerpt.',
      lang: 'en',
      dir: 'ltr',
      words: [...new Set(textFor(story, storedWords).split(' '))],
    });
    const atOnce = 500;
    const fill = async (at: number): Promise<undefined> =>
      void (await search.keep(
        Array.from({ length: atOnce }, (_, n) => entry(at * atOnce + n + 1)),
        [],
      ));
    const { cpuMs = Number.NaN, wallMs } = await measured(kind, stored / atOnce, fill);
    tell(kind, stored, 'one story into the search', { cpuMs: cpuMs / atOnce, wallMs: wallMs / atOnce });
    const asked = (words: readonly string[]): Promise<Figures> =>
      measured(kind, turns, async () => void (await search.find({ words, section: undefined, skip: 0, limit: 20 })));
    const rare = textFor(3, storedWords).split(' ').slice(0, 2);
    tell(kind, stored, 'search, a frequent word', await asked(textFor(1, 400).split(' ').slice(0, 1)));
    tell(kind, stored, 'search, two words', await asked(rare));
  } finally {
    await search.close();
  }
}

async function withKinds(work: (kind: Kind) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'relais-store-size-'));
  try {
    await work({
      name: 'file',
      storage: { folder, database: undefined },
      othersMs: () => 0,
      openSearch: () => openSearchLibrary(join(folder, searchName)),
      bytes: async () => statSync(join(folder, 'relais.db')).size,
    });
    const cluster = await openCluster(password, 'shared_buffers = 1GB\nmax_wal_size = 8GB\nsynchronous_commit = on\n');
    try {
      const address = `postgres://postgres:${password}@127.0.0.1:${cluster.port}/postgres`;
      await work({
        name: 'PostgreSQL',
        storage: { folder, database: address },
        othersMs: () => cpuMsOf(cluster.pid()),
        openSearch: () => openPostgresSearch(address),
        async bytes() {
          const session = openSession(placeOf(address), 'bench');
          const { rows } = await session.say('select pg_database_size(current_database()) as bytes');
          await session.close();
          return Number(rows[0]?.bytes);
        },
      });
    } finally {
      cluster.remove();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const stored of values.stored.split(',').map(Number)) await withKinds((kind) => onStore(kind, stored));
for (const stored of values.search.split(',').map(Number)) await withKinds((kind) => onSearch(kind, stored));
console.log(`\n${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0]?.toFixed(1)}\n`);
console.log('| store | items | what | CPU ms | wall ms |\n|---|---|---|---|---|');
console.log(lines.join('\n'));
