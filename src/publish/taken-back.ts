/**
 * Stories that were taken back → what feeds say of them (RFC 6721): that they are gone, so that whoever aggregates us drops
 * them too, and no word of what they said.
 */
import type { StoryChange } from '../library.ts';
import type { Section, Source } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Supply } from './supply.ts';
import type { StoryView, Tombstone } from './views.ts';

/** Tombstones in one feed: whoever reads it once a month still meets those of a month. */
const mostTombstones = 100;
const longestMs = 90 * dayMs;
/** Looked at for them: of a story that others carry on an item may be taken back. */
const mostLookedAt = 300;

/** What feeds say of stories taken back. */
export interface TakenBack {
  /** From which it is made: changes at midnight UTC, and with what happens. */
  readonly events: readonly StoryChange[];
  /** Newest first. @param isIn whether the feed could have carried it */
  readonly tombstones: (isIn?: (story: Pick<StoryView, 'langs'>) => boolean) => Promise<readonly Tombstone[]>;
}

/** Of the feeds of these sections, or of one that carries them all. */
export function takenBackIn(sections: readonly Pick<Section, 'id'>[], supply: Supply): TakenBack {
  const ids = new Set(sections.map(({ id }) => id));
  const lists = sections.map(({ id }) => supply.takenBack.get(id) ?? []);
  const [only = []] = lists;
  const events = lists.length === 1 ? only : lists.flat().sort((a, b) => b.at - a.at);
  return takenBack(events, (story) => story.sections.some((id) => ids.has(id)), supply);
}

/** Of the feed of a source. */
export function takenBackBy({ key, sections }: Pick<Source, 'key' | 'sections'>, supply: Supply): TakenBack {
  const events = sections.flatMap((id) => supply.takenBack.get(id) ?? []).filter(({ sourceKey }) => sourceKey === key);
  return takenBack(
    events.sort((a, b) => b.at - a.at),
    ({ sections: own }) => own.length > 0,
    supply,
  );
}

function takenBack(listed: readonly StoryChange[], isOf: (story: StoryView) => boolean, supply: Supply): TakenBack {
  const since = Math.floor((supply.now - longestMs) / dayMs) * dayMs;
  const seen = new Set<number>();
  const events = listed
    .filter(({ at, story }) => at >= since && !seen.has(story) && seen.add(story))
    .slice(0, mostLookedAt);
  // All feeds of a section ask, and each would make the same views.
  let made: Promise<readonly (Tombstone & Pick<StoryView, 'langs'>)[]> | undefined;
  const all = async (): Promise<readonly (Tombstone & Pick<StoryView, 'langs'>)[]> => {
    if (events.length === 0) return [];
    const views = await supply.views(events.map(({ story }) => story));
    return views.flatMap((view) =>
      view.withdrawn !== undefined && view.isCarried && isOf(view)
        ? [{ id: view.id, at: view.withdrawn.at, langs: view.langs }]
        : [],
    );
  };
  return {
    events,
    async tombstones(isIn = () => true) {
      made ??= all();
      const own = (await made).filter(isIn).slice(0, mostTombstones);
      return own.map((one) => ({ id: one.id, at: one.at }));
    },
  };
}
