/**
 * What was taken back loses the last of its words: in its row, in what it was before, in quotations, in what waits beside it and in
 * what is told of it. What stays is what it takes to know it again: its guid, its addresses, hashes. Spoken in plain SQL, and of
 * those tables and columns only that are there: copies of the database are older than the program.
 */
import { urlKey } from '../text/url.ts';
import type { Connection } from './database.ts';
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

export function readGone(sqlite: Connection): Gone[] {
  return sqlite
    .prepare<[], Gone>(
      `select source, guid, url, withdrawn_at as at, coalesce(withdrawn_because, '') as because, withdrawn_by as "by"
         from items where withdrawn_by is not null and is_awaited = 0`,
    )
    .all();
}

/** Inside a transaction. @returns how many items have lost their words for good now */
export function wipeTakenBack(sqlite: Connection): number {
  const ids = sqlite
    .prepare<[], number>('select id from items where withdrawn_by is not null and is_awaited = 0 and is_wiped = 0')
    .pluck()
    .all();
  wipe(sqlite, ids);
  return ids.length;
}

/**
 * The same in a copy, by what the database knows now. The items count as taken back there too, in case it is put back.
 * @returns whether there was anything
 */
export function wipeInCopy(sqlite: Connection, gone: readonly Gone[]): boolean {
  const found = worded(sqlite, gone);
  wipe(sqlite, [...found.keys()]);
  const by = columnsOf(sqlite, 'items').has('withdrawn_by') ? ', withdrawn_by = ?3' : '';
  const mark = sqlite.prepare(
    `update items set withdrawn_at = coalesce(withdrawn_at, ?1), withdrawn_because = coalesce(withdrawn_because, ?2)${by} where id = ?4`,
  );
  for (const [id, one] of found) mark.run({ 1: one.at, 2: one.because, ...(by === '' ? {} : { 3: one.by }), 4: id });
  const waiting = waitingIn(sqlite, gone);
  for (const { table, one } of waiting)
    sqlite.prepare(`delete from ${table} where source = ? and guid = ?`).run(one.source, one.guid);
  return found.size + waiting.length > 0;
}

const waitingTables = ['held_items', 'waiting_items'];

/** What had not been let in yet when the copy was made. */
function waitingIn(
  sqlite: Connection,
  gone: readonly Gone[],
): readonly { readonly table: string; readonly one: Gone }[] {
  return waitingTables.flatMap((table) => {
    if (columnsOf(sqlite, table).size === 0) return [];
    const waits = sqlite
      .prepare<[string, string], number>(`select 1 from ${table} where source = ? and guid = ?`)
      .pluck();
    return gone.flatMap((one) => (waits.get(one.source, one.guid) === 1 ? [{ table, one }] : []));
  });
}

/** Looks whether there is anything to wipe in a copy. */
export function hasWordsOf(sqlite: Connection, gone: readonly Gone[]): boolean {
  return worded(sqlite, gone).size + waitingIn(sqlite, gone).length > 0;
}

/** Items of a copy, by id, that were taken back and still have words somewhere. */
function worded(sqlite: Connection, gone: readonly Gone[]): ReadonlyMap<number, Gone> {
  const isMarked = columnsOf(sqlite, 'items').has('is_wiped');
  const byGuid = sqlite.prepare<[string, string], number>('select id from items where source = ? and guid = ?').pluck();
  const byUrl = sqlite
    .prepare<[string, string], number>(
      `select i.id from item_keys k join items i on i.id = k.item where k.kind = 'url' and k.key = ? and i.source = ?`,
    )
    .pluck();
  const hasWords = sqlite
    .prepare<[number], number>(
      isMarked
        ? `select 1 from items where id = ? and (is_wiped = 0 or title <> '' or text <> '' or html <> '')`
        : `select 1 from items i where id = ? and (title <> '' or text <> '' or html <> ''
             or exists (select 1 from evidence e where e.item = i.id and e.quote <> ''))`,
    )
    .pluck();
  const found = new Map<number, Gone>();
  for (const one of gone) {
    const own = byGuid.get(one.source, one.guid);
    const ids = own !== undefined ? [own] : one.url === null ? [] : byUrl.all(urlKey(one.url), one.source);
    for (const id of ids) if (hasWords.get(id) === 1) found.set(id, one);
  }
  return found;
}

function columnsOf(sqlite: Connection, table: string): ReadonlySet<string> {
  return new Set(sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table));
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
export function wipe(sqlite: Connection, ids: readonly number[]): void {
  if (ids.length === 0) return;
  const list = JSON.stringify(ids);
  const own = '(select value from json_each(?))';
  const run = (table: string, words: string): void => {
    if (columnsOf(sqlite, table).size > 0) sqlite.prepare(words).run(list);
  };
  wipeWhatIsTold(sqlite, ids);
  wipeWhatWaits(sqlite, list);
  run('holds', `update holds set finds = '[]', released = '[]' where item in ${own}`);
  run('revisions', `delete from revisions where item in ${own}`);
  run('evidence', `update evidence set quote = '' where item in ${own}`);
  run('item_keys', `delete from item_keys where kind = 'names' and item in ${own}`);
  run(
    'imprints',
    `update imprints set marks = json_set(marks, '$.title', json('[]'), '$.names', json('[]')) where item in ${own}`,
  );
  for (const end of ['a', 'b'])
    run(
      'relations',
      `update relations set reasons = (select json_group_array(json_object('code', r.value ->> 'code')) from json_each(reasons) r)
         where ${end} in ${own}`,
    );
  const columns = columnsOf(sqlite, 'items');
  const set = Object.entries(emptied).filter(([name]) => columns.has(name));
  run('items', `update items set ${set.map(([name, value]) => `${name} = ${value}`).join(', ')} where id in ${own}`);
}

/** What was told of an item may name its title. */
function wipeWhatIsTold(sqlite: Connection, ids: readonly number[]): void {
  const titles = sqlite
    .prepare<[string, number], string>(
      'select title from items where id in (select value from json_each(?)) and length(title) >= ?',
    )
    .pluck()
    .all(JSON.stringify(ids), shortestTold);
  for (const { table, column } of toldIn) {
    if (!columnsOf(sqlite, table).has(column)) continue;
    const replace = sqlite.prepare(
      `update ${table} set ${column} = replace(${column}, ?1, '[…]') where instr(${column}, ?1) > 0`,
    );
    for (const title of titles) for (const written of writtenForms(title)) replace.run({ 1: written });
  }
}

/** The same text, where it waits for its time or for the maintainer. */
function wipeWhatWaits(sqlite: Connection, list: string): void {
  for (const table of waitingTables) {
    if (columnsOf(sqlite, table).size === 0) continue;
    sqlite
      .prepare(
        `delete from ${table} where exists (select 1 from items i where i.id in (select value from json_each(?1))
             and i.source = ${table}.source and i.guid = ${table}.guid)
           or exists (select 1 from json_each(${table}.signals, '$.keys') j
             join item_keys k on k.kind = j.value ->> 'kind' and k.key = j.value ->> 'key'
             where k.kind = 'text' and k.item in (select value from json_each(?1)))`,
      )
      .run({ 1: list });
  }
}
