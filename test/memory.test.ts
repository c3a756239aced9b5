/** What visits teach over weeks: which news a person hears, and how often. */
import { describe, expect, test } from 'vitest';
import { type Lesson, learn, newsOf } from '../src/memory.ts';
import type { Fetched, NewsKind, SourceMemory } from '../src/model.ts';
import { type ProblemCode, problem } from '../src/problems.ts';
import type { Reading } from '../src/refresh-plan.ts';
import { memoryOf } from './source-memory.ts';
import { source } from './stories/builders.ts';

const start = Date.UTC(2026, 10, 20);
const day = 86_400_000;
const own = source('https://harbour.example/feed', { name: 'Harbour Watch' });
const noHints = { maxAgeMs: undefined, retryAfterMs: undefined };
const nothing = { entries: 0, items: [], rekeyed: new Map(), deleted: [] };

const lesson = (before: SourceMemory, now: number, fetched: Fetched, reading: Reading): Lesson => ({
  source: own,
  before,
  asked: own.url,
  fetched,
  head: undefined,
  reading,
  held: undefined,
  hasOverlap: true,
  now,
  random: 0,
});

function failing(code: ProblemCode): (before: SourceMemory, now: number) => Lesson {
  const why = problem(code, {}, 'says the test');
  return (before, now) =>
    lesson(
      before,
      now,
      { kind: 'failed', problem: why, hints: noHints },
      { kind: 'failed', problems: [why], ...nothing },
    );
}

const unchanged = (before: SourceMemory, now: number): Lesson =>
  lesson(
    before,
    now,
    { kind: 'unchanged', how: '304', validators: before.validators, hints: noHints, trail: [] },
    { kind: 'unchanged', problems: [], ...nothing },
  );

/** A visit a day, each as its turn says; the news by day. */
function visits(turns: readonly ((before: SourceMemory, now: number) => Lesson)[]): [day: number, kind: NewsKind][] {
  let memory = memoryOf(own.key, { lastTried: start, lastSuccess: start });
  return turns.flatMap((turn, at) => {
    const before = memory;
    const now = start + (at + 1) * day;
    memory = learn(turn(before, now));
    return newsOf(own, before, memory, now).map(({ kind }): [number, NewsKind] => [at + 1, kind]);
  });
}

describe('a page that is not found', () => {
  const notFound = failing('fetch/not-found');
  const error = failing('fetch/server-error');
  const times = <T>(count: number, of: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => of(at));

  test('for a month is probably gone, which is said once', () => {
    expect(visits(times(60, () => notFound))).toEqual([
      [2, 'failing'],
      [31, 'gone'],
    ]);
  });
  test('in turn with other errors is that once, too', () => {
    expect(visits(times(60, (at) => (at % 2 === 0 ? notFound : error)))).toEqual([
      [2, 'failing'],
      [31, 'gone'],
    ]);
    expect(visits(times(60, (at) => (at % 2 === 0 ? error : notFound)))).toEqual([
      [2, 'failing'],
      [32, 'gone'],
    ]);
    expect(visits(times(60, () => error))).toEqual([[2, 'failing']]);
  });
  test('is news again once it has been there in between', () => {
    const month = times(31, () => notFound);
    expect(visits([...month, unchanged, ...month])).toEqual([
      [2, 'failing'],
      [31, 'gone'],
      [32, 'back'],
      [34, 'failing'],
      [63, 'gone'],
    ]);
  });
});
