/** `relais status`: every source at a glance — does it answer, since when not and why, what is held, when it is asked next. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Instant, Source, SourceMemory } from '../model.ts';
import { terminalLine } from '../text/safe.ts';
import { openStore } from '../wire.ts';
import { colour, column, type Printer } from './print.ts';
import { type CommonOptions, dataFolder, exitCodes, readSettings } from './settings.ts';

interface SourceStatus {
  readonly name: string;
  readonly url: string;
  readonly feedUrl: string | undefined;
  readonly sections: readonly string[];
  readonly state: 'ok' | 'waiting' | 'failing' | 'gone' | 'paused' | 'never asked';
  readonly items: number;
  readonly newestItem: string | undefined;
  readonly lastSuccess: string | undefined;
  readonly failingSince: string | undefined;
  readonly failures: number;
  readonly problem: string | undefined;
  readonly todo: string | undefined;
  readonly nextDue: string | undefined;
}

export async function status(options: CommonOptions, printer: Printer): Promise<number> {
  const config = await readSettings(options, printer);
  if (config === undefined) return exitCodes.usage;
  const rows = await readStatus(config, dataFolder(options));
  if (options.json === true) printer.json({ sources: rows });
  else printTable(rows, printer);
  return exitCodes.done;
}

/** Looking makes no database: before the first run every source was simply never asked. */
async function readStatus(config: Config, folder: string): Promise<SourceStatus[]> {
  if (!existsSync(join(folder, 'relais.db'))) return statusRows(config, new Map(), new Map());
  const library = await openStore(folder);
  try {
    return statusRows(config, await library.memories(), await library.itemCounts());
  } finally {
    await library.close();
  }
}

type Counts = ReadonlyMap<string, { readonly items: number; readonly newest: Instant }>;

function statusRows(config: Config, memories: ReadonlyMap<string, SourceMemory>, counts: Counts): SourceStatus[] {
  return config.sources.map((source) => {
    const memory = memories.get(source.key);
    const count = counts.get(source.key);
    return {
      name: source.name ?? memory?.title ?? source.key,
      url: source.key.includes('${') ? source.key : source.url,
      feedUrl: source.key.includes('${') ? undefined : memory?.feedUrl,
      sections: source.sections,
      state: stateOf(source, memory),
      items: count?.items ?? 0,
      newestItem: count === undefined ? undefined : iso(count.newest),
      lastSuccess: iso(memory?.lastSuccess),
      failingSince: iso(memory?.failingSince),
      failures: memory?.failures ?? 0,
      problem: source.paused ?? memory?.problem?.happened,
      todo: memory?.problem?.todo,
      nextDue: memory?.isGone === true || source.paused !== undefined ? undefined : iso(memory?.nextDue),
    };
  });
}

function stateOf(source: Source, memory: SourceMemory | undefined): SourceStatus['state'] {
  if (source.paused !== undefined) return 'paused';
  if (memory?.lastTried === undefined) return 'never asked';
  if (memory.isGone) return 'gone';
  if (memory.failures > 0) return 'failing';
  return memory.problem?.code === 'fetch/told-to-wait' ? 'waiting' : 'ok';
}

function iso(instant: Instant | undefined): string | undefined {
  return instant === undefined || instant === 0
    ? undefined
    : new Date(instant).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
}

const colours = {
  ok: 'green',
  waiting: 'yellow',
  failing: 'red',
  gone: 'red',
  paused: 'dim',
  'never asked': 'dim',
} as const;

function printTable(rows: readonly SourceStatus[], printer: Printer): void {
  printer.line(
    colour(
      'bold',
      `${column('SOURCE')} ${'STATE'.padEnd(12)} ${'ITEMS'.padStart(5)}  ${'NEWEST'.padEnd(17)}  NEXT DUE`,
    ),
  );
  for (const row of rows) {
    const state = colour(colours[row.state], row.state.padEnd(12));
    printer.line(
      `${column(row.name)} ${state} ${String(row.items).padStart(5)}  ${(row.newestItem ?? '–').padEnd(17)}  ${row.nextDue ?? '–'}`,
    );
    if (row.problem === undefined) continue;
    const since =
      row.failingSince === undefined
        ? ''
        : `since ${row.failingSince} (${row.failures} ${row.failures === 1 ? 'try' : 'tries'}): `;
    printer.line(`    ${since}${terminalLine(row.problem)}`);
    if (row.todo !== undefined && row.todo !== '') printer.line(`    ${terminalLine(row.todo)}`);
  }
  const failing = rows.filter((row) => row.state === 'failing' || row.state === 'gone').length;
  printer.line(`\n${rows.length} sources, ${failing === 0 ? 'none failing' : `${failing} failing`}.`);
}
