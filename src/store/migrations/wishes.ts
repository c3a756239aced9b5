/** What partners ask of us on their own sites and in their feeds. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const wishes: readonly Migration[] = [
  {
    name: '013-wishes',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('wishes', 'text').execute();
      await db.schema.alterTable('sources').addColumn('wishes_asked', 'integer').execute();
      await db.schema.alterTable('items').addColumn('wish', 'text').execute();
      await sql`create index items_wished on items (wish) where wish is not null`.execute(db);
    },
  },
];
