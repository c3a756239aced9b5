import { expect, test } from 'vitest';
import { lastDaily } from '../../src/text/wall-clock.ts';

const at = (text: string): number => Date.parse(text);
const half4 = { hour: 4, minute: 30 };
const half2 = { hour: 2, minute: 30 };

test.each([
  ['an hour after it', half4, '2026-11-23T04:30Z', '2026-11-23T03:30Z'],
  ['at the very minute', half4, '2026-11-23T03:30Z', '2026-11-23T03:30Z'],
  ['a minute before it: yesterday', half4, '2026-11-23T03:29Z', '2026-11-22T03:30Z'],
  ['in summer', half4, '2026-07-01T12:00Z', '2026-07-01T02:30Z'],
  ['the night before the clocks go forward', half4, '2026-03-29T02:00Z', '2026-03-28T03:30Z'],
  ['the morning after they went forward', half4, '2026-03-29T02:30Z', '2026-03-29T02:30Z'],
  ['the morning after they went back', half4, '2026-10-25T03:30Z', '2026-10-25T03:30Z'],
  ['a time that the change skips still comes that day', half2, '2026-03-29T12:00Z', '2026-03-29T01:30Z'],
  ['a time that comes twice counts once, the first time', half2, '2026-10-25T12:00Z', '2026-10-25T00:30Z'],
])('%s', (_, time, now, expected) => {
  expect(new Date(lastDaily(time, 'Europe/Paris', at(now))).toISOString()).toBe(new Date(at(expected)).toISOString());
});

test('a time that the change skips comes after it, west of Greenwich too', () => {
  const found = lastDaily(half2, 'America/New_York', at('2026-03-08T20:00Z'));
  expect(new Date(found).toISOString()).toBe('2026-03-08T07:30:00.000Z'); // 03:30 there, an hour after the clocks went forward
});

test('every day has exactly one, whatever the clocks do', () => {
  const seen = new Set<number>();
  for (let now = at('2026-01-01T00:00Z'); now < at('2027-01-01T00:00Z'); now += 3_600_000) {
    seen.add(lastDaily(half4, 'Europe/Paris', now));
  }
  expect(seen.size).toBe(366); // the last of 2025 too
});
