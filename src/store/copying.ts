/**
 * All that one database holds → another, of either kind: table by table in the order of their keys, batch by batch, each noted in
 * the same transaction, so that a copy which was broken off goes on where it was. At the end both are read through and compared.
 */
import { Halt, problem } from '../problems.ts';
import {
  batches,
  batchSize,
  type Content,
  contentOf,
  isEmpty,
  type Row,
  sharedColumns,
  type TableName,
  tableNames,
} from './copied-tables.ts';
import { type Mark, readMark, removeMark, writeMark } from './copy-mark.ts';
import type { Engine, Value } from './engine.ts';
import { printsIn } from './fresh-prints.ts';
import { chunks } from './items.ts';

export interface CopyProgress {
  /** What is done with the rows: those that are there from before are compared first, and all at the end. */
  readonly step: 'checking' | 'copying' | 'comparing';
  readonly table: TableName;
  /** Of this table, by now. */
  readonly rows: number;
}

export interface CopyOptions {
  /** Called after every batch; what it throws ends the copy, which can be gone on with. */
  readonly onProgress?: (progress: CopyProgress) => void;
}

/** How a copy began. */
export type Beginning =
  | 'new'
  /** Where an earlier one was broken off. */
  | 'resumed'
  /** Over again, as the first database has changed since an earlier one was broken off. */
  | 'anew';

/** What two databases hold in a table. */
export interface Comparison {
  readonly table: TableName;
  readonly from: Content;
  readonly to: Content;
}

/**
 * Says whether a copy may be written here; nothing is changed.
 * @param to may lack tables, as one that was never opened does
 * @param name of the database that is to be copied
 * @throws Halt with store/copy-refused where it holds anything but the beginning of a copy of the same
 */
export async function requireRoomForCopy(to: Engine, name: string): Promise<void> {
  const mark = await readMark(to);
  if (mark === undefined ? await isEmpty(to) : mark.from === name) return;
  const words = mark === undefined ? 'an archive of its own' : `the beginning of a copy of ${mark.from}`;
  throw new Halt(problem('store/copy-refused', {}, words));
}

/**
 * Copies everything. The mark stays until `finishCopy`.
 *
 * A copy that was broken off goes on behind the last row that was noted only if what is there is still what the first database
 * holds up to that row; where it is not, somebody has worked there since, and the copy is begun anew. Rows that come before that
 * row are looked at by nobody afterwards, and others may name rows that are new among them.
 * @param from in a transaction that sees one instant
 * @param name of the first database
 * @param to has our tables, and nobody else writes in it
 * @throws Halt with store/copy-refused; what `onProgress` throws
 */
export async function copyAll(
  from: Engine,
  to: Engine,
  name: string,
  { onProgress = () => {} }: CopyOptions = {},
): Promise<Beginning> {
  await requireRoomForCopy(to, name);
  const before = await readMark(to);
  const first: Mark = { from: name, table: 'meta' };
  const isSame = before === undefined || (await isBeginning(from, to, before, onProgress));
  if (!isSame) await empty(to, first);
  else if (before === undefined) await committed(to, () => writeMark(to, first));
  const mark = isSame ? (before ?? first) : first;
  for (const table of tableNames.slice(tableNames.indexOf(mark.table)))
    await copyTable(from, to, { from: name, table, after: mark.table === table ? mark.after : undefined }, onProgress);
  if (!isSame) return 'anew';
  return before === undefined ? 'new' : 'resumed';
}

/** The copy is whole from here on. @param last what is to be changed in the copy in the same instant */
export async function finishCopy(to: Engine, last: () => Promise<void> = async () => {}): Promise<void> {
  for (const table of counted) await to.countOnFrom(table);
  await committed(to, async () => {
    await last();
    await removeMark(to);
  });
}

/** Tables that number their rows themselves. */
const counted: readonly TableName[] = ['stories', 'items', 'audit_log', 'story_rulings', 'rulings', 'news'];

/** Alone on the connection, or another's statement would stand in the transaction. */
async function committed(to: Engine, work: () => Promise<void>): Promise<void> {
  await to.db.connection().execute(async () => {
    await to.begin();
    try {
      await work();
      await to.prepare('commit').run();
    } catch (error) {
      if (to.isInTransaction()) await to.prepare('rollback').run();
      throw error;
    }
  });
}

/** Whether all that is there is what the first database holds up to the mark. */
async function isBeginning(
  from: Engine,
  to: Engine,
  mark: Mark,
  onProgress: (progress: CopyProgress) => void,
): Promise<boolean> {
  const at = tableNames.indexOf(mark.table);
  if (at === -1) return false; // of another Relais
  if (!(await isEmpty(to, tableNames.slice(mark.after === undefined ? at : at + 1)))) return false;
  for (const table of tableNames.slice(0, mark.after === undefined ? at : at + 1)) {
    const columns = await sharedColumns(from, to, table);
    const upTo = table === mark.table ? mark.after : undefined;
    const tell = (rows: number): void => onProgress({ step: 'checking', table, rows });
    const own = await contentOf(from, table, columns, { upTo }, tell);
    if (own.digest !== (await contentOf(to, table, columns, {}, tell)).digest) return false;
  }
  return true;
}

/** In one transaction: else a copy that was broken off in here would go on beside old rows. */
async function empty(to: Engine, mark: Mark): Promise<void> {
  const prints = to.openPrints();
  await committed(to, async () => {
    await to.deferForeignKeys();
    for (const table of tableNames.toReversed()) await to.prepare(`delete from ${table}`).run();
    await prints.clear();
    await writeMark(to, mark);
  });
}

async function copyTable(
  from: Engine,
  to: Engine,
  mark: Mark,
  onProgress: (progress: CopyProgress) => void,
): Promise<void> {
  const { table } = mark;
  const columns = await sharedColumns(from, to, table);
  const put = inserting(to, table, columns);
  const prints = table === 'imprints' ? to.openPrints() : undefined;
  let rows = 0;
  for await (const { rows: part, last } of batches(from, table, columns, { after: mark.after })) {
    await committed(to, async () => {
      await prints?.catchUp();
      await put(part);
      if (prints !== undefined)
        for (const row of part) {
          const of = (name: string): Value => row[columns.indexOf(name)] ?? null;
          await prints.add(Number(of('item')), Number(of('period')), printsIn(Buffer.from(of('prints') as Uint8Array)));
        }
      await writeMark(to, { ...mark, after: last });
    });
    rows += part.length;
    onProgress({ step: 'copying', table, rows });
  }
  const next = tableNames[tableNames.indexOf(table) + 1];
  if (next !== undefined) await committed(to, () => writeMark(to, { from: mark.from, table: next }));
}

function inserting(to: Engine, table: TableName, columns: readonly string[]): (rows: readonly Row[]) => Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((name) => `"${name}"`).join(', ');
  const words = (count: number): string =>
    `insert into ${table} (${names}) values ${Array.from({ length: count }, () => row).join(', ')}`;
  const most = Math.max(1, Math.floor(15_000 / columns.length));
  return async (rows) => {
    for (const part of chunks(rows, Math.min(most, batchSize)))
      await to.prepare(words(part.length)).run(...part.flat());
  };
}

/** Reads all of both. */
export async function compareAll(
  from: Engine,
  to: Engine,
  { onProgress = () => {} }: CopyOptions = {},
): Promise<readonly Comparison[]> {
  const compared: Comparison[] = [];
  for (const table of tableNames) {
    const columns = await sharedColumns(from, to, table);
    const tell = (rows: number): void => onProgress({ step: 'comparing', table, rows });
    const own = await contentOf(from, table, columns, {}, tell);
    compared.push({ table, from: own, to: await contentOf(to, table, columns, {}, tell) });
  }
  return compared;
}

/** @returns the first table in which they do not hold the same, rows and every value of them */
export function firstDifference(compared: readonly Comparison[]): Comparison | undefined {
  return compared.find(({ from, to }) => from.digest !== to.digest || from.rows !== to.rows);
}
