/** Hands in one database, each on a connection of its own, as two processes have them: in a file, or on the server. */
import { join } from 'node:path';
import { builderOver, connect } from '../../src/store/database.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openDatabase } from '../../src/store/opening.ts';
import { openPostgres } from '../../src/store/postgres-opening.ts';
import { placeOf } from '../../src/store/postgres-session.ts';
import { sqliteEngine } from '../../src/store/sqlite-engine.ts';
import { storageIn } from '../storage.ts';

export interface Hand {
  readonly engine: Engine;
  /** One statement. */
  say(words: string): Promise<void>;
  /** For a hand that writes nothing. @returns how many commits of others have written in the table `meta` since */
  countCommits(): Promise<() => Promise<number>>;
  close(): Promise<void>;
}

/** The database is made where there was none. */
export async function openHand(folder: string): Promise<Hand> {
  const { database } = storageIn(folder);
  return database === undefined ? await inFile(join(folder, 'relais.db')) : await onServer(database);
}

async function inFile(file: string): Promise<Hand> {
  await (await openDatabase(file)).close();
  const sqlite = connect(file);
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('synchronous = OFF');
  const db = builderOver(sqlite);
  /** Grows by one with every commit of others (https://www.sqlite.org/pragma.html#pragma_data_version). */
  const version = (): number => Number(sqlite.pragma('data_version', { simple: true }));
  return {
    engine: sqliteEngine(sqlite, db),
    say: async (words) => void sqlite.exec(words),
    async countCommits() {
      const before = version();
      return async () => version() - before;
    },
    close: () => db.destroy().then(() => void sqlite.close()), // what was never used Kysely leaves open
  };
}

async function onServer(address: string): Promise<Hand> {
  const { engine, session } = await openPostgres(placeOf(address), 'a hand');
  return {
    engine,
    say: async (words) => void (await session.ask(words, [])),
    async countCommits() {
      await session.say(`create function note_commit() returns trigger language plpgsql as $$
        begin new.value = pg_current_xact_id()::text; return new; end $$`);
      await session.say('create trigger note_commit before insert on meta for each row execute function note_commit()');
      const words = "select count(distinct value) as n from meta where value <> ''";
      return async () => Number((await session.say(words)).rows[0]?.n);
    },
    close: () => engine.db.destroy().then(() => session.close()),
  };
}
