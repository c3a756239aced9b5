import { expect, test } from 'vitest';
import { instantOfTime, readDuration, readEventTime, spanOf } from '../../src/text/event-times.ts';

const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString().replace(':00.000Z', 'Z');

test.each([
  ['2026-11-28', undefined, 'Europe/Paris', '2026-11-27T23:00Z'],
  ['20261128', undefined, 'UTC', '2026-11-28T00:00Z'],
  ['2026-11-28T10:00', undefined, 'Europe/Paris', '2026-11-28T09:00Z'],
  ['2026-11-28 10:00:30', undefined, 'Asia/Tehran', '2026-11-28T06:30Z'],
  ['2026-11-28T10', undefined, 'Europe/Paris', '2026-11-28T09:00Z'],
  ['20261128T100000Z', undefined, 'Europe/Paris', '2026-11-28T10:00Z'],
  ['2026-11-28T10:00+0530', undefined, 'Europe/Paris', '2026-11-28T04:30Z'],
  ['2026-11-28T10:00:00.000-08', undefined, 'Europe/Paris', '2026-11-28T18:00Z'],
  ['Sat, 28 Nov 2026 10:00:00 +0100', undefined, 'UTC', '2026-11-28T09:00Z'],
  ['2026-11-28T10:00', 'America/New_York', 'Europe/Paris', '2026-11-28T15:00Z'],
  ['2026-11-28T10:00[Asia/Tokyo]', undefined, 'Europe/Paris', '2026-11-28T01:00Z'],
  ['2026-11-28T10:00', 'Nowhere/Town', 'Europe/Paris', '2026-11-28T09:00Z'],
  // The clocks go forward: the time that is skipped is what it would have been.
  ['2026-03-29T02:30', undefined, 'Europe/Paris', '2026-03-29T01:30Z'],
  ['2026-03-08T02:30', undefined, 'America/New_York', '2026-03-08T07:30Z'],
  // They go back: the first of the two.
  ['2026-10-25T02:30', undefined, 'Europe/Paris', '2026-10-25T00:30Z'],
  ['2026-11-01T01:30', undefined, 'America/New_York', '2026-11-01T05:30Z'],
  // Where midnight is skipped the day begins when it does.
  ['2026-09-06', undefined, 'America/Santiago', '2026-09-06T04:00Z'],
])('%s (%s) where clocks are of %s', (text, zone, site, expected) => {
  const time = readEventTime(text, zone);
  expect(iso(time && instantOfTime(time, site))).toBe(expected);
});

test.each([
  '',
  '28 November 2026',
  '28.11.2026',
  '2026-11',
  '2026',
  '1795600000',
  '2026-13-01',
  '2026-11-28T10:00 or so',
  'tomorrow',
  'Sat, 28 Nov 2026 10:00',
  '2026-1128',
  '2026-11-28T24:30',
])('%j is no time of an event', (text) => {
  expect(readEventTime(text)).toBeUndefined();
});

test.each([
  ['PT1H30M', 90],
  ['P1D', 1_440],
  ['P2W', 20_160],
  ['P1DT2H', 1_560],
  ['P1M', undefined],
  ['P', undefined],
  ['PT0S', undefined],
  ['1 hour', undefined],
])('%s takes %s minutes', (text, minutes) => {
  expect(readDuration(text)).toBe(minutes === undefined ? undefined : minutes * 60_000);
});

test.each([
  ['a time without an end is over with its day', '2026-11-28T10:00', undefined, undefined, '2026-11-28T23:00Z'],
  ['a time with one at its end', '2026-11-28T10:00', '2026-11-28T12:00', '2026-11-28T11:00Z', '2026-11-28T11:00Z'],
  ['a day with the day', '2026-11-28', undefined, '2026-11-28T23:00Z', '2026-11-28T23:00Z'],
  ['days with the last', '2026-03-28', '2026-03-29', '2026-03-29T22:00Z', '2026-03-29T22:00Z'],
  ['what lasts for months after two weeks', '2026-11-01', '2026-12-31', '2026-12-31T23:00Z', '2026-11-14T23:00Z'],
])('%s', (_what, from, to, end, passes) => {
  const [start, last] = [from, to].map((text) => (text === undefined ? undefined : readEventTime(text)));
  if (start === undefined) throw new Error(from);
  const span = spanOf({ start, end: last }, 'Europe/Paris');
  expect([iso(span.end), iso(span.passes)]).toEqual([end, passes]);
});
