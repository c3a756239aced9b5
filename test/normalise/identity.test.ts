import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/model.ts';
import { identify } from '../../src/normalise/identity.ts';
import { expectLinear } from '../expect-linear.ts';
import { entryOf, labels, raw } from './entry.ts';

const guids = (...entries: Entry[]): string[] => identify(entries).identified.map((one) => one.guid);
const codes = (...entries: Entry[]): string[] => identify(entries).problems.map((one) => one.code);
const hashed = (entry: Entry): string | undefined => identify([entry]).identified[0]?.hash;

const page = (path: string): Entry['links'] => [{ href: `https://partner.example/${path}`, rel: 'alternate' }];

describe('the name of an entry', () => {
  test('is its guid as written', () => {
    expect(guids(entryOf({ guid: ' Tag:X,2026:1?utm_source=a ' }))).toEqual([' Tag:X,2026:1?utm_source=a ']);
  });

  test('without a guid is its canonical link, and origLink comes before the link', () => {
    expect(guids(entryOf({ guid: undefined, links: page('a?utm_source=feed#x') }))).toEqual([
      'https://partner.example/a',
    ]);
    expect(guids(entryOf({ guid: '', links: page('r'), origLink: 'https://partner.example/o' }))).toEqual([
      'https://partner.example/o',
    ]);
  });

  test('without either, or with a link to the front page only, is a hash of title and text', () => {
    const one = entryOf({ guid: undefined, links: [], title: raw('T'), content: raw('<p>x</p>') });
    const [name] = guids(one);
    expect(name).toMatch(/^hash:[0-9a-f]{32}$/);
    expect(guids({ ...one, links: page('') })).toEqual([name]);
    expect(guids({ ...one, publishedText: 'later', categories: labels('c') })).toEqual([name]);
    expect(guids({ ...one, content: raw('<p>y</p>') })).not.toEqual([name]);
    expect(guids({ ...one, title: raw('U') })).not.toEqual([name]);
  });

  test('stays short', () => {
    const long = entryOf({ guid: 'x'.repeat(50_000) });
    expect(guids(long)[0]?.length).toBeLessThan(100);
    expect(guids(long)).not.toEqual(guids(entryOf({ guid: 'x'.repeat(50_001) })));
  });
});

describe('a guid that several entries share', () => {
  const shared = ['a', 'b', 'c'].map((path) =>
    entryOf({ guid: 'same', links: page(path), title: raw(`Title ${path}`) }),
  );
  /** So many that the shared ones are no twentieth of all. */
  const others = Array.from({ length: 60 }, (_, at) => entryOf({ guid: `g${at}`, links: page(`p${at}`) }));
  const among = (...entries: Entry[]): string[] => guids(...entries, ...others).slice(0, entries.length);

  test('is told apart by links, with one problem', () => {
    expect(new Set(among(...shared)).size).toBe(3);
    for (const name of among(...shared)) expect(name).toMatch(/^told-apart:same https:\/\/partner\.example\/[abc]$/);
    expect(codes(...shared, ...others)).toEqual(['normalise/same-guid']);
    expect(identify([...shared, ...others]).problems[0]?.happened).toContain('same');
  });

  test('and by titles where links are equal as well', () => {
    const titled = ['One', 'Two'].map((title) => entryOf({ guid: 'same', links: page('a'), title: raw(title) }));
    expect(among(...titled)).toEqual(['told-apart:same One', 'told-apart:same Two']);
    expect(codes(...titled, ...others)).toEqual(['normalise/same-guid']);
  });

  test('does not touch the others', () => {
    expect(guids(...shared, ...others).slice(3)).toEqual(others.map(({ guid }) => guid));
  });

  test('links shared by entries without guids are told apart by titles', () => {
    const entries = ['One', 'Two'].map((title) => entryOf({ guid: undefined, links: page('news'), title: raw(title) }));
    expect(guids(...entries)).toEqual([
      'told-apart:https://partner.example/news One',
      'told-apart:https://partner.example/news Two',
    ]);
  });

  describe('more than a twentieth of the document', () => {
    const numbered = (count: number, extra: number): Entry[] => [
      ...Array.from({ length: count }, (_, at) => entryOf({ guid: `g${at}`, links: page(`p${at}`) })),
      ...Array.from({ length: extra }, (_, at) => entryOf({ guid: 'g0', links: page(`x${at}`) })),
    ];
    test('makes links the names of all, and is told', () => {
      const { identified, areGuidsShared, problems } = identify([
        ...shared,
        entryOf({ guid: 'other', links: page('z') }),
      ]);
      expect(areGuidsShared).toBe(true);
      expect(identified.map(({ guid }) => guid)).toEqual(
        ['a', 'b', 'c', 'z'].map((path) => `https://partner.example/${path}`),
      );
      expect(problems.map(({ code }) => code)).toEqual(['normalise/same-guid']);
    });
    test.each([
      [19, 1, false],
      [18, 1, true],
      [95, 5, false],
      [94, 5, true],
    ])('%i guids and %i too many', (count, extra, isShared) => {
      expect(identify(numbered(count, extra)).areGuidsShared).toBe(isShared);
    });
    test('counts neither repetitions nor entries without a guid', () => {
      expect(identify([...numbered(2, 0), ...numbered(2, 0)]).areGuidsShared).toBe(false);
      const without = [1, 2, 3].map((at) => entryOf({ guid: '', links: page(`${at}`) }));
      expect(identify(without).areGuidsShared).toBe(false);
    });
    test('is remembered by whoever asks: a name does not change with its neighbours', () => {
      const [first] = shared;
      expect(first && identify([first], true).identified[0]?.guid).toBe('https://partner.example/a');
      expect(identify([], true).areGuidsShared).toBe(true);
    });
    test('without links, title and text are the name', () => {
      const bare = ['One', 'Two'].map((title) => entryOf({ guid: 'same', links: page(''), title: raw(title) }));
      for (const name of guids(...bare)) expect(name).toMatch(/^hash:/);
    });
  });
});

describe('an entry listed twice', () => {
  const one = entryOf({ guid: 'g', links: page('a'), title: raw('T') });

  test('is kept once, the first', () => {
    const later = { ...one, content: raw('<p>older text</p>') };
    const { identified, problems } = identify([one, later, one]);
    expect(identified.map(({ entry, guid }) => [entry, guid])).toEqual([[one, 'g']]);
    expect(problems.map((problem) => problem.code)).toEqual(['normalise/duplicate-entry']);
  });

  test('an entry that says nothing takes nobody’s name: whose it is would be read again each time', () => {
    const full = entryOf({ guid: 'g', title: raw('T') });
    const empty = entryOf({ guid: 'g' });
    const [alone] = identify([full]).identified;
    for (const both of [
      [full, empty],
      [empty, full],
      [empty, full, empty],
    ]) {
      const { identified, problems } = identify(both);
      expect(identified).toEqual([alone]);
      expect(problems.map(({ code }) => code)).toEqual(both.slice(1).map(() => 'normalise/empty-entry'));
    }
  });

  test('entries that say nothing are not repetitions: each is dropped for that by normalise', () => {
    const empty = entryOf({ guid: undefined, links: [], title: undefined, content: undefined });
    expect(identify([empty, { ...empty }, { ...empty }])).toMatchObject({ identified: [{}, {}, {}], problems: [] });
  });
});

describe('the same document again', () => {
  const entries = fc.array(
    fc.record({
      guid: fc.constantFrom(undefined, 'a', 'b', 'c'),
      path: fc.constantFrom(undefined, '', 'x', 'y'),
      title: fc.constantFrom(undefined, 'One', 'Two'),
      text: fc.constantFrom(undefined, '<p>1</p>', '<p>2</p>'),
    }),
    { maxLength: 8 },
  );
  const build = ({
    guid,
    path,
    title,
    text,
  }: {
    guid?: string | undefined;
    path?: string | undefined;
    title?: string | undefined;
    text?: string | undefined;
  }): Entry =>
    entryOf({
      guid,
      links: path === undefined ? [] : page(path),
      title: title === undefined ? undefined : raw(title),
      content: text === undefined ? undefined : raw(text),
    });
  const named = (list: readonly Entry[]): Map<Entry, string> =>
    new Map(identify(list).identified.map(({ entry, guid }) => [entry, guid] as const));

  test('gives the same names in any order', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const built = list.map(build);
        const forward = new Set(named(built).values());
        expect(new Set(named(built.toReversed()).values())).toEqual(forward);
      }),
    );
  });

  test('with a new entry on top gives the old ones their old names', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const built = list.map(build);
        const before = named(built);
        const after = named([entryOf({ guid: 'new', links: page('new'), title: raw('New') }), ...built]);
        for (const [entry, name] of before) expect(after.get(entry)).toBe(name);
      }),
    );
  });

  test('never gives two entries that say something one name', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const said = identify(list.map(build)).identified.filter(
          ({ entry }) => entry.title !== undefined || entry.content !== undefined || entry.links.length > 0,
        );
        expect(new Set(said.map((one) => one.guid)).size).toBe(said.length);
      }),
    );
  });
});

describe('the hash of an entry', () => {
  const entry = entryOf({
    title: raw('T'),
    content: raw('<p>x</p>'),
    categories: labels('a', 'b'),
    enclosures: [{ url: 'https://partner.example/a.mp3', bytes: 3 }],
  });

  test.each([
    ['title', { title: raw('U') }],
    ['content', { content: raw('<p>y</p>') }],
    ['summary', { summary: raw('s') }],
    ['link', { links: page('elsewhere') }],
    ['author', { authors: [{ name: 'Anna' }] }],
    ['date', { publishedText: '2026-01-01' }],
    ['category', { categories: labels('a', 'c') }],
    ['enclosure', { enclosures: [{ url: 'https://partner.example/b.mp3', bytes: 3 }] }],
    ['source', { source: { title: 'Other' } }],
    ['language', { lang: 'fr' }],
    ['rights', { rights: 'CC BY' }],
  ])('changes with its %s', (_part, change) => {
    expect(hashed({ ...entry, ...change })).not.toBe(hashed(entry));
  });

  test('does not change with the order of what has none, nor with a stamp that servers renew', () => {
    const same = {
      ...entry,
      categories: labels('b', 'a'),
      updatedText: '2026-05-05',
      enclosures: [{ bytes: 3, url: 'https://partner.example/a.mp3' }],
    };
    expect(hashed(same)).toBe(hashed(entry));
    expect(hashed(entry)).toMatch(/^[0-9a-f]{32}$/);
  });
});

test('many long entries are named at a cost in proportion', async () => {
  const text = raw(`<p>${'word '.repeat(1_000)}</p>`);
  await expectLinear(identify, 1_000, (length) =>
    Array.from({ length }, (_, index) =>
      entryOf({ guid: `g${index % Math.ceil(0.9 * length)}`, links: page(`${index}`), content: text }),
    ),
  );
});
