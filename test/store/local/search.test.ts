/** The search index as a file: what is found, what is found no more, and what is left of that on the disk. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IndexLost, type SearchEntry, type SearchLibrary } from '../../../src/search-library.ts';
import { openSearchLibrary } from '../../../src/store/search.ts';
import { searchWords } from '../../../src/text/search-words.ts';

let folder: string;
let file: string;
let search: SearchLibrary;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relais-search-'));
  file = join(folder, 'search.db');
  search = openSearchLibrary(file);
});
afterEach(async () => {
  await search.close();
  rmSync(folder, { recursive: true });
});

function entry(story: number, text: string, changes: Partial<SearchEntry> = {}): SearchEntry {
  return {
    story,
    uid: `s${story}`,
    published: Date.UTC(2026, 10, 1) + story,
    sections: ['calais'],
    heading: `Story ${story}`,
    group: 'Quay Watch',
    excerpt: text,
    lang: 'en',
    dir: 'ltr',
    words: searchWords(text),
    ...changes,
  };
}

async function found(words: string, section?: string): Promise<number[]> {
  const hits = await search.find({ words: searchWords(words), section, skip: 0, limit: 10 });
  return hits.map(({ story }) => story);
}

test('all words must be there, each by its beginning; the newest comes first', async () => {
  await search.keep(
    [entry(1, 'Tents taken in Calais'), entry(2, 'Tents given in Dunkirk'), entry(3, 'Les tentes')],
    [],
  );
  expect(await found('tent')).toEqual([3, 2, 1]);
  expect(await found('TENTS cal')).toEqual([1]);
  expect(await found('tents calais dunkirk')).toEqual([]);
  expect(await found('ent')).toEqual([]);
});

test('without words, and by what would be words of the query language, nothing is found and nothing breaks', async () => {
  await search.keep([entry(1, 'or not near and')], []);
  expect(await found('')).toEqual([]);
  expect(await found('" * ) ( : ^ -')).toEqual([]);
  expect(await found('OR')).toEqual([1]);
  expect(await found('NOT near')).toEqual([1]);
  expect(await search.find({ words: ['"x', '*', ''], section: undefined, skip: 0, limit: 5 })).toEqual([]);
});

test('by section, and page by page', async () => {
  const many = Array.from({ length: 30 }, (_, at) =>
    entry(at + 1, 'tents', { sections: at % 3 === 0 ? ['calais', 'sea'] : ['calais'] }),
  );
  await search.keep(many, []);
  expect(await found('tents', 'sea')).toEqual([28, 25, 22, 19, 16, 13, 10, 7, 4, 1]);
  const later = await search.find({ words: ['tents'], section: undefined, skip: 10, limit: 3 });
  expect(later.map(({ story }) => story)).toEqual([20, 19, 18]);
});

test('whatever comes and goes, in whatever order, what is there is found and nothing else', async () => {
  const everyWord = Array.from({ length: 20 }, (_, at) => `w${at.toString(36)}`);
  const story = fc.integer({ min: 1, max: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.tuple(story, fc.option(fc.subarray(everyWord))), { maxLength: 4 }), {
        minLength: 20,
        maxLength: 40,
      }),
      async (turns) => {
        await search.clear();
        const now = new Map<number, readonly string[]>();
        for (const turn of turns) {
          const gone = turn.flatMap(([story, words]) => (words === null ? [story] : []));
          const come = turn.flatMap(([story, words]) => (words === null ? [] : [{ story, words }]));
          for (const story of gone) now.delete(story);
          for (const { story, words } of come) now.set(story, words);
          const entries = come.map(({ story, words }) => entry(story, words.join(' ')));
          await search.keep(entries, gone);
        }
        for (const word of everyWord) {
          const there = [...now].flatMap(([story, words]) => (words.includes(word) ? [story] : []));
          expect(await found(word)).toEqual(there.sort((a, b) => b - a));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('a story that has changed is found by its new words alone, and one that is gone by none', async () => {
  await search.keep([entry(1, 'three injured'), entry(2, 'witness Margarethe Soundso')], []);
  await search.keep([entry(1, 'four injured')], []);
  expect(await found('three')).toEqual([]);
  expect(await found('four')).toEqual([1]);
  await search.keep([], [2, 's1', 99, 'nobody']);
  expect(await found('margarethe')).toEqual([]);
  expect(await found('injured')).toEqual([]);
});

test('what is taken out leaves no trace in its file', async () => {
  const many = Array.from({ length: 400 }, (_, at) => entry(at + 10, `filler number${at} of several words`));
  await search.keep(many, []);
  await search.keep([entry(1, 'Xylophonia Quuxbury saw it happen', { heading: 'Xylophonia', group: 'Quuxbury' })], []);
  expect(readFileSync(file).includes('xylophonia')).toBe(true);
  await search.keep([], [1]);
  const left = readFileSync(file).toString('latin1').toLowerCase();
  for (const word of ['xylophonia', 'quuxbury']) expect(left.includes(word), word).toBe(false);
});

test('words of one letter, of which there are many, are looked up and not put together', async () => {
  await search.keep([entry(1, 'a b'), entry(2, 'apple bread'), entry(3, 'apple')], []);
  expect(await found('a b')).toEqual([2, 1]);
  await search.keep([], [2]);
  expect(await found('a b')).toEqual([1]);
  expect(readFileSync(file).includes('prefix = 1')).toBe(true);
});

test('it agrees with what it was told until it is cleared', async () => {
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'a')], []);
  await search.agree('one');
  await search.agree('two');
  await search.close();
  search = openSearchLibrary(file);
  expect(await search.stamp()).toBe('two');
  await search.clear();
  expect(await search.stamp()).toBeUndefined();
  expect(await found('a')).toEqual([]);
});

test('some stories with all that they are found by', async () => {
  await search.keep([entry(1, 'b a'), entry(2, 'c'), entry(3, 'd')], []);
  const some = await search.some([1, 3, 99]);
  expect(some.map(({ story, words }) => [story, words])).toEqual([
    [3, ['d']],
    [1, ['a', 'b']],
  ]);
});

test.each([
  ['no database', Buffer.from('x'.repeat(9_000))],
  ['half of one', undefined],
])('a file that is %s is made anew', async (_what, content) => {
  await search.keep(
    Array.from({ length: 50 }, (_, at) => entry(at + 1, `word${at}`)),
    [],
  );
  await search.agree('one');
  await search.close();
  writeFileSync(file, content ?? readFileSync(file).subarray(0, Math.floor(statSync(file).size / 2)));
  search = openSearchLibrary(file);
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'again')], []);
  expect(await found('again')).toEqual([1]);
});

test('damage that is come upon later costs the index, and not what is done with it', async () => {
  await search.keep(
    Array.from({ length: 2_000 }, (_, at) => entry(at + 1, `word${at} and some more of them to fill pages`)),
    [],
  );
  await search.agree('one');
  await search.close();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 8_192 * 2, bytes.length - 8_192));
  search = openSearchLibrary(file);
  await expect(search.find({ words: ['word'], section: undefined, skip: 0, limit: 10 })).rejects.toThrow(IndexLost);
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'again')], []);
  expect(await found('again')).toEqual([1]);
});

test('what was written to a file that was taken away is not agreed with', async () => {
  await search.keep([entry(1, 'old')], []);
  rmSync(file);
  await search.agree('one');
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'old')], []);
  await search.agree('one');
  expect(await search.stamp()).toBe('one');
});

test('where somebody else has made it anew, it is that one that is written to', async () => {
  await search.keep([entry(1, 'old')], []);
  rmSync(file);
  const other = openSearchLibrary(file);
  await other.keep([entry(2, 'new')], []);
  expect(await found('old')).toEqual([]);
  expect(await found('new')).toEqual([2]);
  await search.keep([entry(3, 'newer')], []);
  expect((await other.find({ words: ['newer'], section: undefined, skip: 0, limit: 1 })).length).toBe(1);
  await other.close();
});
