/** Stories of which nothing is to be shown any more, so that whoever reads our feeds hears of it. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const notShown: readonly Migration[] = [
  {
    name: '019-not-shown',
    async up(db) {
      await sql`create table not_shown (story integer primary key references stories (id) on delete cascade,
        since integer not null)`.execute(db);
    },
  },
];
