/** Stories: making them, and noting that they have changed; what each of their items says. */
import { createHash } from 'node:crypto';
import { type Insertable, sql } from 'kysely';
import type { Evidence, Instant, SourceKey } from '../model.ts';
import type { Database } from './database.ts';
import { evidenceOf } from './item-rows.ts';
import { chunks } from './items.ts';
import { linkedTo } from './links.ts';
import type { StoryRow } from './schema.ts';

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
export function uidFor(seed: string, attempt: number): string {
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
  at: { readonly now: Instant; readonly changedAt: Instant },
  columns: Omit<Insertable<StoryRow>, 'id' | 'uid' | 'created' | 'changed'>,
): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const uid = uidFor(seed, attempt);
    const taken = await db.selectFrom('stories').select('id').where('uid', '=', uid).executeTakeFirst();
    if (taken !== undefined) continue; // two items of one source with one address are two stories
    await db.deleteFrom('story_aliases').where('uid', '=', uid).execute(); // it led to the story it has come out of again
    const { id } = await db
      .insertInto('stories')
      .values({ uid, created: at.now, changed: at.changedAt, ...columns })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }
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

/** The instant to note for changes made now: never before one already noted, or a clock set back would hide them. */
export async function changeInstant(db: Database, now: Instant): Promise<Instant> {
  const row = await db
    .selectFrom('stories')
    .select(({ fn }) => fn.max('changed').as('newest'))
    .executeTakeFirst();
  return Math.max(now, Number(row?.newest ?? 0));
}

/** Has stories rendered anew, and those that link to them, as if they had changed now. */
export async function touch(db: Database, rows: readonly { readonly story: number }[], now: Instant): Promise<void> {
  const stories = [...new Set(rows.map(({ story }) => story))];
  if (stories.length === 0) return;
  await touchStories(db, [...stories, ...(await linkedTo(db, stories))], await changeInstant(db, now));
}
