import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GONE_DUE, nextDue, type Visit } from '../../src/fetch/due.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2025-03-01T03:00Z');

function visit(part: Partial<Visit>): Visit {
  const hints = { maxAgeMs: undefined, retryAfterMs: undefined };
  return { now, everyMs: hour, result: 'fresh', failures: 0, hints, feedHints: undefined, random: 0, ...part };
}
const server = (maxAgeMs?: number, retryAfterMs?: number): Visit['hints'] => ({ maxAgeMs, retryAfterMs });
const feed = (ttlMs?: number, updatePeriodMs?: number): Visit['feedHints'] => ({ ttlMs, updatePeriodMs });

describe('pause without jitter', () => {
  test.each<readonly [string, Partial<Visit>, number]>([
    ['nothing said', {}, hour],
    ['304', { result: 'unchanged' }, hour],
    ['the maintainer may ask often', { everyMs: 5 * minute }, 5 * minute],
    ['max-age shorter', { hints: server(10 * minute) }, hour],
    ['max-age longer', { hints: server(3 * hour) }, 3 * hour],
    ['max-age of a year', { hints: server(365 * day) }, day],
    ['max-age of a year, weekly source', { everyMs: 7 * day, hints: server(365 * day) }, 7 * day],
    ['ttl', { feedHints: feed(2 * hour) }, 2 * hour],
    ['update period', { feedHints: feed(undefined, 12 * hour) }, 12 * hour],
    ['the longest of all', { hints: server(2 * hour), feedHints: feed(3 * hour, 4 * hour) }, 4 * hour],
    ['also from a 304', { result: 'unchanged', hints: server(5 * hour) }, 5 * hour],
    ['junk', { hints: server(-1), feedHints: feed(Number.NaN, Number.POSITIVE_INFINITY) }, hour],
    ['first failure', { result: 'failed', failures: 1 }, hour],
    ['first failure, often asked', { result: 'failed', failures: 1, everyMs: 5 * minute }, 30 * minute],
    ['second failure', { result: 'failed', failures: 2, everyMs: 5 * minute }, hour],
    ['fourth failure', { result: 'failed', failures: 4 }, 4 * hour],
    ['sixth failure', { result: 'failed', failures: 6 }, 16 * hour],
    ['seventh failure', { result: 'failed', failures: 7 }, day],
    ['after two thousand', { result: 'failed', failures: 2_000 }, day],
    ['failing weekly source', { result: 'failed', failures: 1, everyMs: 7 * day }, 7 * day],
    ['Retry-After longer', { result: 'failed', failures: 1, hints: server(undefined, 5 * hour) }, 5 * hour],
    ['Retry-After shorter', { result: 'failed', failures: 4, hints: server(undefined, minute) }, 4 * hour],
    ['Retry-After of three days', { result: 'failed', failures: 1, hints: server(undefined, 3 * day) }, 3 * day],
  ])('%s', (_name, part, pause) => {
    expect(nextDue(visit(part)) - now).toBe(pause);
  });
});

test('what is gone is due when nothing is, and that is still a date', () => {
  const due = nextDue(visit({ result: 'gone', failures: 1 }));
  expect(due).toBe(GONE_DUE);
  expect(Number.isSafeInteger(due)).toBe(true);
  expect(() => new Date(due).toISOString()).not.toThrow();
});

test('jitter is up to a tenth and never early', () => {
  fc.assert(
    fc.property(
      fc.record({
        everyMs: fc.integer({ min: minute, max: 30 * day }),
        result: fc.constantFrom('fresh' as const, 'unchanged' as const, 'failed' as const),
        failures: fc.nat(50),
        random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        maxAge: fc.option(fc.integer(), { nil: undefined }),
        wait: fc.option(fc.integer({ min: 1, max: 7 * day }), { nil: undefined }),
      }),
      ({ maxAge, wait, ...part }) => {
        const asked = visit({ ...part, hints: server(maxAge, wait) });
        const exact = nextDue({ ...asked, random: 0 }) - now;
        const spread = nextDue(asked) - now;
        expect(exact).toBeGreaterThanOrEqual(Math.max(part.everyMs, wait ?? 0));
        expect(spread).toBeGreaterThanOrEqual(exact);
        expect(spread).toBeLessThanOrEqual(Math.ceil(exact * 1.1) + 1);
        expect(Number.isInteger(spread)).toBe(true);
      },
    ),
  );
});

test('two sources with different dice are due apart', () => {
  expect(nextDue(visit({ random: 0.9 }))).toBeGreaterThan(nextDue(visit({ random: 0.1 })));
});
