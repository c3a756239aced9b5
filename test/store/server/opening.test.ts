/** A schema on the server: whose it is, and of when. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../../../src/store/migrations.ts';
import { isTherePostgres } from '../../../src/store/postgres-opening.ts';
import { openSession, placeOf, type Session } from '../../../src/store/postgres-session.ts';
import { storageIn } from '../../storage.ts';
import { openTestLibrary, problemOf, temporaryFolder } from '../open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let address: string;
let schema: string;
let session: Session;

beforeEach(() => {
  folder = temporaryFolder();
  address = storageIn(folder.path).database ?? '';
  schema = placeOf(address).schema;
  session = openSession(placeOf(address), 'a test');
});
afterEach(async () => {
  await session.close();
  folder.remove();
});

const tables = async (): Promise<readonly string[]> =>
  (await session.say('select tablename from pg_tables where schemaname = $1 order by tablename', [schema])).rows.map(
    ({ tablename }) => String(tablename),
  );

test('looking makes nothing', async () => {
  expect(await isTherePostgres(address)).toBe(false);
  expect((await session.say('select from pg_namespace where nspname = $1', [schema])).rowCount).toBe(0);
});

test('many who open a new one at once make it once', async () => {
  const libraries = await Promise.all([0, 1, 2].map(() => openTestLibrary(folder.path)));
  for (const library of libraries) expect((await library.memories()).size).toBe(0);
  for (const library of libraries) await library.close();
  expect((await session.say('select step from steps')).rowCount).toBe(migrations.length);
});

test('of another program is left as it is', async () => {
  await session.say(`create schema ${schema}`);
  await session.say('create table recipes (name text)');
  const { code, happened } = await problemOf(openTestLibrary(folder.path));
  expect([code, happened]).toEqual(['store/not-ours', expect.stringContaining(schema)]);
  expect((await problemOf(isTherePostgres(address))).code).toBe('store/not-ours');
  expect(await tables()).toEqual(['recipes']);
});

test('of another program that counts steps as well is left as it is', async () => {
  await session.say(`create schema ${schema}`);
  await session.say('create table steps (walker text)');
  expect((await problemOf(openTestLibrary(folder.path))).code).toBe('store/not-ours');
  expect(await tables()).toEqual(['steps']);
});

test('of a newer Relais is left as it is', async () => {
  await (await openTestLibrary(folder.path)).close();
  await session.say('insert into steps (step) values ($1)', [migrations.length + 1]);
  const { code, happened } = await problemOf(openTestLibrary(folder.path));
  expect([code, happened]).toEqual(['store/newer-schema', expect.stringContaining(`step ${migrations.length + 1}`)]);
});

test('an ended session begins no other', async () => {
  await session.close();
  await expect(session.say('select 1')).rejects.toThrow('ended');
});
