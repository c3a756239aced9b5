/**
 * Stories that were taken back, or are not to be shown any more → what feeds say of them (RFC 6721): that they are gone, so that
 * whoever aggregates us drops them too, and no word of what they said.
 */
import type { StoryChange } from '../library.ts';
import type { Section } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Supply } from './supply.ts';
import type { StoryView, Tombstone } from './views.ts';

/** Tombstones in one feed: whoever reads it once a month still meets those of a month, and those of a whole source. */
const mostTombstones = 500;
export const tombstonesKeepMs = 90 * dayMs;
/** Taken back and looked at for them: of a story that others carry on an item may be taken back. */
const mostLookedAt = 300;

/** What a section's feeds say of stories that are gone. */
export interface TakenBack {
  /** From which it is made: changes at midnight UTC, and with what happens. */
  readonly state: unknown;
  /** Newest first. @param isIn whether the feed could have carried it */
  readonly tombstones: (isIn?: (story: Pick<StoryView, 'langs'>) => boolean) => Promise<readonly Tombstone[]>;
}

/** What a story is called in feeds. */
export function storyId(tagPrefix: string, uid: string): string {
  return `${tagPrefix}story/${uid}`;
}

type Grave = Tombstone & Pick<StoryView, 'langs'>;

export function takenBackIn({ id }: Section, supply: Supply): TakenBack {
  const since = Math.floor((supply.now - tombstonesKeepMs) / dayMs) * dayMs;
  const events = eachOnce((supply.takenBack.get(id) ?? []).filter(({ at }) => at >= since)).slice(0, mostLookedAt);
  const notShown = notShownIn(id, supply);
  // All feeds of a section ask, and each would make the same views.
  let made: Promise<readonly Grave[]> | undefined;
  const all = async (): Promise<readonly Grave[]> => {
    const views = events.length === 0 ? [] : await supply.views(events.map(({ story }) => story));
    const gone = views.flatMap(({ withdrawn, isCarried, sections, id: uri, langs }) =>
      withdrawn !== undefined && isCarried && sections.includes(id) ? [{ id: uri, at: withdrawn.at, langs }] : [],
    );
    return notShown.length === 0 ? gone : [...gone, ...notShown].sort((a, b) => b.at - a.at);
  };
  return {
    state: [events, notShown],
    async tombstones(isIn = () => true) {
      made ??= all();
      const own = (await made).filter(isIn).slice(0, mostTombstones);
      return own.map((one) => ({ id: one.id, at: one.at }));
    },
  };
}

function eachOnce(events: readonly StoryChange[]): readonly StoryChange[] {
  const seen = new Set<number>();
  return events.filter(({ story }) => !seen.has(story) && seen.add(story));
}

/** Of a story that nobody is to read no view says anything: where it can have stood, its sources tell. */
function notShownIn(section: string, { notShown, config, tagPrefix }: Supply): readonly Grave[] {
  if (notShown.length === 0) return [];
  const own = new Set(config.sources.filter(({ sections }) => sections.includes(section)).map(({ key }) => key));
  return notShown
    .filter(({ sources }) => sources.some((key) => own.has(key)))
    .slice(0, mostTombstones)
    .map(({ uid, since, langs }) => ({ id: storyId(tagPrefix, uid), at: since, langs }));
}
