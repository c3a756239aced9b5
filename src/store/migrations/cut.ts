/** How often in a row a source has arrived cut off in its first entry. */
import type { Migration } from './migration.ts';

export const cut: readonly Migration[] = [
  {
    name: '031-cut',
    async up(db) {
      await db.schema.alterTable('sources').addColumn('cut_visits', 'integer').execute();
    },
  },
];
