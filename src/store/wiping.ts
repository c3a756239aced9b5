/**
 * What was taken back loses the last of its words: in its row, in what it was before, in quotations, in what waits beside it and in
 * what is told of it. What stays is what it takes to know it again: its guid, its addresses, hashes. Spoken in plain SQL, and of
 * those tables and columns only that are there: copies of the database are older than the program.
 */

import { findable } from '../text/entry-names.ts';
import { urlKey } from '../text/url.ts';
import { type Engine, numbersIn } from './engine.ts';
import { shortestTold, toldIn, writtenForms } from './told-titles.ts';
import { onlyTimes } from './withdrawals.ts';

/** An item that was taken back, by what finds it in a copy. */
export interface Gone {
  readonly source: string;
  readonly guid: string;
  readonly url: string | null;
  readonly at: number;
  readonly because: string;
  readonly by: string;
}

export async function readGone(engine: Engine): Promise<readonly Gone[]> {
  return await engine
    .prepare<Gone>(
      `select source, guid, url, withdrawn_at as at, coalesce(withdrawn_because, '') as because, withdrawn_by as "by"
         from items where withdrawn_by is not null and is_awaited = 0`,
    )
    .all();
}

/** Inside a transaction. @returns how many items have lost their words for good now */
export async function wipeTakenBack(engine: Engine): Promise<number> {
  const rows = await engine
    .prepare<{ id: number }>('select id from items where withdrawn_by is not null and is_awaited = 0 and is_wiped = 0')
    .all();
  await wipe(
    engine,
    rows.map(({ id }) => id),
  );
  return rows.length;
}

/**
 * The same in a copy, by what the database knows now. The items count as taken back there too, in case it is put back.
 * @returns whether there was anything
 */
export async function wipeInCopy(engine: Engine, gone: readonly Gone[]): Promise<boolean> {
  const found = await worded(engine, gone);
  await wipe(engine, [...found.keys()]);
  const hasBy = (await engine.columnsOf('items')).has('withdrawn_by');
  const mark = engine.prepare(
    `update items set withdrawn_at = coalesce(withdrawn_at, ?), withdrawn_because = coalesce(withdrawn_because, ?)
       ${hasBy ? ', withdrawn_by = ?' : ''} where id = ?`,
  );
  for (const [id, { at, because, by }] of found) await mark.run(at, because, ...(hasBy ? [by] : []), id);
  const waiting = await waitingIn(engine, gone);
  for (const { table, one } of waiting)
    await engine.prepare(`delete from ${table} where source = ? and guid = ?`).run(one.source, one.guid);
  return found.size + waiting.length > 0;
}

const waitingTables = ['held_items', 'waiting_items'];

/** What had not been let in yet when the copy was made. */
async function waitingIn(
  engine: Engine,
  gone: readonly Gone[],
): Promise<readonly { readonly table: string; readonly one: Gone }[]> {
  const found: { readonly table: string; readonly one: Gone }[] = [];
  for (const table of waitingTables) {
    if ((await engine.columnsOf(table)).size === 0) continue;
    const waits = engine.prepare(`select 1 from ${table} where source = ? and guid = ?`);
    for (const one of gone) if ((await waits.get(one.source, one.guid)) !== undefined) found.push({ table, one });
  }
  return found;
}

/** Looks whether there is anything to wipe in a copy. */
export async function hasWordsOf(engine: Engine, gone: readonly Gone[]): Promise<boolean> {
  return (await worded(engine, gone)).size + (await waitingIn(engine, gone)).length > 0;
}

/** Items of a copy, by id, that were taken back and still have words somewhere. */
async function worded(engine: Engine, gone: readonly Gone[]): Promise<ReadonlyMap<number, Gone>> {
  const isMarked = (await engine.columnsOf('items')).has('is_wiped');
  const byGuid = engine.prepare<{ id: number }>('select id from items where source = ? and guid = ?');
  const byUrl = engine.prepare<{ id: number }>(
    `select i.id from item_keys k join items i on i.id = k.item where k.kind = 'url' and k.key = ? and i.source = ?`,
  );
  const hasWords = engine.prepare(
    isMarked
      ? `select 1 from items where id = ? and (is_wiped = 0 or title <> '' or text <> '' or html <> '')`
      : `select 1 from items i where id = ? and (title <> '' or text <> '' or html <> ''
           or exists (select 1 from evidence e where e.item = i.id and e.quote <> ''))`,
  );
  const found = new Map<number, Gone>();
  for (const one of gone) {
    const own = await byGuid.get(one.source, one.guid);
    const rows =
      own !== undefined ? [own] : one.url === null ? [] : await byUrl.all(findable(urlKey(one.url)), one.source);
    for (const { id } of rows) if ((await hasWords.get(id)) !== undefined) found.set(id, one);
  }
  return found;
}

const emptied: Readonly<Record<string, string>> = {
  title: "''",
  html: "''",
  text: "''",
  authors: "'[]'",
  cites: "'[]'",
  categories: "'[]'",
  enclosures: "'[]'",
  events: onlyTimes,
  source_element: 'null',
  rights: 'null',
  is_emptied: '1',
  is_wiped: '1',
};

/** Items by id. */
export async function wipe(engine: Engine, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const list = JSON.stringify(ids);
  const run = async (table: string, words: string): Promise<void> => {
    if ((await engine.columnsOf(table)).size > 0) await engine.prepare(words).run(list);
  };
  await wipeWhatIsTold(engine, list);
  await wipeWhatWaits(engine, list);
  await run('holds', `update holds set finds = '[]', released = '[]' where item in ${numbersIn}`);
  await run('revisions', `delete from revisions where item in ${numbersIn}`);
  await run('evidence', `update evidence set quote = '' where item in ${numbersIn}`);
  await run('item_keys', `delete from item_keys where kind = 'names' and item in ${numbersIn}`);
  await run(
    'imprints',
    `update imprints set marks = json_set(marks, '$.title', json('[]'), '$.names', json('[]')) where item in ${numbersIn}`,
  );
  for (const end of ['a', 'b'])
    await run(
      'relations',
      `update relations set reasons = (select json_group_array(json_object('code', r.value ->> 'code')) from json_each(reasons) r)
         where ${end} in ${numbersIn}`,
    );
  const columns = await engine.columnsOf('items');
  const set = Object.entries(emptied).filter(([name]) => columns.has(name));
  await run(
    'items',
    `update items set ${set.map(([name, value]) => `${name} = ${value}`).join(', ')} where id in ${numbersIn}`,
  );
}

/** What was told of an item may name its title. */
async function wipeWhatIsTold(engine: Engine, list: string): Promise<void> {
  const titles = await engine
    .prepare<{ title: string }>(`select title from items where id in ${numbersIn} and length(title) >= ${shortestTold}`)
    .all(list);
  for (const { table, column } of toldIn) {
    if (!(await engine.columnsOf(table)).has(column)) continue;
    const replace = engine.prepare(
      `update ${table} set ${column} = replace(${column}, ?, '[…]') where instr(${column}, ?) > 0`,
    );
    for (const { title } of titles) for (const written of writtenForms(title)) await replace.run(written, written);
  }
}

/** The same text, where it waits for its time or for the maintainer. */
async function wipeWhatWaits(engine: Engine, list: string): Promise<void> {
  for (const table of waitingTables) {
    if ((await engine.columnsOf(table)).size === 0) continue;
    await engine
      .prepare(
        `delete from ${table} where exists (select 1 from items i where i.id in ${numbersIn}
             and i.source = ${table}.source and i.guid = ${table}.guid)
           or exists (select 1 from json_each(${table}.signals, '$.keys') j
             join item_keys k on k.kind = j.value ->> 'kind' and k.key = j.value ->> 'key'
             where k.kind = 'text' and k.item in ${numbersIn})`,
      )
      .run(list, list);
  }
}
