/** What partners could mend in their feeds. */
import type { Migration } from './migration.ts';

export const flaws: readonly Migration[] = [
  {
    name: '017-flaws',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('flaws', 'text').execute();
    },
  },
];
