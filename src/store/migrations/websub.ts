/** What hubs have to be told, and what they are asked for. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const websub: readonly Migration[] = [
  {
    name: '024-websub',
    async up(db) {
      await sql`create table hub_notices (feed text primary key, since integer not null, tries integer not null default 0,
        next_try integer not null) without rowid`.execute(db);
      await sql`create table subscriptions (id text primary key, source text not null, callback text not null, hub text not null,
        topic text not null, secret text not null, asked text, until integer, tries integer not null, next_try integer not null,
        failing_since integer, answer text, is_told integer not null, due_at integer, pushed_at integer) without rowid`.execute(
        db,
      );
      await db.schema.alterTable('sources').addColumn('hub_offer', 'text').execute();
    },
  },
];
