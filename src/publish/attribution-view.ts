/** Attribution as readers see it: the data of a story become the author's and the reposters' names, links and reasons. */
import type {
  Config,
  Evidence,
  Instant,
  Language,
  Member,
  PictureCopy,
  Source,
  SourceKey,
  SourceMemory,
  StoredItem,
  StoryRecord,
  Version,
} from '../model.ts';
import { sourceName } from '../source-status.ts';
import { plainLine } from '../text/safe.ts';
import { hostOf, isHomePage } from '../text/url.ts';
import { becauseOf } from './because.ts';
import { openStaleness } from './corrections.ts';
import type { Holds } from './holding.ts';
import { reasonsIn, shownGroup } from './repost-reasons.ts';
import { groupView, publicFeedUrl } from './source-view.ts';
import type { GroupView, OriginalView, RelatedView, RepostView } from './views.ts';

export interface ViewContext {
  readonly config: Config;
  readonly sources: ReadonlyMap<SourceKey, Source>;
  readonly memories: ReadonlyMap<SourceKey, SourceMemory>;
  /** What stands before the story's name in its `tag:` URI (RFC 4151), e.g. `tag:news.example,2026:`. */
  readonly tagPrefix: string;
  readonly now: Instant;
  /** Copies of the pictures of each story, by their addresses; `none` for those that only count readers. */
  readonly copies?: ReadonlyMap<number, ReadonlyMap<string, PictureCopy | 'none'>> | undefined;
  /** What the items of each story said before, where it is told. */
  readonly versions?: ReadonlyMap<number, readonly Version[]> | undefined;
  /** What sections have parked; undefined where nothing is. */
  readonly holds?: Holds | undefined;
  /** What else readers of each story are led to. */
  readonly related?: ReadonlyMap<number, readonly RelatedView[]> | undefined;
}

/** A story while its view is made. */
export interface StoryReading {
  readonly record: StoryRecord;
  readonly items: ReadonlyMap<number, StoredItem>;
  /** The author's own copy, if we hold it. */
  readonly original: StoredItem | undefined;
  /** The copy whose text is shown. */
  readonly shown: StoredItem;
  readonly context: ViewContext;
}

/** Who wrote the story, as it is shown. */
export function viewOfOriginal(reading: StoryReading, lang: Language): OriginalView {
  const { record, shown, original } = reading;
  const { original: who } = record.attribution;
  if (who.kind === 'item' && original !== undefined) {
    const author = authorView(original.sourceKey, reading.context);
    return {
      ...author,
      jointly: viewsOfAuthors(reading),
      url: original.url,
      authors: original.authors.filter((name) => name !== author.group.name),
      date: original.date,
      isDated: original.published !== undefined,
      isGuess: isNobodysWord(record),
      isRuled: isRuled(record),
      isHeld: true,
      translatedFrom: undefined,
      because: because(reading, original.id, lang),
    };
  }
  const elsewhere = who.kind === 'elsewhere' ? who : undefined;
  const name = elsewhere?.name ?? (elsewhere?.url === undefined ? undefined : hostOf(elsewhere.url)) ?? '';
  const stranger = { group: { name, url: elsewhere?.url }, creditAs: undefined, feed: undefined };
  const page = elsewhere?.url !== undefined && !isHomePage(elsewhere.url) ? elsewhere.url : undefined;
  const translatedFrom = isTranslation(reading) ? { url: page } : undefined;
  return {
    ...(elsewhere?.sourceKey === undefined ? stranger : authorView(elsewhere.sourceKey, reading.context)),
    jointly: viewsOfAuthors(reading),
    url: translatedFrom === undefined ? (page ?? shown.url) : shown.url, // the author's page has other words, in another language
    authors: [],
    date: shown.date,
    isDated: shown.published !== undefined,
    isGuess: false,
    isRuled: isRuled(record),
    isHeld: false,
    translatedFrom,
    because: because(reading, shown.id, lang),
  };
}

/** What is shown, or a copy of it in the same language alone, says that it was translated from whom it is credited to. */
function isTranslation({ record, items, shown }: StoryReading): boolean {
  const { original: who, members } = record.attribution;
  if (who.kind === 'item') return false;
  const names = new Set<string | undefined>([who.sourceKey, who.name, who.url]);
  names.delete(undefined);
  return members.some(({ itemId, evidence }) => {
    const item = items.get(itemId);
    const isSameTongue = item?.lang === shown.lang && item.langs.length <= 1;
    return (
      isSameTongue &&
      evidence.some(
        ({ says, targetSource, targetName, targetUrl }) =>
          says === 'translation' && [targetSource, targetName, targetUrl].some((one) => names.has(one)),
      )
    );
  });
}

/** The authors of a joint text; a stranger by its name alone. */
function viewsOfAuthors({ record, context }: StoryReading): GroupView[] {
  return record.attribution.jointly.map(({ sourceKey, name }) =>
    sourceKey === undefined ? { name, url: undefined } : authorView(sourceKey, context).group,
  );
}

/** A source of ours as an author; one that has left sources.yaml is still named. */
function authorView(
  key: SourceKey,
  { sources, memories }: ViewContext,
): Pick<OriginalView, 'group' | 'creditAs' | 'feed'> {
  const source = sources.get(key);
  const memory = memories.get(key);
  if (source === undefined)
    return { group: { name: memory?.title ?? key, url: memory?.home }, creditAs: undefined, feed: undefined };
  const url = publicFeedUrl(source, memory);
  return {
    group: groupView(source, memory),
    creditAs: source.credit,
    feed: url === undefined ? undefined : { url, title: sourceName(source, memory) },
  };
}

/** Who passed it on. One entry a group: its copies in several feeds are one repost. */
export function viewsOfReposts(reading: StoryReading, lang: Language): RepostView[] {
  const { record, items, shown, context } = reading;
  // Where we hold no author's copy nobody has corrected anything that the others could have.
  const isAuthors = record.attribution.members.some(({ itemId, role }) => itemId === shown.id && role !== 'repost');
  const staleSince = openStaleness(shown, isAuthors ? (context.versions?.get(record.id) ?? []) : []);
  const reasonsOf = reasonsIn(reading);
  const byGroup = new Map<string, RepostView>();
  for (const member of record.attribution.members) {
    const item = items.get(member.itemId);
    const group = item && shownGroup(item, context);
    if (member.role !== 'repost' || item === undefined || group === undefined || byGroup.has(group.name)) continue;
    byGroup.set(group.name, {
      group,
      url: item.url,
      date: item.date,
      isDated: item.published !== undefined,
      via: viaOf(member, { record, items, context }),
      isBefore: item.id === shown.id ? undefined : staleSince(item),
      because: becauseOf(reasonsOf(member, group), lang, context.config.site),
    });
  }
  return [...byGroup.values()];
}

/** Where a repost was found, unless that is a source of which nothing is shown. */
function viaOf(
  member: Member,
  { record, items, context }: Pick<StoryReading, 'record' | 'items' | 'context'>,
): GroupView | undefined {
  if (member.via === undefined) return strangerVia(member, record, items);
  return context.sources.get(member.via)?.show === 'none' ? undefined : authorView(member.via, context).group;
}

/** Where it says outright that it was found, when that is no source of ours, nobody who wrote it and no copy that we hold. */
function strangerVia(
  { evidence }: Member,
  { attribution: { original } }: StoryRecord,
  items: StoryReading['items'],
): GroupView | undefined {
  const known = new Set<string | undefined>([...items.values()].flatMap(({ url, urls }) => [url, ...urls]));
  if (original.kind === 'elsewhere') known.add(original.url).add(original.name);
  const said = evidence.find(
    ({ kind, says, strength, targetSource, targetUrl, targetName }) =>
      targetSource === undefined &&
      (says === 'via' || (kind === 'via-link' && strength === 4)) &&
      ![targetUrl, targetName].some((one) => one !== undefined && known.has(one)),
  );
  const { targetUrl: url, targetName } = said ?? {};
  const name = plainLine(targetName ?? '') || (url === undefined ? '' : (hostOf(url) ?? ''));
  return name === '' ? undefined : { name, url };
}

/** How we know who wrote it: what it says itself, without what names somebody else and was not believed. */
function because(reading: StoryReading, itemId: number, lang: Language): string[] {
  if (isRuled(reading.record)) return []; // they may say otherwise
  const member: Member | undefined = reading.record.attribution.members.find((one) => one.itemId === itemId);
  return becauseOf(member?.evidence.filter(speaksFor(reading)) ?? [], lang, reading.context.config.site);
}

/** True for evidence that names whoever is shown as the author, or says where a text was found. */
function speaksFor({ record, items }: StoryReading): (one: Evidence) => boolean {
  const { original: who, jointly, members } = record.attribution;
  const authors = new Set<SourceKey | undefined>(
    members.filter(({ role }) => role !== 'repost').map(({ itemId }) => items.get(itemId)?.sourceKey),
  );
  if (who.kind === 'elsewhere') authors.add(who.sourceKey);
  for (const { sourceKey } of jointly) authors.add(sourceKey);
  return ({ says, targetSource }) =>
    says !== 'same' && (says !== 'original' || targetSource === undefined || authors.has(targetSource));
}

/** Several groups carry it and none says from whom: at most the dates speak, so nobody is named the author. */
function isNobodysWord({ attribution }: StoryRecord): boolean {
  return attribution.confidence === 'dated' || attribution.confidence === 'guessed';
}

function isRuled({ attribution }: StoryRecord): boolean {
  return attribution.confidence === 'ruled';
}
