/**
 * Items taken back, and let in again. What a source takes back loses its words at once; what the maintainer takes back, or
 * what goes along with it, keeps them out of everybody's sight until the next night's work (wiping.ts), so that a mistake can be
 * undone in full until then. Keys and imprints stay: by them it is known if it comes back under another guid.
 */
import { sql } from 'kysely';
import type { Restored, WithdrawalOrder } from '../library.ts';
import type { Instant, LogEntry, News, SafeHtml } from '../model.ts';
import type { Going } from '../story-plan.ts';
import { entryFor, writeLog } from './audit-log.ts';
import { writeNews } from './chronicle.ts';
import type { Database } from './database.ts';
import { chunks } from './items.ts';
import { touch } from './stories.ts';
import { shortestTold, toldIn, writtenForms } from './told-titles.ts';

/** Who is said to have done what follows by rule. */
export const byRule = 'Relais';

interface Row {
  readonly id: number;
  readonly source: string;
  readonly guid: string;
  readonly url: string | null;
  readonly story: number;
  readonly withdrawn_by: string | null;
  readonly withdrawn_with: number | null;
  readonly withdrawn_because: string | null;
  readonly is_emptied: number;
  readonly is_awaited: number;
  readonly is_let_in: number;
  readonly hidden_at: number | null;
}

async function readRows(db: Database, ids: readonly number[]): Promise<Map<number, Row>> {
  const found = new Map<number, Row>();
  for (const part of chunks([...new Set(ids)])) {
    const rows = await db
      .selectFrom('items')
      .select(['id', 'source', 'guid', 'url', 'story', 'withdrawn_by', 'withdrawn_with', 'withdrawn_because'])
      .select(['is_emptied', 'is_awaited', 'is_let_in', 'hidden_at'])
      .where('id', 'in', part)
      .execute();
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}

/**
 * Takes items back, and writes it in the log. One that is taken back already stays as it is, unless it went along with another.
 * What has vanished from its site is left alone where the maintainer has let it in again.
 * @returns ids of those that were taken back now
 */
export async function takeBack(
  db: Database,
  orders: readonly WithdrawalOrder[],
  now: Instant,
): Promise<readonly number[]> {
  const rows = await readRows(
    db,
    orders.map(({ itemId }) => itemId),
  );
  const log: LogEntry[] = [];
  const taken: Row[] = [];
  for (const { itemId, by, who, because } of orders) {
    const row = rows.get(itemId);
    if (row === undefined) continue;
    const isByItself = row.withdrawn_by !== null && row.withdrawn_with === null && row.is_awaited === 0;
    if (by === 'feed' && isByItself && row.is_emptied === 0) {
      // The maintainer's word reaches further and stays; that it is undone no longer brings the words back.
      await emptyItems(db, [itemId]);
      log.push(entryFor(row, { at: now, who, act: 'withdrew', because }));
      continue;
    }
    if (isByItself && by === 'maintainer') log.push(entryFor(row, { at: now, who, act: 'withdrew', because })); // another reason
    if (isByItself || (by === 'page' && row.is_let_in === 1)) continue;
    if (by !== 'maintainer') await emptyItems(db, [itemId]);
    await db
      .updateTable('items')
      .set({
        withdrawn_at: now,
        withdrawn_because: because,
        withdrawn_by: by === 'maintainer' ? by : 'source',
        withdrawn_with: null,
        is_awaited: 0,
        is_let_in: 0,
      })
      .where('id', '=', itemId)
      .execute();
    taken.push(row);
    rows.delete(itemId); // named twice, it is taken back once
    log.push(entryFor(row, { at: now, who, act: 'withdrew', because }));
  }
  await touch(db, taken, now);
  await writeLog(db, log);
  return taken.map(({ id }) => id);
}

/** Takes away what goes along with what was taken back. @returns what the maintainer is to hear of it */
export async function writeGoing(db: Database, going: readonly Going[], now: Instant): Promise<readonly News[]> {
  if (going.length === 0) return [];
  const rows = await readRows(
    db,
    going.flatMap(({ itemId, wentWith }) => [itemId, wentWith]),
  );
  const log: LogEntry[] = [];
  for (const { itemId, wentWith, by, how } of going) {
    const [row, root] = [rows.get(itemId), rows.get(wentWith)];
    if (row === undefined) continue;
    const because = root?.withdrawn_because ?? '';
    await db
      .updateTable('items')
      .set({ withdrawn_at: now, withdrawn_because: because, withdrawn_by: by, withdrawn_with: wentWith })
      .where('id', '=', itemId)
      .execute();
    const words = `it ${how === 'again' ? 'is what was taken back as' : 'goes with'} ${root?.url ?? root?.guid ?? ''}`;
    log.push(entryFor(row, { at: now, who: byRule, act: how === 'again' ? 'kept-out' : 'withdrew', because: words }));
  }
  const news = newsOf(going, rows, now);
  await writeLog(db, log);
  await writeNews(db, news);
  return news;
}

/** Of many that one source lists again the maintainer hears in one sentence. */
function newsOf(going: readonly Going[], rows: ReadonlyMap<number, Row>, now: Instant): News[] {
  const bySource = new Map<string, Going[]>();
  for (const one of going)
    if (one.how === 'again') bySource.set(one.sourceKey, [...(bySource.get(one.sourceKey) ?? []), one]);
  return [...bySource].flatMap(([sourceKey, own]): News[] => {
    const [first] = own;
    const row = first && rows.get(first.itemId);
    if (first === undefined || row === undefined) return [];
    const what = own.length === 1 ? 'a text that was taken back' : `${own.length} texts that were taken back`;
    const name = `'${(row.url ?? row.guid).slice(0, 300).replaceAll("'", "'\\''")}'`;
    const rest = own.length === 1 ? '' : '; the others are named by  relais log';
    const words = `It lists again ${what}. Readers do not see it. If it is to be seen:  relais restore-item ${name}${rest}`;
    return [{ sourceKey, source: first.source, kind: 'again', at: now, words }];
  });
}

/**
 * Undoes withdrawals, and of all that went along with them. What still has its words is shown again; what has lost them comes
 * back when its source next lists it, for which the source is read anew.
 * @param rootIds items that the maintainer has named: these stay, whatever becomes of others with their words
 */
export async function restoreItems(
  db: Database,
  rootIds: readonly number[],
  said: Pick<LogEntry, 'who' | 'because'>,
  now: Instant,
): Promise<Restored> {
  const rows = await withFollowers(db, rootIds);
  const gone = [...rows.values()].filter(({ withdrawn_by }) => withdrawn_by !== null);
  const isNamed = (id: number): boolean => rootIds.includes(id);
  const shown = gone.filter(({ is_emptied }) => is_emptied === 0);
  const awaited = gone.filter(({ is_emptied }) => is_emptied === 1);
  for (const { id } of shown)
    await db
      .updateTable('items')
      .set({ withdrawn_at: null, withdrawn_because: null, withdrawn_by: null, withdrawn_with: null, is_awaited: 0 })
      .where('id', '=', id)
      .execute();
  for (const { id, source } of awaited) {
    await db.updateTable('items').set({ is_awaited: 1, withdrawn_with: null, hash: '' }).where('id', '=', id).execute();
    await db
      .updateTable('sources')
      .set({ etag: null, last_modified: null, body_hash: null })
      .where('key', '=', source)
      .execute();
  }
  for (const part of chunks(gone.map(({ id }) => id).filter(isNamed)))
    await db.updateTable('items').set({ is_let_in: 1 }).where('id', 'in', part).execute();
  await touch(db, gone, now);
  await writeLog(
    db,
    gone.map((row) =>
      entryFor(row, { at: now, act: 'restored', ...said, ...(isNamed(row.id) ? {} : { who: byRule, because: '' }) }),
    ),
  );
  return { shown: shown.map(({ id }) => id), awaited: awaited.map(({ id }) => id) };
}

/** These items and all that went along with any of them. */
async function withFollowers(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, Row>> {
  const found = await readRows(db, ids);
  for (let next = [...found.keys()]; next.length > 0; ) {
    const more: number[] = [];
    for (const part of chunks(next)) {
      const rows = await db.selectFrom('items').select('id').where('withdrawn_with', 'in', part).execute();
      more.push(...rows.map(({ id }) => id).filter((id) => !found.has(id)));
    }
    for (const [id, row] of await readRows(db, more)) found.set(id, row);
    next = more;
  }
  return found;
}

/** Ids of what went along with these. */
export async function goneWith(db: Database, ids: readonly number[]): Promise<readonly number[]> {
  const own = new Set(ids);
  return [...(await withFollowers(db, ids)).keys()].filter((id) => !own.has(id));
}

/** What takes place is over for those who have it in their calendars: they are told by its time, and no word of it is kept. */
export const onlyTimes = `(select json_group_array(json_object('start', value -> 'start', 'isCancelled', json('true')))
  from json_each(items.events) where items.events is not null having count(*) > 0)`;

/** Takes the words out of the items' rows for good. */
export async function emptyRows(db: Database, ids: readonly number[]): Promise<void> {
  for (const part of chunks(ids)) {
    await db.deleteFrom('revisions').where('item', 'in', part).execute();
    await db
      .updateTable('items')
      .set({
        title: '',
        html: '' as SafeHtml,
        text: '',
        authors: '[]',
        categories: '[]',
        enclosures: '[]',
        events: sql.raw<string>(onlyTimes),
        source_element: null,
        is_emptied: 1,
      })
      .where('id', 'in', part)
      .execute();
  }
}

/** Takes the words of items away at once, in their rows and where their titles are told. */
export async function emptyItems(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await redactTitles(db, ids);
  await emptyRows(db, ids);
}

/** What was told of an item may name its title. */
async function redactTitles(db: Database, ids: readonly number[]): Promise<void> {
  const rows = await db.selectFrom('items').select('title').where('id', 'in', ids).execute();
  for (const { title } of rows) {
    if (title.length < shortestTold) continue;
    for (const { table, column } of toldIn)
      for (const written of writtenForms(title))
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = replace(${sql.ref(column)}, ${written}, '[…]')
          where instr(${sql.ref(column)}, ${written}) > 0`.execute(db);
  }
}
