/** One step that brings an older database forward. */
import type { Kysely } from 'kysely';

export interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>) => Promise<void>;
}

/** Marks the file as ours, so that no other program's database is taken for it: `RELA` in ASCII. */
export const applicationId = 0x52_45_4c_41;
