/** Items some of whose passages have turned out to be boilerplate since it was decided how they stand to others. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const doubts: readonly Migration[] = [
  {
    name: '028-doubts',
    async up(db) {
      await sql`create table doubtful_items (item integer primary key references items (id) on delete cascade)`.execute(
        db,
      );
    },
  },
];
