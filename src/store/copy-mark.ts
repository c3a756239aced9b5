/** The mark of a copy that is not whole yet, in its `meta`: whose copy it is, and how far. Nobody else works on such a database. */
import { Halt, problem } from '../problems.ts';
import { copyMark, type Key, type TableName } from './copied-tables.ts';
import type { Engine } from './engine.ts';

export interface Mark {
  /** What the maintainer knows the first database by. */
  readonly from: string;
  /** The table that is being copied. */
  readonly table: TableName;
  /** Key of its last row that is there; undefined before the first. */
  readonly after?: Key | undefined;
}

/** @returns undefined where all is whole, or there are no tables yet */
export async function readMark(engine: Engine): Promise<Mark | undefined> {
  if ((await engine.columnsOf('meta')).size === 0) return undefined;
  const row = await engine.prepare<{ value: string }>('select value from meta where name = ?').get(copyMark);
  return row === undefined ? undefined : (JSON.parse(row.value) as Mark);
}

/** In the transaction that is under way. */
export async function writeMark(engine: Engine, mark: Mark): Promise<void> {
  await engine
    .prepare('insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value')
    .run(copyMark, JSON.stringify(mark));
}

export async function removeMark(engine: Engine): Promise<void> {
  await engine.prepare('delete from meta where name = ?').run(copyMark);
}

/** @param place what the maintainer knows it by. @throws Halt with store/half-copied */
export async function requireWholeCopy(engine: Engine, place: string): Promise<void> {
  const mark = await readMark(engine);
  if (mark !== undefined) throw new Halt(problem('store/half-copied', {}, halfCopiedWords(place, mark)));
}

export function halfCopiedWords(place: string, { from }: Pick<Mark, 'from'>): string {
  return `${place}, of ${from}`;
}
