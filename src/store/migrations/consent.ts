/** What sources have agreed to: the look for stories whose embargo ends. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const consent: readonly Migration[] = [
  {
    name: '014-embargoes',
    async up(db) {
      // Every run asks for what a source brought of late: the index answers, and not the rows, which hold the texts.
      await sql`create index items_by_sight on items (source, seen, story)`.execute(db);
    },
  },
];
