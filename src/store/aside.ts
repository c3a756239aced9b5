/** Items that have been read and stand in no story: those that wait for their time, and those that are held. */
import { sql } from 'kysely';
import type { AsideItem } from '../library.ts';
import type { Item, SourceKey } from '../model.ts';
import type { Database } from './database.ts';

/** See `Library.findAside`. */
export async function findAside(db: Database, name: string): Promise<AsideItem | undefined> {
  const { rows } = await sql<{ source: SourceKey; item: string; due: number | null }>`
    select source, item, due from waiting_items where guid = ${name} or url = ${name}
    union all
    select source, item, null from held_items where guid = ${name} or item ->> '$.url' = ${name}
    limit 1`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { title, url } = JSON.parse(row.item) as Item;
  return { sourceKey: row.source, title, url, waitsUntil: row.due ?? undefined };
}
