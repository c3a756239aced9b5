/** Items taken back: a source's, for as long as the maintainer wants it; whole stories', when no section keeps them any more. */
import { sql } from 'kysely';
import type { Instant, SourceKey } from '../model.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { expiredBecause } from './item-rows.ts';
import { chunks } from './items.ts';
import { touch } from './stories.ts';
import { emptyRows } from './withdrawals.ts';

/**
 * Takes back what the source brought at or after an instant, keeping the words. What was withdrawn before stays so.
 * @returns ids of the items
 */
export async function hideSince(db: Database, source: SourceKey, since: Instant, now: Instant): Promise<number[]> {
  const rows = await db
    .updateTable('items')
    .set({ hidden_at: now })
    .where('source', '=', source)
    .where('seen', '>=', since)
    .where('withdrawn_at', 'is', null)
    .where('hidden_at', 'is', null)
    .returning(['id', 'story'])
    .execute();
  await touch(db, rows, now);
  return rows.map(({ id }) => id);
}

/** Undoes `hideSince`. @returns ids of the items */
export async function unhide(db: Database, source: SourceKey, now: Instant): Promise<number[]> {
  const rows = await db
    .updateTable('items')
    .set({ hidden_at: null })
    .where('source', '=', source)
    .where('hidden_at', 'is not', null)
    .returning(['id', 'story'])
    .execute();
  await touch(db, rows, now);
  return rows.map(({ id }) => id);
}

/**
 * Takes away the words of stories dated before an instant, where all their items are of these sources.
 * @returns how many items
 */
export async function expireStories(
  db: Database,
  sources: readonly SourceKey[],
  before: Instant,
  now: Instant,
): Promise<number> {
  const kept = amongWords(sources);
  const { rows } = await sql<{ id: number; story: number }>`
    select i.id, i.story from stories s join items i on i.story = s.id
      where s.date < ${before} and i.withdrawn_at is null
        and not exists (select 1 from items o where o.story = s.id and o.source not in ${kept})`.execute(db);
  const ids = rows.map(({ id }) => id);
  await emptyRows(db, ids);
  for (const part of chunks(ids))
    await db
      .updateTable('items')
      .set({ withdrawn_at: now, withdrawn_because: expiredBecause })
      .where('id', 'in', part)
      .execute();
  await touch(db, rows, now);
  return rows.length;
}
