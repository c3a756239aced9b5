/** The night's sweeping beside other work of the same process: a worker serves, rules and hears of hubs meanwhile. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postgresKeeper } from '../../../src/store/postgres-keeper.ts';
import { type OpenPostgres, openPostgres } from '../../../src/store/postgres-opening.ts';
import { placeOf } from '../../../src/store/postgres-session.ts';
import { storageIn } from '../../storage.ts';
import { temporaryFolder } from '../open.ts';

let folder: ReturnType<typeof temporaryFolder>;
let open: OpenPostgres;
beforeEach(async () => {
  folder = temporaryFolder();
  open = await openPostgres(placeOf(storageIn(folder.path).database ?? ''), 'sweeping');
});
afterEach(async () => {
  await open.engine.db.destroy();
  folder.remove();
});

test('waits for a transaction that is under way, and leaves it whole', async () => {
  const { db } = open.engine;
  const place = placeOf(storageIn(folder.path).database ?? '');
  const keeper = postgresKeeper(open, place, join(folder.path, 'relais.db'));
  let swept: ReturnType<typeof keeper.leaveNoTrace> = false;
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('meta').values({ name: 'a', value: '' }).execute();
    swept = keeper.leaveNoTrace();
    Promise.resolve(swept).catch(() => {}); // told below
    await trx.insertInto('meta').values({ name: 'b', value: '' }).execute();
  });
  expect(await swept).toBe(true);
  expect((await db.selectFrom('meta').select('name').orderBy('name').execute()).map(({ name }) => name)).toEqual([
    'a',
    'b',
  ]);
});
