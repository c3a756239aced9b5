/**
 * Stories that may not be shown, or not yet: those of a source that lets nothing be shown, and those under an embargo. At its
 * end a story counts as changed, so that its page is made and its pictures are asked for, though nothing new has come.
 */
import type { CarriedStory, Library, ListedStory } from './library.ts';
import type { Config, Instant, Source, SourceKey } from './model.ts';
import { opensAt } from './publish/terms.ts';

/** Until when it has been looked which embargoes have ended. */
const fact = 'embargoes-ended';

/** Notes as changed what may be shown now and could not be when it was last looked. */
export async function openDue(config: Config, library: Library, now: Instant): Promise<void> {
  const embargoed = config.sources.filter(({ embargoMs }) => embargoMs > 0);
  if (embargoed.length === 0) return;
  const before = Math.min(now, Number((await library.fact(fact)) ?? now)); // one that lies ahead was noted under a wrong clock
  const longest = Math.max(...embargoed.map(({ embargoMs }) => embargoMs));
  const sources = byKey(config);
  const carried = await library.carried(keysOf(embargoed), before - longest);
  const due = carried.filter((story) => {
    const opens = opensAt(story, sources);
    return opens !== 'never' && opens > before && opens <= now;
  });
  if (due.length > 0)
    await library.touch(
      due.map(({ id }) => id),
      now,
    );
  await library.replaceFact(fact, String(now)); // last, so that a kill in between only repeats the look
}

/** A list without what may not be shown now; with what had to wait, it says since when it may be. */
export async function openAmong(
  config: Config,
  library: Library,
  now: Instant,
): Promise<(listed: readonly ListedStory[]) => readonly OpenStory[]> {
  const guarded = config.sources.filter(({ show, embargoMs }) => show === 'none' || embargoMs > 0);
  if (guarded.length === 0) return (listed) => listed;
  const sources = byKey(config);
  const carried: readonly CarriedStory[] = await library.carried(keysOf(guarded));
  const openings = new Map(carried.map((story) => [story.id, opensAt(story, sources)]));
  return (listed) =>
    listed.flatMap((story) => {
      const opens = openings.get(story.id) ?? 0;
      return opens === 'never' || opens > now ? [] : [opens > story.date ? { ...story, opened: opens } : story];
    });
}

type OpenStory = ListedStory & { readonly opened?: Instant };

function byKey({ sources }: Config): ReadonlyMap<SourceKey, Source> {
  return new Map(sources.map((source) => [source.key, source]));
}

function keysOf(sources: readonly Source[]): SourceKey[] {
  return sources.map(({ key }) => key);
}
