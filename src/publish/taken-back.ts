/**
 * Stories that were taken back → what feeds say of them (RFC 6721): that they are gone, so that whoever aggregates us drops
 * them too, and no word of what they said.
 */
import type { Section } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Supply, SupplyEvent } from './supply.ts';
import type { StoryView, Tombstone } from './views.ts';

/** Tombstones in one feed: whoever reads it once a month still meets those of a month. */
const mostTombstones = 100;
const longestMs = 90 * dayMs;
/** Looked at for them: of a story that others carry on an item may be taken back. */
const mostLookedAt = 300;

/** What may stand in a section's feeds, the newest first, each story once. Changes at midnight UTC, and with what happens. */
export function recentlyTakenBack({ id }: Section, { takenBack, now }: Supply): readonly SupplyEvent[] {
  const since = Math.floor((now - longestMs) / dayMs) * dayMs;
  const seen = new Set<number>();
  return (takenBack.get(id) ?? [])
    .filter(({ at, story }) => at >= since && !seen.has(story) && seen.add(story))
    .slice(0, mostLookedAt);
}

/** @param isIn whether the feed could have carried it */
export async function tombstonesOf(
  events: readonly SupplyEvent[],
  { id }: Section,
  supply: Supply,
  isIn: (story: StoryView) => boolean = () => true,
): Promise<readonly Tombstone[]> {
  if (events.length === 0) return [];
  const views = await supply.views(events.map(({ story }) => story));
  return views
    .flatMap((view) =>
      view.withdrawn !== undefined && view.isCarried && view.sections.includes(id) && isIn(view)
        ? [{ id: view.id, at: view.withdrawn.at }]
        : [],
    )
    .slice(0, mostTombstones);
}
