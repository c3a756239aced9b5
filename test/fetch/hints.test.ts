import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityTag, headerText, longestWaitMs, retryAfter, serverHints } from '../../src/fetch/hints.ts';

const now = Date.UTC(2025, 2, 1, 3, 0, 0);
const minute = 60_000;

describe('Retry-After', () => {
  test.each<readonly [string | undefined, number | undefined]>([
    ['120', 2 * minute],
    ['  120 ', 2 * minute],
    ['1.5', 1_500],
    ['0.0001', 1],
    ['Sat, 01 Mar 2025 03:10:00 GMT', 10 * minute],
    ['Saturday, 01-Mar-25 03:10:00 GMT', 10 * minute],
    ['Sat Mar  1 03:10:00 2025', 10 * minute],
    ['Sat, 01 Mar 2025 03:10:00 UTC', 10 * minute],
    ['99999999999999999999', longestWaitMs],
    ['Sun, 01 Mar 2125 03:10:00 GMT', longestWaitMs],
    ['0', undefined],
    ['-5', undefined],
    ['Sat, 01 Mar 2025 02:00:00 GMT', undefined],
    ['Sat, 01 Mar 2025 03:00:00 GMT', undefined],
    ['tomorrow', undefined],
    ['1e9', undefined],
    ['0x10', undefined],
    ['2026', 2_026_000],
    ['2025-03-01T04:00:00Z', undefined],
    ['Sat, 41 Mar 2025 03:10:00 GMT', undefined],
    ['Sat, 29 Mar 2025 24:00:00 GMT', undefined],
    ['Mon, 31 Mar 2025 03:10:00 GMT', longestWaitMs],
    ['Mon, 31 Feb 2025 03:10:00 GMT', undefined],
    ['Thu, 31 Feb 2027 03:10:00 GMT', undefined],
    ['Sun, 29 Feb 2032 03:10:00 GMT', longestWaitMs],
    ['Sat, 29 Feb 2031 03:10:00 GMT', undefined],
    ['Sat, 01 Mär 2025 03:10:00 GMT', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (written, wait) => {
    expect(retryAfter(written, now)).toBe(wait);
  });

  test('whatever is written, the wait is undefined or within bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.double().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
        ),
        (text) => {
          const wait = retryAfter(text, now);
          if (wait !== undefined) expect(wait > 0 && wait <= longestWaitMs).toBe(true);
        },
      ),
    );
  });

  test('counts on an error and on a redirect, not on an answer', () => {
    const headers = { 'retry-after': '60' };
    expect(serverHints(headers, now, false).retryAfterMs).toBe(minute);
    expect(serverHints(headers, now, true).retryAfterMs).toBeUndefined();
  });
});

describe('freshness', () => {
  test.each<readonly [Readonly<Record<string, string>>, number | undefined]>([
    [{ 'cache-control': 'max-age=600' }, 10 * minute],
    [{ 'cache-control': 'public, Max-Age="600", must-revalidate' }, 10 * minute],
    [{ 'cache-control': 'max-age=600', age: '60' }, 9 * minute],
    [{ 'cache-control': 'max-age=600', age: '900' }, undefined],
    [{ 'cache-control': 'max-age=600', expires: 'Sat, 01 Mar 2025 09:00:00 GMT' }, 10 * minute],
    [{ 'cache-control': 's-maxage=600' }, undefined],
    [{ 'cache-control': 'no-cache, max-age=600' }, undefined],
    [{ 'cache-control': 'no-store' }, undefined],
    [{ 'cache-control': 'max-age=0' }, undefined],
    [{ 'cache-control': 'max-age=-1' }, undefined],
    [{ 'cache-control': 'max-age=soon' }, undefined],
    [{ 'cache-control': 'max-age=99999999999999' }, 2 ** 31 * 1_000],
    [{ 'cache-control': 'max-age=60, max-age=7200' }, minute],
    [{ 'cache-control': 'max-age=7200, max-age=60' }, 120 * minute],
    [{ 'cache-control': 'max-age=soon, max-age=7200' }, undefined],
    [{ 'cache-control': 'max-age=soon', expires: 'Sat, 01 Mar 2025 04:00:00 GMT' }, undefined],
    [{ 'cache-control': 'public , max-age = 7200 ,must-revalidate' }, 120 * minute],
    [{ 'cache-control': 'max-age = "7200"' }, 120 * minute],
    [{ 'cache-control': 'private="x, max-age=60", max-age=7200' }, 120 * minute],
    [{ 'cache-control': 'no-cache="set-cookie, no-store", max-age=600' }, 10 * minute],
    [{ 'cache-control': 'max-age=600,No-Cache' }, undefined],
    [{ 'cache-control': 'x-max-age=600' }, undefined],
    [{ 'cache-control': 'max-age=1.5' }, undefined],
    [{ 'cache-control': `${'='.repeat(9)}, max-age=600` }, 10 * minute],
    [{ expires: 'Sat, 01 Mar 2025 04:00:00 GMT' }, 60 * minute],
    // a server whose clock is a day late
    [{ date: 'Fri, 28 Feb 2025 03:00:00 GMT', expires: 'Fri, 28 Feb 2025 04:00:00 GMT' }, 60 * minute],
    [{ expires: '0' }, undefined],
    [{ expires: '-1' }, undefined],
    [{ expires: 'Thu, 19 Nov 1981 08:52:00 GMT' }, undefined],
    [{}, undefined],
  ])('%j', (headers, maxAge) => {
    expect(serverHints(headers, now, true).maxAgeMs).toBe(maxAge);
  });

  test('an error has none', () => {
    expect(serverHints({ 'cache-control': 'max-age=600' }, now, false).maxAgeMs).toBeUndefined();
  });
});

test('a header that came twice is one list, an empty one is none', () => {
  expect(headerText({ a: ['x', 'y'] }, 'a')).toBe('x, y');
  expect(headerText({ a: '' }, 'a')).toBeUndefined();
});

test.each<readonly [string, string | undefined]>([
  ['"a"', '"a"'],
  ['W/"a"', 'W/"a"'],
  ['unquoted', 'unquoted'],
  ['"*"', '"*"'],
  ['*', undefined],
  [' * ', undefined],
  ['"a", *', undefined],
  ['*, "a"', undefined],
])('an ETag of %s is remembered as %s: sent back, a bare * would match whatever there is', (etag, kept) => {
  expect(entityTag({ etag })).toBe(kept);
});
