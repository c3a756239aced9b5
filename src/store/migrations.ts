/** The steps that bring an older database forward, as data. A step that has been released is never changed. */
import { type Kysely, sql } from 'kysely';

export interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** Marks the file as ours, so that no other program's database is taken for it: `RELA` in ASCII. */
export const applicationId = 0x52_45_4c_41;

export const migrations: readonly Migration[] = [
  {
    name: '001-first',
    async up(db) {
      const instant = 'integer';
      await db.schema
        .createTable('meta')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('value', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('sources')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('feed_url', 'text')
        .addColumn('etag', 'text')
        .addColumn('last_modified', 'text')
        .addColumn('body_hash', 'text')
        .addColumn('title', 'text')
        .addColumn('home', 'text')
        .addColumn('lang', 'text')
        .addColumn('next_due', instant, (c) => c.notNull())
        .addColumn('last_tried', instant)
        .addColumn('last_success', instant)
        .addColumn('last_new_item', instant)
        .addColumn('failures', 'integer', (c) => c.notNull())
        .addColumn('failing_since', instant)
        .addColumn('problem', 'text')
        .addColumn('is_gone', 'integer', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('stories')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('uid', 'text', (c) => c.notNull().unique())
        .addColumn('created', instant, (c) => c.notNull())
        .addColumn('changed', instant, (c) => c.notNull())
        .addColumn('date', instant, (c) => c.notNull())
        .addColumn('original_item', 'integer')
        .addColumn('original_source', 'text')
        .addColumn('original_name', 'text')
        .addColumn('original_url', 'text')
        .execute();
      await db.schema.createIndex('stories_by_date').on('stories').column('date').execute();
      await db.schema.createIndex('stories_by_change').on('stories').column('changed').execute();
      await db.schema
        .createTable('story_aliases')
        .addColumn('uid', 'text', (c) => c.primaryKey())
        .addColumn('story', 'integer', (c) => c.notNull().references('stories.id'))
        .execute();
      await db.schema
        .createTable('items')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('source', 'text', (c) => c.notNull())
        .addColumn('guid', 'text', (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('story', 'integer', (c) => c.notNull().references('stories.id'))
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('via', 'text')
        .addColumn('url', 'text')
        .addColumn('urls', 'text', (c) => c.notNull())
        .addColumn('cites', 'text', (c) => c.notNull())
        .addColumn('source_element', 'text')
        .addColumn('title', 'text', (c) => c.notNull())
        .addColumn('html', 'text', (c) => c.notNull())
        .addColumn('text', 'text', (c) => c.notNull())
        .addColumn('is_excerpt', 'integer', (c) => c.notNull())
        .addColumn('authors', 'text', (c) => c.notNull())
        .addColumn('lang', 'text', (c) => c.notNull())
        .addColumn('dir', 'text', (c) => c.notNull())
        .addColumn('published', instant)
        .addColumn('published_text', 'text')
        .addColumn('updated', instant)
        .addColumn('date', instant, (c) => c.notNull())
        .addColumn('seen', instant, (c) => c.notNull())
        .addColumn('revised_at', instant)
        .addColumn('categories', 'text', (c) => c.notNull())
        .addColumn('enclosures', 'text', (c) => c.notNull())
        .addColumn('rights', 'text')
        .addColumn('is_settled', 'integer', (c) => c.notNull())
        .addColumn('withdrawn_at', instant)
        .addColumn('withdrawn_because', 'text')
        .addUniqueConstraint('items_identity', ['source', 'guid'])
        .execute();
      await db.schema.createIndex('items_by_story').on('items').column('story').execute();
      await sql`create index items_unsettled on items (source) where is_settled = 0`.execute(db);
      await sql`create table item_keys (kind text not null, key text not null, item integer not null references items (id) on delete cascade,
        primary key (kind, key, item)) without rowid`.execute(db);
      await db.schema.createIndex('item_keys_by_item').on('item_keys').column('item').execute();
      await sql`create table evidence (item integer not null references items (id) on delete cascade, position integer not null,
        kind text not null, strength integer not null, says text not null, quote text not null,
        target_source text, target_url text, target_name text, primary key (item, position)) without rowid`.execute(db);
      await sql`create table revisions (item integer not null references items (id) on delete cascade, replaced_at integer not null,
        title text not null, html text not null, authors text not null, enclosures text not null, url text,
        primary key (item, replaced_at))`.execute(db);
      await db.schema
        .createTable('leases')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('owner', 'text', (c) => c.notNull())
        .addColumn('pid', 'integer', (c) => c.notNull())
        .addColumn('host', 'text', (c) => c.notNull())
        .addColumn('since', instant, (c) => c.notNull())
        .addColumn('expires', instant, (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('publications')
        .addColumn('name', 'text', (c) => c.primaryKey())
        .addColumn('stamp', 'text', (c) => c.notNull())
        .addColumn('published_at', instant, (c) => c.notNull())
        .addColumn('paths', 'text', (c) => c.notNull())
        .execute();
    },
  },
  {
    name: '002-unattended',
    async up(db) {
      const add = async (table: string, columns: Readonly<Record<string, 'text' | 'integer'>>): Promise<void> => {
        for (const [name, type] of Object.entries(columns))
          await db.schema.alterTable(table).addColumn(name, type).execute();
      };
      await add('sources', {
        asked_url: 'text',
        generator: 'text',
        marks: 'text',
        feed_hints: 'text',
        last_body: 'integer',
        rhythm_ms: 'integer',
        last_abandoned: 'integer',
        move: 'text',
        held: 'text',
        stopped_since: 'integer',
        silent_since: 'integer',
      });
      await add('items', { hidden_at: 'integer' });
      await sql`alter table items add column first_import integer not null default 0`.execute(db);
      // Whether a reader may see an item stands behind its texts, pages away; lists read the indexes alone.
      await sql`drop index items_by_story`.execute(db);
      await sql`create index items_in_story on items (story, source, date, withdrawn_at, hidden_at, first_import)`.execute(
        db,
      );
      await sql`create index items_of_source on items (source, date, story, withdrawn_at, hidden_at)`.execute(db);
      await add('leases', { boot_id: 'text', pid_space: 'text', started: 'text' });
      await sql`alter table leases add column beats integer not null default 0`.execute(db);
      await sql`create table held_items (source text not null, guid text not null, item text not null, signals text not null,
        at integer not null, primary key (source, guid))`.execute(db);
      await sql`create table rulings (id integer primary key autoincrement, source text not null, ruling text not null,
        at integer not null)`.execute(db);
      await sql`create table source_days (source text not null, day integer not null, answered integer not null,
        failed integer not null, new_items integer not null, primary key (source, day)) without rowid`.execute(db);
      await sql`create index source_days_by_day on source_days (day)`.execute(db);
      await sql`create table news (id integer primary key autoincrement, source text not null, name text not null,
        kind text not null, at integer not null, words text not null, is_told integer not null default 0)`.execute(db);
      await sql`create table silences (host text primary key, until integer not null) without rowid`.execute(db);
      await sql.raw(`pragma application_id = ${applicationId}`).execute(db);
    },
  },
  {
    name: '003-long-lives',
    async up(db) {
      for (const name of ['presumed_gone_since', 'empty_visits', 'guids_shared'])
        await db.schema.alterTable('sources').addColumn(name, 'integer').execute();
      await db.schema.alterTable('sources').addColumn('permissions', 'text').execute();
    },
  },
  {
    name: '004-standing-paragraphs',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('standing', 'text').execute();
    },
  },
  {
    name: '005-whose-validators',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('body_url', 'text').execute();
      await db.schema.alterTable('sources').addColumn('wait_until', 'integer').execute();
      await sql`update sources set body_url = asked_url`.execute(db);
      await sql`update sources set wait_until = next_due where problem ->> 'code' = 'fetch/told-to-wait'`.execute(db);
    },
  },
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
        period integer not null, prints blob not null, marks text not null)`.execute(db);
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
      await sql`create table stopped_prints (print integer primary key)`.execute(db);
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
