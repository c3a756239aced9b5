/** Stories: what a decision needs of them, writing what was decided, and whole records for publishing. */
import { createHash } from 'node:crypto';
import type { ListedStory } from '../edges.ts';
import type {
  Attribution,
  CanonicalUrl,
  Evidence,
  Instant,
  Member,
  Original,
  Role,
  SourceKey,
  StoredItem,
  StoryRecord,
} from '../model.ts';
import type { KnownStory, StoryMember, StoryWrite } from '../refresh-plan.ts';
import type { Database } from './database.ts';
import { evidenceOf, storedItemOf } from './item-rows.ts';
import { chunks } from './items.ts';
import type { StoryRow } from './schema.ts';

/** Members and evidence of these stories. */
export async function readKnownStories(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, KnownStory>> {
  const stories = new Map<number, KnownStory>();
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('stories').select(['id', 'created']).where('id', 'in', part).execute();
    const items = await db
      .selectFrom('items')
      .select(({ fn }) => ['id', 'story', 'source', 'date', fn<number>('length', ['text']).as('textLength')])
      .where('story', 'in', part)
      .orderBy('id')
      .execute();
    const evidence = await readEvidence(
      db,
      items.map((item) => item.id),
    );
    const members = new Map<number, StoryMember[]>();
    for (const item of items) {
      const member = {
        itemId: item.id,
        sourceKey: item.source,
        date: item.date,
        textLength: item.textLength,
        evidence: evidence.get(item.id) ?? [],
      };
      members.set(item.story, [...(members.get(item.story) ?? []), member]);
    }
    for (const row of rows)
      stories.set(row.id, { id: row.id, created: row.created, members: members.get(row.id) ?? [] });
  }
  return stories;
}

async function readEvidence(db: Database, itemIds: readonly number[]): Promise<ReadonlyMap<number, Evidence[]>> {
  const byItem = new Map<number, Evidence[]>();
  for (const part of chunks(itemIds)) {
    const rows = await db
      .selectFrom('evidence')
      .selectAll()
      .where('item', 'in', part)
      .orderBy('item')
      .orderBy('position')
      .execute();
    for (const row of rows) {
      const list = byItem.get(row.item) ?? [];
      list.push(evidenceOf(row));
      byItem.set(row.item, list);
    }
  }
  return byItem;
}

/** The public name: short, safe as a folder, and the same again when the same first item founds the story anew. */
function uidFor(seed: string, attempt: number): string {
  const bytes = createHash('sha256')
    .update(attempt === 0 ? seed : `${seed}\n${attempt}`)
    .digest();
  return BigInt(`0x${bytes.subarray(0, 8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')
    .slice(0, 12);
}

/** @returns the id of a story made anew */
export async function insertStory(
  db: Database,
  seed: string,
  at: { readonly date: Instant; readonly now: Instant; readonly changedAt: Instant },
): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const uid = uidFor(seed, attempt);
    const taken = await db.selectFrom('stories').select('id').where('uid', '=', uid).executeTakeFirst();
    if (taken !== undefined) continue; // two items of one source with one address are two stories
    const { id } = await db
      .insertInto('stories')
      .values({ uid, created: at.now, changed: at.changedAt, date: at.date, ...originalRow(undefined) })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }
}

/**
 * Writes what was decided of a story.
 * @param write with all refs replaced by ids
 */
export async function writeStory(db: Database, storyId: number, write: StoryWrite, changedAt: Instant): Promise<void> {
  const before = await db.selectFrom('stories').selectAll().where('id', '=', storyId).executeTakeFirstOrThrow();
  for (const absorbed of write.absorbed) await absorbStory(db, storyId, absorbed);
  const original = originalRow(write.attribution.original);
  const isOtherOriginal = (Object.keys(original) as (keyof typeof original)[]).some(
    (column) => original[column] !== before[column],
  );
  const isNew = write.seed !== undefined; // its change is already noted
  const changed =
    !isNew && (write.hasChanged || isOtherOriginal) ? { changed: laterThan(before.changed, changedAt) } : {};
  await db
    .updateTable('stories')
    .set({ ...original, ...changed, date: write.date })
    .where('id', '=', storyId)
    .execute();
  for (const member of write.attribution.members) {
    await db
      .updateTable('items')
      .set({ story: storyId, role: member.role, via: member.via ?? null })
      .where('id', '=', member.itemId)
      .execute();
  }
}

/** The absorbed story's address stays: it leads to the story that took it in. */
async function absorbStory(db: Database, keeper: number, absorbed: number): Promise<void> {
  const row = await db.selectFrom('stories').select('uid').where('id', '=', absorbed).executeTakeFirst();
  if (row === undefined) return;
  await db.updateTable('items').set({ story: keeper }).where('story', '=', absorbed).execute();
  await db.updateTable('story_aliases').set({ story: keeper }).where('story', '=', absorbed).execute();
  await db.insertInto('story_aliases').values({ uid: row.uid, story: keeper }).execute();
  await db.deleteFrom('stories').where('id', '=', absorbed).execute();
}

export async function touchStory(db: Database, storyId: number, changedAt: Instant): Promise<void> {
  const { changed } = await db
    .selectFrom('stories')
    .select('changed')
    .where('id', '=', storyId)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('stories')
    .set({ changed: laterThan(changed, changedAt) })
    .where('id', '=', storyId)
    .execute();
}

/** A story's change is later than its last, also when the clock stands still. */
function laterThan(before: Instant, changedAt: Instant): Instant {
  return Math.max(changedAt, before + 1);
}

/** The instant to note for changes made now: never before one already noted, or a clock set back would hide them. */
export async function changeInstant(db: Database, now: Instant): Promise<Instant> {
  const row = await db
    .selectFrom('stories')
    .select(({ fn }) => fn.max('changed').as('newest'))
    .executeTakeFirst();
  return Math.max(now, Number(row?.newest ?? 0));
}

type OriginalColumns = Pick<StoryRow, 'original_item' | 'original_source' | 'original_name' | 'original_url'>;

function originalRow(original: Original | undefined): OriginalColumns {
  if (original?.kind === 'item') {
    return { original_item: original.itemId, original_source: null, original_name: null, original_url: null };
  }
  return {
    original_item: null,
    original_source: original?.sourceKey ?? null,
    original_name: original?.name ?? null,
    original_url: original?.url ?? null,
  };
}

/** Whole stories by id, in the order of the ids given. */
export async function readStories(db: Database, ids: readonly number[]): Promise<StoryRecord[]> {
  const found = new Map<number, StoryRecord>();
  for (const part of chunks(ids)) {
    const stories = await db.selectFrom('stories').selectAll().where('id', 'in', part).execute();
    const rows = await db
      .selectFrom('items')
      .selectAll()
      .where('story', 'in', part)
      .orderBy('date')
      .orderBy('id')
      .execute();
    const evidence = await readEvidence(
      db,
      rows.map((row) => row.id),
    );
    const items = new Map<number, StoredItem[]>();
    const members = new Map<number, Member[]>();
    for (const row of rows) {
      items.set(row.story, [...(items.get(row.story) ?? []), storedItemOf(row)]);
      const member: Member = {
        itemId: row.id,
        role: row.role as Role,
        via: row.via ?? undefined,
        evidence: evidence.get(row.id) ?? [],
      };
      members.set(row.story, [...(members.get(row.story) ?? []), member]);
    }
    for (const story of stories) {
      const attribution: Attribution = { original: originalOf(story), members: members.get(story.id) ?? [] };
      found.set(story.id, {
        id: story.id,
        uid: story.uid,
        created: story.created,
        changed: story.changed,
        attribution,
        items: items.get(story.id) ?? [],
      });
    }
  }
  return ids.map((id) => found.get(id)).filter((story) => story !== undefined);
}

function originalOf(row: StoryRow | (Omit<StoryRow, 'id'> & { id: number })): Original {
  if (row.original_item !== null) return { kind: 'item', itemId: row.original_item };
  return {
    kind: 'elsewhere',
    sourceKey: row.original_source ?? undefined,
    name: row.original_name ?? undefined,
    url: (row.original_url ?? undefined) as CanonicalUrl | undefined,
  };
}

/** The stories that these sources carry and readers may see, newest first: without those whose original was withdrawn. */
export async function listStories(db: Database, sources: readonly SourceKey[]): Promise<ListedStory[]> {
  if (sources.length === 0) return [];
  return await db
    .selectFrom('stories')
    .leftJoin('items as original', 'original.id', 'stories.original_item')
    .select(['stories.id', 'stories.changed', 'stories.date'])
    .where('original.withdrawn_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('items')
          .select('items.id')
          .whereRef('items.story', '=', 'stories.id')
          .where('items.source', 'in', sources)
          .where('items.withdrawn_at', 'is', null),
      ),
    )
    .orderBy('stories.date', 'desc')
    .orderBy('stories.id', 'desc')
    .execute();
}

/** Stories that changed at or after an instant; the newest change of all, and how many share it. */
export async function listChanged(
  db: Database,
  since: Instant,
): Promise<{ ids: number[]; newest: Instant; atNewest: number }> {
  const rows = await db
    .selectFrom('stories')
    .select(['id', 'changed'])
    .where('changed', '>=', since)
    .orderBy('id')
    .execute();
  const newest = rows.reduce((latest, row) => Math.max(latest, row.changed), since);
  return { ids: rows.map((row) => row.id), newest, atNewest: rows.filter((row) => row.changed === newest).length };
}

/** Addresses of stories that were taken into others: old public name → new one. */
export async function readAliases(db: Database): Promise<{ uid: string; now: string }[]> {
  return await db
    .selectFrom('story_aliases')
    .innerJoin('stories', 'stories.id', 'story_aliases.story')
    .select(['story_aliases.uid', 'stories.uid as now'])
    .orderBy('story_aliases.uid')
    .execute();
}

/** The story that an address, guid, or public name belongs to. */
export async function findStory(db: Database, name: string, key: string): Promise<number | undefined> {
  const byItem = await db
    .selectFrom('items')
    .leftJoin('item_keys', 'item_keys.item', 'items.id')
    .select('items.story')
    .where(({ or, eb, and }) =>
      or([
        eb('items.url', '=', name),
        eb('items.guid', '=', name),
        and([eb('item_keys.kind', '=', 'url'), eb('item_keys.key', '=', key)]),
      ]),
    )
    .executeTakeFirst();
  if (byItem !== undefined) return byItem.story;
  const byUid = await db.selectFrom('stories').select('id').where('uid', '=', name).executeTakeFirst();
  const byAlias = await db.selectFrom('story_aliases').select('story as id').where('uid', '=', name).executeTakeFirst();
  return byUid?.id ?? byAlias?.id;
}
