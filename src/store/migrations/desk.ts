/** What the web desk draws: who passes on whose texts. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const desk: readonly Migration[] = [
  {
    name: '025-desk',
    async up(db) {
      // Drawn with every look at the board: the index answers, and not the rows, which hold the texts.
      await sql`create index items_reposting on items (story, source)
        where role = 'repost' and withdrawn_at is null and hidden_at is null`.execute(db);
    },
  },
];
