/**
 * Items whose sources want what is dated ahead to wait: let in when their time has come, as if they had just been read. A
 * source that is held, stopped or paused by then lets in nothing, and neither does one that has left sources.yaml.
 */
import type { Library } from './edges.ts';
import { rhythmOf } from './fetch/due.ts';
import type { Config, Instant, Outcome, Source } from './model.ts';
import { openDesk, type PassReport } from './pass.ts';
import type { Desk } from './pipeline.ts';
import { Halt } from './problems.ts';
import type { ReadItem, Reading } from './refresh-plan.ts';
import { lookupFor, planRefresh } from './stories/plan.ts';

interface Edges {
  readonly clock: { now(): Instant };
  readonly library: Library;
}

/**
 * Lets in what may be seen by now.
 * @returns what it came to, by source, and our own bugs
 * @throws Halt when the store cannot be used
 */
export async function letInDue(
  config: Config,
  { clock, library }: Edges,
): Promise<Pick<PassReport, 'outcomes' | 'defects'>> {
  const now = clock.now();
  const outcomes: Outcome[] = [];
  const defects: { sourceKey: string; error: unknown }[] = [];
  const due = await library.itemsDue(now, config.sources);
  if (due.size === 0) return { outcomes, defects };
  const desk = openDesk(config, await library.memories());
  for (const source of config.sources) {
    const items = due.get(source.key);
    if (items === undefined || isAway(source, desk)) continue;
    try {
      outcomes.push(await letIn(items, source, desk, { now, library }));
    } catch (error) {
      if (error instanceof Halt) throw error;
      defects.push({ sourceKey: source.key, error });
    }
  }
  return { outcomes, defects };
}

function isAway({ key, paused }: Source, desk: Desk): boolean {
  const { held, stoppedSince } = desk.memory(key);
  return paused !== undefined || held !== undefined || stoppedSince !== undefined;
}

async function letIn(
  items: readonly ReadItem[],
  source: Source,
  desk: Desk,
  { now, library }: { readonly now: Instant; readonly library: Library },
): Promise<Outcome> {
  const memory = desk.memory(source.key);
  // Where the source does not wait any more, its time has not come, and it is listed under now like any other.
  const inTime = items.map(({ item, signals }) => ({
    item: { ...item, published: Math.min(item.published ?? now, now) },
    signals,
  }));
  const none = { rekeyed: new Map(), deleted: [], problems: [] };
  const reading: Reading = { kind: 'read', entries: items.length, items: inTime, ...none };
  return await library.record(lookupFor(source, reading), (known) =>
    planRefresh(
      { source, before: memory, after: memory, reading, directory: desk.directory, news: [], rhythmOf, now },
      known,
    ),
  );
}
