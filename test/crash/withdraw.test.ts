/**
 * The program is killed without warning between the steps of a withdrawal: while one command takes a text back, and while the
 * night's work takes its words out of the database and its copies. The site is whole at any moment; said once more, and after
 * the next night, nothing is left of the text, and nothing else is gone.
 */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sqlite } from '../../src/store/database.ts';
import { diceOf } from '../dice.ts';
import { type Aim, type CrashHouse, openCrashHouse } from './house.ts';
import { faultsOf, filesIn } from './site.ts';
import { startWorld, type World } from './world.ts';

const rounds = Math.ceil(Number(process.env.RELAIS_CRASH_ROUNDS ?? 12) / 3);
const seed = Number(process.env.RELAIS_CRASH_SEED ?? randomInt(2 ** 31));
const dice = diceOf(seed);
const day = 86_400_000;

let world: World;
let house: CrashHouse;
beforeAll(async () => {
  world = await startWorld(seed, Math.floor(Date.now() / day) * day);
  house = openCrashHouse();
  house.settings(world.sourcesYaml({ title: 'News' }));
  const { exitCode, said } = await house.run('run', '--now');
  expect(exitCode, said).toBe(0);
  await night(); // a copy in which every text is whole
}, 60_000);
afterAll(async () => {
  await world.close();
  house.remove();
});

/** Has the night's work be due, as after half past four. */
function letNightCome(): void {
  const sqlite = new Sqlite(join(dirname(house.site), 'relais.db'));
  sqlite.prepare("update meta set value = '0' where name = 'maintained'").run();
  sqlite.close();
}

async function night(): Promise<void> {
  letNightCome();
  const { exitCode, said } = await house.run('run');
  expect(exitCode, said).toBe(0);
}

/** Files of the data folder in whose bytes a word stands. */
function holding(word: string): string[] {
  const data = dirname(house.site);
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((path) => readFileSync(path).includes(word));
}

function aim(round: number): Aim {
  const kind = (['rename', 'moment', 'open', 'rm'] as const)[round % 4] ?? 'moment';
  return kind === 'moment'
    ? { kind, ms: 100 + dice.roll(900) }
    : { kind, count: 1 + dice.roll(kind === 'rm' ? 3 : 12) };
}

/** A line of what was taken back ends behind its guid. */
function hasWords(line: string): boolean {
  return (line.split(' ')[1] ?? '') !== '';
}

let kills = 0;

async function killed(round: number, ...argv: readonly string[]): Promise<void> {
  const ended = await house.kill(aim(round), world.atRequest, ...argv);
  expect(ended, ended.said).toMatchObject({ exitCode: ended.isKilled ? null : 0 });
  kills += ended.isKilled ? 1 : 0;
  expect(await faultsOf(filesIn(house.site), 'https://news.example/', 'reader')).toEqual([]);
  expect(house.stored().integrity).toBe('ok');
}

test.each(Array.from({ length: rounds }, (_, at) => at))(
  `killed while a text is taken back, seed ${seed}, round %i`,
  async (round) => {
    const texts = [...house.stored().items.values()].flat().filter(hasWords);
    const [guid = '', word = ''] = dice.pick(texts).split(' ');
    expect(holding(word).length).toBeGreaterThan(2); // page, database, copy
    const command = ['withdraw', guid, '--because', 'it names somebody'];
    await killed(round, ...command);
    const said = await house.run(...command);
    expect(said.exitCode, said.said).toBe(0);
    expect((await house.run('run')).exitCode).toBe(0); // the site follows where the first was killed on the way
    expect(filesIn(house.site).filter(({ body }) => body.includes(word))).toEqual([]);
    letNightCome();
    await killed(round + 1, 'run');
    await night();
    expect(holding(word)).toEqual([]);
    const left = [...house.stored().items.values()].flat().filter(hasWords);
    expect(texts.filter((line) => !line.includes(word)).every((line) => left.includes(line))).toBe(true);
  },
  60_000,
);

test('some of them were killed', () => {
  expect(kills).toBeGreaterThan(0);
});
