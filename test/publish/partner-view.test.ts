/** What a source could do better that its memory alone tells: how it is served. */
import { describe, expect, test } from 'vitest';
import type { Secret, SourceMemory } from '../../src/model.ts';
import { flawsOf } from '../../src/publish/partner-view.ts';
import { memoryOf } from '../source-memory.ts';
import { source } from '../stories/builders.ts';

const now = Date.UTC(2026, 10, 20);
const day = 86_400_000;

function flaws(url: string, memory: Partial<SourceMemory>, secrets: readonly Secret[] = []): unknown[] {
  const read = { bodyHash: 'h', failures: 0, validators: { etag: '"a"', lastModified: undefined } };
  return flawsOf(source(url, { secrets }), memoryOf('key', { ...read, ...memory }), now);
}

describe('how a feed is served', () => {
  test('a certificate counts from two weeks before its end until it has ended', () => {
    const ending = (days: number): unknown[] => flaws('https://a.example/feed', { certificateUntil: now + days * day });
    expect(ending(15)).toEqual([]);
    expect(ending(14)).toEqual([{ kind: 'certificate', at: now + 14 * day }]);
    expect(ending(-1)).toEqual([]);
  });

  test('https is known of by a redirect of the day, or by the home page on the same host', () => {
    const plain = 'http://a.example/feed';
    expect(flaws(plain, {})).toEqual([{ kind: 'unencrypted' }]);
    expect(flaws(plain, { home: 'https://www.a.example/' })).toEqual([{ kind: 'has-https' }]);
    expect(flaws(plain, { home: 'https://other.example/' })).toEqual([{ kind: 'unencrypted' }]);
    expect(flaws(plain, { bodyUrl: 'https://a.example/feed' })).toEqual([{ kind: 'has-https' }]);
  });

  test('a redirect for good is told before it is followed and after, without an address that holds a secret', () => {
    const url = 'https://a.example/feed?key=abc';
    const to = 'https://a.example/new?key=abc';
    const move = { to, since: now, sightings: 1, last: now };
    expect(flaws(url, { move })).toEqual([{ kind: 'moved', detail: to }]);
    expect(flaws(url, { movedFrom: url, feedUrl: to })).toEqual([{ kind: 'moved', detail: to }]);
    expect(flaws(url, { move }, [{ name: 'KEY', value: 'abc' }])).toEqual([{ kind: 'moved', detail: undefined }]);
    expect(flaws('https://a.example/', { feedUrl: 'https://a.example/feed' })).toEqual([]); // found behind a page
  });
});
