/** Views of stories that have just been made: a story stands on several pages, and in feeds of its section and of its source. */
import type { StoryView } from './views.ts';

/** Characters of all that are kept; those asked for longest ago go first. */
const mostKept = 2_000_000;
/** Beside its texts. */
const viewRoom = 2_000;
/** A book is not kept for the sake of a hundred others. */
const mostOfOne = 200_000;

type ReadViews = (ids: readonly number[]) => Promise<readonly StoryView[]>;

/**
 * @param read views of stories; without those that are no more
 * @returns them in the order of the ids, for as long as nothing changes
 */
export function rememberingViews(read: ReadViews): ReadViews {
  const known = new Map<number, StoryView>();
  let kept = 0;
  const forget = (id: number): void => {
    const view = known.get(id);
    if (known.delete(id) && view !== undefined) kept -= roomOf(view);
  };
  return async (ids) => {
    const missing = ids.filter((id) => !known.has(id));
    const made = missing.length === 0 ? [] : await read(missing);
    const byId = new Map(made.map((view) => [view.story, view]));
    const views = ids.map((id) => byId.get(id) ?? known.get(id));
    for (const view of views) {
      if (view === undefined || roomOf(view) > mostOfOne) continue;
      forget(view.story); // what was asked for last stands last
      known.set(view.story, view);
      kept += roomOf(view);
    }
    for (const id of known.keys()) {
      if (kept <= mostKept) break;
      forget(id);
    }
    return views.filter((view) => view !== undefined);
  };
}

function roomOf({ body, standing, excerpt }: StoryView): number {
  return body.length + standing.length + excerpt.length + viewRoom;
}
