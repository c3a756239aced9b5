/** The search index, as a file and on a server: what is found, what is found no more, and what is left of that on the disk. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IndexLost, type SearchEntry, type SearchLibrary } from '../../src/search-library.ts';
import { postgresKeeper } from '../../src/store/postgres-keeper.ts';
import { openPostgres } from '../../src/store/postgres-opening.ts';
import { copyPostgresSearch, openPostgresSearch } from '../../src/store/postgres-search.ts';
import { placeOf } from '../../src/store/postgres-session.ts';
import { openSearchLibrary } from '../../src/store/search.ts';
import { askedWords, searchWords } from '../../src/text/search-words.ts';
import { storageIn } from '../storage.ts';
import { dropSchema, openWay, tellServer } from '../told-server.ts';
import { problemOf } from './open.ts';

const shared = mkdtempSync(join(tmpdir(), 'relais-search-'));
/** Undefined for files. */
const { database } = storageIn(shared);

let folder: string;
let file: string;
let search: SearchLibrary;

const open = (): SearchLibrary => (database === undefined ? openSearchLibrary(file) : openPostgresSearch(database));

/** Somebody takes the index away. */
async function lose(): Promise<void> {
  if (database === undefined) rmSync(file, { force: true });
  else await tellServer(database, 'drop table if exists search_entries, search_facts');
}

beforeEach(async () => {
  folder = mkdtempSync(join(shared, 'data-'));
  file = join(folder, 'search.db');
  await lose();
  search = open();
});
afterEach(async () => {
  await search.close();
});
afterAll(async () => {
  if (database !== undefined) await dropSchema(database);
  rmSync(shared, { recursive: true });
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

async function found(words: string, section?: string, library = search): Promise<number[]> {
  const hits = await library.find({ words: searchWords(words), section, skip: 0, limit: 10 });
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

test('another title with the same words stands under the hit', async () => {
  await search.keep([entry(1, 'tents on the quay', { heading: 'Quay, tents' })], []);
  await search.keep([entry(1, 'tents on the quay', { heading: 'Tents, quay', sections: ['dover'] })], []);
  const hits = await search.find({ words: ['tents'], section: 'dover', skip: 0, limit: 9 });
  expect(hits.map(({ heading }) => heading)).toEqual(['Tents, quay']);
  expect(await search.find({ words: ['tents'], section: 'calais', skip: 0, limit: 9 })).toEqual([]);
});

test.skipIf(database !== undefined)('what is as it was is not written again', async () => {
  const entries = [1, 2, 3].map((story) => entry(story, `tents on the quay, ${story} of them`));
  await search.keep(entries, []);
  const before = readFileSync(file);
  await search.keep(entries, []);
  expect(readFileSync(file).equals(before)).toBe(true);
  await search.keep([entry(2, 'tents on the beach')], []);
  expect(readFileSync(file).equals(before)).toBe(false);
});

test.skipIf(database !== undefined)('what is taken out leaves no trace in its file', async () => {
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
  if (database === undefined) expect(readFileSync(file).includes('prefix = 1')).toBe(true);
  else
    expect(await tellServer(database, `select story from search_entries where words @@ '''^b'''`)).toEqual([
      { story: 1 },
    ]);
});

test('it agrees with what it was told until it is cleared', async () => {
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'a')], []);
  await search.agree('one');
  await search.agree('two');
  await search.close();
  search = open();
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

test.skipIf(database !== undefined).each([
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

test.skipIf(database !== undefined)(
  'damage that is come upon later costs the index, and not what is done with it',
  async () => {
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
  },
);

test('what was written to an index that was taken away is not agreed with', async () => {
  await search.keep([entry(1, 'old')], []);
  await lose();
  await search.agree('one').catch(isLoss);
  expect(await search.stamp()).toBeUndefined();
  await search.keep([entry(1, 'old')], []);
  await search.agree('one');
  expect(await search.stamp()).toBe('one');
});

/** A file is made anew without a word. */
function isLoss(error: unknown): void {
  expect(error).toBeInstanceOf(IndexLost);
}

test('where somebody else has made it anew, it is that one that is written to', async () => {
  await search.keep([entry(1, 'old')], []);
  await lose();
  const other = open();
  await other.keep([entry(2, 'new')], []);
  expect(await found('old')).toEqual([]);
  expect(await found('new')).toEqual([2]);
  await search.keep([entry(3, 'newer')], []);
  expect(await found('newer', undefined, other)).toEqual([3]);
  await other.close();
});

test('one publishes, and another that is open finds it, and finds no more what is taken back', async () => {
  const other = open();
  expect(await found('tents', undefined, other)).toEqual([]);
  await search.keep([entry(1, 'tents'), entry(2, 'tents')], []);
  await search.agree('one');
  expect([await found('tents', undefined, other), await other.stamp()]).toEqual([[2, 1], 'one']);
  await search.keep([], ['s2']);
  expect(await found('tents', undefined, other)).toEqual([1]);
  await search.clear();
  expect([await found('tents', undefined, other), await other.stamp()]).toEqual([[], undefined]);
  await other.close();
});

describe.skipIf(database === undefined)('on a server', () => {
  const address = database ?? '';
  let inFile: SearchLibrary;
  beforeEach(() => {
    inFile = openSearchLibrary(file);
  });
  afterEach(async () => {
    await inFile.close();
  });

  const texts = [
    'Räumung der Zelte in Calais, die Menschen kamen aus dem Sudan',
    'Les tentes de Calais ont été déchirées à l’aube',
    'Tents taken in Calais: don’t look away, 17 people',
    'القوارب في البحر وصلت إلى لامبيدوزا ١٧',
    'چادرها را در کاله می‌برند و می برند',
    'Las tiendas, el mar y la mar; ñandú',
    '人们在海上 가자 λόγος Калe ქართული አማርኛ हिन्दी',
    'a b c d ab abc abcd',
    '𝒜𝓁𝓅𝒽𝒶 x²₂ ﬁne ½',
  ];
  const asked = [
    't',
    'ten',
    'calais',
    'c',
    'a',
    'ab',
    'ab a',
    'die me',
    'وصلت',
    'ال',
    'کاله',
    'میبرند',
    'می',
    'mar',
    '人',
    '가',
    'λογ',
    'አማ',
    'हि',
    'x',
    '17',
    'fine',
    'nothing',
  ];

  test('the same is found as in a file, in the same order, page by page', async () => {
    const change = fc.record({
      story: fc.integer({ min: 1, max: 30 }),
      text: fc.option(fc.subarray(texts, { minLength: 1 })),
      published: fc.integer({ min: 1, max: 5 }),
      sections: fc.subarray(['calais', 'sea'], { minLength: 1 }),
    });
    const question = fc.record({
      words: fc.constantFrom(...asked).map(askedWords),
      section: fc.constantFrom(undefined, 'calais', 'sea'),
      skip: fc.constantFrom(0, 3, 600),
      limit: fc.constantFrom(1, 4, 30),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 6 }),
        fc.array(question, { minLength: 20, maxLength: 20 }),
        async (turns, questions) => {
          const both = [search, inFile];
          for (const library of both) await library.clear();
          for (const turn of turns) {
            const gone = turn.flatMap(({ story, text }, at) =>
              text === null ? [at % 2 === 0 ? story : `s${story}`] : [],
            );
            const entries = turn.flatMap(({ story, text, published, sections }) =>
              text === null ? [] : [entry(story, text.join('\n'), { published, sections })],
            );
            for (const library of both) await library.keep(entries, gone);
          }
          const all = Array.from({ length: 30 }, (_, at) => at + 1);
          expect(await search.some(all)).toEqual(await inFile.some(all));
          for (const one of questions) expect(await search.find(one)).toEqual(await inFile.find(one));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('many stories: frequent words, rare ones, and pages far behind are the same as in a file', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) =>
      entry(at + 1, `every ${at % 3 === 0 ? 'third' : ''} ${at < 20 ? 'early' : ''} w${at}`, {
        published: Math.floor(at / 7),
        sections: at % 100 === 0 ? ['calais', 'sea'] : ['calais'],
      }),
    );
    for (const library of [search, inFile]) await library.keep(many, []);
    for (const words of [['every'], ['e'], ['third'], ['early'], ['third', 'early'], ['w77'], ['w1', 'every']])
      for (const section of [undefined, 'sea'])
        for (const skip of [0, 20, 490, 975]) {
          const query = { words, section, skip, limit: 26 };
          expect(await search.find(query), JSON.stringify(query)).toEqual(await inFile.find(query));
        }
  });

  test('a text of more words than the server has places for is found by those it begins with', async () => {
    const words = Array.from({ length: 60_000 }, (_, at) => `${at}`.padStart(30, 'w'));
    await search.keep([entry(1, '', { words }), entry(2, 'other')], []);
    expect(await search.find({ words: words.slice(0, 2), section: undefined, skip: 0, limit: 5 })).toHaveLength(1);
    expect(await found('other')).toEqual([2]);
  });

  test('no word of a question or a text is taken for the language of the server', async () => {
    const words = ["a'b", "');drop", '\\', '!a', 'a:*', '^a', '<->', '\ud800'];
    await search.keep([entry(1, 'plain', { words: [...words, 'plain'], heading: "'\\\u0000$1" })], []);
    for (const word of words)
      expect(await search.find({ words: [word], section: undefined, skip: 0, limit: 5 })).toEqual([]);
    const [hit] = await search.find({ words: ['plain', "a'b"], section: undefined, skip: 0, limit: 5 });
    expect(hit?.heading).toBe("'\\\u0000$1");
  });

  test('tables that are dropped while it is open cost the index, and not what is done with it', async () => {
    await search.keep([entry(1, 'old')], []);
    await search.agree('one');
    await lose();
    await expect(search.find({ words: ['old'], section: undefined, skip: 0, limit: 5 })).rejects.toThrow(IndexLost);
    expect(await search.stamp()).toBeUndefined();
    await search.keep([entry(1, 'again')], []);
    expect(await found('again')).toEqual([1]);
  });

  test('an index that lacks some of what was written since it last agreed agrees with nothing', async () => {
    await search.keep([entry(1, 'old')], []);
    await lose();
    const other = open();
    await other.keep([entry(2, 'new')], []);
    await search.keep([entry(3, 'newer')], []);
    await search.agree('one');
    expect(await search.stamp()).toBeUndefined();
    await search.clear();
    await search.keep(
      [1, 2, 3].map((story) => entry(story, 'all')),
      [],
    );
    await search.agree('one');
    expect(await other.stamp()).toBe('one');
    await other.close();
  });

  test('an index of another form is made anew', async () => {
    await search.keep([entry(1, 'old')], []);
    await search.agree('one');
    await search.close();
    await tellServer(address, `update search_facts set value = '0' where name = 'form'`);
    search = open();
    expect([await search.stamp(), await found('old')]).toEqual([undefined, []]);
  });

  test('whoever asks while another writes is answered as it was before or is after, and two writers do not collide', async () => {
    const other = open();
    const turns = Array.from({ length: 20 }, (_, at) => at);
    const three = [3, 2, 1].map((story) => entry(story, 'tents'));
    await search.keep(three, []);
    const seen = await Promise.all(
      turns.flatMap((at) => [
        search.keep(at % 2 === 0 ? three : [...three].reverse(), []).then(() => [3, 2, 1]),
        other.keep([...three].reverse(), at % 2 === 0 ? [1, 2] : []).then(() => [3, 2, 1]),
        found('tents'),
        found('tents', undefined, other),
      ]),
    );
    for (const one of seen) expect(one).toEqual([3, 2, 1]);
    await other.close();
  });

  test('a way that is cut costs the answer that was under way', async () => {
    await search.keep([entry(1, 'tents')], []);
    const way = await openWay(address);
    const beyond = openPostgresSearch(way.address);
    expect(await found('tents', undefined, beyond)).toEqual([1]);
    const asked = problemOf(beyond.keep([entry(2, 'tents')], [1]));
    way.cut();
    expect((await asked).code).toBe('store/unreachable');
    expect(await found('tents', undefined, beyond)).toEqual([1]);
    await beyond.keep([entry(2, 'tents')], [1]);
    expect(await found('tents')).toEqual([2]);
    await beyond.close();
    await way.close();
  });

  test('a server that is not there is a problem in words', async () => {
    const nobody = openPostgresSearch('postgres://nobody@127.0.0.1:1/nothing');
    expect((await problemOf(nobody.stamp())).code).toBe('store/unreachable');
    await nobody.close();
  });

  test('the night sweeps up after what was deleted, where there is an index and where there is none', async () => {
    const place = placeOf(address);
    const keeper = postgresKeeper(await openPostgres(place, 'test'), place, file);
    expect(await keeper.leaveNoTrace()).toBe(true);
    await search.keep([entry(1, 'tents'), entry(2, 'tents')], []);
    await search.keep([], [1]);
    expect(await keeper.leaveNoTrace()).toBe(true);
    const counted = `select reltuples from pg_class where oid = 'search_entries'::regclass`; // -1 until it is swept
    expect(await tellServer(address, counted)).toEqual([{ reltuples: 1 }]);
    await keeper.close();
  });

  test('a copy for a dry run holds what the server has, and what it agrees with', async () => {
    const many = Array.from({ length: 1_203 }, (_, at) => entry(at + 1, `every w${at}`));
    await search.keep(many, []);
    await search.agree('one');
    await copyPostgresSearch(address, inFile);
    expect(await inFile.stamp()).toBe('one');
    const all = many.map(({ story }) => story);
    expect(await inFile.some(all)).toEqual(await search.some(all));
    await inFile.clear();
    await lose();
    await copyPostgresSearch(address, inFile);
    expect([await inFile.stamp(), await inFile.some(all)]).toEqual([undefined, []]);
    expect(await tellServer(address, `select 1 where to_regclass('search_entries') is not null`)).toEqual([]);
  });
});
