/** Stories: what a decision needs of them, and writing what was decided. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Evidence, Instant, Original, SourceKey } from '../model.ts';
import type { KnownStory, StoryMember, StoryWrite } from '../refresh-plan.ts';
import type { Database } from './database.ts';
import { evidenceOf, isTakenBack } from './item-rows.ts';
import { chunks } from './items.ts';
import type { StoryRow } from './schema.ts';

/** Members and evidence of these stories. */
export async function readKnownStories(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, KnownStory>> {
  const stories = new Map<number, KnownStory>();
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('stories').select(['id', 'created']).where('id', 'in', part).execute();
    const items = await db
      .selectFrom('items')
      .select(({ fn }) => [
        'id',
        'story',
        'source',
        'date',
        'seen',
        'withdrawn_at',
        'hidden_at',
        fn<number>('length', ['text']).as('textLength'),
      ])
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
        seen: item.seen,
        isWithdrawn: isTakenBack(item),
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

/** Evidence by item, in the order it was noted. */
export async function readEvidence(db: Database, itemIds: readonly number[]): Promise<ReadonlyMap<number, Evidence[]>> {
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

/** Notes that readers could notice a difference; each change is later than the last, also when the clock stands still. */
export async function touchStories(db: Database, ids: readonly number[], changedAt: Instant): Promise<void> {
  for (const part of chunks(ids)) {
    await db
      .updateTable('stories')
      .set((eb) => ({ changed: sql<number>`max(${changedAt}, ${eb.ref('changed')} + 1)` }))
      .where('id', 'in', part)
      .execute();
  }
}

/** Stories shown on first pages and in feeds; what is further down is shown anew when something else changes in it. */
const newestTouched = 100;

/** As `touchStories`, for those of a source's newest items. */
export async function touchNewest(db: Database, source: SourceKey, changedAt: Instant): Promise<void> {
  const rows = await db
    .selectFrom('items')
    .select('story')
    .where('source', '=', source)
    .orderBy('date', 'desc')
    .limit(newestTouched)
    .execute();
  await touchStories(db, [...new Set(rows.map(({ story }) => story))], changedAt);
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
