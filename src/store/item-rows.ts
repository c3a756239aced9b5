/** Items and evidence between the model and their rows. */
import type { Insertable, Selectable } from 'kysely';
import type {
  CanonicalUrl,
  Direction,
  Enclosure,
  Evidence,
  EvidenceKind,
  Item,
  ItemEvent,
  StoredItem,
  Wish,
  Withdrawal,
} from '../model.ts';
import type { Span } from '../story-plan.ts';
import { latestPassing } from '../text/event-times.ts';
import type { EvidenceRow, ItemRow } from './schema.ts';

export function evidenceRow(one: Evidence, item: number, position: number): EvidenceRow {
  return {
    item,
    position,
    kind: one.kind,
    strength: one.strength,
    says: one.says,
    quote: one.quote,
    target_source: one.targetSource ?? null,
    target_url: one.targetUrl ?? null,
    target_name: one.targetName ?? null,
  };
}

export function evidenceOf(row: EvidenceRow): Evidence {
  return {
    kind: row.kind as EvidenceKind,
    strength: row.strength as Evidence['strength'],
    says: row.says as Evidence['says'],
    quote: row.quote,
    targetSource: row.target_source ?? undefined,
    targetUrl: (row.target_url ?? undefined) as CanonicalUrl | undefined,
    targetName: row.target_name ?? undefined,
  };
}

type ContentRow = Pick<
  Insertable<ItemRow>,
  | 'hash'
  | 'url'
  | 'urls'
  | 'cites'
  | 'source_element'
  | 'title'
  | 'html'
  | 'text'
  | 'is_excerpt'
  | 'authors'
  | 'lang'
  | 'langs'
  | 'dir'
  | 'published'
  | 'published_text'
  | 'updated'
  | 'categories'
  | 'enclosures'
  | 'events'
  | 'events_until'
  | 'rights'
  | 'wish'
>;

export function contentRow(item: Item): ContentRow {
  return {
    hash: item.hash,
    url: item.url ?? null,
    urls: JSON.stringify(item.urls),
    cites: JSON.stringify(item.cites),
    source_element: item.source === undefined ? null : JSON.stringify(item.source),
    title: item.title,
    html: item.html,
    text: item.text,
    is_excerpt: item.isExcerpt ? 1 : 0,
    authors: JSON.stringify(item.authors),
    lang: item.lang,
    langs: item.langs.length > 1 ? JSON.stringify(item.langs) : null,
    dir: item.dir,
    published: item.published ?? null,
    published_text: item.publishedText ?? null,
    updated: item.updated ?? null,
    categories: JSON.stringify(item.categories),
    enclosures: JSON.stringify(item.enclosures),
    events: item.events.length === 0 ? null : JSON.stringify(item.events),
    events_until: latestPassing(item.events) ?? null,
    rights: item.rights ?? null,
    wish: item.wish === undefined ? null : JSON.stringify(item.wish),
  };
}

/** All languages of a stored text. */
export function langsOf({ lang, langs }: Pick<Selectable<ItemRow>, 'lang' | 'langs'>): Item['langs'] {
  return langs === null ? [lang] : (JSON.parse(langs) as string[]);
}

/** What a stored item says takes place; of one that was taken back only when. */
export function eventsIn({ events }: Pick<Selectable<ItemRow>, 'events'>): readonly ItemEvent[] {
  return events === null ? [] : (JSON.parse(events) as ItemEvent[]);
}

export function itemOf(row: Selectable<ItemRow>): Item {
  return {
    guid: row.guid,
    hash: row.hash,
    url: (row.url ?? undefined) as CanonicalUrl | undefined,
    urls: JSON.parse(row.urls) as CanonicalUrl[],
    cites: JSON.parse(row.cites) as Item['cites'],
    source: row.source_element === null ? undefined : (JSON.parse(row.source_element) as Item['source']),
    title: row.title,
    html: row.html,
    text: row.text,
    isExcerpt: row.is_excerpt === 1,
    authors: JSON.parse(row.authors) as string[],
    lang: row.lang,
    langs: langsOf(row),
    dir: row.dir as Direction,
    published: row.published ?? undefined,
    publishedText: row.published_text ?? undefined,
    updated: row.updated ?? undefined,
    categories: JSON.parse(row.categories) as string[],
    enclosures: JSON.parse(row.enclosures) as Enclosure[],
    events: eventsIn(row),
    rights: row.rights ?? undefined,
    ...(row.wish !== null && { wish: JSON.parse(row.wish) as Wish }),
  };
}

export function storedItemOf(row: Selectable<ItemRow>): StoredItem {
  return {
    ...itemOf(row),
    id: row.id,
    sourceKey: row.source,
    storyId: row.story,
    seen: row.seen,
    isFirstImport: row.first_import === 1,
    date: row.date,
    revisedAt: row.revised_at ?? undefined,
    withdrawn: withdrawalOf(row),
  };
}

/** What `explain` says of an item whose words were let go. */
export const expiredBecause = 'no section keeps it any more';
/** The words printed by `explain` for an item that the maintainer has taken back. */
const hiddenBecause = 'taken back by the maintainer of this relay';

type Standing = Pick<Selectable<ItemRow>, 'withdrawn_at' | 'withdrawn_because' | 'withdrawn_by' | 'hidden_at'>;

/** Who has taken it back, and why. */
export function withdrawalOf(row: Standing): Withdrawal | undefined {
  if (row.withdrawn_at !== null) {
    const because = row.withdrawn_because ?? '';
    return { at: row.withdrawn_at, by: row.withdrawn_by === 'source' ? 'source' : 'maintainer', because };
  }
  return row.hidden_at === null ? undefined : { at: row.hidden_at, by: 'maintainer', because: hiddenBecause };
}

type Going = Pick<Selectable<ItemRow>, 'withdrawn_by' | 'withdrawn_with' | 'is_awaited' | 'is_emptied'>;

/** Taken back by itself, and its words are gone. What went along, or was only hidden, would come back with what it went with. */
export function isGoneForGood(row: Going): boolean {
  const isByItself = row.withdrawn_by !== null && row.withdrawn_with === null && row.is_awaited === 0;
  return isByItself && row.is_emptied === 1;
}

/** True for an item that no reader may see. */
export function isTakenBack(row: Pick<Standing, 'withdrawn_at' | 'hidden_at'>): boolean {
  return row.withdrawn_at !== null || row.hidden_at !== null;
}

/** W3CDTF may end after the year, the month or the day: then that is all that is known. */
export function spanOf({ published, published_text }: Pick<ItemRow, 'published' | 'published_text'>): Span | undefined {
  if (published === null) return undefined;
  const named = /^\d{4}(-\d{2})?(-\d{2})?$/.exec(published_text?.trim() ?? '');
  if (named === null) return { from: published, to: published };
  const [, month, day] = named;
  const date = new Date(published);
  const [year, first] = [date.getUTCFullYear(), date.getUTCMonth()];
  const to =
    day !== undefined
      ? Date.UTC(year, first, date.getUTCDate() + 1)
      : month !== undefined
        ? Date.UTC(year, first + 1)
        : Date.UTC(year + 1, 0);
  return { from: published, to: to - 1 };
}
