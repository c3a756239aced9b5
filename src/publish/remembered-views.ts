/** Views of stories that have just been made: a story stands on several pages, and in feeds of its section and of its source. */
import type { StoryView } from './views.ts';

/** Some twenty megabytes of the longest texts that are usual; those asked for longest ago go first. */
const mostViews = 2_000;

/**
 * @param read views of stories, by their ids; without those that are no more
 * @returns them in the order of the ids, for as long as nothing changes
 */
export function rememberingViews(
  read: (ids: readonly number[]) => Promise<ReadonlyMap<number, StoryView>>,
): (ids: readonly number[]) => Promise<readonly StoryView[]> {
  const known = new Map<number, StoryView>();
  return async (ids) => {
    const made = await read(ids.filter((id) => !known.has(id)));
    const views = ids.map((id) => [id, known.get(id) ?? made.get(id)] as const);
    for (const [id, view] of views) {
      known.delete(id);
      if (view !== undefined) known.set(id, view);
    }
    for (const id of known.keys()) {
      if (known.size <= mostViews) break;
      known.delete(id);
    }
    return views.flatMap(([, view]) => view ?? []);
  };
}
