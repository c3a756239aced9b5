/** What runs for years unattended needs. */
import { sql } from 'kysely';
import { applicationId, type Migration } from './migration.ts';

export const years: readonly Migration[] = [
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
];
