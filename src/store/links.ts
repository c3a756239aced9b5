/** Links that readers are shown from one story to another, and all that the maintainer is shown of how its items stand to others. */
import { type RawBuilder, sql } from 'kysely';
import { linkingKinds, type Relation, type StoryLink } from '../story-plan.ts';
import type { Database } from './database.ts';
import { amongNumbers, amongWords } from './engine.ts';
import { chunks } from './items.ts';
import { type RelationRow, relationOf } from './relations.ts';

const kinds = [...linkingKinds];

/** `(story, other, kind, holds)`: the stories that items of these are related to, their own among them, from either end. */
function besides(stories: readonly number[]): RawBuilder<unknown> {
  const own = amongNumbers(stories);
  return sql`(
    select i.story as story, o.story as other, r.kind as kind, case when r.cover_a < r.cover_b then 1 else 0 end as holds
      from items i cross join relations r on r.a = i.id cross join items o on o.id = r.b
      where i.story in ${own}
    union all
    select i.story, o.story, r.kind, case when r.cover_b < r.cover_a then 1 else 0 end
      from items i cross join relations r on r.b = i.id cross join items o on o.id = r.a
      where i.story in ${own})`;
}

/** Stories that show a link to one of these. */
export async function linkedTo(db: Database, stories: readonly number[]): Promise<number[]> {
  const found = new Set<number>();
  for (const part of chunks(stories)) {
    const { rows } = await sql<{ story: number }>`
      select distinct other as story from ${besides(part)} as beside
        where kind in ${amongWords(kinds)}`.execute(db);
    for (const { story } of rows) found.add(story);
  }
  return [...found];
}

/** Links of one story that readers are shown. */
const mostLinks = 10;

interface LinkRow {
  readonly story: number;
  readonly other: number;
  readonly kind: StoryLink['kind'];
  readonly holds: number;
}

/** Story → what is linked beside it: round-ups before what was used again, the newest first of each, ten at the most. */
export async function readLinks(
  db: Database,
  stories: readonly number[],
): Promise<ReadonlyMap<number, readonly StoryLink[]>> {
  const found = new Map<number, StoryLink[]>();
  for (const part of chunks(stories)) {
    const { rows } = await sql<LinkRow>`
      with linked as (
        select story, other, kind, max(holds) as holds from ${besides(part)} as beside
          where story <> other and kind in ('includes', 'reissue') group by story, other, kind),
      ranked as (
        select linked.*, row_number() over (partition by story
          order by kind = 'includes' desc, s.date desc, s.uid) as place
          from linked join stories s on s.id = linked.other)
      select story, other, kind, holds from ranked where place <= ${mostLinks} order by story, place`.execute(db);
    for (const { story, other, kind, holds } of rows) {
      const links = found.get(story) ?? [];
      links.push({ story: other, kind, holds: holds === 1 });
      found.set(story, links);
    }
  }
  return found;
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
    const { rows } = await sql<{ story: number; other: number }>`
      select distinct story, other from ${besides(part)} as beside
        where kind = 'translation' and story <> other order by story, other`.execute(db);
    for (const { story, other } of rows) {
      const others = found.get(story) ?? [];
      if (others.length < mostTranslations) others.push(other);
      found.set(story, others);
    }
  }
  return found;
}

/** Relations of one story that the maintainer is shown: one who floods may have made any number. */
const mostRelations = 500;

/** How the items of a story stand to those of other stories, the most alike first. */
export async function readRelationsBeside(db: Database, story: number): Promise<Relation[]> {
  const { rows } = await sql<RelationRow>`
    with around as (
      select r.* from items i cross join relations r on r.a = i.id where i.story = ${story}
      union
      select r.* from items i cross join relations r on r.b = i.id where i.story = ${story})
    select around.* from around join items x on x.id = around.a join items y on y.id = around.b
      where x.story <> y.story
      order by max(cover_a, cover_b) desc, a, b limit ${mostRelations}`.execute(db);
  return rows.map(relationOf);
}
