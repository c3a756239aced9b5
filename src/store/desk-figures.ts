/** Counts and lists for the web desk. */
import { sql } from 'kysely';
import type { RepostCount } from '../desk-library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import { isShown } from './story-records.ts';

const weekMs = 7 * 86_400_000;

export async function countStoriesByWeek(db: Database, first: Instant, weeks: number): Promise<readonly number[]> {
  const { rows } = await sql<{ week: number; stories: number }>`
    select cast((s.date - ${first}) / ${weekMs} as integer) as week, count(*) as stories from stories s
      where s.date >= ${first} and s.date < ${first + weeks * weekMs}
        and exists (select 1 from items i where i.story = s.id and ${isShown('i')})
      group by week`.execute(db);
  const counts = new Map(rows.map(({ week, stories }) => [week, stories]));
  return Array.from({ length: weeks }, (_, week) => counts.get(week) ?? 0);
}

/**
 * An author that is a source is told by its item here, else by its key in the story, else by the name it was credited by. That item is
 * looked for as one of its story, `+o.id`, so that indexes answer and not the rows, which hold the texts.
 */
export async function countReposts(db: Database, since: Instant, limit: number): Promise<readonly RepostCount[]> {
  const { rows } = await sql<{ author: string | null; name: string | null; by: string; stories: number }>`
    select max(coalesce(author, known)) as author, max(name) as name, reposter as "by", count(distinct id) as stories from (
      select s.id, s.original_source as known, s.original_name as name, i.source as reposter,
          (select o.source from items o where o.story = s.id and +o.id = s.original_item) as author
        from stories s join items i on i.story = s.id
        where s.date >= ${since} and i.role = 'repost' and ${isShown('i')}
          and coalesce(s.confidence, 'said') in ('said', 'ruled')) as reposts
      where author is not null or known is not null or name is not null
      group by coalesce(author, known, '“' || name), reposter
      order by stories desc, author, reposter limit ${sql.lit(limit)}`.execute(db);
  return rows.map(({ author, name, by, stories }) => ({
    author: author ?? undefined,
    authorName: author === null ? (name ?? undefined) : undefined,
    by,
    stories,
  }));
}

export async function listNewest(db: Database, skip: number, limit: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('stories')
    .select('id')
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .offset(sql.lit(skip))
    .execute();
  return rows.map(({ id }) => id);
}
