/** What became of a source's items: how many there are, and which of their stories others have passed on, or it of others'. */
import { type RawBuilder, sql } from 'kysely';
import type { SourceFigures, Treatment } from '../library.ts';
import type { Instant, SourceKey } from '../model.ts';
import type { Database } from './database.ts';
import { amongWords } from './engine.ts';
import { isShown } from './story-records.ts';

/** Of all sources that have brought any: from one index and the stories. */
export async function readFigures(db: Database): Promise<ReadonlyMap<SourceKey, SourceFigures>> {
  const { rows } = await sql<SourceFigures & { readonly source: SourceKey }>`
    select i.source, sum(case when ${isShown('i')} then 1 else 0 end) as items, max(s.changed) as changed
      from items i join stories s on s.id = i.story group by i.source`.execute(db);
  return new Map(rows.map(({ source, items, changed }) => [source, { items, changed }]));
}

/** Stories that a source wrote, alone or with others: what it has only passed on is not among them. */
export async function readOwnStories(db: Database, source: SourceKey): Promise<readonly number[]> {
  const { rows } = await sql<{ story: number }>`select i.story, max(i.date) as date from items i
    where i.source = ${source} and i.role <> 'repost' and ${isShown('i')} group by i.story
      order by date desc, (select s.uid from stories s where s.id = i.story)`.execute(db);
  return rows.map(({ story }) => story);
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
  const told = (isTold: RawBuilder<boolean>) =>
    sql<{ story: number }>`select i.story, max(i.date) as date from items i
      where i.source = ${source} and ${isShown('i')} and max(i.date, i.seen) <= ${before} and ${isTold}
      group by i.story order by date desc, (select s.uid from stories s where s.id = i.story)`.execute(db);
  const passedOn = await told(sql<boolean>`i.role <> 'repost' and exists (select 1 from items r where r.story = i.story
      and r.role = 'repost' and r.source <> i.source and ${isShown('r')} and r.source not in ${keys})`);
  const reposts = await told(sql<boolean>`i.role = 'repost' and not exists (select 1 from stories s, items o
      where s.id = i.story and o.id = s.original_item and (o.source in ${keys} or not ${isShown('o')}))`);
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
