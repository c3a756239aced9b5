/**
 * On which terms a story is shown: what its authors allow, whoever passed it on, and the licence that stands at the item
 * itself. Each is a policy, and of several the strictest counts. Pure.
 */
import type { Carried } from '../library.ts';
import type { Images, Instant, Role, Show, Source, SourceKey, StoredItem, Wish } from '../model.ts';
import { readLicence } from '../text/licences.ts';
import { fatesOfImages, shows, strictestOf } from '../text/strictness.ts';
import { wholeWish } from '../text/wishes.ts';
import type { StoryReading } from './attribution-view.ts';
import { hasSay, isKeptShort, type SaySources, unasked } from './say.ts';

/** What one of those who have a say allows; what it leaves out it says nothing of. */
export interface Policy {
  readonly show?: Show;
  readonly images?: Images;
  readonly excerptWords?: number;
  /** The text is shown as its authors wrote it, or a part of it that is quoted: nothing is taken out or put in. */
  readonly isUnchanged?: boolean;
}

export type Terms = Required<Policy>;

/** The strictest of several policies, each thing by itself; a link where nobody says anything. */
export function strictest(policies: readonly Policy[]): Terms {
  const said = <T>(of: (policy: Policy) => T | undefined): T[] => policies.flatMap((policy) => of(policy) ?? []);
  return {
    show:
      strictestOf(
        shows,
        said(({ show }) => show),
      ) ?? 'link',
    images:
      strictestOf(
        fatesOfImages,
        said(({ images }) => images),
      ) ?? 'link',
    excerptWords: Math.min(...said(({ excerptWords }) => excerptWords), Number.MAX_SAFE_INTEGER),
    isUnchanged: policies.some(({ isUnchanged }) => isUnchanged === true),
  };
}

/** What the shown copy's group, all authors' groups and the item itself allow. */
export function termsOf(reading: StoryReading): Terms {
  const { shown, original, context } = reading;
  const together = coAuthors(reading.record).filter((key) => context.sources.has(key));
  const authors = [authorOf(reading.record, shown, original), ...together].filter((key) => key !== undefined);
  const isBinding = bindingIn(reading);
  const settings = [...new Set([shown.sourceKey, ...authors])].map((key) => {
    const source = context.sources.get(key);
    return settingOf(source === undefined || isBinding(key) ? source : unasked(source));
  });
  return strictest([
    ...settings,
    ...[shown, original].map((item) => licencePolicy(item?.rights)),
    ...wishesIn(reading, isBinding).map(wishPolicy),
  ]);
}

/** Whose wish counts for the story as it is shown: whoever has the copy that is shown, and authors that have a say. */
function bindingIn({ record, shown, context }: StoryReading): (key: SourceKey) => boolean {
  return (key) => key === shown.sourceKey || hasSay(record, key, context.sources);
}

/** What is asked for this one text. */
function wishesIn({ shown, original }: StoryReading, isBinding: (key: SourceKey) => boolean): (Wish | undefined)[] {
  return [shown.wish, original !== undefined && isBinding(original.sourceKey) ? original.wish : undefined];
}

/** A group that has left sources.yaml allows a link and no more; a stranger's text stands under its reposter's terms. */
function settingOf(source: Source | undefined): Policy {
  if (source === undefined) return { show: 'link' };
  const { show, images, excerptWords, licence } = source;
  return { show, images, excerptWords, isUnchanged: readLicence(licence ?? '').isUnchanged };
}

/**
 * An item's own licence, which only takes away. Whoever keeps all rights may still be quoted: a beginning and a link. One
 * without derivatives allows the whole text as it is, and to quote from it.
 */
function licencePolicy(rights: string | undefined): Policy {
  const { isReserved, isUnchanged } = readLicence(rights ?? '');
  return { isUnchanged, ...(isReserved ? { show: 'excerpt', images: 'link' } : {}) };
}

/** What its partner asks for this one text; what it asks for all is in the settings already (text/wishes.ts). */
function wishPolicy({ republish, images }: Wish = {}): Policy {
  return { ...(republish !== undefined && { show: republish }), ...(images !== undefined && { images }) };
}

/** What its authors, and whoever has the copy that is shown, ask by themselves of whoever passes it on: the strictest. */
export function wishOf(reading: StoryReading): Wish | undefined {
  const { record, shown, original, context } = reading;
  const keys = [shown.sourceKey, authorOf(record, shown, original), ...coAuthors(record)];
  const isBinding = bindingIn(reading);
  const wishes = wishesIn(reading, isBinding);
  for (const key of keys)
    if (key !== undefined && isBinding(key)) wishes.push(wholeWish(context.memories.get(key)?.wishes));
  const republish = strictestOf(
    shows,
    wishes.map((wish) => wish?.republish),
  );
  const images = strictestOf(
    fatesOfImages,
    wishes.map((wish) => wish?.images),
  );
  if (republish === undefined && images === undefined) return undefined;
  return { ...(republish !== undefined && { republish }), ...(images !== undefined && { images }) };
}

/** Sources of those who wrote a text jointly: each of them has a say. */
function coAuthors({ attribution: { jointly } }: Carried): SourceKey[] {
  return jointly.flatMap(({ sourceKey }) => sourceKey ?? []);
}

type Copy = Pick<StoredItem, 'id' | 'sourceKey'>;

/** The source whose text it is; undefined for a stranger's. @param original the author's own copy, if we hold it */
function authorOf(story: Carried, shown: Copy, original: Copy | undefined): SourceKey | undefined {
  const { original: who } = story.attribution;
  if (who.kind === 'elsewhere') return who.sourceKey;
  return roleOf(shown, story) === 'repost' ? original?.sourceKey : shown.sourceKey;
}

/**
 * The licence to print with a text: its author's, as sources.yaml and the item say, the stricter where both are understood.
 * What a reposter says of its own texts is no licence for another's.
 */
export function licenceOf(reading: StoryReading): string | undefined {
  const { record, shown, original, context } = reading;
  const author = authorOf(record, shown, original);
  const isReposters = author !== undefined && author !== shown.sourceKey;
  const source = context.sources.get(author ?? shown.sourceKey);
  const own = isReposters ? original?.rights : shown.rights;
  if (source?.licence === undefined || own === undefined) return source?.licence ?? own;
  return readLicence(own).strictness > readLicence(source.licence).strictness ? own : source.licence;
}

/** What a copy is in its story; undefined of one that attribution does not know. */
export function roleOf(item: Pick<StoredItem, 'id'>, { attribution }: Carried): Role | undefined {
  return attribution.members.find((member) => member.itemId === item.id)?.role;
}

// ── whether it is shown at all ───────────────────────────────────────────────────────────────────

/** Copies that may be shown: of sources that are followed, not taken back, and not kept to themselves. */
function showable<Item extends Carried['items'][number]>(
  items: readonly Item[],
  sources: ReadonlyMap<SourceKey, Pick<Source, 'show'>>,
): Item[] {
  return items.filter(({ sourceKey, withdrawn, wish }) => {
    const source = sources.get(sourceKey);
    return withdrawn === undefined && source !== undefined && source.show !== 'none' && wish?.republish !== 'none';
  });
}

/**
 * The copy that is shown: the author's own, else one from another feed of theirs, else the first. One of which its partner wants
 * less shown, and has no say in what others carry, comes after those.
 */
export function shownOf<Item extends Carried['items'][number]>(
  story: Carried & { readonly items: readonly Item[] },
  sources: SaySources,
): Item | undefined {
  const { original } = story.attribution;
  const allowed = showable(story.items, sources);
  const free = allowed.filter((one) => !isKeptShort(one, sources) || hasSay(story, one.sourceKey, sources));
  const candidates = free.length > 0 ? free : allowed;
  const authors = candidates.find(({ id }) => original.kind === 'item' && id === original.itemId);
  return authors ?? candidates.find((item) => roleOf(item, story) === 'copy') ?? candidates[0];
}

/**
 * When a story may be shown: after the embargo of the group whose copy is shown and of the author's, each counted from the
 * day its own item was published or first seen; `never` where one of its authors, or all who have it, let nothing be shown. What an
 * author asks by itself counts where it has a say; what the maintainer says of a source counts always.
 */
export function opensAt(
  story: Carried,
  sources: ReadonlyMap<SourceKey, Pick<Source, 'partner' | 'show' | 'unasked' | 'embargoMs'>>,
): Instant | 'never' {
  const { original: who } = story.attribution;
  const shown = shownOf(story, sources);
  if (shown === undefined) return 'never';
  const original = who.kind === 'item' ? story.items.find(({ id }) => id === who.itemId) : undefined;
  const author = authorOf(story, shown, original);
  const authors = [author, ...coAuthors(story)].filter((key) => key !== undefined);
  const isSilent = (key: SourceKey): boolean => {
    const source = sources.get(key);
    const isAsked = story.items.some((one) => one.sourceKey === key && one.wish?.republish === 'none'); // for this one text
    if (source !== undefined && unasked(source).show === 'none') return true;
    return (isAsked || source?.show === 'none') && hasSay(story, key, sources);
  };
  if (authors.some(isSilent)) return 'never';
  const ends = [shown.sourceKey, ...authors].flatMap((key) => {
    const embargoMs = sources.get(key)?.embargoMs ?? 0;
    const item =
      story.items.find(({ id, sourceKey }) => sourceKey === key && (id === original?.id || key !== author)) ?? shown;
    return embargoMs === 0 ? [] : [Math.max(item.date, item.seen) + embargoMs];
  });
  return Math.max(0, ...ends);
}
