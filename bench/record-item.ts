/** One item of a source to its place in a library, as after a visit. */
import type { Library } from '../src/library.ts';
import type { Item, Source } from '../src/model.ts';
import type { Reading } from '../src/refresh-plan.ts';
import type { Directory } from '../src/stories/directory.ts';
import { lookupFor, planRefresh } from '../src/stories/plan.ts';
import type { Groups } from '../src/stories/settle.ts';
import { signalsOf } from '../src/stories/signals.ts';
import type { Settle } from '../src/story-plan.ts';
import { memoryOf } from '../test/source-memory.ts';

/** Of whom nothing is known but who they are. */
export function plainGroups(directory: Directory): Groups {
  return { directory, isOpen: () => false, keepsReposts: () => false, nameOf: (key) => key };
}

export async function recordItem(
  library: Library,
  from: Source,
  item: Item,
  directory: Directory,
  now: number,
  settle: Settle,
): Promise<void> {
  const items = [{ item, signals: signalsOf(item, from, undefined, directory) }];
  const reading: Reading = { kind: 'read', entries: 1, items, rekeyed: new Map(), deleted: [], problems: [] };
  const memory = memoryOf(from.key, { title: from.name, lastTried: now });
  const input = { source: from, before: memory, after: memory, reading, news: [], rhythmOf: () => undefined, now };
  await library.record(lookupFor(from, reading), (known) => planRefresh(input, known), settle);
}
