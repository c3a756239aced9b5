/**
 * What the maintainer has said of stories: kept by address or guid, so that it outlives what it was said of; and what the
 * evidence has said against it since.
 */
import { sql } from 'kysely';
import type { Instant, News, SourceKey } from '../model.ts';
import {
  type Against,
  type Examined,
  type KeptRuling,
  type NamedItem,
  namesIn,
  type StoryRuling,
} from '../story-plan.ts';
import { findable } from '../text/entry-names.ts';
import { urlKey } from '../text/url.ts';
import { writeNews } from './chronicle.ts';
import type { Database } from './database.ts';
import { chunks } from './items.ts';

/** Oldest first. */
export async function readStoryRulings(db: Database): Promise<KeptRuling[]> {
  const rows = await db.selectFrom('story_rulings').selectAll().orderBy('id').execute();
  if (rows.length === 0) return [];
  const holders = await readHolders(db);
  return rows.map(({ id, ruling: written, at, because, against }) => {
    const ruling = JSON.parse(written) as StoryRuling;
    return {
      id,
      at,
      because,
      ruling,
      holders: namesIn(ruling).map((_, place) => holders.get(`${id} ${place}`) ?? []),
      against: against === null ? undefined : (JSON.parse(against) as Against[]),
    };
  });
}

/** The items that rulings are about, by ruling and place in it. */
async function readHolders(db: Database): Promise<ReadonlyMap<string, readonly NamedItem[]>> {
  const rows = await db
    .selectFrom('ruled_items')
    .innerJoin('items', 'items.id', 'ruled_items.item')
    .select(['ruling', 'place', 'items.id', 'items.source', 'items.story', 'items.seen'])
    .execute();
  const found = new Map<string, NamedItem[]>();
  for (const { ruling, place, id, source, story, seen } of rows) {
    const name = `${ruling} ${place}`;
    found.set(name, [...(found.get(name) ?? []), { id, sourceKey: source, storyId: story, seen }]);
  }
  return found;
}

type NewRuling = Pick<KeptRuling, 'ruling' | 'at' | 'because'>;

/** Whoever has their names now is kept with them. @returns their numbers, in the order given */
export async function addStoryRulings(db: Database, rulings: readonly NewRuling[]): Promise<number[]> {
  const named = await readNamed(
    db,
    rulings.flatMap(({ ruling }) => namesIn(ruling)),
  );
  const ids: number[] = [];
  for (const { ruling, at, because } of rulings) {
    const row = { ruling: JSON.stringify(ruling), at, because, against: null };
    const { id } = await db.insertInto('story_rulings').values(row).returning('id').executeTakeFirstOrThrow();
    ids.push(id);
    const items = namesIn(ruling).flatMap((name, place) =>
      (named.get(name) ?? []).map(({ id: item }) => ({ ruling: id, place, item })),
    );
    for (const part of chunks(items)) await db.insertInto('ruled_items').values(part).execute();
  }
  return ids;
}

export async function deleteStoryRulings(db: Database, ids: readonly number[]): Promise<void> {
  for (const part of chunks(ids)) await db.deleteFrom('story_rulings').where('id', 'in', part).execute();
}

/** Credits of these groups are to be read again: one of their names is none any more. */
export async function rereadCreditsOf(db: Database, keys: readonly SourceKey[]): Promise<void> {
  for (const key of keys)
    await sql`update items set is_settled = 0 where id in (select item from evidence where target_source = ${key}
      and says <> 'same' and kind <> 'foreign-link')`.execute(db);
}

/** The items that these addresses or guids mean; an address comes first. */
export async function readNamed(
  db: Database,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly NamedItem[]>> {
  const found = new Map<string, NamedItem[]>();
  const add = (name: string, item: NamedItem): void => {
    const known = found.get(name) ?? [];
    if (known.every(({ id }) => id !== item.id)) found.set(name, [...known, item]);
  };
  const byKey = new Map<string, string[]>();
  const keyOf = (name: string): string => findable(urlKey(name));
  for (const name of new Set(names)) byKey.set(keyOf(name), [...(byKey.get(keyOf(name)) ?? []), name]);
  for (const part of chunks([...byKey.keys()])) {
    const rows = await db
      .selectFrom('item_keys')
      .innerJoin('items', 'items.id', 'item_keys.item')
      .select(['item_keys.key', 'items.id', 'items.source', 'items.story', 'items.seen'])
      .where('item_keys.kind', '=', 'url')
      .where('item_keys.key', 'in', part)
      .orderBy('items.id')
      .execute();
    for (const { key, id, source, story, seen } of rows)
      for (const name of byKey.get(key) ?? []) add(name, { id, sourceKey: source, storyId: story, seen });
  }
  const missing = [...new Set(names)].filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  // Guids are indexed by source.
  const { rows } = await sql<{ guid: string; id: number; source: SourceKey; story: number; seen: Instant }>`
    select i.guid, i.id, i.source, i.story, i.seen from json_each(${JSON.stringify(missing)}) n
      cross join sources s cross join items i
      where i.source = s.key and i.guid = n.value order by i.id`.execute(db);
  for (const { guid, id, source, story, seen } of rows) add(guid, { id, sourceKey: source, storyId: story, seen });
  return found;
}

/** More evidence against one ruling than this is noted no more: a feed could credit somebody else every day. */
const mostAgainst = 10;

/** Notes evidence against rulings. What is new since a ruling was first applied is news, once. */
export async function writeAgainst(
  db: Database,
  examined: readonly Examined[],
  now: Instant,
): Promise<readonly News[]> {
  const news: News[] = [];
  if (examined.length === 0) return news;
  const kept = new Map((await readStoryRulings(db)).map((one) => [one.id, one.against]));
  for (const { ruling, found } of examined) {
    if (!kept.has(ruling)) continue;
    const before = kept.get(ruling);
    const known = new Set(before?.map(({ key }) => key));
    const room = Math.max(0, mostAgainst - (before?.filter(({ at }) => at !== undefined).length ?? 0));
    const fresh = found.filter(({ key }) => !known.has(key));
    const noted = before === undefined ? fresh : fresh.slice(0, room);
    if (before !== undefined && noted.length === 0) continue;
    const at = before === undefined ? undefined : now;
    const against: Against[] = [...(before ?? []), ...noted.map(({ key, words }) => ({ key, words, at }))];
    await db
      .updateTable('story_rulings')
      .set({ against: JSON.stringify(against) })
      .where('id', '=', ruling)
      .execute();
    if (before !== undefined)
      for (const { sourceKey, source, told } of noted)
        news.push({ sourceKey, source, kind: 'against', at: now, words: told });
  }
  await writeNews(db, news);
  return news;
}

/** Where nothing is called by the name of a ruling any more, it means what was called so when the maintainer spoke. */
export function withHolders(
  named: ReadonlyMap<string, readonly NamedItem[]>,
  kept: readonly KeptRuling[],
): ReadonlyMap<string, readonly NamedItem[]> {
  const all = new Map(named);
  for (const { ruling, holders } of kept)
    for (const [place, name] of namesIn(ruling).entries()) if (!named.has(name)) all.set(name, holders[place] ?? []);
  return all;
}
