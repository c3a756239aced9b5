/** A section's calendar, read by a parser of our own that takes nothing but RFC 5545. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderCalendar } from '../../src/publish/calendar.ts';
import { comingUp, eventsIn, inCalendar } from '../../src/publish/events.ts';
import type { EventView, StoryView } from '../../src/publish/views.ts';
import { eventsOf, readCalendar, said } from './ics.ts';
import { calais, siteView, story } from './pages-views.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2026-11-20T03:00Z');

function event(changes: Partial<EventView> = {}): EventView {
  return {
    index: 0,
    start: at('2026-11-28T09:00Z'),
    end: undefined,
    passes: at('2026-11-28T23:00Z'),
    days: undefined,
    title: 'March',
    place: undefined,
    url: undefined,
    isCancelled: false,
    ...changes,
  };
}

const telling = (uid: string, events: readonly EventView[], changes: Partial<StoryView> = {}): StoryView =>
  story(uid, { events, ...changes });
const written = (...stories: readonly StoryView[]): string =>
  renderCalendar(siteView(), calais, inCalendar(eventsIn(stories), now));

test('an event has a name for good, its times in UTC, and the credit of its story', () => {
  const end = at('2026-11-28T11:30Z');
  const one = telling('a', [event({ end, place: 'Fish market, quay; 3' })], { licence: 'CC BY' });
  const [read, other] = eventsOf(readCalendar(written(one)));
  expect(other).toBeUndefined();
  expect(Object.fromEntries([...(read?.lines ?? [])].map(([name, [line]]) => [name, line?.text]))).toEqual({
    UID: `${one.id}/0`,
    DTSTAMP: '20261102T090000Z',
    'LAST-MODIFIED': '20261102T090000Z',
    SEQUENCE: '0',
    STATUS: 'CONFIRMED',
    DTSTART: '20261128T090000Z',
    DTEND: '20261128T113000Z',
    SUMMARY: 'March',
    LOCATION: 'Fish market, quay; 3',
    DESCRIPTION: `${one.credit}\nCC BY`,
    URL: 'https://news.example/story/a/',
  });
});

test('whole days are days, and end with the first that is not part of them', () => {
  const days = { first: '2026-12-30', last: '2026-12-31' };
  const [read] = eventsOf(readCalendar(written(telling('a', [event({ days })]))));
  expect(read?.lines.get('DTSTART')).toEqual([{ parameters: { VALUE: 'DATE' }, raw: '20261230', text: '20261230' }]);
  expect(read?.lines.get('DTEND')).toEqual([{ parameters: { VALUE: 'DATE' }, raw: '20270101', text: '20270101' }]);
});

test('a change moves stamp and sequence, and nothing else does', () => {
  const before = telling('a', [event()]);
  const after = { ...before, updated: before.updated + 90_000 };
  const [old, changed] = [before, after].map((one) => eventsOf(readCalendar(written(one)))[0]);
  expect(said(changed, 'UID')).toBe(said(old, 'UID'));
  expect([said(old, 'SEQUENCE'), said(changed, 'SEQUENCE')]).toEqual(['0', '90']);
  expect(said(changed, 'LAST-MODIFIED')).toBe('20261102T090130Z');
  expect(written(before)).toBe(written(before));
});

test('of what was taken back there is a time and no word, for thirty days', () => {
  const gone = telling('a', [event({ title: '', isCancelled: true })], {
    title: '',
    heading: '',
    credit: '',
    updated: now,
    withdrawn: { at: now },
  });
  const calendar = readCalendar(written(gone));
  const [read] = eventsOf(calendar);
  expect([...(read?.lines.keys() ?? [])].sort()).toEqual([
    'DTSTAMP',
    'DTSTART',
    'LAST-MODIFIED',
    'SEQUENCE',
    'STATUS',
    'UID',
  ]);
  expect(said(read, 'STATUS')).toBe('CANCELLED');
  expect(inCalendar(eventsIn([gone]), now + 31 * 86_400_000)).toEqual([]);
});

test('what is called off keeps its words', () => {
  const [read] = eventsOf(readCalendar(written(telling('a', [event({ isCancelled: true })]))));
  expect([said(read, 'STATUS'), said(read, 'SUMMARY')]).toEqual(['CANCELLED', 'March']);
});

test('what two stories tell of stands once, under the name of the first', () => {
  const stories = [
    telling('late', [event({ title: 'MARCH!' })], { published: at('2026-11-03T09:00Z') }),
    telling('early', [event()]),
    telling('page', [
      event({ title: 'Other', url: 'https://quay.example/m' }),
      event({ index: 1, title: 'Elsewhere' }),
    ]),
    telling('same-page', [event({ title: 'Third', url: 'https://quay.example/m' })], {
      published: at('2026-11-04T09:00Z'),
    }),
  ];
  expect(eventsIn(stories).map(({ story: { uid }, event: { index } }) => `${uid} ${index}`)).toEqual([
    'early 0',
    'page 0',
    'page 1',
  ]);
});

test('coming up is what begins within thirty days and is not over, ten at the most, the soonest first', () => {
  const day = 86_400_000;
  const numbered = (days: number): EventView =>
    event({ index: days + 50, title: `${days}`, start: now + days * day, passes: now + days * day + 3_600_000 });
  const days = [-31, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 29, 30, 31];
  const all = eventsIn([telling('a', days.map(numbered).reverse())]);
  const titles = (from: number | undefined): string[] => comingUp(all, { from, now }).map((one) => one.event.title);
  expect(titles(undefined)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  expect(titles(now + 8 * day)).toEqual(['8', '9', '10', '29', '30', '31']);
  expect(inCalendar(all, now).map((one) => one.event.title)).not.toContain('-31');
});

test('whatever a partner calls it comes back as it was, in lines of 75 octets', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      'a,b;c\\n\\;',
      'END:VEVENT\r\nBEGIN:VALARM',
      '\u202e',
      '٣ شباط، الميناء',
      '👩‍👩‍👧'.repeat(40),
      'é'.repeat(200),
    ),
  );
  fc.assert(
    fc.property(words, words, words, (title, place, credit) => {
      const one = telling('a', [event({ title, place })], { credit });
      const calendar = readCalendar(written(one));
      expect(eventsOf(calendar)).toHaveLength(1);
      expect(calendar.inside).toHaveLength(1);
      expect(eventsOf(calendar)[0]?.inside).toEqual([]);
    }),
    { numRuns: 300 },
  );
  const title =
    'Marche, pour; le port \\ « ici » – مسيرة من أجل الميناء 👩‍👩‍👧 et encore beaucoup de mots pour plier la ligne';
  const [read] = eventsOf(readCalendar(written(telling('a', [event({ title })]))));
  expect(said(read, 'SUMMARY')).toBe(title);
});

test('a section may be called anything', () => {
  const section = { ...calais, title: 'Calais, the coast; and \\ more: "all"' };
  const one = telling('a', [event()]);
  const calendar = readCalendar(renderCalendar(siteView(), section, eventsIn([one])));
  expect([said(calendar, 'NAME'), said(calendar, 'X-WR-CALNAME')]).toEqual([section.title, section.title]);
  expect(calendar.lines.get('X-WR-CALNAME')?.[0]?.parameters).toEqual({});
  expect(calendar.lines.get('REFRESH-INTERVAL')).toEqual([
    { parameters: { VALUE: 'DURATION' }, raw: 'PT12H', text: 'PT12H' },
  ]);
});
