/** What stands in a feed and what in its archive: nothing is missing from both, and what is closed stays as it is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArchivedStories } from '../../src/feed-library.ts';
import { type Archive, archiveOf, feedSize, mostCarried, type Stream } from '../../src/publish/archive.ts';
import type { Listed } from '../../src/publish/supply.ts';

const at = (id: number, date = id): Listed => ({
  id,
  uid: `s${id}`,
  changed: 0,
  date,
  firstImportOf: undefined,
  langs: ['en'],
});
const newestFirst = (stories: readonly Listed[]): Listed[] => [...stories].sort((a, b) => b.date - a.date);

function stream(stories: readonly Listed[], kept: readonly ArchivedStories[] = [], more: Partial<Stream> = {}): Stream {
  const listed = newestFirst(stories);
  return { feed: 'calais/', listed, announced: listed, kept, oldest: Number.NEGATIVE_INFINITY, ...more };
}

/** As the library would have them after this publication. */
function noted(kept: readonly ArchivedStories[], { grown }: Archive): ArchivedStories[] {
  const byNumber = new Map([...kept, ...grown].map((one) => [one.number, one]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

const ids = (stories: readonly Listed[]): number[] => stories.map(({ id }) => id);
const all = ({ carried, documents }: Archive): number[] =>
  [...new Set([...ids(carried), ...documents.flatMap(({ stories }) => ids(stories))])].sort((a, b) => a - b);
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const many = (count: number): Listed[] => numbers(1, count).map((id) => at(id));

describe('a feed and its archive', () => {
  test('what fits into the feed has no archive', () => {
    const archive = archiveOf(stream(many(mostCarried - 1)));
    expect(archive.documents).toEqual([]);
    expect(ids(archive.carried)).toEqual(numbers(1, mostCarried - 1).reverse());
  });

  test('the older half goes when the feed is full, and the document is filled before there is another', () => {
    let kept: ArchivedStories[] = [];
    const writes: number[][] = [];
    for (let count = 1; count <= 260; count++) {
      const archive = archiveOf(stream(many(count), kept));
      expect(all(archive)).toEqual(numbers(1, count));
      expect(archive.carried.length).toBeLessThan(mostCarried);
      expect(archive.carried.length).toBeGreaterThanOrEqual(Math.min(count, feedSize));
      if (archive.grown.length > 0) writes.push([count, ...archive.grown.map(({ number }) => number)]);
      kept = noted(kept, archive);
    }
    expect(writes).toEqual([
      [100, 1],
      [150, 1],
      [200, 2],
      [250, 2],
    ]);
    expect(kept.map(({ stories }) => stories.length)).toEqual([100, 100]);
  });

  test('a back catalogue stands in the archive at once, by date, and each document knows those beside it', () => {
    const catalogue = numbers(1, 250).map((id) => at(id, 1_000 - id));
    const announced = newestFirst(catalogue).slice(0, 3);
    const { carried, documents } = archiveOf(stream(catalogue, [], { announced }));
    expect(ids(carried)).toEqual([1, 2, 3]);
    expect(documents.map(({ number, previous, next }) => [number, previous, next])).toEqual([
      [1, undefined, 2],
      [2, 1, 3],
      [3, 2, undefined],
    ]);
    expect(ids(documents[0]?.stories ?? [])).toEqual(numbers(151, 250));
    expect(documents.flatMap(({ stories }) => ids(stories)).length).toBe(247); // the three are still in the feed alone
  });

  test('a late arrival of an old date goes to the end, and no closed document changes', () => {
    const stories = many(300);
    const first = archiveOf(stream(stories));
    const kept = noted([], first);
    const later = archiveOf(stream([...stories, at(301, 5)], kept));
    expect(later.documents.slice(0, -1)).toEqual(first.documents.slice(0, -1));
    expect(later.grown.map(({ number }) => number)).toEqual([3]);
    expect(all(later)).toEqual(numbers(1, 301));
  });

  test('what is withdrawn leaves its document and moves nothing else; an empty one leaves the chain', () => {
    const kept = noted([], archiveOf(stream(many(400))));
    const left = many(400).filter(({ id }) => id !== 150);
    const { documents, grown } = archiveOf(stream(left, kept));
    expect(grown).toEqual([]);
    expect(documents[1]?.stories.length).toBe(99);
    const emptied = archiveOf(
      stream(
        many(400).filter(({ id }) => id <= 100 || id > 200),
        kept,
      ),
    );
    expect(emptied.documents.map(({ number, previous }) => [number, previous])).toEqual([
      [1, undefined],
      [3, 1],
      [4, 3],
    ]);
  });

  test('what may be too old for the feed stands in the archive', () => {
    const archive = archiveOf(stream(many(20), [], { oldest: 10 }));
    expect(archive.documents.flatMap(({ stories }) => ids(stories))).toEqual(numbers(1, 10).reverse());
  });

  test('whatever comes, goes and comes back: every story is in one or the other, and what was closed stays', () => {
    const step = fc.record({
      come: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 160 }),
      announced: fc.boolean(),
      gone: fc.array(fc.nat(400), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let stories: Listed[] = [];
        const silent = new Set<number>();
        let kept: ArchivedStories[] = [];
        let next = 1;
        for (const { come, announced, gone } of steps) {
          for (const date of come) {
            if (!announced) silent.add(next);
            stories.push(at(next++, date));
          }
          stories = stories.filter(({ id }) => !gone.includes(id));
          const listed = newestFirst(stories);
          const archive = archiveOf(stream(stories, kept, { announced: listed.filter(({ id }) => !silent.has(id)) }));
          expect(all(archive)).toEqual(ids(stories).sort((a, b) => a - b));
          const after = noted(kept, archive);
          for (const closed of kept.slice(0, -1)) expect(after).toContain(closed);
          const once = archive.documents.flatMap((one) => ids(one.stories));
          expect(new Set(once).size).toBe(once.length);
          expect(
            archiveOf(stream(stories, after, { announced: listed.filter(({ id }) => !silent.has(id)) })).grown,
          ).toEqual([]);
          kept = after;
        }
      }),
      { numRuns: 60 },
    );
  });
});
