/** Items that their feeds list no more: who they are, since when, and what their pages have answered. */
import { type AliasedRawBuilder, type ExpressionBuilder, sql } from 'kysely';
import type { MissingItem, PageFate } from '../library.ts';
import type { Instant, SourceKey } from '../model.ts';
import type { Listing, RefreshPlan } from '../refresh-plan.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { chunks } from './items.ts';
import type { Tables } from './schema.ts';

/** A source's items beside a document that lists these guids: two look-ups in indexes, and rows only of what is not listed. */
export async function readListing(db: Database, sourceKey: SourceKey, guids: readonly string[]): Promise<Listing> {
  const listed = new Set<number>();
  for (const part of chunks(guids)) {
    const rows = await db
      .selectFrom('items')
      .select('id')
      .where('source', '=', sourceKey)
      .where('guid', 'in', part)
      .execute();
    for (const { id } of rows) listed.add(id);
  }
  const newest = await db
    .selectFrom('items')
    .select(['id', 'date', 'withdrawn_at', 'hidden_at'])
    .where('source', '=', sourceKey)
    .orderBy('date', 'desc')
    .limit(2 * guids.length + 10) // where more are missing than are listed, nothing has vanished
    .execute();
  const dates = newest.filter(({ id }) => listed.has(id)).map(({ date }) => date);
  const olderListed = listed.size - dates.length;
  const oldest = olderListed > 0 ? Number.NEGATIVE_INFINITY : (dates.at(-1) ?? Number.POSITIVE_INFINITY);
  const candidates = newest.filter(
    ({ id, date, withdrawn_at, hidden_at }) =>
      !listed.has(id) && date > oldest && withdrawn_at === null && hidden_at === null,
  );
  const dated = new Set<number>();
  for (const part of chunks(candidates.map(({ id }) => id))) {
    const rows = await db
      .selectFrom('items')
      .select('id')
      .where('id', 'in', part)
      .where('published', 'is not', null)
      .execute();
    for (const { id } of rows) dated.add(id);
  }
  const items = newest.map(({ id, date }) => ({ id, date, isListed: listed.has(id), mayVanish: dated.has(id) }));
  return { items, olderListed, back: await readNoted(db, [...listed]) };
}

async function readNoted(db: Database, ids: readonly number[]): Promise<number[]> {
  const noted: number[] = [];
  const any = await db.selectFrom('missing_items').select('item').limit(1).executeTakeFirst();
  if (any === undefined) return noted;
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('missing_items').select('item').where('item', 'in', part).execute();
    noted.push(...rows.map(({ item }) => item));
  }
  return noted;
}

export async function writeMissing(db: Database, { gone, back }: RefreshPlan['missing'], now: Instant): Promise<void> {
  for (const part of chunks(gone))
    await db
      .insertInto('missing_items')
      .values(part.map((item) => ({ item, since: now, state: 'unasked' as const, next_check: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  for (const part of chunks(back)) await db.deleteFrom('missing_items').where('item', 'in', part).execute();
}

/** No look is put off for longer: one that is was noted under a wrong clock. */
const longestWait = 17 * 86_400_000;

/** One of each source before the second of any: however many one source lets vanish, the others' are looked at. */
export async function readDueMissing(
  db: Database,
  sources: readonly SourceKey[],
  now: Instant,
  limit: number,
): Promise<readonly MissingItem[]> {
  const isDue = sql<boolean>`(next_check <= ${now} or next_check > ${now + longestWait})`;
  const any = await db.selectFrom('missing_items').select('item').where(isDue).limit(1).executeTakeFirst();
  if (any === undefined) return [];
  const { rows: due } = await sql<{ item: number }>`
    select m.item, row_number() over (partition by i.source order by m.next_check, m.item) as turn
      from missing_items m join items i on i.id = m.item
      where ${isDue} and i.withdrawn_at is null and i.hidden_at is null
        and i.source in ${amongWords(sources)}
      order by turn, m.next_check, m.item limit ${limit}`.execute(db);
  const found = new Map<number, MissingItem>();
  for (const part of chunks(due.map(({ item }) => item)))
    for (const row of await selectMissing(db).where('missing_items.item', 'in', part).execute())
      found.set(row.item, missingOf(row));
  return due.flatMap(({ item }) => found.get(item) ?? []);
}

export async function readMissing(
  db: Database,
  { sources, items }: { readonly sources?: readonly SourceKey[]; readonly items?: readonly number[] },
): Promise<readonly MissingItem[]> {
  const rows = await selectMissing(db)
    .$if(sources !== undefined, (query) => query.where('items.source', 'in', sources ?? []))
    .$if(items !== undefined, (query) => query.where('items.id', 'in', items ?? []))
    .orderBy('missing_items.since')
    .orderBy('missing_items.item')
    .execute();
  return rows.map(missingOf);
}

export async function writePageFate(db: Database, item: number, fate: PageFate): Promise<void> {
  await db
    .updateTable('missing_items')
    .set({
      state: fate.state,
      tries: fate.tries,
      next_check: fate.nextCheck ?? null,
      first_gone: fate.firstGone?.at ?? null,
      first_status: fate.firstGone?.status ?? null,
      checked_at: fate.checkedAt ?? null,
      answer: fate.answer ?? null,
    })
    .where('item', '=', item)
    .execute();
}

export async function readStillListed(
  db: Database,
  sourceKey: SourceKey,
  limit: number,
): Promise<readonly Pick<MissingItem, 'url' | 'isShared'>[]> {
  const rows = await db
    .selectFrom('items')
    .select(['url', isShared])
    .where('source', '=', sourceKey)
    .where('withdrawn_at', 'is', null)
    .where('hidden_at', 'is', null)
    .where('id', 'not in', (eb) => eb.selectFrom('missing_items').select('item'))
    .orderBy('date', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ url: row.url ?? undefined, isShared: row.is_shared === 1 }));
}

/** Another item of the source has one of its addresses, or its text: that may be the same under another guid. */
function isShared(eb: ExpressionBuilder<Tables, 'items'>): AliasedRawBuilder<number, 'is_shared'> {
  const other = eb
    .selectFrom('item_keys as own')
    .innerJoin('item_keys as others', (join) =>
      join.onRef('others.kind', '=', 'own.kind').onRef('others.key', '=', 'own.key'),
    )
    .innerJoin('items as neighbour', 'neighbour.id', 'others.item')
    .whereRef('own.item', '=', 'items.id')
    .where('own.kind', 'in', ['url', 'text'])
    .whereRef('others.item', '!=', 'own.item')
    .whereRef('neighbour.source', '=', 'items.source')
    .select('others.item');
  return sql<number>`${eb.exists(other)}`.as('is_shared');
}

const columns = [
  'missing_items.item',
  'missing_items.since',
  'missing_items.state',
  'missing_items.tries',
  'missing_items.next_check',
  'missing_items.first_gone',
  'missing_items.first_status',
  'missing_items.checked_at',
  'missing_items.answer',
  'items.source',
  'items.guid',
  'items.title',
  'items.url',
  'items.withdrawn_at',
] as const;

/** A cross join in SQLite is one in this order: of a table that is empty it has no statistics, takes it for large, and reads all items. */
function selectMissing(db: Database) {
  return db
    .selectFrom('missing_items')
    .crossJoin('items')
    .whereRef('items.id', '=', 'missing_items.item')
    .select(columns)
    .select(isShared);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMissing>['execute']>>[number];

function missingOf(row: Row): MissingItem {
  return {
    id: row.item,
    sourceKey: row.source,
    guid: row.guid,
    title: row.title,
    url: row.url ?? undefined,
    isShared: row.is_shared === 1,
    since: row.since,
    state: row.withdrawn_at === null ? row.state : 'withdrawn',
    tries: row.tries,
    firstGone:
      row.first_gone === null ? undefined : { at: row.first_gone, status: row.first_status === 410 ? 410 : 404 },
    checkedAt: row.checked_at ?? undefined,
    nextCheck: row.next_check ?? undefined,
    answer: row.answer ?? undefined,
  };
}
