/** PostgreSQL as an engine. */
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Database } from './database.ts';
import type { Engine, Statement } from './engine.ts';
import { openPostgresPrints } from './postgres-prints.ts';
import type { Session } from './postgres-session.ts';
import { postgresWords } from './postgres-words.ts';

export function postgresEngine(session: Session): Engine {
  const db = builderOverSession(session);
  const engine: Engine = {
    db,
    prepare<Row>(words: string): Statement<Row> {
      const own = postgresWords(words);
      const all = async (values: readonly unknown[]): Promise<readonly Row[]> =>
        (await session.ask(own, values)).rows as Row[];
      return {
        get: async (...values) => (await all(values))[0],
        all: (...values) => all(values),
        run: async (...values) => void (await session.ask(own, values)),
      };
    },
    lists: async (words, ...values) =>
      (await session.ask(postgresWords(words), values, 'lists')).rows as unknown as unknown[][],
    begin: async () => void (await session.ask('begin', [])),
    async beginReading() {
      await session.ask('begin isolation level repeatable read read only', []);
      await session.ask('set local idle_in_transaction_session_timeout = 0', []); // while what was read is written elsewhere
    },
    isInTransaction: () => session.isInTransaction(),
    changes: () => session.changes(),
    now: async () => Number((await session.say('select now_ms() as now')).rows[0]?.now),
    deferForeignKeys: async () => void (await session.ask('set constraints all deferred', [])),
    columnsOf: async (table) => {
      const { rows } = await session.ask(
        'select attname from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped',
        [table],
      );
      return new Set(rows.map(({ attname }) => String(attname)));
    },
    countOnFrom: async (table) =>
      void (await session.ask(
        `select setval(pg_get_serial_sequence('${table}', 'id'), coalesce((select max(id) from ${table}), 0) + 1, false)`,
        [],
      )),
    openPrints: () => openPostgresPrints(engine),
  };
  return engine;
}

/** Kysely over the one connection: whoever asks for it waits until it is given back. */
export function builderOverSession(session: Pick<Session, 'ask' | 'reserve' | 'close'>): Database {
  const pool = {
    async connect(): Promise<PostgresPoolClient> {
      const giveBack = await session.reserve();
      return {
        query: (words: unknown, values?: readonly unknown[]) => session.ask(String(words), values ?? []) as never,
        release: giveBack,
      };
    },
    end: () => session.close(),
  };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}
