/** What a run has to say of the sources: found in what is stored, so that no run that breaks off takes it with it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Halt, problem } from '../../src/problems.ts';
import { type RunReport, runFacts, runOnce } from '../../src/run.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const feed =
  '<rss version="2.0"><channel><title>Harbour Watch</title><item><guid>1</guid><title>One</title><link>https://harbour.example/1</link></item></channel></rss>';

let house: TestHouse;
let partner: Partner;
let yaml: string;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  await partner.close();
});

async function play(answers: Script): Promise<void> {
  partner = await startPartner(answers);
  yaml = `sections: { calais: [ "${partner.url}/feed" ] }`;
}

async function next(source = yaml): Promise<RunReport> {
  house.clock.set(house.clock.now() + 25 * hour);
  return await house.run(source, { now: 'all' });
}

/** A run whose disk is full once everybody has been asked. */
async function halting(): Promise<void> {
  house.clock.set(house.clock.now() + 25 * hour);
  const { library } = house.house;
  const full: typeof library = {
    ...library,
    replaceFact(name, value) {
      if (name === runFacts.ended) throw new Halt(problem('store/disk-full', {}, 'relais.db'));
      return library.replaceFact(name, value);
    },
  };
  const config = settings(
    `network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n${yaml}`,
  );
  await expect(runOnce(config, { ...house.house, library: full }, { now: 'all' })).rejects.toThrow(Halt);
}

const saidBy = ({ troubles, recoveries, news }: RunReport): unknown => [
  ...troubles.map((one) => [one.what, one.problem.code]),
  ...recoveries.map(() => 'recovered'),
  ...news.map(({ kind }) => kind),
];

test('what runs have met that the disk has stopped, the next one says, once', async () => {
  await play({ '/feed': [feed, { status: 500 }, { status: 500 }, { status: 500 }, feed] });
  expect(saidBy(await next())).toEqual([]);
  await halting();
  await halting();
  expect(saidBy(await next())).toEqual([['failing', 'fetch/server-error']]);
  expect(saidBy(await next())).toEqual(['recovered']);
  expect(saidBy(await next())).toEqual([]);
});

test('one that is gone for good is said once, with why; one that was said to fail is said to be gone', async () => {
  await play({ '/feed': [feed, { status: 410 }] });
  await next();
  await halting();
  expect(saidBy(await next())).toEqual([['failing', 'fetch/gone']]);
  expect(saidBy(await next())).toEqual([]);
  await partner.close();
  await play({ '/feed': [feed, { status: 503 }, { status: 410 }] });
  await next();
  expect(saidBy(await next())).toMatchObject([['failing', 'fetch/server-error']]);
  expect(saidBy(await next())).toEqual(['gone']);
});

test('of one that is paused or has left nothing is said before it is asked again', async () => {
  await play({ '/feed': [feed, { status: 500 }] });
  await next();
  await halting();
  expect(saidBy(await next(`sections: { calais: [ { url: "${partner.url}/feed", paused: asleep } ] }`))).toEqual([]);
  expect(saidBy(await next('sections: { calais: [ { url: "https://other.example/", paused: asleep } ] }'))).toEqual([]);
  expect(saidBy(await next())).toEqual([['failing', 'fetch/server-error']]);
});

test.each([
  ['RSS', feed.slice(0, feed.indexOf('</item>'))],
  ['Atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Watch</title><entry><id>1</id><title>One</title>'],
  ['JSON', '{"version":"https://jsonfeed.org/version/1.1","title":"Harbour Watch","items":[{"id":"1","title":"One'],
])('of a feed that is cut in its only entry at every visit a person hears once: %s', async (_what, body) => {
  await play({ '/feed': body });
  const said = [await next(), await next(), await next(), await next()].map(saidBy);
  expect(said).toEqual([[], [], ['cut'], []]);
});
