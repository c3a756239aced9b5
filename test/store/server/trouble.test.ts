/** What a server, or the way to it, does to us is said in plain words, and never with a password. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Library } from '../../../src/library.ts';
import type { Problem } from '../../../src/problems.ts';
import { openPostgresLibrary } from '../../../src/store/postgres-library.ts';
import { isTherePostgres } from '../../../src/store/postgres-opening.ts';
import { openSession, placeOf } from '../../../src/store/postgres-session.ts';
import { type Cluster, hasCluster, openCluster } from '../../postgres/cluster.ts';
import { edges, holder, memoryOf, problemOf, temporaryFolder } from '../open.ts';

const secret = 'tr0m/p@te %41';
let cluster: Cluster;
let folder: ReturnType<typeof temporaryFolder>;

function at(
  database: string,
  given: { readonly user?: string; readonly password?: string; readonly more?: string } = {},
) {
  const { user = 'postgres', password = secret, more = '' } = given;
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${cluster.port}/${database}${more}`;
}

const open = (address: string): Promise<Library> =>
  openPostgresLibrary(address, `${folder.path}/relais.db`, holder(), edges());

/** The words for a person: without what a machine or an attacker would read. */
async function refused(address: string, work: Promise<unknown> = open(address)): Promise<Problem> {
  const one = await problemOf(work);
  const words = JSON.stringify(one);
  for (const form of [secret, encodeURIComponent(secret), 'wr0ng']) expect(words).not.toContain(form);
  expect(words).not.toMatch(/\bat .*:\d+:\d+/);
  return one;
}

async function say(database: string, ...statements: readonly string[]): Promise<void> {
  const session = openSession(placeOf(at(database)), 'a test');
  for (const words of statements) await session.say(words);
  await session.close();
}

describe.skipIf(!hasCluster)('a server', () => {
  beforeAll(async () => {
    folder = temporaryFolder();
    cluster = await openCluster(secret);
    await say('postgres', 'create database relais');
  });
  afterAll(() => {
    cluster.remove();
    folder.remove();
  });

  test('whose password has signs of addresses in it lets us in', async () => {
    await (await open(at('relais'))).close();
    expect(await isTherePostgres(at('relais'))).toBe(true);
    expect(await isTherePostgres(at('relais', { more: '?schema=nobodys' }))).toBe(false);
  });

  test.each([
    ['a wrong password', 'relais', { password: 'wr0ng' }, 'password authentication failed for user "postgres"'],
    ['an unknown user', 'relais', { user: 'stranger', password: 'wr0ng' }, 'failed for user "stranger"'],
    ['a database that is not there', 'elsewhere', {}, 'database "elsewhere" does not exist'],
  ])('refuses %s', async (_what, database, given, words) => {
    const { code, happened } = await refused(at(database, given));
    expect([code, happened]).toEqual(['store/refused', expect.stringContaining(words)]);
    expect((await refused('', isTherePostgres(at(database, given)))).code).toBe('store/refused');
  });

  test('refuses a user who may make no schema', async () => {
    await say('relais', "create role guest login password 'wr0ng'");
    const { code } = await refused(at('relais', { user: 'guest', password: 'wr0ng', more: '?schema=guests' }));
    expect(code).toBe('store/refused');
  });

  test('that takes nothing says so: as we come, and while we are there', async () => {
    const readOnly = '?options=-c%20default_transaction_read_only%3Don';
    expect((await refused(at('relais', { more: `${readOnly}&schema=fresh` }))).code).toBe('store/standby');
    const library = await open(at('relais', { more: readOnly }));
    expect((await refused('', library.remember(memoryOf('one')))).code).toBe('store/standby');
    expect([...(await library.memories()).keys()]).toEqual([]);
    await library.close();
  });

  test('that is asked for more of its own settings is still asked for our schema', async () => {
    const library = await open(at('relais', { more: '?options=-c%20work_mem%3D8MB&schema=of_ours' }));
    await library.close();
    expect(await isTherePostgres(at('relais', { more: '?schema=of_ours' }))).toBe(true);
    expect(await isTherePostgres(at('relais', { more: '?schema=public' }))).toBe(false);
  });

  test('that restarts ends what is under way, and is found again', async () => {
    const library = await open(at('relais', { more: '?schema=restarted' }));
    await library.remember(memoryOf('one'));
    cluster.stop();
    expect((await refused('', library.remember(memoryOf('two')))).code).toBe('store/unreachable');
    expect((await refused('', library.memories())).code).toBe('store/unreachable');
    cluster.start();
    await library.remember(memoryOf('three'));
    expect([...(await library.memories()).keys()].sort()).toEqual(['one', 'three']);
    await library.close();
  });

  test('that ends a session by itself, or shuts down, is found again', async () => {
    const library = await open(at('relais', { more: '?schema=ended' }));
    await say('postgres', 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()');
    const first = await library.remember(memoryOf('one')).then(
      () => 'went well',
      (error: { readonly problem?: Problem }) => error.problem?.code,
    );
    expect(['went well', 'store/unreachable']).toContain(first);
    await library.remember(memoryOf('two'));
    expect([...(await library.memories()).keys()]).toContain('two');
    await library.close();
  });
});

test.each([
  ['nobody listens', 'postgres://relais:wr0ng@127.0.0.1:1/relais'],
  ['that has no name', 'postgres://relais:wr0ng@nowhere.invalid/relais'],
])('a server %s is said not to answer', async (_what, address) => {
  folder = temporaryFolder();
  const { code, happened } = await refused(address);
  expect([code, happened]).toEqual(['store/unreachable', expect.stringContaining('postgres://relais@')]);
  folder.remove();
});
