/**
 * Stories that were taken back, or are not to be shown any more → what feeds say of them (RFC 6721): that they are gone, so that
 * whoever aggregates us drops them too, and no word of what they said.
 */
import type { StoryChange } from '../library.ts';
import type { Section, Source, SourceKey } from '../model.ts';
import { dayMs } from '../text/wall-clock.ts';
import type { Supply } from './supply.ts';
import type { StoryView, Tombstone } from './views.ts';

/** Tombstones in one feed: whoever reads it once a month still meets those of a month, and those of a whole source. */
const mostTombstones = 500;
export const tombstonesKeepMs = 90 * dayMs;
/** Taken back and looked at for them: of a story that others carry on an item may be taken back. */
const mostLookedAt = 300;

/** What feeds say of stories that are gone. */
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

/** Of the feeds of these sections, or of one that carries them all. */
export function takenBackIn(sections: readonly Pick<Section, 'id'>[], supply: Supply): TakenBack {
  const ids = new Set(sections.map(({ id }) => id));
  const isIn = (one: { readonly sections: readonly string[] }): boolean => one.sections.some((id) => ids.has(id));
  const lists = sections.map(({ id }) => supply.takenBack.get(id) ?? []);
  const [only = []] = lists;
  const events = lists.length === 1 ? only : lists.flat().sort((a, b) => b.at - a.at);
  const keys = new Set(supply.config.sources.filter(isIn).map(({ key }) => key));
  return takenBack(events, isIn, notShownOf(keys, supply), supply);
}

/** Of the feed of a source. */
export function takenBackBy({ key, sections }: Pick<Source, 'key' | 'sections'>, supply: Supply): TakenBack {
  const events = sections.flatMap((id) => supply.takenBack.get(id) ?? []).filter(({ sourceKey }) => sourceKey === key);
  events.sort((a, b) => b.at - a.at);
  return takenBack(events, ({ sections: own }) => own.length > 0, notShownOf(new Set([key]), supply), supply);
}

function takenBack(
  listed: readonly StoryChange[],
  isOf: (story: StoryView) => boolean,
  notShown: readonly Grave[],
  supply: Supply,
): TakenBack {
  const since = Math.floor((supply.now - tombstonesKeepMs) / dayMs) * dayMs;
  const events = eachOnce(listed.filter(({ at }) => at >= since)).slice(0, mostLookedAt);
  // All feeds of a section ask, and each would make the same views.
  let made: Promise<readonly Grave[]> | undefined;
  const all = async (): Promise<readonly Grave[]> => {
    const views = events.length === 0 ? [] : await supply.views(events.map(({ story }) => story));
    const gone = views.flatMap((view) =>
      view.withdrawn !== undefined && view.isCarried && isOf(view)
        ? [{ id: view.id, at: view.withdrawn.at, langs: view.langs }]
        : [],
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
function notShownOf(sources: ReadonlySet<SourceKey>, { notShown, tagPrefix }: Supply): readonly Grave[] {
  return notShown
    .filter((one) => one.sources.some((key) => sources.has(key)))
    .slice(0, mostTombstones)
    .map(({ uid, since, langs }) => ({ id: storyId(tagPrefix, uid), at: since, langs }));
}
