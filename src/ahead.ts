/**
 * Items whose sources want what is dated ahead to wait: let in when their time has come, as if they had just been read. A
 * source that is held, stopped or paused by then lets in nothing, and neither does one that has left sources.yaml.
 */
import type { Config, Instant, Outcome, Source } from './model.ts';
import { openDesk, type PassReport } from './pass.ts';
import { type Desk, type Edges, letIn } from './pipeline.ts';
import { Halt } from './problems.ts';
import type { ReadItem } from './refresh-plan.ts';

/**
 * Lets in what may be seen by now.
 * @returns what it came to, by source, and our own bugs
 * @throws Halt when the store cannot be used
 */
export async function letInDue(
  config: Config,
  edges: Pick<Edges, 'clock' | 'library'>,
): Promise<Pick<PassReport, 'outcomes' | 'defects'>> {
  const { clock, library } = edges;
  const now = clock.now();
  const outcomes: Outcome[] = [];
  const defects: { sourceKey: string; error: unknown }[] = [];
  const due = await library.itemsDue(now, config.sources);
  if (due.size === 0) return { outcomes, defects };
  const desk = await openDesk(config, library);
  for (const source of config.sources) {
    const items = due.get(source.key);
    if (items === undefined || isAway(source, desk)) continue;
    try {
      const read = items.map((one) => inTime(one, now));
      outcomes.push(await letIn(read, source, desk, edges));
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

/** Where the source does not wait any more, its time has not come, and it is listed under now like any other. */
function inTime({ item, signals }: ReadItem, now: Instant): ReadItem {
  return { item: { ...item, published: Math.min(item.published ?? now, now) }, signals };
}
