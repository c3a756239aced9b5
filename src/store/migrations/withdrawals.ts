/** Who took an item back and what went with it; what the maintainer and Relais have done, and why. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const withdrawals: readonly Migration[] = [
  {
    name: '015-withdrawals',
    async up(db) {
      await db.schema.alterTable('items').addColumn('withdrawn_by', 'text').execute();
      await db.schema.alterTable('items').addColumn('withdrawn_with', 'integer').execute();
      for (const column of ['is_emptied', 'is_wiped', 'is_awaited', 'is_let_in'])
        await sql`alter table items add column ${sql.ref(column)} integer not null default 0`.execute(db);
      // Until now words left the row at once; those that no section keeps were withdrawn by nobody.
      await sql`update items set is_emptied = 1, withdrawn_by =
        case when withdrawn_because = 'no section keeps it any more' then null else 'source' end
        where withdrawn_at is not null`.execute(db);
      await sql`create index items_taken_back on items (withdrawn_at) where withdrawn_by is not null`.execute(db);
      await sql`create index items_gone_with on items (withdrawn_with) where withdrawn_with is not null`.execute(db);
      await sql`create table audit_log (id integer primary key autoincrement, at integer not null, who text not null,
        act text not null, subject text not null, source text, because text not null)`.execute(db);
    },
  },
];
