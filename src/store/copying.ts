/**
 * All that one database holds → another, of either kind: table by table in the order of their keys, batch by batch, each noted in
 * the same transaction, so that a copy which was broken off goes on where it was. At the end both are read through and compared.
 */
import { createHash } from 'node:crypto';
import type { Engine, Value } from './engine.ts';
import { printsIn } from './fresh-prints.ts';
import { chunks } from './items.ts';
import type { Tables } from './schema.ts';

/** A table with the columns that tell its rows apart; rows that others name stand before these. */
const tables = {
  meta: ['name'],
  sources: ['key'],
  stories: ['id'],
  story_aliases: ['uid'],
  items: ['id'],
  item_keys: ['kind', 'key', 'item'],
  evidence: ['item', 'position'],
  revisions: ['item', 'replaced_at'],
  imprints: ['item'],
  stopped_prints: ['print', 'source'],
  relations: ['a', 'b'],
  archives: ['feed', 'number'],
  audit_log: ['id'],
  holds: ['item', 'section'],
  not_shown: ['story'],
  digests: ['section', 'name'],
  digest_items: ['section', 'digest', 'item'],
  digest_mails: ['section', 'digest', 'address'],
  hub_notices: ['feed'],
  subscriptions: ['id'],
  story_rulings: ['id'],
  ruled_items: ['ruling', 'place', 'item'],
  publications: ['name'],
  waiting_items: ['source', 'guid'],
  held_items: ['source', 'guid'],
  rulings: ['id'],
  source_days: ['source', 'day'],
  news: ['id'],
  silences: ['host'],
  pictures: ['address'],
  missing_items: ['item'],
  picture_uses: ['story', 'address'],
} as const satisfies Partial<Readonly<Record<keyof Tables, readonly string[]>>>;

/** Whose copying each kind of database does by itself (`PrintIndex`), and who is running, which is over. */
type LeftOut =
  | 'fresh_imprints'
  | 'print_segments'
  | 'print_postings'
  | 'print_filters'
  | 'print_index'
  | 'leases'
  | Running;
type Running = 'workers' | 'source_claims' | 'host_turns';
type Forgotten = Exclude<keyof Tables, keyof typeof tables | LeftOut>;
const nothingIsForgotten: Forgotten extends never ? true : Forgotten = true;

export type TableName = keyof typeof tables;
const tableNames = Object.keys(tables) as readonly TableName[];

const batch = 500;
/** In the target's `meta`, until all is there: how far the copy is. */
const copyMark = 'copying';

interface Mark {
  readonly from: string;
  readonly table: TableName;
  readonly after: readonly Value[] | undefined;
}

export interface CopyProgress {
  readonly table: TableName;
  readonly rows: number;
}

/** What two databases hold, table by table, where they differ. */
export interface Difference {
  readonly table: TableName;
  readonly from: Content;
  readonly to: Content;
}

export interface Content {
  readonly rows: number;
  /** SHA-256 over all rows in the order of their keys. */
  readonly digest: string;
}

/**
 * @param name of the first database: a copy that was broken off is gone on with if it was one of the same
 * @param to has our tables, and holds nothing or the beginning of such a copy
 * @throws Error where it holds anything else
 */
export async function copyAll(
  from: Engine,
  to: Engine,
  name: string,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<void> {
  void nothingIsForgotten;
  const mark = await markIn(to);
  if (mark === undefined ? !(await isEmpty(to)) : mark.from !== name) throw new Error('the target is not empty');
  const begun = mark === undefined ? 0 : tableNames.indexOf(mark.table);
  for (const table of tableNames.slice(begun))
    await copyTable(from, to, { from: name, table, after: mark?.table === table ? mark.after : undefined }, onProgress);
  await to.begin();
  await to.prepare('delete from meta where name = ?').run(copyMark);
  await to.prepare('commit').run();
  for (const table of counted) await to.countOnFrom(table);
}

/** Tables that number their rows themselves. */
const counted: readonly TableName[] = ['stories', 'items', 'audit_log', 'story_rulings', 'rulings', 'news'];

async function markIn(to: Engine): Promise<Mark | undefined> {
  const row = await to.prepare<{ value: string }>('select value from meta where name = ?').get(copyMark);
  return row === undefined ? undefined : (JSON.parse(row.value) as Mark);
}

async function isEmpty(to: Engine): Promise<boolean> {
  for (const table of tableNames) {
    if (table === 'meta') continue;
    if ((await to.prepare(`select 1 from ${table} limit 1`).get()) !== undefined) return false;
  }
  return true;
}

async function copyTable(
  from: Engine,
  to: Engine,
  mark: Mark,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  const columns = await sharedColumns(from, to, mark.table);
  const put = inserting(to, mark.table, columns);
  const prints = mark.table === 'imprints' ? to.openPrints() : undefined;
  const note = to.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  let rows = 0;
  for await (const part of batches(from, mark.table, columns, mark.after)) {
    const own = part.filter((row) => mark.table !== 'meta' || row[columns.indexOf('name')] !== copyMark);
    await to.begin();
    try {
      await prints?.catchUp();
      await put(own);
      if (prints !== undefined)
        for (const row of own) {
          const of = (name: string): Value => row[columns.indexOf(name)] ?? null;
          await prints.add(Number(of('item')), Number(of('period')), printsIn(Buffer.from(of('prints') as Uint8Array)));
        }
      await note.run(copyMark, JSON.stringify({ ...mark, after: keyOf(mark.table, columns, part.at(-1) ?? []) }));
      await to.prepare('commit').run();
    } catch (error) {
      if (to.isInTransaction()) await to.prepare('rollback').run();
      throw error;
    }
    rows += part.length;
    onProgress({ table: mark.table, rows });
  }
  await to.begin();
  await note.run(copyMark, JSON.stringify({ ...mark, after: undefined, table: nextTable(mark.table) }));
  await to.prepare('commit').run();
}

function nextTable(table: TableName): TableName {
  return tableNames[tableNames.indexOf(table) + 1] ?? table;
}

/** Both are at the newest step, but steps add columns in their own order. */
async function sharedColumns(from: Engine, to: Engine, table: TableName): Promise<readonly string[]> {
  const [own, other] = [await from.columnsOf(table), await to.columnsOf(table)];
  const missing = [...own].filter((name) => !other.has(name));
  if (missing.length > 0) throw new Error(`${table} has no ${missing.join(', ')}`);
  return [...own].sort();
}

function inserting(
  to: Engine,
  table: TableName,
  columns: readonly string[],
): (rows: readonly (readonly Value[])[]) => Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((name) => `"${name}"`).join(', ');
  // A row that is there already is of a batch that was written and not noted, or the table is one that steps fill.
  const words = (count: number): string =>
    `insert into ${table} (${names}) values ${Array.from({ length: count }, () => row).join(', ')} on conflict do nothing`;
  const most = Math.max(1, Math.floor(15_000 / columns.length));
  return async (rows) => {
    for (const part of chunks(rows, Math.min(most, batch))) await to.prepare(words(part.length)).run(...part.flat());
  };
}

function keyOf(table: TableName, columns: readonly string[], row: readonly Value[]): readonly Value[] {
  return tables[table].map((name) => row[columns.indexOf(name)] ?? null);
}

/** A table's rows in the order of their keys. @param after the key of the last row that is not wanted */
async function* batches(
  from: Engine,
  table: TableName,
  columns: readonly string[],
  after?: readonly Value[],
): AsyncGenerator<readonly (readonly Value[])[]> {
  const key = tables[table].map((name) => `"${name}"`).join(', ');
  const names = columns.map((name) => `"${name}"`).join(', ');
  const places = tables[table].map(() => '?').join(', ');
  const first = from.prepare<Readonly<Record<string, Value>>>(
    `select ${names} from ${table} order by ${key} limit ${batch}`,
  );
  const next = from.prepare<Readonly<Record<string, Value>>>(
    `select ${names} from ${table} where (${key}) > (${places}) order by ${key} limit ${batch}`,
  );
  let last = after;
  for (;;) {
    const found = last === undefined ? await first.all() : await next.all(...last);
    if (found.length === 0) return;
    const rows = found.map((row) => columns.map((name) => row[name] ?? null));
    yield rows;
    last = keyOf(table, columns, rows.at(-1) ?? []);
  }
}

/** @returns the tables in which the two do not hold the same, rows and every value of them */
export async function differences(
  from: Engine,
  to: Engine,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const table of tableNames) {
    const columns = await sharedColumns(from, to, table);
    const [own, other] = [await contentOf(from, table, columns), await contentOf(to, table, columns)];
    if (own.digest !== other.digest) found.push({ table, from: own, to: other });
    onProgress({ table, rows: own.rows });
  }
  return found;
}

async function contentOf(engine: Engine, table: TableName, columns: readonly string[]): Promise<Content> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const part of batches(engine, table, columns)) {
    for (const row of part) hash.update(`${JSON.stringify(row.map(told))}\n`);
    rows += part.length;
  }
  return { rows, digest: hash.digest('hex') };
}

function told(value: Value): string | number | null {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}
