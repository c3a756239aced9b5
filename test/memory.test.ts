/** What visits teach over weeks: which news a person hears, and how often. */
import { describe, expect, test } from 'vitest';
import type { FeedHead } from '../src/edges.ts';
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
  wishes: before.wishes,
  hasOverlap: true,
  standing: undefined,
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
    {
      kind: 'unchanged',
      how: '304',
      url: 'https://harbour.example/feed',
      validators: before.validators,
      hints: noHints,
      trail: [],
    },
    { kind: 'unchanged', problems: [], ...nothing },
  );

/** A document with so many entries, whatever its head says. */
function listing(entries: number, head: Partial<FeedHead> = {}): (before: SourceMemory, now: number) => Lesson {
  const unsaid = { id: undefined, subtitle: undefined, image: undefined, icon: undefined, rights: undefined };
  const blank = { ...unsaid, format: 'rss', links: [], authors: [], deleted: [] } as const;
  const hints = { ttlMs: undefined, updatePeriodMs: undefined, skipHours: [], skipDays: [] };
  const about = { title: undefined, home: undefined, lang: undefined, generator: undefined };
  return (before, now) => ({
    ...lesson(
      before,
      now,
      {
        kind: 'fresh',
        url: own.url,
        body: new Uint8Array(),
        bodyHash: 'h',
        contentType: undefined,
        validators: before.validators,
        hints: noHints,
        trail: [],
        marks: { address: undefined, tlsIssuer: undefined, software: 'nginx' },
      },
      { ...nothing, kind: 'read', entries, problems: [] },
    ),
    head: { ...blank, hints, ...about, entryCount: entries, areGuidsShared: false, ...head },
  });
}

type Turn = (before: SourceMemory, now: number) => Lesson;

/** A visit a day, each as its turn says. @returns the news by day, and what is remembered in the end */
function live(
  turns: readonly Turn[],
  given: Partial<SourceMemory> = {},
): { news: [number, NewsKind][]; memory: SourceMemory } {
  let memory = memoryOf(own.key, { lastTried: start, lastSuccess: start, ...given });
  const news = turns.flatMap((turn, at) => {
    const before = memory;
    const now = start + (at + 1) * day;
    memory = learn(turn(before, now));
    return newsOf(own, before, memory, now).map(({ kind }): [number, NewsKind] => [at + 1, kind]);
  });
  return { news, memory };
}

const visits = (turns: readonly Turn[], given: Partial<SourceMemory> = {}): [number, NewsKind][] =>
  live(turns, given).news;

describe('being asked to wait', () => {
  const hour = 3_600_000;
  const why = problem('fetch/told-to-wait', {}, 'says the test');
  const hints = { ...noHints, retryAfterMs: hour };
  const waiting =
    (more: { isUnasked?: true }): Turn =>
    (before, now) =>
      lesson(
        before,
        now,
        { kind: 'failed', problem: why, hints, ...more },
        { kind: 'failed', problems: [why], ...nothing },
      );
  /** How long it is left alone after each of five such visits in a row, in hours. */
  const pauses = (turn: Turn): number[] => {
    let memory = memoryOf(own.key, { lastTried: start, lastSuccess: start });
    return [1, 2, 3, 4, 5].map(() => {
      const now = Math.max(start, memory.nextDue);
      memory = learn(turn(memory, now));
      return Math.round((memory.nextDue - now) / hour);
    });
  };

  test('again and again makes the pause longer', () => {
    expect(pauses(waiting({}))).toEqual([1, 2, 4, 8, 16]);
  });
  test('for a neighbour’s sake does not', () => {
    expect(pauses(waiting({ isUnasked: true }))).toEqual([1, 1, 1, 1, 1]);
  });
});

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

describe('a source that asks us to wait', () => {
  const wait = failing('fetch/told-to-wait');
  const error = failing('fetch/server-error');

  test('for a day is news once, however it goes on, and when it answers', () => {
    expect(visits([wait])).toEqual([]);
    expect(visits([wait, wait, wait, wait, unchanged])).toEqual([
      [2, 'failing'],
      [5, 'back'],
    ]);
    expect(visits([wait, unchanged, wait, unchanged, wait])).toEqual([]);
  });
  test('in turn with errors is that once, too', () => {
    expect(visits([wait, error, wait, error, error, wait, unchanged])).toEqual([
      [2, 'failing'],
      [7, 'back'],
    ]);
    expect(visits([error, wait, error, wait, wait])).toEqual([[2, 'failing']]);
  });
  test('is in no way failing before, nor counted as one that was down', () => {
    expect(live([wait]).memory).toMatchObject({
      failures: 0,
      problem: { code: 'fetch/told-to-wait', severity: 'note' },
    });
    expect(live([wait, wait, wait]).memory).toMatchObject({ failures: 0, problem: { severity: 'failure' } });
  });
});

describe('a feed that lists nothing where it listed something', () => {
  const before = {
    lastNewItem: start,
    title: 'Harbour Watch',
    lang: 'en',
    marks: { software: 'Apache', domain: 'harbour.example' },
  };
  const emptied = { ...before, marks: { address: undefined, tlsIssuer: undefined, ...before.marks } };
  const none = listing(0);

  test('three times in a row is news, once; and when it lists something again', () => {
    expect(visits([none, none], emptied)).toEqual([]);
    expect(visits([none, none, none, none, unchanged], emptied)).toEqual([[3, 'emptied']]);
    expect(visits([none, none, none, listing(2), unchanged], emptied)).toEqual([
      [3, 'emptied'],
      [4, 'back'],
    ]);
    expect(visits([none, none, listing(1), none, none], emptied)).toEqual([]);
  });
  test('counts also where the empty document stays the same; failures in between neither count nor end it', () => {
    const error = failing('fetch/server-error');
    expect(visits([none, unchanged, error, unchanged], emptied)).toEqual([[4, 'emptied']]);
  });
  test('is no news where the document is cut: what it does not list says nothing', () => {
    const cut = listing(0, { isCut: true });
    expect(visits([none, cut, none, cut, none], emptied)).toEqual([[5, 'emptied']]);
    expect(visits([none, none, none, cut, listing(1, { isCut: true })], emptied)).toEqual([
      [3, 'emptied'],
      [5, 'back'],
    ]);
  });
  test('is what the maintainer reads of it while it lasts', () => {
    expect(live([none, none], emptied).memory.problem).toBeUndefined();
    expect(live([none, none, none, unchanged], emptied).memory.problem).toMatchObject({
      code: 'trust/emptied',
      severity: 'warning',
    });
    expect(live([none, none, none, listing(1)], emptied).memory.problem).toBeUndefined();
  });
  test('teaches nothing else: whoever has taken the domain over could make his own features usual', () => {
    const casino = listing(0, { title: 'Slots', home: 'https://slots.example/', lang: 'id', generator: 'Joomla' });
    expect(live([casino], emptied).memory).toMatchObject(emptied);
  });
  test('a feed that has never listed anything is only young', () => {
    expect(visits([none, none, none, none])).toEqual([]);
    expect(live([listing(0, { title: 'New' })]).memory.title).toBe('New');
  });
});

describe('a feed that arrives cut in its first entry', () => {
  const cut = listing(0, { isCut: true });
  const error = failing('fetch/server-error');

  test.each([
    ['that has listed something', { lastNewItem: start }],
    ['that has never listed anything', {}],
  ])('three times in a row is news, once, of one %s; and when it can be read again', (_what, before) => {
    expect(visits([cut, cut], before)).toEqual([]);
    expect(visits([cut, error, cut, cut, cut, cut], before)).toEqual([[4, 'cut']]);
    expect(visits([cut, cut, cut, listing(1, { isCut: true }), cut], before)).toEqual([
      [3, 'cut'],
      [4, 'back'],
    ]);
    expect(visits([cut, cut, listing(1), cut, cut], before)).toEqual([]);
  });
  test('is what the maintainer reads of it while it lasts', () => {
    expect(live([cut, cut]).memory.problem).toBeUndefined();
    const { problem: why } = live([cut, cut, cut, cut]).memory;
    expect(why).toMatchObject({ code: 'parse/always-cut', severity: 'warning' });
    expect(why?.happened).toBe('arrives cut off, time after time: nothing of it can be read');
    expect(live([cut, cut, cut, listing(1)]).memory.problem).toBeUndefined();
  });
  test('and one that lists nothing, in turn, is news once', () => {
    const none = listing(0);
    expect(visits([none, none, none, cut, cut, cut, none], { lastNewItem: start })).toEqual([[3, 'emptied']]);
    expect(visits([cut, cut, cut, none, none, none], { lastNewItem: start })).toEqual([
      [3, 'cut'],
      [4, 'back'],
      [6, 'emptied'],
    ]);
  });
});

test('a document that was cut before its first entry teaches no half of a title', () => {
  const given = { title: 'Harbour Watch' };
  const cut = listing(0, { isCut: true, title: 'Harb' });
  expect(live([cut], given).memory.title).toBe('Harbour Watch');
  expect(live([listing(1, { isCut: true, title: 'Harbour Watchers' })], given).memory.title).toBe('Harbour Watchers');
});

describe('what a feed asks', () => {
  const asking = { wish: { republish: 'link' } } as const;
  const wishAfter = (...turns: readonly Turn[]): unknown => live([listing(3, asking), ...turns]).memory.wishes?.feed;
  const held: Turn = (before, now) => ({
    ...listing(3)(before, now),
    held: { since: now, reasons: ['the test says so'] },
  });

  test('counts until a whole document asks nothing', () => {
    expect(wishAfter()).toEqual(asking.wish);
    expect(wishAfter(unchanged)).toEqual(asking.wish);
    expect(wishAfter(listing(3))).toBeUndefined();
  });

  test.each<[string, Turn]>([
    ['that was cut', listing(3, { isCut: true })],
    ['that is held', held],
    ['that did not come', failing('fetch/timeout')],
  ])('is not taken back by a document %s', (_what, turn) => {
    expect(wishAfter(turn)).toEqual(asking.wish);
  });

  test('is told once, and once when it is over', () => {
    const told = visits([listing(3, asking), listing(3, asking), unchanged, listing(3), listing(3)]);
    expect(told.filter(([, kind]) => kind === 'wish')).toEqual([
      [1, 'wish'],
      [4, 'wish'],
    ]);
  });
});

test('what began to fail under a clock that stood ahead is told when it has failed for long by the right one', () => {
  const ahead = start + 5 * 365 * day;
  let memory = learn(failing('fetch/server-error')(memoryOf(own.key, { lastNewItem: start }), ahead));
  const kinds: NewsKind[] = [];
  for (let now = start; now < start + 3 * day; now += day / 4) {
    const after = learn(failing('fetch/server-error')(memory, now));
    kinds.push(...newsOf(own, memory, after, now).map(({ kind }) => kind));
    memory = after;
  }
  expect(memory.failingSince).toBe(start);
  expect(kinds).toContain('failing');
});
