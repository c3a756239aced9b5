/** What tests tell and ask the database beside what Relais does there, of whichever kind it is. */
import { join } from 'node:path';
import { Sqlite } from '../src/store/database.ts';
import { storageIn } from './storage.ts';
import { tellServer } from './told-server.ts';

export type Row = Readonly<Record<string, unknown>>;

/** @param words one statement that both kinds understand. @returns its rows, if it has any */
export async function tellDatabase(folder: string, words: string): Promise<readonly Row[]> {
  const { database } = storageIn(folder);
  if (database !== undefined) return await tellServer(database, words);
  const sqlite = new Sqlite(join(folder, 'relais.db'));
  try {
    const statement = sqlite.prepare<[], Row>(words);
    if (statement.reader) return statement.all();
    statement.run();
    return [];
  } finally {
    sqlite.close();
  }
}

/** All that is stored, by table. */
export async function storedIn(folder: string): Promise<ReadonlyMap<string, readonly Row[]>> {
  const named =
    storageIn(folder).database === undefined
      ? "select name from sqlite_master where type = 'table'"
      : 'select table_name as name from information_schema.tables where table_schema = current_schema()';
  const stored = new Map<string, readonly Row[]>();
  for (const { name } of await tellDatabase(folder, named))
    stored.set(String(name), await tellDatabase(folder, `select * from ${name}`));
  return stored;
}
