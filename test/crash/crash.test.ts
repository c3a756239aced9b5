/**
 * The program is killed without warning at random moments of reading and publishing, round after round, on one data
 * folder. After each kill a reader looks at the site as it lies there, and SQLite at the database; then a run that is
 * not disturbed has to make good whatever was left undone, and the one after it must find nothing to do.
 *
 * `npm run test:crash` does 200 rounds. A failure names its seed; RELAIS_CRASH_SEED=… plays the same world again.
 */
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { diceOf } from '../dice.ts';
import { type Aim, type CrashHouse, type Ended, openCrashHouse, type Stored } from './house.ts';
import { faultsOf, filesIn, isHidden } from './site.ts';
import { type Settings, startWorld, type World } from './world.ts';

const rounds = Number(process.env.RELAIS_CRASH_ROUNDS ?? 12);
const seed = Number(process.env.RELAIS_CRASH_SEED ?? randomInt(2 ** 31));
const dice = diceOf(seed);
const day = 86_400_000;
const usual = { title: 'News' };

let world: World;
let house: CrashHouse;
/** How long the last run took that was let live: kills are aimed within. */
let runMs = 500;
const hits = { reading: 0, publishing: 0, pictures: 0 };

/** Everything grows with the rounds; a fresh start now and then keeps them quick. */
const roundsOfAWorld = 25;

const toEnd: (() => void | Promise<void>)[] = [];

async function beginAnew(round: number): Promise<void> {
  await end();
  world = await startWorld(seed + round, Math.floor(Date.now() / day) * day);
  house = openCrashHouse();
  toEnd.push(world.close, house.remove);
}

async function end(): Promise<void> {
  for (const one of toEnd.splice(0)) await one();
}

afterAll(end);

describe(`killed at random, seed ${seed}`, () => {
  let hasFailed = false; // what comes after a failure follows from it
  test.for(Array.from({ length: rounds }, (_, at) => at))('round %i', async (round, { skip, onTestFailed }) => {
    skip(hasFailed);
    onTestFailed(() => {
      hasFailed = true;
    });
    const isFirst = round % roundsOfAWorld === 0;
    if (isFirst) await beginAnew(round);
    const settings = prepare(round, isFirst);
    const before = house.stored();
    const kills = dice.chance(0.25) ? 2 : 1; // the second while it is mending what the first has left
    for (let kill = 0; kill < kills; kill++) {
      const ended = await killOnce(round + kill);
      expect(ended, ended.said).toMatchObject({ exitCode: ended.isKilled ? null : 0 });
      await expectNothingBroken(before);
    }

    house.settings(world.sourcesYaml(dice.chance(0.5) ? usual : settings));
    await expectMadeGood();
    if (round % 4 === 3) await expectNothingToDo();
    if (round % 12 === 10) await expectSameWhenMadeAnew();
  });

  test('the kills have hit reading and publishing, and there were pictures', () => {
    expect(hits.pictures).toBeGreaterThan(0);
    expect(hits.reading, JSON.stringify(hits)).toBeGreaterThan(0);
    expect(hits.publishing, JSON.stringify(hits)).toBeGreaterThan(0);
  });
});

/** What has happened since the last run: in the world, to the settings, to the site's folder. */
function prepare(round: number, isFirst: boolean): Settings {
  const what = isFirst ? 0 : dice.roll(10);
  const settings =
    what === 1 ? { title: `News ${round}` } : what === 2 ? { ...usual, without: dice.pick(world.groups) } : usual;
  house.settings(world.sourcesYaml(settings));
  if (what === 3) rmSync(house.site, { recursive: true });
  if (!isFirst && what !== 2) world.turn(); // what is not asked must not move on meanwhile
  return settings;
}

async function killOnce(round: number): Promise<Ended> {
  const isDaemon = dice.chance(0.25);
  if (isDaemon) house.letAllBeDue();
  const command = isDaemon ? ['start', '--port', '0'] : ['run', '--now'];
  const marks = house.marks();
  world.answers();
  const ended = await house.kill(aimAt(round, marks.length === 0), world.atRequest, ...command);
  const hasPublished = house.marks().join() !== marks.join();
  if (ended.isKilled && hasPublished) hits.publishing++;
  else if (ended.isKilled && world.answers().size > 0) hits.reading++;
  return ended;
}

/** Reading takes most of the time and putting in place the least, so each kind of kill has its turn. */
function aimAt(round: number, isFirst: boolean): Aim {
  const kind = (['rename', 'request', 'open', 'moment', 'rename', 'rm'] as const)[round % 6] ?? 'moment';
  if (kind === 'moment') return { kind, ms: dice.roll(runMs * 1.2) };
  if (kind === 'request') return { kind, count: dice.roll(world.groups.length), ms: dice.roll(runMs / 2) };
  const most = { open: isFirst ? 200 : 30, rename: isFirst ? 1 : 15, rm: 4 };
  return { kind, count: 1 + dice.roll(most[kind]) };
}

/** At the moment of the kill. */
async function expectNothingBroken(before: Stored): Promise<void> {
  expect(await faultsOf(filesIn(house.site), 'https://news.example/', 'reader')).toEqual([]);
  const now = house.stored();
  expect(now.integrity).toBe('ok');
  const wanted = world.expected();
  for (const [path, items] of now.items) {
    // A refresh is stored whole or not at all.
    if (items.join() !== wanted.get(path)?.join()) expect(items, path).toEqual(before.items.get(path));
  }
  for (const [path, validator] of world.validators()) {
    // Or the next answer would be a 304, and what is not stored never be told again.
    if (now.validators.get(path) === validator) expect(now.items.get(path), path).toEqual(wanted.get(path));
  }
}

/** After a run that was let live. */
async function expectMadeGood(): Promise<void> {
  const begun = performance.now();
  const { exitCode, said } = await house.run('run', '--now');
  runMs = performance.now() - begun;
  expect(exitCode, said).toBe(0);
  expect(house.processes(), 'processes that outlive the one that was killed').toEqual([]);
  const { integrity, items } = house.stored();
  expect(integrity).toBe('ok');
  expect(Object.fromEntries(items)).toEqual(Object.fromEntries(world.expected()));
  const files = filesIn(house.site);
  expect(files.length).toBeGreaterThan(10);
  expect(await faultsOf(files, 'https://news.example/', 'judge')).toEqual([]);
  expect(files.filter(({ path }) => isHidden(path))).toEqual([]);
  const pictures = files.filter(({ path }) => path.startsWith('images/')).map(({ path }) => path);
  expect(pictures.filter((path) => !files.some(({ body }) => body.includes(path)))).toEqual([]);
  hits.pictures += pictures.length;
  const withdrawn = world.withdrawn();
  const shown = files.flatMap(({ path, body }) =>
    withdrawn.filter((word) => body.includes(word)).map((word) => `${word} in ${path}`),
  );
  expect(shown).toEqual([]);
}

async function expectNothingToDo(): Promise<void> {
  const marks = house.marks();
  const { exitCode, said } = await house.run('run', '--now');
  expect(exitCode, said).toBe(0);
  expect(house.marks()).toEqual(marks);
}

/** The site that grew through all this is the one that would be made today; but the status pages wait for their hour. */
async function expectSameWhenMadeAnew(): Promise<void> {
  const grown = filesIn(house.site);
  rmSync(house.site, { recursive: true });
  world.answers();
  const { exitCode, said } = await house.run('run');
  expect(exitCode, said).toBe(0);
  const made = new Map(filesIn(house.site).map(({ path, body }) => [path, body]));
  expect([...made.keys()]).toEqual(grown.map(({ path }) => path));
  const other = grown.filter(({ path, body }) => !path.startsWith('status/') && made.get(path) !== body);
  expect(other.map(({ path }) => path)).toEqual([]);
  expect(world.answers().size, 'requests to sources that are not due').toBe(0);
}
