/** What partners could mend in their feeds. */
import type { Migration } from './migration.ts';

/** What its server shows of itself. */
export const served: readonly Migration[] = [
  {
    name: '020-served',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('moved_from', 'text').execute();
      await db.schema.alterTable('sources').addColumn('certificate_until', 'integer').execute();
    },
  },
];

export const flaws: readonly Migration[] = [
  {
    name: '017-flaws',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('flaws', 'text').execute();
    },
  },
];
