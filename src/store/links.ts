/** Links that readers are shown from one story to another. */
import { sql } from 'kysely';
import { linkingKinds } from '../story-plan.ts';
import type { Database } from './database.ts';
import { chunks } from './items.ts';

const kinds = JSON.stringify([...linkingKinds]);

/** Stories that show a link to one of these. */
export async function linkedTo(db: Database, stories: readonly number[]): Promise<number[]> {
  const found = new Set<number>();
  for (const part of chunks(stories)) {
    const own = JSON.stringify(part);
    const { rows } = await sql<{ story: number }>`
      select o.story from items i cross join relations r on r.a = i.id cross join items o on o.id = r.b
        where i.story in (select value from json_each(${own})) and r.kind in (select value from json_each(${kinds}))
      union
      select o.story from items i cross join relations r on r.b = i.id cross join items o on o.id = r.a
        where i.story in (select value from json_each(${own})) and r.kind in (select value from json_each(${kinds}))`.execute(
      db,
    );
    for (const { story } of rows) found.add(story);
  }
  return [...found];
}

/** Translations of one statement that readers are shown. */
const mostTranslations = 12;

/** Story → those that are translations of it, oldest first. */
export async function readTranslations(
  db: Database,
  stories: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const found = new Map<number, number[]>();
  for (const part of chunks(stories)) {
    const own = JSON.stringify(part);
    const { rows } = await sql<{ story: number; other: number }>`
      with pairs (story, other) as (
        select i.story, o.story from items i cross join relations r on r.a = i.id cross join items o on o.id = r.b
          where i.story in (select value from json_each(${own})) and r.kind = 'translation'
        union
        select i.story, o.story from items i cross join relations r on r.b = i.id cross join items o on o.id = r.a
          where i.story in (select value from json_each(${own})) and r.kind = 'translation')
      select story, other from pairs where story <> other order by story, other`.execute(db);
    for (const { story, other } of rows) {
      const others = found.get(story) ?? [];
      if (others.length < mostTranslations) others.push(other);
      found.set(story, others);
    }
  }
  return found;
}
