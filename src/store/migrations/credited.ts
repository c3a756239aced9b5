/** Stories by whom they are credited to, where no copy of theirs is held. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const credited: readonly Migration[] = [
  {
    name: '029-credited',
    async up(db) {
      // Asked for the page about each source: without these every one of them would look through all stories.
      await sql`create index stories_credited on stories (original_source, changed)
        where original_source is not null`.execute(db);
      await sql`create index stories_joint on stories (id) where jointly is not null`.execute(db);
    },
  },
];
