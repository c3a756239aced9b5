/** What items said before, down to their day; and what has been corrected or taken back since when. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const corrections: readonly Migration[] = [
  {
    name: '012-corrections',
    async up(db) {
      await db.schema.alterTable('revisions').addColumn('published', 'integer').execute();
      await sql`alter table revisions add column is_silent integer not null default 0`.execute(db);
      await sql`create index revisions_by_time on revisions (replaced_at, item) where is_silent = 0`.execute(db);
      for (const column of ['withdrawn_at', 'hidden_at'])
        await sql`create index ${sql.ref(`items_${column}`)} on items (${sql.ref(column)}, source, story)
          where ${sql.ref(column)} is not null`.execute(db);
    },
  },
];
