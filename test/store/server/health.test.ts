/** Whether a relay that several workers share is well: it goes by what all of them came to. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPassBeside } from '../../../src/pass.ts';
import { runFacts, runOnce } from '../../../src/run.ts';
import { healthOf } from '../../../src/serve/health.ts';
import { openStore } from '../../../src/storage.ts';
import { type Partner, startPartner } from '../../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from '../../pipeline/house.ts';
import { storageIn } from '../../storage.ts';
import { dropSchema, openWay } from '../../told-server.ts';

const start = Date.UTC(2026, 10, 20, 12);
const day = 24 * 3_600_000;
const feed = '<rss version="2.0"><channel><title>Harbour</title><item><title>One</title></item></channel></rss>';

let house: TestHouse;
let partner: Partner;
beforeEach(async () => {
  house = await openTestHouse(start);
  partner = await startPartner({ '/feed': [{ status: 500 }, feed] });
});
afterEach(async () => {
  await house.close();
  await partner.close();
  await dropSchema(storageIn(house.folder).database ?? '');
});

test('a round of one worker is good when sources have answered another, and not when none has', async () => {
  const config = settings(
    `network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\nsections: { calais: [ "${partner.url}/feed" ] }`,
  );
  const good = (): Promise<string | undefined> => house.house.library.fact(runFacts.good);
  await runPassBeside(config, house.house, {});
  await runOnce(config, house.house, { now: [] });
  expect(await good()).toBeUndefined();
  house.clock.set(start + day);
  await runPassBeside(config, house.house, {});
  await runOnce(config, house.house, { now: [] });
  expect(await good()).toBe(String(start + day));
  expect(partner.requests).toHaveLength(2);
});

test('nothing is well while the database does not answer, and nobody learns where it is', async () => {
  const { folder, clock } = house;
  const way = await openWay(storageIn(folder).database ?? '');
  const library = await openStore({ folder, database: way.address });
  const health = () => healthOf(library, { ...clock, wait: () => Promise.resolve() }, start);
  expect(await health()).toMatchObject({ isWell: true });
  await way.close();
  const { isWell, words } = await health();
  expect([isWell, words]).toEqual([
    false,
    'The database cannot be used (store/unreachable).  relais status  says why.',
  ]);
  await library.close();
});
