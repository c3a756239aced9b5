/** When a source is asked next: each rule by example, and what holds for all of them together. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GONE_DUE, isDue, isLasting, isSilent, latestDue, nextDue, rhythmOf, type Visit } from '../../src/fetch/due.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;
const now = Date.parse('2025-03-01T03:00Z'); // a Saturday

function visit(part: Partial<Visit>): Visit {
  return {
    now,
    everyMs: undefined,
    hasValidators: true,
    result: 'fresh',
    failures: 0,
    failingSince: undefined,
    hints: server(),
    feedHints: undefined,
    rhythmMs: undefined,
    lastNewItem: now,
    random: 0,
    ...part,
  };
}
const failed = (failures: number, part: Partial<Visit> = {}): Partial<Visit> => ({
  result: 'failed',
  failures,
  failingSince: now - failures * hour,
  ...part,
});
const server = (maxAgeMs?: number, retryAfterMs?: number): Visit['hints'] => ({ maxAgeMs, retryAfterMs });
type FeedHints = NonNullable<Visit['feedHints']>;
const feed = (part: Partial<FeedHints>): FeedHints => ({
  ttlMs: undefined,
  updatePeriodMs: undefined,
  skipHours: [],
  skipDays: [],
  ...part,
});

describe('pause without jitter', () => {
  test.each<readonly [string, Partial<Visit>, number]>([
    ['nothing said', {}, hour],
    ['304', { result: 'unchanged' }, hour],
    ['without validators', { hasValidators: false }, day],
    ['without validators, the maintainer has said', { hasValidators: false, everyMs: 30 * minute }, 30 * minute],
    ['the maintainer may ask often', { everyMs: 15 * minute }, 15 * minute],
    ['but no oftener than that', { everyMs: minute }, 15 * minute],
    ['the maintainer may ask seldom', { everyMs: 30 * day }, 30 * day],
    ['the maintainer outranks the rhythm', { everyMs: hour, rhythmMs: week, lastNewItem: now - 60 * day }, hour],

    ['posts daily', { rhythmMs: day }, hour],
    ['posts weekly', { rhythmMs: week }, 7 * hour],
    ['posts monthly', { rhythmMs: 30 * day }, day],
    ['silent for two days', { rhythmMs: hour, lastNewItem: now - 2 * day }, 2 * hour],
    ['silent for a year', { lastNewItem: now - 365 * day }, day],
    ['an item from the future', { lastNewItem: now + 365 * day }, hour],
    ['never an item', { lastNewItem: undefined }, hour],

    ['max-age shorter', { hints: server(10 * minute) }, hour],
    ['max-age longer', { hints: server(3 * hour) }, 3 * hour],
    ['max-age longer than the maintainer wishes', { everyMs: hour, hints: server(3 * hour) }, 3 * hour],
    ['max-age of three days', { hints: server(3 * day) }, 3 * day],
    ['max-age of a year', { hints: server(365 * day) }, week],
    ['max-age of a year, monthly by the maintainer', { everyMs: 30 * day, hints: server(365 * day) }, 30 * day],
    ['ttl', { feedHints: feed({ ttlMs: 2 * hour }) }, 2 * hour],
    ['ttl of a thousand years', { feedHints: feed({ ttlMs: 365_000 * day }) }, week],
    ['update period', { feedHints: feed({ updatePeriodMs: 12 * hour }) }, 12 * hour],
    ['yearly update', { feedHints: feed({ updatePeriodMs: 365 * day }) }, week],
    [
      'the longest',
      { hints: server(2 * hour), feedHints: feed({ ttlMs: 3 * hour, updatePeriodMs: 4 * hour }) },
      4 * hour,
    ],
    [
      'also after a 304',
      { result: 'unchanged', hints: server(5 * hour), feedHints: feed({ ttlMs: 6 * hour }) },
      6 * hour,
    ],
    ['junk', { hints: server(-1), feedHints: feed({ ttlMs: Number.NaN, updatePeriodMs: 0 }) }, hour],

    ['first failure', failed(1), 30 * minute],
    ['second failure', failed(2), hour],
    ['fourth failure', failed(4), 4 * hour],
    ['sixth failure', failed(6), 16 * hour],
    ['seventh failure', failed(7), day],
    ['after two thousand', failed(2_000), day],
    ['second failure in more than a week', failed(2, { failingSince: now - 8 * day }), day],
    ['failing since the future', failed(1, { failingSince: now + day }), 30 * minute],
    ['first failure without validators', failed(1, { hasValidators: false }), 30 * minute],
    ['first failure of a quiet source', failed(1, { rhythmMs: week }), 30 * minute],
    ['failing weekly by the maintainer', failed(1, { everyMs: week }), week],
    ['Retry-After longer', failed(1, { hints: server(undefined, 5 * hour) }), 5 * hour],
    ['Retry-After shorter', failed(4, { hints: server(undefined, minute) }), 4 * hour],
    ['Retry-After of three days', failed(1, { hints: server(undefined, 3 * day) }), 3 * day],
    ['Retry-After of a year', failed(1, { hints: server(undefined, 365 * day) }), week],
    ['told to wait for a second', failed(1, { hints: server(undefined, 1_000), waitedMs: 0 }), 30 * minute],
    ['told so again', failed(1, { hints: server(undefined, 1_000), waitedMs: 30 * minute }), hour],
    ['and again', failed(1, { hints: server(undefined, 1_000), waitedMs: 3 * hour }), 6 * hour],
    ['and again after a week', failed(1, { hints: server(undefined, 1_000), waitedMs: week }), day],
    ['told to wait for longer', failed(1, { hints: server(undefined, 3 * day), waitedMs: hour }), 3 * day],
    ['a maintenance page for an hour', failed(1, { hints: server(hour) }), hour],
    ['a maintenance page cached for a year', failed(1, { hints: server(365 * day) }), day],
  ])('%s', (_name, part, pause) => {
    expect(nextDue(visit(part)) - now).toBe(pause);
  });
});

describe('hours and days to stay away', () => {
  const hours = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);
  test.each<readonly [string, Partial<Visit>, string]>([
    ['not now', { feedHints: feed({ skipHours: [0, 1, 2] }) }, '2025-03-01T04:00Z'],
    ['this hour', { feedHints: feed({ skipHours: [3, 4, 5] }) }, '2025-03-01T06:00Z'],
    [
      'over midnight',
      { now: Date.parse('2025-03-01T22:30Z'), feedHints: feed({ skipHours: [0, 1, 23] }) },
      '2025-03-02T02:00Z',
    ],
    [
      'in the middle of an hour that is allowed',
      { now: now + 17 * minute, feedHints: feed({ skipHours: [5] }) },
      '2025-03-01T04:17Z',
    ],
    ['the weekend', { feedHints: feed({ skipDays: [0, 6] }) }, '2025-03-03T00:00Z'],
    [
      'the weekend, and the night',
      { feedHints: feed({ skipDays: [0, 6], skipHours: hours(0, 7) }) },
      '2025-03-03T08:00Z',
    ],
    ['all days but one', { feedHints: feed({ skipDays: [0, 1, 2, 3, 4, 6] }) }, '2025-03-07T00:00Z'],
    ['also when it fails', failed(1, { feedHints: feed({ skipHours: [3, 4] }) }), '2025-03-01T05:00Z'],
    ['also after a 304', { result: 'unchanged', feedHints: feed({ skipHours: [4] }) }, '2025-03-01T05:00Z'],
    [
      'also for what the maintainer says',
      { everyMs: 15 * minute, feedHints: feed({ skipHours: [3] }) },
      '2025-03-01T04:00Z',
    ],
    ['all hours', { feedHints: feed({ skipHours: hours(0, 23) }) }, '2025-03-01T04:00Z'],
    ['all days', { feedHints: feed({ skipDays: hours(0, 6) }) }, '2025-03-01T04:00Z'],
    ['beyond the ceiling', { hints: server(week), feedHints: feed({ skipDays: [0, 6] }) }, '2025-03-08T03:00Z'],
    [
      'beyond the ceiling but for a monthly source',
      { everyMs: 30 * day, feedHints: feed({ skipDays: [1] }) },
      '2025-04-01T00:00Z',
    ],
  ])('%s', (_name, part, due) => {
    expect(new Date(nextDue(visit(part))).toISOString()).toBe(new Date(due).toISOString());
  });

  test('sources that wait for the same hour do not all come at its first second', () => {
    const part = { feedHints: feed({ skipHours: [3, 4] }), random: 0.5 };
    expect(nextDue(visit(part))).toBe(Date.parse('2025-03-01T05:03Z'));
  });
});

test('what is gone is due when nothing is, and that is still a date', () => {
  const due = nextDue(visit({ result: 'gone', failures: 1 }));
  expect(due).toBe(GONE_DUE);
  expect(Number.isSafeInteger(due)).toBe(true);
  expect(() => new Date(due).toISOString()).not.toThrow();
  expect(isDue(due, now, undefined)).toBe(false);
});

describe('due', () => {
  test.each<readonly [string, number, number | undefined, boolean]>([
    ['now', now, undefined, true],
    ['long ago', 0, undefined, true],
    ['in a moment', now + 1, undefined, false],
    ['in a week', now + week, undefined, false],
    ['in a month, by a clock that was wrong', now + 30 * day, undefined, true],
    ['in a month, by the maintainer', now + 30 * day, 30 * day, false],
    ['in two months', now + 60 * day, 30 * day, true],
  ])('%s', (_name, due, everyMs, expected) => {
    expect(isDue(due, now, everyMs)).toBe(expected);
  });
});

const wishes = fc.record({
  maxAge: fc.option(fc.integer({ min: -day, max: 40 * day }), { nil: undefined }),
  ttl: fc.option(fc.integer({ min: -day, max: 40 * day }), { nil: undefined }),
  period: fc.option(fc.integer({ min: -day, max: 40 * day }), { nil: undefined }),
  wait: fc.option(fc.integer({ min: -day, max: 40 * day }), { nil: undefined }),
});
const situation = fc.record({
  now: fc.integer({ min: now, max: now + 400 * day }),
  everyMs: fc.option(fc.integer({ min: minute, max: 30 * day }), { nil: undefined }),
  hasValidators: fc.boolean(),
  result: fc.constantFrom('fresh' as const, 'unchanged' as const, 'failed' as const),
  failures: fc.nat(50),
  failingSince: fc.option(fc.integer({ min: now - 20 * day, max: now + day }), { nil: undefined }),
  rhythmMs: fc.option(fc.nat(100 * day), { nil: undefined }),
  lastNewItem: fc.option(fc.integer({ min: now - 900 * day, max: now + day }), { nil: undefined }),
});
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const skips = fc.record({
  skipHours: fc.uniqueArray(fc.nat(23), { maxLength: 24 }),
  skipDays: fc.uniqueArray(fc.nat(6), { maxLength: 7 }),
});
type Wishes = typeof wishes extends fc.Arbitrary<infer T> ? T : never;

function wishing({ maxAge, ttl, period, wait }: Wishes, skip: Partial<FeedHints>): Pick<Visit, 'hints' | 'feedHints'> {
  return { hints: server(maxAge, wait), feedHints: feed({ ttlMs: ttl, updatePeriodMs: period, ...skip }) };
}

describe('whatever is asked for', () => {
  test('never before the floor, never after the ceiling and a tenth, always a whole number', () => {
    fc.assert(
      fc.property(situation, wishes, skips, dice, (part, wish, skip, random) => {
        const due = nextDue(visit({ ...part, ...wishing(wish, skip), random }));
        const longest = Math.max(week, part.everyMs ?? 0);
        expect(due - part.now).toBeGreaterThanOrEqual(Math.max(15 * minute, part.everyMs ?? 0));
        expect(due - part.now).toBeLessThanOrEqual(Math.ceil(longest * 1.1));
        expect(Number.isInteger(due)).toBe(true);
        expect(due).toBeLessThan(latestDue(part.now, part.everyMs));
      }),
    );
  });

  test('a longer wish makes it no earlier', () => {
    fc.assert(
      fc.property(situation, wishes, wishes, skips, (part, wish, more, skip) => {
        const longer = (a: number | undefined, b: number | undefined): number => Math.max(a ?? 0, b ?? 0);
        const longest: Wishes = {
          maxAge: longer(wish.maxAge, more.maxAge),
          ttl: longer(wish.ttl, more.ttl),
          period: longer(wish.period, more.period),
          wait: longer(wish.wait, more.wait),
        };
        const due = nextDue(visit({ ...part, ...wishing(wish, skip) }));
        expect(nextDue(visit({ ...part, ...wishing(longest, skip) }))).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  test('jitter is up to a tenth and never early', () => {
    fc.assert(
      fc.property(situation, wishes, skips, dice, (part, wish, skip, random) => {
        const asked = { ...part, ...wishing(wish, {}) };
        const exact = nextDue(visit(asked)) - part.now;
        const spread = nextDue(visit({ ...asked, random })) - part.now;
        expect(spread).toBeGreaterThanOrEqual(exact);
        expect(spread).toBeLessThanOrEqual(Math.ceil(exact * 1.1));
        const withSkips = nextDue(visit({ ...asked, ...wishing(wish, skip), random })) - part.now;
        expect(withSkips).toBeGreaterThanOrEqual(spread);
      }),
    );
  });

  test('never in an hour to stay away, while another is left before the ceiling', () => {
    fc.assert(
      fc.property(situation, wishes, skips, dice, (part, wish, skip, random) => {
        const isSkipped = (at: number): boolean =>
          skip.skipHours.includes(new Date(at).getUTCHours()) || skip.skipDays.includes(new Date(at).getUTCDay());
        const due = nextDue(visit({ ...part, ...wishing(wish, skip), random }));
        if (!isSkipped(due)) return;
        const ceiling = part.now + Math.max(week, part.everyMs ?? 0) * 1.1;
        for (let at = due; at < ceiling; at += hour) {
          const start = Math.floor(at / hour) * hour;
          // A moment after the hour's beginning, a tenth of it at most, is still meant.
          if (start + hour / 10 <= ceiling) expect(isSkipped(start)).toBe(true);
        }
      }),
    );
  });
});

test('two sources with different dice are due apart', () => {
  expect(nextDue(visit({ random: 0.9 }))).toBeGreaterThan(nextDue(visit({ random: 0.1 })));
});

describe('rhythm', () => {
  const ago = (...days: number[]): number[] => days.map((one) => now - one * day);
  test.each<readonly [string, readonly number[], number | undefined]>([
    ['nothing', [], undefined],
    ['three items', ago(0, 1, 2), undefined],
    ['four', ago(0, 1, 2, 3), day],
    ['the middle one of odd gaps', ago(0, 1, 3, 10), 2 * day],
    ['between the middle two of even gaps', ago(0, 1, 3, 6, 20), 2.5 * day],
    ['a bulk import', ago(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), undefined],
    ['a bulk import and three since', ago(0, 7, 14, 21, 21, 21, 21, 21, 21, 21), week],
    ['no more than the ten newest', ago(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 900, 1_800, 2_700, 3_600), day],
    ['out of order', ago(2, 0, 3, 1), day],
  ])('%s', (_name, dates, rhythm) => {
    expect(rhythmOf(dates)).toBe(rhythm);
  });
});

describe('silence against its own rhythm', () => {
  test.each<readonly [string, number | undefined, number | undefined, boolean]>([
    ['hourly, for thirteen days', hour, 13 * day, false],
    ['hourly, for fifteen days', hour, 15 * day, true],
    ['weekly, for a month', week, 30 * day, false],
    ['weekly, for six weeks and a day', week, 43 * day, true],
    ['no rhythm', undefined, 900 * day, false],
    ['no item', hour, undefined, false],
  ])('%s', (_name, rhythmMs, quiet, silent) => {
    const lastNewItem = quiet === undefined ? undefined : now - quiet;
    expect(isSilent({ rhythmMs, lastNewItem, now })).toBe(silent);
  });
});

describe('lasting failure', () => {
  test.each<readonly [string, number, number | undefined, boolean]>([
    ['none', 0, undefined, false],
    ['the first', 1, 0, false],
    ['three in an hour', 3, hour, false],
    ['three in six hours', 3, 6 * hour, true],
    ['two in six hours', 2, 6 * hour, false],
    ['two in a day, of a source asked daily', 2, day, true],
    ['one, a week ago', 1, week, false],
  ])('%s', (_name, failures, since, lasting) => {
    expect(isLasting({ failures, failingSince: since === undefined ? undefined : now - since, now })).toBe(lasting);
  });

  test.each([0, 0.999])('a source that dies is lasting within a day, with dice at %s', (random) => {
    let at = now;
    let failures = 1;
    while (!isLasting({ failures, failingSince: now, now: at })) {
      at = nextDue(visit({ now: at, result: 'failed', failures, failingSince: now, random }));
      failures++;
    }
    expect(at - now).toBeLessThan(day);
  });
});
