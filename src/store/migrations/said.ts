/** What a run has said to a person of news and of sources that fail: what a run that died has met is for the next one to say. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const said: readonly Migration[] = [
  {
    name: '030-said',
    async up(db) {
      await sql`alter table news add column is_said integer not null default 0`.execute(db);
      await db.schema.alterTable('sources').addColumn('said_failing', 'integer').execute();
      await db.schema.alterTable('sources').addColumn('said_held', 'integer').execute();
      // What there is counts as said, or whoever upgrades would hear of years at once.
      await sql`update news set is_said = 1`.execute(db);
      await sql`update sources set said_failing = coalesce(failing_since, last_tried, 0)
        where failures > 0 or problem like '%"severity":"failure"%'`.execute(db);
      await sql`update sources set said_held = coalesce(last_tried, 0) where held is not null`.execute(db);
    },
  },
];
