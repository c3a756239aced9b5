/** Pictures, what is dated ahead, languages, passages. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const stories: readonly Migration[] = [
  {
    name: '006-pictures',
    async up(db) {
      await sql`create table pictures (address text primary key, state text not null, tries integer not null,
        next_try integer not null, why text, file text, width integer, height integer) without rowid`.execute(db);
      await sql`create index pictures_wanted on pictures (next_try) where state = 'wanted'`.execute(db);
      await sql`create table picture_uses (story integer not null references stories (id) on delete cascade,
        address text not null references pictures (address), source text not null, primary key (story, address)) without rowid`.execute(
        db,
      );
      await sql`create index picture_uses_by_address on picture_uses (address)`.execute(db);
    },
  },
  {
    name: '007-dated-ahead',
    async up(db) {
      await sql`create table waiting_items (source text not null, guid text not null, hash text not null, url text,
        item text not null, signals text not null, due integer not null, primary key (source, guid)) without rowid`.execute(
        db,
      );
    },
  },
  {
    name: '008-languages',
    async up(db) {
      await db.schema.alterTable('items').addColumn('langs', 'text').execute();
    },
  },
  {
    name: '009-passages',
    async up(db) {
      await sql`create table imprints (item integer primary key references items (id) on delete cascade,
        source text not null, period integer not null, prints blob not null, marks text not null)`.execute(db);
      await sql`create table fresh_imprints (item integer primary key references items (id) on delete cascade)`.execute(
        db,
      );
      await sql`create table print_segments (id integer primary key, period integer not null, postings integer not null,
        pieces integer not null, next_piece integer, merged_into integer)`.execute(db);
      // With a rowid: a row of a page's size would lie in overflow pages without.
      for (const table of ['print_postings', 'print_filters'])
        await sql`create table ${sql.table(table)} (place integer primary key, bytes blob not null)`.execute(db);
      await sql`create table print_index (generation integer not null)`.execute(db);
      await sql`insert into print_index (generation) values (0)`.execute(db);
      await sql`create table stopped_prints (print integer not null, source text not null,
        primary key (print, source)) without rowid`.execute(db);
      await sql`create table relations (a integer not null references items (id) on delete cascade,
        b integer not null references items (id) on delete cascade, kind text not null, strength integer not null,
        cover_a real not null, cover_b real not null, from_a real not null, to_a real not null, from_b real not null,
        to_b real not null, claimer integer, is_explicit integer not null, reasons text not null,
        primary key (a, b)) without rowid`.execute(db);
      await sql`create index relations_by_other on relations (b)`.execute(db);
      await db.schema.alterTable('stories').addColumn('confidence', 'text').execute();
      await db.schema.alterTable('stories').addColumn('jointly', 'text').execute();
      await sql`create table story_rulings (id integer primary key autoincrement, ruling text not null, at integer not null,
        because text not null, against text)`.execute(db);
      await sql`create table ruled_items (ruling integer not null references story_rulings (id) on delete cascade,
        place integer not null, item integer not null references items (id) on delete cascade,
        primary key (ruling, place, item)) without rowid`.execute(db);
      await sql`create index ruled_items_by_item on ruled_items (item)`.execute(db);
      // What ties an item to others stands behind what it says of itself (story-writing.ts); before, it stood among that.
      await sql`update evidence set position = position + 1000 where says = 'same'`.execute(db);
    },
  },
  {
    name: '010-languages-in-lists',
    async up(db) {
      // A section's list says which languages each story is in; it reads the index alone.
      await sql`drop index items_in_story`.execute(db);
      await sql`create index items_in_story on items (story, source, date, withdrawn_at, hidden_at, first_import, lang, langs)`.execute(
        db,
      );
    },
  },
];
