/** The first step: sources, items and stories. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const first: readonly Migration[] = [
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
];
