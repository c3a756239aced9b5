/** Who carries a story and since when, without its texts: what is asked of it before it is shown. */
import { type RawBuilder, sql } from 'kysely';
import type { CarriedStory } from '../library.ts';
import type { Confidence, Evidence, Instant, Role, SourceKey, Wish } from '../model.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { withdrawalOf } from './item-rows.ts';
import { chunks } from './items.ts';
import { attributedTo } from './story-records.ts';

/**
 * Stories that these sources carry, or are said to have written, alone or with others.
 * @param since only those of which an item has been first seen at or after this; undefined for all
 */
export async function readCarried(
  db: Database,
  sources: readonly SourceKey[],
  since: Instant | undefined,
): Promise<CarriedStory[]> {
  if (sources.length === 0) return [];
  const keys = amongWords(sources);
  const { rows: found } = await sql<{ story: number }>`
    select distinct i.story from items i where i.source in ${keys} ${seenSince(since)}
    union
    select s.id from stories s where (s.original_source in ${keys} or (s.jointly is not null and exists (
        select 1 from json_each(s.jointly) j where json_extract(j.value, '$.sourceKey') in ${keys})))
      and exists (select 1 from items i where i.story = s.id ${seenSince(since)})`.execute(db);
  const read: CarriedStory[] = [];
  for (const part of chunks(found.map(({ story }) => story))) read.push(...(await readPart(db, part)));
  return read;
}

/** The stories that these items belong to. */
export async function readCarriedWith(db: Database, items: readonly number[]): Promise<CarriedStory[]> {
  const stories = new Set<number>();
  for (const part of chunks(items))
    for (const { story } of await db.selectFrom('items').select('story').where('id', 'in', part).execute())
      stories.add(story);
  const read: CarriedStory[] = [];
  for (const part of chunks([...stories])) read.push(...(await readPart(db, part)));
  return read;
}

function seenSince(since: Instant | undefined): RawBuilder<unknown> {
  return since === undefined ? sql`` : sql`and i.seen >= ${since}`;
}

async function readPart(db: Database, ids: readonly number[]): Promise<CarriedStory[]> {
  const stories = await db.selectFrom('stories').selectAll().where('id', 'in', ids).orderBy('id').execute();
  const rows = await db
    .selectFrom('items')
    .select([
      'id',
      'story',
      'source',
      'role',
      'date',
      'seen',
      'withdrawn_at',
      'withdrawn_because',
      'withdrawn_by',
      'hidden_at',
      'wish',
    ])
    .where('story', 'in', ids)
    .orderBy('date')
    .orderBy('source')
    .orderBy('guid')
    .execute();
  const evidence = await readCredits(
    db,
    rows.map(({ id }) => id),
  );
  return stories.map((story) => {
    const own = rows.filter((row) => row.story === story.id);
    return {
      id: story.id,
      attribution: {
        ...attributedTo(story),
        confidence: (story.confidence ?? 'said') as Confidence,
        members: own.map(({ id, role }) => ({ itemId: id, role: role as Role, evidence: evidence.get(id) ?? [] })),
      },
      items: own.map((row) => ({
        id: row.id,
        sourceKey: row.source,
        date: row.date,
        seen: row.seen,
        withdrawn: withdrawalOf(row),
        ...(row.wish !== null && { wish: JSON.parse(row.wish) as Wish }),
      })),
    };
  });
}

type Credit = Pick<Evidence, 'says' | 'targetSource'>;

/** Which sources these items name, and as what. */
async function readCredits(db: Database, items: readonly number[]): Promise<ReadonlyMap<number, readonly Credit[]>> {
  const found = new Map<number, Credit[]>();
  for (const part of chunks(items)) {
    const rows = await db
      .selectFrom('evidence')
      .select(['item', 'says', 'target_source'])
      .where('item', 'in', part)
      .where('says', '!=', 'same')
      .where('target_source', 'is not', null)
      .orderBy('item')
      .orderBy('position')
      .execute();
    for (const { item, says, target_source: source } of rows) {
      const credit: Credit = { says: says as Credit['says'], targetSource: source ?? undefined };
      found.set(item, [...(found.get(item) ?? []), credit]);
    }
  }
  return found;
}

/** Ids of the items of which nothing is to be shown. */
export async function readUnshown(db: Database): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from items where wish is not null and wish ->> 'republish' = 'none'`.execute(db);
  return rows.map(({ id }) => id);
}
