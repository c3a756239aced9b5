/** The tables that make up an archive, as lists of rows in the order of their keys: to be copied and to be compared. */
import { hash } from 'node:crypto';
import { shortenedLater } from '../text/entry-names.ts';
import type { Engine, Value } from './engine.ts';
import { withoutNul } from './postgres-words.ts';
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
  doubtful_items: ['item'],
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
  | 'workers'
  | 'source_claims'
  | 'host_turns';
type Forgotten = Exclude<keyof Tables, keyof typeof tables | LeftOut>;
const nothingIsForgotten: Forgotten extends never ? true : Forgotten = true;

export type TableName = keyof typeof tables;
void nothingIsForgotten;
/** Those that others name come before these. */
export const tableNames = Object.keys(tables) as readonly TableName[];

/** Rows that are read at once. */
export const batchSize = 250;
/** In `meta` of a copy until all of it is there (copy-mark.ts): of the copy, and not of what is copied. */
export const copyMark = 'copying';

export type Key = readonly Value[];
export type Row = readonly Value[];

/** Part of a table: rows behind one key, or none but those up to one. */
export interface Stretch {
  readonly after?: Key | undefined;
  readonly upTo?: Key | undefined;
}

/** Rows as both kinds can have them. */
export interface Batch {
  readonly rows: readonly Row[];
  /** Key of the last one, as it stands where it was read. */
  readonly last: Key;
}

/**
 * The columns of a table in one order: both are at the newest step, but steps add columns in their own order.
 * @throws Error where the second has fewer
 */
export async function sharedColumns(from: Engine, to: Engine, table: TableName): Promise<readonly string[]> {
  const [own, other] = [await from.columnsOf(table), await to.columnsOf(table)];
  const missing = [...own].filter((name) => !other.has(name));
  if (missing.length > 0) throw new Error(`${table} has no ${missing.join(', ')}`);
  return [...own].sort();
}

/** Rows of a table in the order of their keys, a batch at a time; of `meta` all but the mark. */
export async function* batches(
  engine: Engine,
  table: TableName,
  columns: readonly string[],
  { after, upTo }: Stretch = {},
): AsyncGenerator<Batch> {
  const key = tables[table].map((name) => `"${name}"`).join(', ');
  const names = columns.map((name) => `"${name}"`).join(', ');
  const places = tables[table].map(() => '?').join(', ');
  const limits = [
    ...(upTo === undefined ? [] : [`(${key}) <= (${places})`]),
    ...(table === 'meta' ? [`name <> '${copyMark}'`] : []),
  ];
  const asked = (conditions: readonly string[]): string =>
    `select ${names} from ${table} ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''} order by ${key} limit ${batchSize}`;
  const first = engine.prepare<Readonly<Record<string, Value>>>(asked(limits));
  const next = engine.prepare<Readonly<Record<string, Value>>>(asked([`(${key}) > (${places})`, ...limits]));
  let last = after;
  for (;;) {
    const found = last === undefined ? await first.all(...(upTo ?? [])) : await next.all(...last, ...(upTo ?? []));
    if (found.length === 0) return;
    const end = found.at(-1) ?? {};
    last = tables[table].map((name) => end[name] ?? null);
    yield { rows: found.map((row) => columns.map((name) => kept(table, name, row[name] ?? null))), last };
  }
}

/** @returns false where any of these tables that is there holds a row; the mark is none */
export async function isEmpty(engine: Engine, some: readonly TableName[] = tableNames): Promise<boolean> {
  for (const table of some) {
    if ((await engine.columnsOf(table)).size === 0) continue; // of an older step
    const besides = table === 'meta' ? `where name <> '${copyMark}'` : '';
    if ((await engine.prepare(`select 1 from ${table} ${besides} limit 1`).get()) !== undefined) return false;
  }
  return true;
}

export interface Content {
  readonly rows: number;
  /** The sum of the SHA-256 of all rows: names that had to be made shorter stand in another order. */
  readonly digest: string;
}

/** @param onRows how many have been read by now */
export async function contentOf(
  engine: Engine,
  table: TableName,
  columns: readonly string[],
  stretch: Stretch = {},
  onRows: (rows: number) => void = () => {},
): Promise<Content> {
  const sum = new Uint32Array(8);
  let rows = 0;
  for await (const part of batches(engine, table, columns, stretch)) {
    for (const row of part.rows) {
      const digest = hash('sha256', JSON.stringify(row.map(told)), 'buffer');
      for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + digest.readUInt32BE(at * 4); // wraps
    }
    rows += part.rows.length;
    onRows(rows);
  }
  return { rows, digest: [...sum].map((word) => word.toString(16).padStart(8, '0')).join('') };
}

function told(value: Value): string | number | null {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Tables with names of entries that may be from before there was a limit in bytes, and the column that has them. */
const longNames: Readonly<Partial<Record<TableName, string>>> = {
  items: 'guid',
  waiting_items: 'guid',
  held_items: 'guid',
  item_keys: 'key',
};

/** A value as both kinds can have it: PostgreSQL has no NUL in texts, and no long rows in an index. */
function kept(table: TableName, column: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  return longNames[table] === column ? shortenedLater(withoutNul(value)) : withoutNul(value);
}
