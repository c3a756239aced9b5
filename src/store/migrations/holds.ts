/** What sections have found in items that a person is to look at before they show them. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const holds: readonly Migration[] = [
  {
    name: '018-holds',
    async up(db) {
      await sql`create table holds (item integer not null references items (id) on delete cascade, section text not null,
        finds text not null, released text not null default '[]', parked_since integer, opened_at integer,
        is_told integer not null default 0, primary key (item, section)) without rowid`.execute(db);
    },
  },
];
