/** What became of a source's items: how many there are, and which of their stories others have passed on, or it of others'. */
import { type RawBuilder, sql } from 'kysely';
import type { SourceFigures, Treatment } from '../library.ts';
import type { Instant, SourceKey } from '../model.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { isShown } from './story-records.ts';

/** Of all sources that have brought any, or are said to have written any: from two indexes and the stories. */
export async function readFigures(db: Database): Promise<ReadonlyMap<SourceKey, SourceFigures>> {
  const { rows } = await sql<SourceFigures & { readonly source: SourceKey }>`
    select i.source, sum(case when ${isShown('i')} then 1 else 0 end) as items, max(s.changed) as changed
      from items i join stories s on s.id = i.story group by i.source`.execute(db);
  const found = new Map<SourceKey, SourceFigures>(
    rows.map(({ source, items, changed }) => [source, { items, changed }]),
  );
  const credited = await sql<{ readonly source: SourceKey; readonly changed: Instant }>`
    select original_source as source, max(changed) as changed from stories
      where original_source is not null group by original_source`.execute(db);
  for (const { source, changed } of credited.rows) {
    const { items, changed: own } = found.get(source) ?? { items: 0, changed: 0 };
    found.set(source, { items, changed: Math.max(own, changed) });
  }
  return found;
}

/** Stories that a source wrote, alone or with others: what it has only passed on is not among them. */
export async function readOwnStories(db: Database, source: SourceKey): Promise<readonly number[]> {
  const { rows } = await sql<{ story: number }>`select i.story, max(i.date) as date from items i
    where i.source = ${source} and i.role <> 'repost' and ${isShown('i')} group by i.story
      order by date desc, (select s.uid from stories s where s.id = i.story)`.execute(db);
  return rows.map(({ story }) => story);
}

/** Stories that it wrote, alone or with others, by what copies say: an item of its own need not be among them. */
function creditedTo(source: SourceKey): RawBuilder<unknown> {
  return sql`select id from stories where original_source = ${source}
    union select s.id from stories s where s.jointly is not null and exists (
      select 1 from json_each(s.jointly) j where json_extract(j.value, '$.sourceKey') = ${source})`;
}

/** Stories named of each kind: a page shows no more. */
const mostNamed = 12;

/**
 * @param hidden sources of which nothing is told
 * @param before only items that were published and seen by then are counted
 */
export async function readTreatment(
  db: Database,
  source: SourceKey,
  { hidden, before }: { readonly hidden: readonly SourceKey[]; readonly before: Instant },
): Promise<Treatment> {
  const keys = amongWords(hidden);
  const first = await sql<{
    since: Instant | null;
  }>`select min(seen) as since from items where source = ${source}`.execute(db);
  const own = await sql<{ story: number }>`select i.story, max(i.date) as date from items i
    where i.source = ${source} and ${isShown('i')} group by i.story
      order by date desc, (select s.uid from stories s where s.id = i.story)`.execute(db);
  const isTimely = sql<boolean>`max(i.date, i.seen) <= ${before}`;
  // Of what nobody says who wrote it nothing is counted: the dates alone make nobody an author, and nobody a reposter.
  const isKnown = sql<boolean>`exists (select 1 from stories s where s.id = told.story
      and coalesce(s.confidence, 'said') in ('said', 'ruled'))`;
  const told = (items: RawBuilder<unknown>, isTold: RawBuilder<boolean>) =>
    sql<{ story: number }>`select told.story, max(told.date) as date from (${items}) as told
      where ${isKnown} and ${isTold} group by told.story
      order by date desc, (select s.uid from stories s where s.id = told.story)`.execute(db);
  const isByOthers = (alias: string): RawBuilder<boolean> =>
    sql<boolean>`${sql.ref(`${alias}.role`)} = 'repost' and ${sql.ref(`${alias}.source`)} <> ${source}
      and ${isShown(alias)} and ${sql.ref(`${alias}.source`)} not in ${keys}`;
  // Crossed, so that SQLite begins with the few stories: it took them for many, and read all reposts of all for each source.
  const passedOn = await told(
    sql`select i.story, i.date from items i
        where i.source = ${source} and i.role <> 'repost' and ${isShown('i')} and ${isTimely}
      union all
      select i.story, i.date from (${creditedTo(source)}) as c cross join items i on i.story = c.id
        where ${isByOthers('i')} and ${isTimely}`,
    sql<boolean>`exists (select 1 from items r where r.story = told.story and ${isByOthers('r')})`,
  );
  const reposts = await told(
    sql`select i.story, i.date from items i
        where i.source = ${source} and i.role = 'repost' and ${isShown('i')} and ${isTimely}`,
    sql<boolean>`not exists (select 1 from stories s, items o
      where s.id = told.story and o.id = s.original_item and (o.source in ${keys} or not ${isShown('o')}))`,
  );
  const named = ({ rows }: typeof own): Treatment['passedOn'] => ({
    count: rows.length,
    newest: rows.slice(0, mostNamed).map(({ story }) => story),
  });
  return {
    since: first.rows[0]?.since ?? undefined,
    stories: own.rows.map(({ story }) => story),
    passedOn: named(passedOn),
    reposts: named(reposts),
  };
}
