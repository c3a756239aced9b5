/** SQLite as an engine. It answers at once: what is asked of it is a call, and no wait. */
import { builderOver, type Connection, type Database } from './database.ts';
import type { Engine, Statement } from './engine.ts';
import { openPrintIndex } from './indexing.ts';

/** @param db where the connection has one already */
export function sqliteEngine(sqlite: Connection, db: Database = builderOver(sqlite)): Engine {
  const begin = sqlite.prepare('begin immediate');
  const changes = sqlite.prepare<[], number>('select total_changes()').pluck();
  return {
    db,
    prepare<Row>(words: string): Statement<Row> {
      const statement = sqlite.prepare<unknown[], Row>(words);
      return {
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
        run: (...values) => void statement.run(...values),
      };
    },
    lists: (words, ...values) =>
      sqlite
        .prepare<unknown[], readonly unknown[]>(words)
        .raw()
        .iterate(...values),
    begin: () => void begin.run(),
    beginReading() {
      sqlite.exec('begin');
      sqlite.prepare('select 1 from sqlite_schema').get(); // the instant is that of the first look
    },
    isInTransaction: () => sqlite.inTransaction,
    changes: () => changes.get() ?? 0,
    now: () => undefined,
    deferForeignKeys: () => deferForeignKeys(sqlite),
    columnsOf: (table) =>
      new Set(sqlite.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)),
    countOnFrom: () => {}, // SQLite remembers the highest
    openPrints: () => openPrintIndex(sqlite),
  };
}

/**
 * Until the end of the transaction. Running a pragma that sets a flag makes SQLite compile every prepared statement anew, which
 * came to a fourth of what an item costs. This one acts when it is compiled, as pragmas may (https://www.sqlite.org/pragma.html);
 * where it does not, it is run.
 */
function deferForeignKeys(sqlite: Connection): void {
  const pragma = 'defer_foreign_keys';
  // Compiled each time: so is its answer.
  const areDeferred = (): boolean => sqlite.prepare(`pragma ${pragma}`).pluck().get() === 1;
  if (areDeferred()) return;
  sqlite.prepare(`pragma ${pragma} = ON`);
  if (!areDeferred()) sqlite.pragma(`${pragma} = ON`);
}
