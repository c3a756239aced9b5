/**
 * Stories that may not be shown, or not yet: those of a source that lets nothing be shown, those under an embargo, and those that
 * a section has parked or waits a while with. When its time comes a story counts as changed, so that its page is made and its
 * pictures are asked for, though nothing new has come.
 */
import type { CarriedStory, Library, ListedStory } from './library.ts';
import type { Config, Instant, Section, Source, SourceKey } from './model.ts';
import { type Holds, noHolds, opensIn } from './publish/holding.ts';
import { opensAt, shownOf } from './publish/terms.ts';

/** Until when it has been looked which embargoes have ended. */
const fact = 'embargoes-ended';

/** Notes as changed what may be shown now and could not be when it was last looked. */
export async function openDue(config: Config, library: Library, now: Instant): Promise<void> {
  const embargoed = config.sources.filter(({ embargoMs }) => embargoMs > 0);
  const waiting = config.sections.filter(({ hold }) => (hold?.delayMs ?? 0) > 0);
  if (embargoed.length + waiting.length === 0) return;
  const before = Math.min(now, Number((await library.fact(fact)) ?? now)); // one that lies ahead was noted under a wrong clock
  const longest = Math.max(
    ...embargoed.map(({ embargoMs }) => embargoMs),
    ...waiting.map(({ hold }) => hold?.delayMs ?? 0),
  );
  const sources = byKey(config);
  const delayed = config.sources.filter((source) => waiting.some(({ id }) => source.sections.includes(id)));
  const carried = await library.carried(keysOf([...new Set([...embargoed, ...delayed])]), before - longest);
  const due = carried.filter((story) =>
    [undefined, ...waiting].some((section) => {
      const opens = opening(story, section, { sources, holds: noHolds });
      return opens !== 'never' && opens > before && opens <= now;
    }),
  );
  if (due.length > 0)
    await library.touch(
      due.map(({ id }) => id),
      now,
    );
  await library.replaceFact(fact, String(now)); // last, so that a kill in between only repeats the look
}

/** Stories that may not be shown, or not yet, by their ids: who carries them, and who has a say. */
export type Guarded = ReadonlyMap<number, CarriedStory>;

/** All of which it has to be asked whether they may be shown. */
export async function guardedStories(config: Config, library: Library, holds: Holds): Promise<Guarded> {
  const waiting = config.sections.filter(({ hold }) => (hold?.delayMs ?? 0) > 0);
  const guarded = config.sources.filter(
    (source) =>
      source.show === 'none' || source.embargoMs > 0 || waiting.some(({ id }) => source.sections.includes(id)),
  );
  const items = [...holds.keys(), ...(await library.unshownItems())];
  const stories = [...(await library.carried(keysOf(guarded))), ...(await library.carriedWith(items))];
  return new Map(stories.map((story) => [story.id, story]));
}

/**
 * Notes of which of these stories their authors want nothing shown. They are not withdrawn, and are told of nowhere here; but who
 * has them from our feeds, where they were shown before, hears that they are gone.
 * @param before the last change that the site as it is tells of; undefined where there is none
 */
export async function noteNotShown(
  guarded: Guarded,
  config: Config,
  library: Pick<Library, 'noteNotShown'>,
  at: { readonly before: Instant | undefined; readonly now: Instant },
): Promise<void> {
  const sources = byKey(config);
  const stories = [...guarded.values()].filter(
    (story) => isAsked(story, sources) && opensAt(story, sources) === 'never',
  );
  await library.noteNotShown(
    stories.map(({ id }) => id),
    at,
  );
}

/** One of those who have or wrote it wants nothing shown, of this text or of all. */
function isAsked({ items, attribution }: CarriedStory, sources: ReadonlyMap<SourceKey, Source>): boolean {
  const { original, jointly } = attribution;
  const authors = [...jointly, ...(original.kind === 'elsewhere' ? [original] : [])].map(({ sourceKey }) => sourceKey);
  const keys = [...authors, ...items.map(({ sourceKey }) => sourceKey)];
  return (
    keys.some((key) => key !== undefined && sources.get(key)?.show === 'none') ||
    items.some(({ wish }) => wish?.republish === 'none')
  );
}

/** A list without what may not be shown now; with what had to wait, it says since when it may be. */
export function openAmong(
  config: Config,
  guarded: Guarded,
  holds: Holds,
  now: Instant,
): (listed: readonly ListedStory[], section: Section) => readonly OpenStory[] {
  if (guarded.size === 0) return (listed) => listed;
  const sources = byKey(config);
  return (listed, section) =>
    listed.flatMap((one) => {
      const story = guarded.get(one.id);
      const opens = story === undefined ? 0 : opening(story, section, { sources, holds });
      return opens === 'never' || opens > now ? [] : [opens > one.date ? { ...one, opened: opens } : one];
    });
}

type OpenStory = ListedStory & { readonly opened?: Instant };

/** When a story may be shown, in a section or anywhere. */
function opening(
  story: CarriedStory,
  section: Section | undefined,
  { sources, holds }: { readonly sources: ReadonlyMap<SourceKey, Source>; readonly holds: Holds },
): Instant | 'never' {
  const opens = opensAt(story, sources);
  const shown = shownOf(story, sources);
  if (opens === 'never' || section === undefined || shown === undefined) return opens;
  const there = opensIn(section, shown, holds);
  return there === 'never' ? there : Math.max(opens, there);
}

function byKey({ sources }: Config): ReadonlyMap<SourceKey, Source> {
  return new Map(sources.map((source) => [source.key, source]));
}

function keysOf(sources: readonly Source[]): SourceKey[] {
  return sources.map(({ key }) => key);
}
