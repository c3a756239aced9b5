/** What items said before, down to their day; and what has been corrected or taken back since when. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const corrections: readonly Migration[] = [
  {
    name: '016-corrections',
    async up(db) {
      await db.schema.alterTable('revisions').addColumn('published', 'integer').execute();
      await sql`alter table revisions add column is_silent integer not null default 0`.execute(db);
      await sql`create index revisions_by_time on revisions (replaced_at, item) where is_silent = 0`.execute(db);
      // What no section keeps any more is let go as well, in great numbers, and is no news: the words are those of item-rows.ts.
      await sql`create index items_withdrawn on items (withdrawn_at, source, story)
        where withdrawn_at is not null and withdrawn_because is not 'no section keeps it any more'`.execute(db);
      await sql`create index items_hidden on items (hidden_at, source, story) where hidden_at is not null`.execute(db);
    },
  },
];

export const movedCalls: readonly Migration[] = [
  {
    name: '021-events-of-versions',
    async up(db) {
      await db.schema.alterTable('revisions').addColumn('events', 'text').execute();
    },
  },
];
