import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DigestSchedule } from '../../src/model.ts';
import { freeName, lastPeriod, nextClosing } from '../../src/publish/period.ts';

const mondaySeven: DigestSchedule = { when: 'weekly', weekday: 1, day: 1, hour: 7, minute: 0 };
const at = (text: string): number => Date.parse(text);

describe('a weekly digest', () => {
  test('closes on Monday morning by the clock on the wall and holds the seven days before', () => {
    expect(lastPeriod(mondaySeven, 'Europe/Paris', at('2026-11-23T06:00:00Z'))).toEqual({
      name: '2026-W47',
      start: at('2026-11-16T06:00:00Z'),
      end: at('2026-11-23T06:00:00Z'),
    });
  });

  test('is still last week’s a minute earlier', () => {
    expect(lastPeriod(mondaySeven, 'Europe/Paris', at('2026-11-23T05:59:59Z')).name).toBe('2026-W46');
  });

  test('keeps its wall-clock time when the clocks change, so that one week is an hour longer', () => {
    const week = lastPeriod(mondaySeven, 'Europe/Paris', at('2026-10-26T12:00:00Z'));
    expect([week.start, week.end]).toEqual([at('2026-10-19T05:00:00Z'), at('2026-10-26T06:00:00Z')]);
  });

  test('that closes on a Friday is named after the week it closes in', () => {
    expect(lastPeriod({ ...mondaySeven, weekday: 5 }, 'UTC', at('2026-11-20T12:00:00Z')).name).toBe('2026-W47');
  });

  test('knows the years in which the first week begins in December', () => {
    expect(lastPeriod(mondaySeven, 'UTC', at('2027-01-05T00:00:00Z')).name).toBe('2026-W53');
  });

  test('gets another name where its week has one', () => {
    expect(freeName('2026-W47', new Set(['2026-W47', '2026-W47.2']))).toBe('2026-W47.3');
  });
});

describe('a daily digest', () => {
  const seven: DigestSchedule = { ...mondaySeven, when: 'daily' };

  test('is called after the day it closes on, and at midnight after the one that ends', () => {
    expect(lastPeriod(seven, 'Europe/Paris', at('2026-11-12T06:00Z'))).toEqual({
      name: '2026-11-12',
      start: at('2026-11-11T06:00Z'),
      end: at('2026-11-12T06:00Z'),
    });
    expect(lastPeriod({ ...seven, hour: 0 }, 'Europe/Paris', at('2026-11-12T12:00Z')).name).toBe('2026-11-11');
  });

  test('is 25 hours long when the clocks go back, 23 when they go forward', () => {
    const hours = (now: string): number => {
      const { start, end } = lastPeriod(seven, 'Europe/Paris', at(now));
      return (end - start) / 3_600_000;
    };
    expect([hours('2026-10-25T12:00Z'), hours('2026-03-29T12:00Z'), hours('2026-03-30T12:00Z')]).toEqual([25, 23, 24]);
  });

  test('closes once at a time that comes twice, and once at one that is skipped', () => {
    const half = { ...seven, hour: 2, minute: 30 };
    expect(lastPeriod(half, 'Europe/Paris', at('2026-10-25T01:30Z')).end).toBe(at('2026-10-25T00:30Z'));
    expect(nextClosing(half, 'Europe/Paris', at('2026-10-25T00:30Z'))).toBe(at('2026-10-26T01:30Z'));
    expect(lastPeriod(half, 'Europe/Paris', at('2026-03-29T02:00Z')).end).toBe(at('2026-03-29T01:30Z'));
  });
});

describe('a monthly digest', () => {
  const first: DigestSchedule = { ...mondaySeven, when: 'monthly' };

  test('that closes on the first is last month’s', () => {
    expect(lastPeriod(first, 'Europe/Paris', at('2026-12-01T06:00Z'))).toEqual({
      name: '2026-11',
      start: at('2026-11-01T06:00Z'),
      end: at('2026-12-01T06:00Z'),
    });
    expect(nextClosing(first, 'Europe/Paris', at('2026-12-01T06:00Z'))).toBe(at('2027-01-01T06:00Z'));
  });

  test('goes over the end of a year and over February', () => {
    const late = { ...first, day: 28 };
    expect(lastPeriod(late, 'UTC', at('2027-01-03T00:00Z'))).toMatchObject({
      name: '2026-12',
      start: at('2026-11-28T07:00Z'),
    });
    expect(nextClosing(late, 'UTC', at('2027-01-28T07:00Z'))).toBe(at('2027-02-28T07:00Z'));
  });
});

describe('digests of every rhythm', () => {
  test('follow each other without gap or overlap, in every zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Paris',
      'America/New_York',
      'Asia/Tehran',
      'Pacific/Auckland',
      'Asia/Kolkata',
    );
    const schedules = fc.record({
      when: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const),
      weekday: fc.integer({ min: 1, max: 7 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    const moments = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    const longest = { daily: 1.1, weekly: 7.1, monthly: 31.1 };
    fc.assert(
      fc.property(zones, schedules, moments, (zone, schedule, now) => {
        const period = lastPeriod(schedule, zone, now);
        expect(period.end).toBeLessThanOrEqual(now);
        expect(now - period.end).toBeLessThan(longest[schedule.when] * 86_400_000);
        const before = lastPeriod(schedule, zone, period.end - 1);
        expect(before.end).toBe(period.start);
        expect(before.name).not.toBe(period.name);
        const next = nextClosing(schedule, zone, now);
        expect(next).toBeGreaterThan(now);
        expect(lastPeriod(schedule, zone, next).start).toBe(period.end);
      }),
    );
  });
});

describe('the next digest', () => {
  test.each([
    ['in an ordinary week', '2026-11-23T12:00Z', '2026-11-30T06:00Z'],
    ['at the very moment one closes', '2026-11-23T06:00Z', '2026-11-30T06:00Z'],
    ['a moment before', '2026-11-23T05:59:59Z', '2026-11-23T06:00Z'],
    ['over the change to winter time', '2026-10-19T05:00Z', '2026-10-26T06:00Z'],
    ['over the change to summer time', '2026-03-23T06:00Z', '2026-03-30T05:00Z'],
    ['just before a week that is an hour short', '2026-03-23T05:59:59Z', '2026-03-23T06:00Z'],
  ])('%s', (_what, now, next) => {
    expect(new Date(nextClosing(mondaySeven, 'Europe/Paris', Date.parse(now))).toISOString()).toBe(
      new Date(next).toISOString(),
    );
  });
});
