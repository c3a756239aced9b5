/**
 * One connection to a PostgreSQL server, for one database's worth of work: what is asked through Kysely and what is asked by
 * statements prepared once go over it in turn, so that a transaction holds both, as with a file.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { respelled, withoutNul } from './postgres-words.ts';

export interface Session {
  /** @param words with PostgreSQL's own places for values (`$1`). @throws the server's or the network's error */
  ask(words: string, values: readonly unknown[], how?: 'lists'): Promise<pg.QueryResult>;
  /** The same in PostgreSQL's own words, as they stand. */
  say(words: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
  /** Waits until nobody else has the connection. @returns what gives it back */
  reserve(): Promise<() => void>;
  isInTransaction(): boolean;
  /** Rows that were changed since the session was opened. */
  changes(): number;
  close(): Promise<void>;
}

export interface Place {
  /** `postgres://user:password@host:port/database`, with what libpq knows behind a question mark, but for `options`. */
  readonly address: string;
  /** More settings for the server (`-c name=value …`). */
  readonly options: string;
  /** The schema that holds our tables. */
  readonly schema: string;
}

const defaultSchema = 'relais';

/** @param address as the maintainer gives it; `?schema=` names another schema than `relais` */
export function placeOf(address: string): Place {
  const url = new URL(address);
  const schema = url.searchParams.get('schema') ?? defaultSchema;
  const options = url.searchParams.get('options') ?? '';
  for (const name of ['schema', 'options']) url.searchParams.delete(name); // pg would let the address's replace ours
  return { address: url.href, schema, options };
}

/** How the maintainer is told of it: without its password. */
export function nameOf({ address, schema }: Place): string {
  const url = new URL(address);
  url.password = '';
  url.search = schema === defaultSchema ? '' : `?schema=${schema}`;
  return url.href;
}

/** A name in a statement. */
export function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}

/** Numbers come as numbers, as from SQLite: sums and instants are below 2⁵³. Truth comes as 1 and 0. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.INT8]: Number,
  [pg.types.builtins.NUMERIC]: Number,
  [pg.types.builtins.BOOL]: (text) => (text === 't' ? 1 : 0),
};
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers[oid]) || pg.types.getTypeParser(oid, format ?? 'text'),
};

const connectMs = 10_000;
const usualAnswerMs = 120_000;
/**
 * Whoever is cut off lets go of what it holds: the server ends a transaction of which it hears nothing for a minute, and notices
 * within half a minute that nobody is there any more (https://www.postgresql.org/docs/15/runtime-config-connection.html).
 */
const settings = [
  'idle_in_transaction_session_timeout=60000',
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=4',
  'client_min_messages=warning',
  'jit=off', // to compile a question takes ten times as long as to answer it, where an answer is some thousand rows
];
/** One lock for each schema, also before it is made: `RELA` in ASCII, and the schema's name. */
const lock = 'select pg_advisory_xact_lock(1380273217, hashtext($1))';
const mostStatements = 300;

/** @param answerMs for a statement, waiting for other writers included */
export function openSession(
  { address, schema, options }: Place,
  name: string,
  answerMs: number = usualAnswerMs,
): Session {
  let client: pg.Client | undefined;
  let isBroken = true;
  let isClosed = false;
  let isIn = false;
  let changed = 0;
  let asked: Promise<unknown> = Promise.resolve();
  let turn: Promise<void> = Promise.resolve();
  let known = new Map<string, string>();
  const spelled = new Map<string, string>();

  const connect = async (): Promise<pg.Client> => {
    await end();
    const made = new pg.Client({
      connectionString: address,
      application_name: name,
      connectionTimeoutMillis: Math.min(connectMs, answerMs),
      query_timeout: answerMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: connectMs,
      options: [options, ...[...settings, `search_path=${quoted(schema)}`].map((one) => `-c ${one}`)].join(' '),
      types,
    });
    const lost = (): void => {
      if (client !== made) return;
      isBroken = true;
      isIn = false;
    };
    made.on('error', lost);
    made.on('end', lost);
    try {
      await made.connect();
    } catch (error) {
      void made.end().catch(() => {});
      throw error;
    }
    client = made;
    isBroken = false;
    isIn = false;
    known = new Map();
    return made;
  };
  const end = async (): Promise<void> => {
    const old = client;
    const wasBroken = isBroken;
    client = undefined;
    isBroken = true;
    if (old === undefined) return;
    if (wasBroken)
      cut(old); // it would wait for an answer to its goodbye
    else await old.end().catch(() => {});
  };
  /** One after the other: the client takes no second statement before it has answered the first. */
  const run = (words: string, values: readonly unknown[], how?: 'lists'): Promise<pg.QueryResult> => {
    const result = asked.then(() => runNow(words, values, how));
    asked = result.catch(() => {});
    return result;
  };
  const runNow = async (words: string, values: readonly unknown[], how?: 'lists'): Promise<pg.QueryResult> => {
    if (isClosed) throw new Error('this session has ended');
    if (client === undefined || isBroken) {
      if (isIn) throw new Error('the transaction is lost');
      await connect();
    }
    const own = client as pg.Client;
    try {
      const named = nameFor(words);
      const result = await own.query({
        ...(named === undefined ? {} : { name: named }),
        text: words,
        values: values.map((value) => (typeof value === 'string' ? withoutNul(value) : value)),
        ...(how === 'lists' ? { rowMode: 'array' as const } : {}),
      } as pg.QueryConfig);
      if (result.command !== 'SELECT') changed += result.rowCount ?? 0;
      return result;
    } catch (error) {
      // Nobody knows what became of a statement that was not answered: the connection is given up, and its transaction with it.
      if (!(error instanceof pg.DatabaseError) || /^(57P0|08)/.test(error.code ?? '')) {
        isBroken = true;
        isIn = false;
        cut(own);
      }
      throw error;
    }
  };
  const spell = (given: string): string => {
    const before = spelled.get(given);
    if (before !== undefined) return before;
    const own = respelled(given);
    if (spelled.size < mostStatements) spelled.set(given, own);
    return own;
  };
  /** Statements are parsed and planned once each by the server. */
  const nameFor = (words: string): string | undefined => {
    if (known.size >= mostStatements && !known.has(words)) return undefined;
    const name = known.get(words) ?? `r${createHash('sha256').update(words).digest('hex').slice(0, 24)}`;
    known.set(words, name);
    return name;
  };
  return {
    async ask(given, values, how) {
      if (/^begin\b/.test(given)) {
        const begun = await run(given, []);
        isIn = true;
        return given === 'begin' ? await run(lock, [schema]) : begun; // who only reads keeps nobody waiting
      }
      if (given === 'commit' || given === 'rollback') {
        if (!isIn && given === 'rollback') return { command: '', rowCount: 0, oid: 0, fields: [], rows: [] }; // it has come to its end by itself
        if (!isIn) throw new Error('the transaction is lost');
        const result = await run(given, []);
        isIn = false;
        if (given === 'commit' && result.command === 'ROLLBACK')
          throw new Error('the server has undone the transaction');
        return result;
      }
      return await run(spell(given), values, how);
    },
    say: (words, values = []) => run(words, values),
    reserve() {
      const before = turn;
      let giveBack = (): void => {};
      turn = new Promise((resolve) => {
        giveBack = resolve;
      });
      return before.then(() => giveBack);
    },
    isInTransaction: () => isIn,
    changes: () => changed,
    close() {
      isClosed = true;
      return end();
    },
  };
}

/** Without a goodbye. */
function cut(client: pg.Client): void {
  client.removeAllListeners('end');
  (
    client as unknown as { readonly connection?: { readonly stream?: { destroy(): void } } }
  ).connection?.stream?.destroy();
}
