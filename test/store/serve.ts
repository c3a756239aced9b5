/** A source serves items, the plan is made, and a library carries it out. */
import type { Library } from '../../src/library.ts';
import type { Item, News, Outcome, Source } from '../../src/model.ts';
import type { Reading } from '../../src/refresh-plan.ts';
import { openDirectory } from '../../src/stories/directory.ts';
import { lookupFor, planRefresh } from '../../src/stories/plan.ts';
import { signalsOf } from '../../src/stories/signals.ts';
import { memoryOf, noon, settleAmong } from './open.ts';

export interface ServeOptions extends Partial<Pick<Reading, 'deleted' | 'rekeyed' | 'kind'>> {
  readonly at?: number;
  readonly sources: readonly Source[];
  readonly news?: readonly News[];
}

export async function serve(
  library: Library,
  from: Source,
  items: readonly Item[],
  options: ServeOptions,
): Promise<Outcome> {
  const directory = openDirectory(options.sources, []);
  const reading: Reading = {
    kind: options.kind ?? 'read',
    entries: items.length,
    rekeyed: options.rekeyed ?? new Map(),
    deleted: options.deleted ?? [],
    problems: [],
    items: items.map((one) => ({ item: one, signals: signalsOf(one, from, undefined, directory) })),
  };
  const at = options.at ?? noon;
  const after = memoryOf(from.key, { title: from.name, lastTried: at });
  const news = options.news ?? [];
  const input = { source: from, before: after, after, reading, news, rhythmOf: () => undefined, now: at };
  return await library.record(
    lookupFor(from, reading),
    (known) => planRefresh(input, known),
    settleAmong(options.sources),
  );
}
