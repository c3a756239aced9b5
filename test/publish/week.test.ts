import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastClosedWeek, nextClosing } from '../../src/publish/week.ts';

const mondaySeven = { weekday: 1, hour: 7, minute: 0, to: [] };
const at = (text: string): number => Date.parse(text);

describe('a weekly digest', () => {
  test('closes on Monday morning by the clock on the wall and holds the seven days before', () => {
    expect(lastClosedWeek(mondaySeven, 'Europe/Paris', at('2026-11-23T06:00:00Z'))).toEqual({
      name: '2026-W47',
      start: at('2026-11-16T06:00:00Z'),
      end: at('2026-11-23T06:00:00Z'),
    });
  });

  test('is still last week’s a minute earlier', () => {
    expect(lastClosedWeek(mondaySeven, 'Europe/Paris', at('2026-11-23T05:59:59Z')).name).toBe('2026-W46');
  });

  test('keeps its wall-clock time when the clocks change, so that one week is an hour longer', () => {
    const week = lastClosedWeek(mondaySeven, 'Europe/Paris', at('2026-10-26T12:00:00Z'));
    expect([week.start, week.end]).toEqual([at('2026-10-19T05:00:00Z'), at('2026-10-26T06:00:00Z')]);
  });

  test('that closes on a Friday is named after the week it closes in', () => {
    expect(lastClosedWeek({ ...mondaySeven, weekday: 5 }, 'UTC', at('2026-11-20T12:00:00Z')).name).toBe('2026-W47');
  });

  test('knows the years in which the first week begins in December', () => {
    expect(lastClosedWeek(mondaySeven, 'UTC', at('2027-01-05T00:00:00Z')).name).toBe('2026-W53');
  });

  test('weeks follow each other without gap or overlap, in every zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Paris',
      'America/New_York',
      'Asia/Tehran',
      'Pacific/Auckland',
      'Asia/Kolkata',
    );
    const schedules = fc.record({
      weekday: fc.integer({ min: 1, max: 7 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    const moments = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zones, schedules, moments, (zone, when, now) => {
        const week = lastClosedWeek({ ...when, to: [] }, zone, now);
        expect(week.end).toBeLessThanOrEqual(now);
        expect(now - week.end).toBeLessThan(7.1 * 86_400_000);
        expect(lastClosedWeek({ ...when, to: [] }, zone, week.end - 1).end).toBe(week.start);
      }),
    );
  });
});

describe('the next digest', () => {
  const monday = { weekday: 1, hour: 7, minute: 0, to: [] };

  test.each([
    ['in an ordinary week', '2026-11-23T12:00Z', '2026-11-30T06:00Z'],
    ['at the very moment one closes', '2026-11-23T06:00Z', '2026-11-30T06:00Z'],
    ['a moment before', '2026-11-23T05:59:59Z', '2026-11-23T06:00Z'],
    ['over the change to winter time', '2026-10-19T05:00Z', '2026-10-26T06:00Z'],
    ['over the change to summer time', '2026-03-23T06:00Z', '2026-03-30T05:00Z'],
    ['just before a week that is an hour short', '2026-03-23T05:59:59Z', '2026-03-23T06:00Z'],
  ])('%s', (_what, now, next) => {
    expect(new Date(nextClosing(monday, 'Europe/Paris', Date.parse(now))).toISOString()).toBe(
      new Date(next).toISOString(),
    );
  });
});
