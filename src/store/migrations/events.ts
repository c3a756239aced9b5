/** What takes place: calls with a date. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const events: readonly Migration[] = [
  {
    name: '011-events',
    async up(db) {
      await db.schema.alterTable('items').addColumn('events', 'text').execute();
      await db.schema.alterTable('items').addColumn('events_until', 'integer').execute();
      await sql`create index items_by_events on items (events_until) where events_until is not null`.execute(db);
      // Items that wait or are held are kept as they were read.
      for (const table of ['waiting_items', 'held_items'])
        await sql`update ${sql.table(table)} set item = json_set(item, '$.events', json('[]'))`.execute(db);
    },
  },
];
