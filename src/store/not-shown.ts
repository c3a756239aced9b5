/** Stories of which nothing is to be shown, and since when: readers of our feeds have them, where they were shown before. */
import { sql } from 'kysely';
import type { NotShown } from '../feed-library.ts';
import type { Instant } from '../model.ts';
import type { Database } from './database.ts';
import { amongNumbers } from './engine.ts';

/**
 * Notes which stories are not shown now, `since` 0 where no reader has ever seen them; those that are shown again are forgotten.
 * @param before what had been made by then was published, undefined where nothing was
 */
export async function writeNotShown(
  db: Database,
  stories: readonly number[],
  { before, now }: { readonly before: Instant | undefined; readonly now: Instant },
): Promise<void> {
  const all = amongNumbers(stories);
  await sql`delete from not_shown where story not in ${all}`.execute(db);
  await sql`insert into not_shown (story, since)
    select id, case when created <= ${before ?? -1} then cast(${now} as integer) else 0 end from stories where id in ${all}
    on conflict do nothing`.execute(db);
}

/** Stories in a list of those that were shown until an instant or later. */
const mostRead = 5_000;

/** Those that were shown until an instant or later, newest first. */
export async function readNotShown(db: Database, since: Instant): Promise<NotShown[]> {
  const { rows } = await sql<Omit<NotShown, 'langs' | 'sources'> & { langs: string; sources: string }>`
    select n.story, s.uid, n.since, group_concat(distinct coalesce(i.langs, i.lang)) as langs,
        json_group_array(distinct i.source) as sources
      from not_shown n join stories s on s.id = n.story join items i on i.story = n.story
      where n.since > 0 and n.since >= ${since}
      group by n.story, s.id order by n.since desc, s.date desc, s.uid limit ${mostRead}`.execute(db);
  return rows.map(({ langs, sources, ...row }) => ({
    ...row,
    langs: [...new Set(langs.replace(/[[\]"]/g, '').split(','))],
    sources: JSON.parse(sources) as string[],
  }));
}
