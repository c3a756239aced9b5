/** What calls from nobody cost a database that several processes share, and that each answer is from after its call. */
import { beforeEach, expect, test } from 'vitest';
import { type CalledNames, openCalledNames } from '../../src/called-names.ts';
import { Halt, problem } from '../../src/problems.ts';

let now: number;
let waits: (() => void)[];
/** Names that were asked for in each reading, and what ends those that are under way. */
let readings: (readonly string[])[];
let answers: ((trouble?: unknown) => void)[];
let names: CalledNames;

beforeEach(() => {
  [now, waits, readings, answers] = [1_000_000, [], [], []];
  const clock = {
    now: () => now,
    wait: (ms: number) =>
      new Promise<void>((resolve) =>
        waits.push(() => {
          now += ms;
          resolve();
        }),
      ),
  };
  names = openCalledNames(clock, (asked) => {
    readings.push(asked);
    return new Promise((resolve, reject) =>
      answers.push((trouble) => (trouble === undefined ? resolve() : reject(trouble))),
    );
  });
});

/** Until all that can go on has. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const called = (from: number, to: number): Promise<boolean>[] =>
  Array.from({ length: to - from }, (_, at) => names.read(`name-${from + at}`, false));

test('a thousand calls are two hundred names in one reading; the next waits for its end, and for a second to be over', async () => {
  const first = called(0, 1_000);
  await settled();
  expect(readings.map(({ length }) => length)).toEqual([200]);
  const second = called(1_000, 1_100);
  await settled();
  expect([readings.length, waits.length]).toEqual([1, 0]);
  now += 400;
  answers[0]?.();
  expect((await Promise.all(first)).filter((isRead) => isRead)).toHaveLength(200);
  await settled();
  expect([readings.length, waits.length]).toEqual([1, 1]);
  waits[0]?.();
  await settled();
  expect([now, readings[1]?.length]).toEqual([1_001_000, 100]);
  answers[1]?.();
  expect(new Set(await Promise.all(second))).toEqual(new Set([true]));
});

test('of a thousand calls by one name that somebody has thought up two hundred wait; its hub does in any case', async () => {
  const many = Array.from({ length: 1_000 }, () => names.read('invented', false));
  const turnedAway = Promise.all(many.slice(200));
  const known = names.read('mine', true);
  expect(new Set(await turnedAway)).toEqual(new Set([false]));
  await settled();
  expect(readings).toEqual([['invented', 'mine']]);
  const next = names.read('invented', false); // there is room in the next reading
  answers[0]?.();
  expect(new Set(await Promise.all([known, ...many.slice(0, 200)]))).toEqual(new Set([true]));
  now += 1_000;
  await settled();
  waits[0]?.();
  await settled();
  answers[1]?.();
  expect(await next).toBe(true);
});

test('a call that comes while a reading is under way hears of a later one', async () => {
  const early = names.read('mine', true);
  await settled();
  const late = names.read('mine', true);
  answers[0]?.();
  expect(await early).toBe(true);
  await settled();
  waits[0]?.();
  await settled();
  expect(readings).toEqual([['mine'], ['mine']]);
  answers[1]?.();
  expect(await late).toBe(true);
});

test('a name that its hub alone knows is read however many others wait; of the others who come too late hear so at once', async () => {
  const many = called(0, 200);
  const [late, known] = [names.read('one-more', false), names.read('mine', true)];
  expect(await late).toBe(false);
  await settled();
  expect(readings.map((asked) => [asked.length, asked.includes('mine')])).toEqual([[201, true]]);
  answers[0]?.();
  expect(await known).toBe(true);
  expect(await many[0]).toBe(true);
});

test('a server that does not answer is nobody’s fault, and is asked again', async () => {
  const first = names.read('mine', true);
  await settled();
  answers[0]?.(new Halt(problem('store/unreachable', {}, 'nowhere')));
  expect(await first).toBe(false);
  now += 60_000;
  const next = names.read('mine', true);
  await settled();
  answers[1]?.();
  expect(await next).toBe(true);
  const broken = names.read('mine', true);
  await settled();
  waits[0]?.();
  await settled();
  answers[2]?.(new TypeError('a mistake of ours'));
  await expect(broken).rejects.toThrow('a mistake of ours');
});
