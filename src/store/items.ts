/** Items: look-ups by guid and key, inserts and revisions. */
import type { Selectable } from 'kysely';
import type { Direction, Instant, SourceKey, StoredItem } from '../model.ts';
import type {
  ItemInsert,
  ItemUpdate,
  KnownEntry,
  KnownItem,
  KnownSample,
  KnownText,
  Signals,
} from '../refresh-plan.ts';
import { findable } from '../text/entry-names.ts';
import type { Database } from './database.ts';
import { contentRow, evidenceRow, isGoneForGood, isTakenBack, itemOf, langsOf, storedItemOf } from './item-rows.ts';
import { keepVersion } from './revisions.ts';
import type { ItemRow } from './schema.ts';

/** SQLite allows 32,766 variables in a statement; a statement this long is also quickest. */
const chunkSize = 500;

/** What the row of an item says until its story is found: the transaction cannot end so. */
const noStory = 0;

export function chunks<T>(list: readonly T[], size: number = chunkSize): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += size) parts.push(list.slice(at, at + size));
  return parts;
}

/** What a document's entries are compared with before anything is cleaned, by guid. */
export async function readKnownEntries(
  db: Database,
  sourceKey: SourceKey,
  guids: readonly string[],
): Promise<ReadonlyMap<string, KnownEntry>> {
  const known = new Map<string, KnownEntry>();
  for (const part of chunks(guids)) {
    const rows = await db
      .selectFrom('items')
      .select(['guid', 'hash', 'url'])
      .where('source', '=', sourceKey)
      .where('guid', 'in', part)
      .execute();
    for (const { guid, hash, url } of rows) known.set(guid, { hash, url: url ?? undefined });
  }
  return known;
}

/** The source's items under these guids, as far as a decision needs them. */
export async function readKnownItems(
  db: Database,
  sourceKey: SourceKey,
  guids: readonly string[],
): Promise<Map<string, KnownItem>> {
  const known = new Map<string, KnownItem>();
  for (const part of chunks(guids)) {
    const rows = await db
      .selectFrom('items')
      .selectAll()
      .where('source', '=', sourceKey)
      .where('guid', 'in', part)
      .execute();
    for (const row of rows) known.set(row.guid, knownItemOf(row));
  }
  return known;
}

/** The source's items with these ids; another source's are not among them. */
export async function readItemsById(
  db: Database,
  sourceKey: SourceKey,
  ids: readonly number[],
): Promise<Map<number, KnownItem>> {
  const known = new Map<number, KnownItem>();
  for (const part of chunks(ids)) {
    const rows = await db
      .selectFrom('items')
      .selectAll()
      .where('source', '=', sourceKey)
      .where('id', 'in', part)
      .execute();
    for (const row of rows) known.set(row.id, knownItemOf(row));
  }
  return known;
}

function knownItemOf(row: Selectable<ItemRow>): KnownItem {
  return {
    id: row.id,
    storyId: row.story,
    date: row.date,
    seen: row.seen,
    isWithdrawn: isTakenBack(row) && row.is_awaited === 0,
    keptOutBy: row.is_awaited === 0 ? ((row.withdrawn_by ?? undefined) as KnownItem['keptOutBy']) : undefined,
    isGoneForGood: isGoneForGood(row),
    isAwaited: row.is_awaited === 1,
    visible: itemOf(row),
  };
}

/** The source's newest items, newest first; those taken back too, or they would come back as new ones. */
export async function readSamples(db: Database, sourceKey: SourceKey, limit: number): Promise<KnownSample[]> {
  const rows = await db
    .selectFrom('items')
    .select(['id', 'guid', 'title', 'url', 'published', 'date', 'seen', 'text', 'html', 'lang'])
    .where('source', '=', sourceKey)
    .orderBy('date', 'desc')
    .orderBy('guid')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, url: row.url ?? undefined, published: row.published ?? undefined }));
}

/** The words of the source's items with these guids or ids; of those taken back there are none. */
export async function readTexts(
  db: Database,
  sourceKey: SourceKey,
  guids: readonly string[],
  ids: readonly number[],
): Promise<KnownText[]> {
  const texts: KnownText[] = [];
  const read = async (column: 'guid' | 'id', some: readonly (string | number)[]): Promise<void> => {
    for (const part of chunks(some)) {
      const rows = await db
        .selectFrom('items')
        .select(['id', 'guid', 'html', 'text', 'is_excerpt', 'lang', 'langs', 'dir'])
        .where('source', '=', sourceKey)
        .where(column, 'in', part)
        .execute();
      for (const { is_excerpt, dir, ...row } of rows)
        texts.push({ ...row, langs: langsOf(row), dir: dir as Direction, isExcerpt: is_excerpt === 1 });
    }
  };
  await read('guid', guids);
  await read('id', ids);
  return texts;
}

/** The item stands in no story yet. @returns its id */
export async function insertItem(
  db: Database,
  insert: ItemInsert,
  place: { sourceKey: SourceKey; now: Instant },
): Promise<number> {
  const { id } = await db
    .insertInto('items')
    .values({
      ...contentRow(insert.item),
      source: place.sourceKey,
      guid: insert.item.guid,
      story: noStory,
      role: 'repost',
      via: null,
      date: insert.date,
      seen: place.now,
      revised_at: null,
      is_settled: insert.signals.isSettled ? 1 : 0,
      withdrawn_at: null,
      withdrawn_because: null,
      withdrawn_by: null,
      withdrawn_with: null,
      hidden_at: null,
      first_import: insert.isFirstImport ? 1 : 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writeKeysAndStatements(db, id, insert.signals);
  return id;
}

/** What is updated stands, or was waited for: what was taken back is never read again. */
const standing = {
  withdrawn_at: null,
  withdrawn_because: null,
  withdrawn_by: null,
  withdrawn_with: null,
  is_emptied: 0,
  is_wiped: 0,
  is_awaited: 0,
};

/** Replaces an item's content, and its guid where it has come back under another; what readers saw before a correction is kept. */
export async function updateItem(db: Database, update: ItemUpdate, now: Instant): Promise<void> {
  if (update.isRevision || update.looksOther) await keepVersion(db, update.id, !update.isRevision, now);
  await db
    .updateTable('items')
    .set({
      ...contentRow(update.item),
      guid: update.item.guid,
      is_settled: update.signals.isSettled ? 1 : 0,
      ...(update.isRevision ? { revised_at: now } : {}),
      ...standing,
    })
    .where('id', '=', update.id)
    .execute();
  await db.deleteFrom('item_keys').where('item', '=', update.id).execute();
  await db.deleteFrom('evidence').where('item', '=', update.id).where('says', '!=', 'same').execute();
  await writeKeysAndStatements(db, update.id, update.signals);
}

/** Some of the items without an imprint, the oldest, by source. */
export async function readUnrecognised(
  db: Database,
  limit: number,
): Promise<ReadonlyMap<SourceKey, readonly StoredItem[]>> {
  const rows = await db
    .selectFrom('items')
    .selectAll()
    .where('id', 'not in', (eb) => eb.selectFrom('imprints').select('item'))
    .orderBy('id')
    .limit(limit)
    .execute();
  return bySource(rows);
}

/** Items that stand, after an id. */
export async function readItemsAfter(db: Database, id: number, limit: number): Promise<StoredItem[]> {
  const rows = await db
    .selectFrom('items')
    .selectAll()
    .where('id', '>', id)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(storedItemOf);
}

/** Ids of a source's items, oldest first. */
export async function readIds(db: Database, sourceKey: SourceKey): Promise<number[]> {
  const rows = await db.selectFrom('items').select('id').where('source', '=', sourceKey).orderBy('id').execute();
  return rows.map(({ id }) => id);
}

interface OfSource {
  readonly source: SourceKey;
  readonly items: readonly StoredItem[];
}

/** Items that credit somebody unknown, of the first source after this one that has any. */
export async function readUnsettled(db: Database, after: SourceKey): Promise<OfSource | undefined> {
  const unsettled = db
    .selectFrom('items')
    .where('is_settled', '=', 0)
    .where('withdrawn_at', 'is', null)
    .where('hidden_at', 'is', null);
  const next = unsettled.select('source').where('source', '>', after).orderBy('source').limit(1);
  const rows = await unsettled.selectAll().where('source', '=', next).orderBy('id').execute();
  const [first] = rows;
  return first && { source: first.source, items: rows.map(storedItemOf) };
}

function bySource(rows: readonly Selectable<ItemRow>[]): ReadonlyMap<SourceKey, readonly StoredItem[]> {
  const found = new Map<SourceKey, StoredItem[]>();
  for (const row of rows) {
    const list = found.get(row.source) ?? [];
    list.push(storedItemOf(row));
    found.set(row.source, list);
  }
  return found;
}

async function writeKeysAndStatements(db: Database, id: number, { keys, statements }: Signals): Promise<void> {
  if (keys.length > 0) {
    await db
      .insertInto('item_keys')
      .values(keys.map(({ kind, key }) => ({ kind, key: findable(key), item: id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const part of chunks(statements.map((one, position) => evidenceRow(one, id, position)))) {
    await db.insertInto('evidence').values(part).execute();
  }
}
