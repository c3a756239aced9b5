/** What feeds have said once and for all: the date of each story, and in which document of an archive it stands. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const feeds: readonly Migration[] = [
  {
    name: '022-feeds',
    async up(db) {
      await db.schema.alterTable('stories').addColumn('published', 'integer').execute();
      await sql`create index stories_undated on stories (id) where published is null`.execute(db);
      await sql`create table archives (feed text not null, number integer not null, stories text not null,
        primary key (feed, number)) without rowid`.execute(db);
    },
  },
];
