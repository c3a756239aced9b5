/**
 * `npm run bench:reading [-- FOLDER]`, and the end of `npm run bench`: what it costs to make items of documents (bytes decoded, parsed, cleaned, made text, told
 * by language, fingerprinted), beside bare `rss-parser` and `sanitize-html` on the same documents, in turns in one process, bundled as
 * the program is (built.mjs). Of the generated world, or of the feeds in a folder; what `rss-parser` cannot read is left out of both.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import RssParser from 'rss-parser';
import sanitize from 'sanitize-html';
import { readConfig } from '../src/config/read.ts';
import type { Item } from '../src/model.ts';
import { decode } from '../src/parse/decode.ts';
import { openSteps } from '../src/reader/steps.ts';
import { openDirectory } from '../src/stories/directory.ts';
import { imprintOf } from '../src/stories/imprint.ts';
import { printsOf } from '../src/stories/prints.ts';
import { signalsOf } from '../src/stories/signals.ts';
import { feedXml } from './world.ts';

const turns = 9;
const worldFeeds = 60;
const url = 'https://bench.example/feed';

function bodiesIn(folder: string | undefined): readonly Buffer[] {
  if (folder === undefined) return Array.from({ length: worldFeeds }, (_, feed) => Buffer.from(feedXml(feed, 80)));
  const names = readdirSync(folder).filter((name) => /\.(rss|atom|rdf|xml)$/.test(name));
  return names.map((name) => readFileSync(join(folder, name)));
}

const read = readConfig(`sections: { bench: [ { url: "${url}", name: Bench } ] }`, 'sources.yaml', () => undefined);
if (read.kind !== 'config') throw new Error('the settings of the bench are wrong');
const { sources } = read.config;
const directory = openDirectory(sources, []);
const [source] = sources;
if (source === undefined) throw new Error('there is no source');
const now = Date.now();
const noHints = { page: undefined, areGuidsShared: false };

interface Made {
  readonly items: readonly Item[];
  readonly home: string | undefined;
}

async function makeItems(body: Uint8Array): Promise<Made> {
  const steps = openSteps();
  const document = await steps.read({ body, contentType: undefined, url }, noHints, undefined);
  if (document.kind !== 'feed') return { items: [], home: undefined };
  const context = { source: { name: 'Bench', lang: undefined, hosts: [], tags: [], future: 'show' as const }, now };
  const made = await steps.normalise(
    document.names.map(({ guid }) => guid),
    context,
  );
  if (made.kind === 'failed') return { items: [], home: undefined };
  for (const { text } of made.items) printsOf(text);
  return { items: made.items, home: document.feed.home };
}

/** What stories are decided by beside fingerprints: credits, keys, days, recordings and names. */
function readFurther({ items, home }: Made): void {
  for (const item of items) {
    signalsOf(item, source as NonNullable<typeof source>, home, directory);
    imprintOf(item);
  }
}

/** As its documentation says, with the content that WordPress and Atom put elsewhere. */
const parser = new RssParser({ customFields: { item: ['content:encoded', 'summary'] } });

async function parseBare(text: string): Promise<readonly string[]> {
  const { items } = await parser.parseString(text);
  return items.map((item) => String(item['content:encoded'] ?? item.content ?? item.summary ?? ''));
}

async function cpuMs(task: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Measures, and prints a table. @param folder of feeds; undefined for those of the generated world */
async function measureReading(folder: string | undefined): Promise<void> {
  const all = bodiesIn(folder);
  const documents: { readonly body: Buffer; readonly text: string; readonly contents: readonly string[] }[] = [];
  for (const body of all) {
    const { text } = await decode(body, undefined);
    const contents = await parseBare(text).catch(() => undefined);
    if (contents !== undefined) documents.push({ body, text, contents });
  }
  const costs = { ours: [] as number[], further: [] as number[], parser: [] as number[], sanitizer: [] as number[] };
  let items = 0;
  for (let turn = 0; turn <= turns; turn++) {
    const made: Made[] = [];
    const ours = await cpuMs(async () => {
      for (const { body } of documents) made.push(await makeItems(body));
    });
    items = made.reduce((sum, one) => sum + one.items.length, 0);
    const further = await cpuMs(async () => made.forEach(readFurther));
    const parsing = await cpuMs(async () => {
      for (const { text } of documents) await parseBare(text);
    });
    const cleaning = await cpuMs(async () => {
      for (const { contents } of documents) for (const html of contents) sanitize(html);
    });
    if (turn === 0) continue; // to warm up
    costs.ours.push(ours);
    costs.further.push(further);
    costs.parser.push(parsing);
    costs.sanitizer.push(cleaning);
  }
  const megabytes = documents.reduce((sum, { body }) => sum + body.length, 0) / 1e6;
  const bare = median(costs.parser) + median(costs.sanitizer);
  console.log(
    `\n${documents.length} of ${all.length} documents, ${megabytes.toFixed(1)} MB, ${items} items; Node ${process.version}\n`,
  );
  console.log('| medians | CPU ms | CPU ms a MB | CPU ms an item | ÷ the two together |\n|---|---|---|---|---|');
  for (const [name, ms] of [
    ['from bytes to fingerprints', median(costs.ours)],
    ['and what else stories are decided by', median(costs.further)],
    ['rss-parser alone', median(costs.parser)],
    ['sanitize-html alone', median(costs.sanitizer)],
    ['the two together', bare],
  ] as const) {
    const cells = [ms.toFixed(0), (ms / megabytes).toFixed(1), (ms / items).toFixed(3), (ms / bare).toFixed(2)];
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
}

await measureReading(process.argv[2]);
