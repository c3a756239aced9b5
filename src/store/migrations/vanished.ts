/** What has vanished from a source's feed, and what its page has answered since. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const vanished: readonly Migration[] = [
  {
    name: '012-vanished',
    async up(db) {
      await sql`create table missing_items (item integer primary key references items (id) on delete cascade,
        since integer not null, state text not null, tries integer not null default 0, next_check integer,
        first_gone integer, first_status integer, checked_at integer, answer text)`.execute(db);
      await sql`create index missing_items_due on missing_items (next_check) where next_check is not null`.execute(db);
    },
  },
];
