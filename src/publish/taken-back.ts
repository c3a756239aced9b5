/**
 * Stories that were taken back → what feeds say of them (RFC 6721): that they are gone, so that whoever aggregates us drops
 * them too, and no word of what they said.
 */
import type { StoryChange } from '../library.ts';
import type { Section } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Supply } from './supply.ts';
import type { StoryView, Tombstone } from './views.ts';

/** Tombstones in one feed: whoever reads it once a month still meets those of a month. */
const mostTombstones = 100;
const longestMs = 90 * dayMs;
/** Looked at for them: of a story that others carry on an item may be taken back. */
const mostLookedAt = 300;

/** What a section's feeds say of stories taken back. */
export interface TakenBack {
  /** From which it is made: changes at midnight UTC, and with what happens. */
  readonly events: readonly StoryChange[];
  /** Newest first. @param isIn whether the feed could have carried it */
  readonly tombstones: (isIn?: (story: Pick<StoryView, 'langs'>) => boolean) => Promise<readonly Tombstone[]>;
}

export function takenBackIn({ id }: Section, supply: Supply): TakenBack {
  const since = Math.floor((supply.now - longestMs) / dayMs) * dayMs;
  const seen = new Set<number>();
  const events = (supply.takenBack.get(id) ?? [])
    .filter(({ at, story }) => at >= since && !seen.has(story) && seen.add(story))
    .slice(0, mostLookedAt);
  // All feeds of a section ask, and each would make the same views.
  let made: Promise<readonly (Tombstone & Pick<StoryView, 'langs'>)[]> | undefined;
  const all = async (): Promise<readonly (Tombstone & Pick<StoryView, 'langs'>)[]> => {
    if (events.length === 0) return [];
    const views = await supply.views(events.map(({ story }) => story));
    return views.flatMap(({ withdrawn, isCarried, sections, id: uri, langs }) =>
      withdrawn !== undefined && isCarried && sections.includes(id) ? [{ id: uri, at: withdrawn.at, langs }] : [],
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
