/** Which digests have closed, what they carried, and how far their mails are. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const digests: readonly Migration[] = [
  {
    name: '023-digests',
    async up(db) {
      await sql`create table digests (section text not null, name text not null, starts integer not null, ends integer not null,
        is_empty integer not null, primary key (section, name)) without rowid`.execute(db);
      await sql`create table digest_items (section text not null, digest text not null,
        item integer not null references items (id) on delete cascade,
        primary key (section, digest, item)) without rowid`.execute(db);
      await sql`create table digest_mails (section text not null, digest text not null, address text not null, state text not null,
        tries integer not null default 0, first_try integer, next_try integer not null, at integer not null, answer text,
        is_told integer not null default 0, primary key (section, digest, address)) without rowid`.execute(db);
    },
  },
];
