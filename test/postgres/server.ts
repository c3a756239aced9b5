/** The PostgreSQL that tests run on: the server that the environment names, in a database of their own, or an embedded one. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export interface TestServer {
  readonly address: string;
  /** For a person, without a password. */
  readonly name: string;
  close(): Promise<void>;
}

/** @param address of a server, whose user may make databases; undefined for the embedded one */
export async function openTestServer(address: string | undefined): Promise<TestServer> {
  return address === undefined ? await startEmbedded() : await makeDatabase(address);
}

async function startEmbedded(): Promise<TestServer> {
  const child = fork(fileURLToPath(new URL('embedded.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
  if (told === undefined) throw new Error('the embedded PostgreSQL did not start');
  const [{ port, version }] = told as [{ readonly port: number; readonly version: string }];
  return {
    address: `postgres://postgres@127.0.0.1:${port}/postgres`,
    name: `PostgreSQL ${version}, embedded (RELAIS_TEST_DATABASE_URL names no server)`,
    async close() {
      child.disconnect();
      await ended;
    },
  };
}

const prefix = 'relais_tests_';
/** While somebody looks for what was left, nobody makes a new one. */
const lock = 'select pg_advisory_lock(1380273217, 1)';
const unlock = 'select pg_advisory_unlock(1380273217, 1)';

/**
 * Whoever runs tests keeps a connection to their database for as long as they do, so that the server lets nobody drop it; those of
 * runs that were killed are dropped by the next.
 */
async function makeDatabase(address: string): Promise<TestServer> {
  const server = await connected(address);
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  const url = new URL(address);
  url.pathname = `/${name}`;
  await server.query(lock);
  const { rows } = await server.query<{ datname: string }>('select datname from pg_database where datname like $1', [
    `${prefix}%`,
  ]);
  for (const { datname } of rows) await server.query(`drop database ${datname}`).catch(unlessUsed);
  await server.query(`create database ${name}`);
  // What a crash of the server would take back nobody misses.
  await server.query(`alter database ${name} set synchronous_commit = off`);
  const own = await connected(url.href);
  await server.query(unlock);
  const shown = await server.query<{ server_version: string }>('show server_version');
  await server.end();
  const named = new URL(address);
  named.password = '';
  named.search = '';
  return {
    address: url.href,
    name: `PostgreSQL ${shown.rows[0]?.server_version}, ${named.href}`,
    async close() {
      await own.end();
      const again = await connected(address);
      await again.query(`drop database ${name} with (force)`);
      await again.end();
    },
  };
}

async function connected(address: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address });
  client.on('error', () => {}); // at the end it is asked again
  await client.connect();
  return client;
}

/** Somebody's tests run in it, or another has dropped it. */
function unlessUsed(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || !/^(55006|3D000)$/.test(error.code ?? '')) throw error;
}
