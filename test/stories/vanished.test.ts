/** What counts as vanished inside the span of a feed, what a page's answers come to, and when that is too much at once. */
import { describe, expect, test } from 'vitest';
import type { MissingItem } from '../../src/library.ts';
import type { Fetched } from '../../src/model.ts';
import { problem } from '../../src/problems.ts';
import type { Listing } from '../../src/refresh-plan.ts';
import { answerOf, fateAfter, goneWords, hasOwnPage, isFlood, vanishedIn } from '../../src/stories/vanished.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-27T12:00Z');

/** Items by date, `+` for listed, `-` for not, `?` for one without a date of its own; the id is the date. */
function listing(written: string, more: Partial<Listing> = {}): Listing {
  const items = written
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => ({ id: Number(one.slice(1)), date: Number(one.slice(1)), sign: one[0] }))
    .sort((a, b) => b.date - a.date)
    .map(({ id, date, sign }) => ({ id, date, isListed: sign === '+', mayVanish: sign === '-' }));
  return { items, olderListed: 0, back: [], ...more };
}

describe('inside the span', () => {
  test.each<[string, string, number[], number[]]>([
    ['between two entries', '+3 -2 +1', [], [2]],
    ['off the end', '+3 +2 -1', [], []],
    ['newer than all', '-4 +3 +2', [], []],
    ['newer than all that was known, older than what has come', '-4 +3 +2', [5], [4]],
    ['without a date of its own', '+3 ?2 +1', [], []],
    ['all of one date', '+1 +1 -1', [], []],
    ['nothing is listed', '-3 -2 -1', [], []],
    ['a list that has become shorter', '+9 +8 -7 -6 -5', [], []],
    ['one pinned entry, and others that have fallen off', '+9 +8 -7 -6 +1', [], []],
    ['two pinned entries', '+9 -7 -6 -5 +2 +1', [], []],
    ['two of many', '+9 -8 +7 -6 +5 +4', [], [8, 6]],
    ['three in a row, before three', '+9 -8 -7 -6 +5 +4 +3', [], [8, 7, 6]],
  ])('%s', (_what, items, inserted, gone) => {
    expect(vanishedIn(listing(items), inserted).gone).toEqual(gone);
  });

  test('entries that are older than all we have looked at stand before an item too', () => {
    expect(vanishedIn(listing('+3 -2', { olderListed: 1 }), []).gone).toEqual([2]);
  });

  test('a document that says nothing of what it does not list', () => {
    expect(vanishedIn(undefined, [1, 2])).toEqual({ gone: [], back: [] });
  });
});

const missing = (changes: Partial<MissingItem> = {}): MissingItem => ({
  id: 1,
  sourceKey: 'harbour.example/feed',
  guid: 'urn:1',
  title: 'One',
  url: 'https://harbour.example/one',
  isShared: false,
  since: start,
  state: 'unasked',
  tries: 0,
  firstGone: undefined,
  checkedAt: undefined,
  nextCheck: start,
  answer: undefined,
  ...changes,
});

describe('whose page it is', () => {
  const source = { url: 'https://www.harbour.example/feed', hosts: ['old.example'] };
  const memory = { home: 'https://pier.example/', feedUrl: undefined };
  test.each<[string, Partial<MissingItem>, boolean]>([
    ['its own', {}, true],
    ['at another host of the group', { url: 'https://old.example/one' }, true],
    ['at its home page’s host', { url: 'https://pier.example/one' }, true],
    ['a stranger’s', { url: 'https://stranger.example/one' }, false],
    ['the home page itself', { url: 'https://harbour.example/' }, false],
    ['several items’', { isShared: true }, false],
    ['none', { url: undefined }, false],
  ])('%s', (_what, changes, isOwn) => {
    expect(hasOwnPage(missing(changes), source, memory)).toBe(isOwn);
  });
});

const hints = { maxAgeMs: undefined, retryAfterMs: undefined };
const failed = (code: 'fetch/not-found' | 'fetch/gone' | 'fetch/timeout', to?: string): Fetched => ({
  kind: 'failed',
  problem: problem(code, {}, 'x'),
  hints,
  ...(to !== undefined && { trail: [{ status: 301, to }] }),
});

describe('what an answer says', () => {
  const url = 'http://harbour.example/one';
  test.each<[string, Fetched, string]>([
    ['404', failed('fetch/not-found'), 'gone'],
    ['410', failed('fetch/gone'), 'gone'],
    ['404 behind a redirect to the same page', failed('fetch/not-found', 'https://www.harbour.example/one/'), 'gone'],
    ['404 behind a redirect elsewhere', failed('fetch/not-found', 'http://harbour.example/404'), 'unclear'],
    ['no answer', failed('fetch/timeout'), 'unclear'],
  ])('%s', (_what, fetched, kind) => {
    expect(answerOf(url, fetched).kind).toBe(kind);
  });
});

describe('what follows', () => {
  const gone = { kind: 'gone', status: 404 } as const;

  test('two days of nothing are needed, whatever comes between them', () => {
    const first = fateAfter(missing(), gone, start);
    expect(first).toMatchObject({ state: 'gone', nextCheck: start + day });
    if (first.kind === 'confirmed') throw new Error('at once');
    const unclear = fateAfter(missing(first), { kind: 'unclear', why: 'x' }, start + day);
    if (unclear.kind === 'confirmed') throw new Error('by an answer that says nothing');
    expect(fateAfter(missing(unclear), gone, start + day - 1).kind).toBe('noted');
    expect(fateAfter(missing(unclear), gone, start + 2 * day)).toEqual({ kind: 'confirmed', status: 404 });
  });

  test('a page that is there again takes the first time back', () => {
    const seen = fateAfter(missing({ firstGone: { at: start, status: 404 } }), { kind: 'there' }, start + day);
    expect(seen).toMatchObject({ state: 'there', firstGone: undefined });
  });

  test('what says nothing is asked for at growing gaps, and given up after a month', () => {
    let item = missing();
    const gaps: (number | undefined)[] = [];
    for (let now = start; gaps.length < 6; now = item.nextCheck ?? now) {
      const fate = fateAfter(item, { kind: 'unclear', why: 'it does not answer' }, now);
      if (fate.kind === 'confirmed') throw new Error('confirmed');
      gaps.push(fate.nextCheck === undefined ? undefined : (fate.nextCheck - now) / day);
      item = missing(fate);
    }
    expect(gaps.every((gap, at) => at === 0 || gap === undefined || gap > (gaps[at - 1] ?? 0))).toBe(true);
    expect(gaps.at(-1)).toBeUndefined();
  });

  test('many at once are for a person: those of last week count, those that are there do not', () => {
    const going = Array.from({ length: 4 }, () => missing({ firstGone: { at: start, status: 404 }, state: 'gone' }));
    const there = Array.from({ length: 9 }, () => missing({ state: 'there' }));
    const withdrawn = (at: number): MissingItem[] =>
      Array.from({ length: 2 }, () => missing({ state: 'withdrawn', checkedAt: at, nextCheck: undefined }));
    expect(isFlood([...going, ...there, ...withdrawn(start - 8 * day)], start)).toBe(false);
    expect(isFlood([...going, ...there, ...withdrawn(start - 2 * day)], start)).toBe(true);
  });

  test('why, in words', () => {
    const at = (date: string, status = 404): { at: number; status: number } => ({ at: Date.parse(date), status });
    expect(goneWords(at('2026-11-27T10:00Z'), at('2026-11-28T10:00Z'), 'UTC')).toBe(
      'its page is gone (404 on 27 and 28 November)',
    );
    expect(goneWords(at('2026-11-30T10:00Z'), at('2026-12-01T10:00Z'), 'UTC')).toBe(
      'its page is gone (404 on 30 November and 1 December)',
    );
    expect(goneWords(at('2026-11-27T10:00Z'), at('2026-11-28T10:00Z', 410), 'UTC')).toBe(
      'its page is gone (404 on 27 November, 410 on 28 November)',
    );
  });
});
