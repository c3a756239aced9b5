/** Who shares the work where several processes do, and what each has in hand. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const fleet: readonly Migration[] = [
  {
    name: '026-fleet',
    async up(db) {
      await sql`create table workers (id text primary key, host text not null, pid integer not null, version text not null,
        started integer not null, seen integer not null, in_hand integer not null, asked integer not null) without rowid`.execute(
        db,
      );
      await sql`create table source_claims (source text primary key, worker text not null, until integer not null) without rowid`.execute(
        db,
      );
      await sql`create index source_claims_by_worker on source_claims (worker)`.execute(db);
      await sql`create table host_turns (host text primary key, worker text not null, until integer not null) without rowid`.execute(
        db,
      );
    },
  },
  {
    name: '027-not-in-hand', // source_claims says it
    up: async (db) => {
      await sql`alter table workers drop column in_hand`.execute(db);
    },
  },
];
