/** Whether a story is shown, when, how much of it, and under which licence: by all who have a say in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Author,
  Confidence,
  Evidence,
  Images,
  Original,
  Role,
  Show,
  Source,
  StoredItem,
  StoryRecord,
} from '../../src/model.ts';
import { storyView } from '../../src/publish/story-view.ts';
import { opensAt, type Policy, strictest } from '../../src/publish/terms.ts';
import { settings } from '../pipeline/house.ts';
import { item, source } from '../stories/builders.ts';

const now = Date.UTC(2026, 10, 29);
const hour = 3_600_000;
const long = `<p>First sentence here. Second one here.</p><p>${'More words to come. '.repeat(60)}</p><p>The last words.</p>`;

interface Copy {
  readonly of: string;
  readonly role: Role;
  readonly rights?: string;
  readonly seen?: number;
  readonly date?: number;
}

function record(copies: readonly Copy[], original?: Original, jointly: readonly Author[] = []): StoryRecord {
  const items = copies.map(({ of, rights, seen = now, date = seen }, at): StoredItem => {
    const stored = { id: at + 1, sourceKey: `${of}.example/feed`, storyId: 1, seen, date, isFirstImport: false };
    return {
      ...item(`g${at}`, { title: 'Eviction', html: long, rights }),
      ...stored,
      revisedAt: undefined,
      withdrawn: undefined,
    };
  });
  const own = copies.findIndex(({ role }) => role === 'original');
  return {
    id: 1,
    uid: 's1',
    created: now,
    changed: now,
    published: undefined,
    attribution: {
      original: original ?? { kind: 'item', itemId: own + 1 },
      jointly,
      confidence: 'said',
      members: copies.map(({ role }, at) => ({ itemId: at + 1, role, via: undefined, evidence: [] })),
    },
    items,
  };
}

const config = settings('sections: { calais: [ "https://a.example/feed" ] }');

function viewOf(told: StoryRecord, groups: Readonly<Record<string, Partial<Source>>>): ReturnType<typeof storyView> {
  return storyView(told, { config, sources: sourcesOf(groups), memories: new Map(), tagPrefix: 'tag:x,2026:', now });
}

const sourcesOf = (groups: Readonly<Record<string, Partial<Source>>>): Map<string, Source> =>
  new Map(
    Object.entries(groups).map(([name, given]) => [
      `${name}.example/feed`,
      source(`https://${name}.example/feed`, given),
    ]),
  );

describe('the strictest of several policies', () => {
  const shows: Show[] = ['none', 'link', 'excerpt', 'full'];
  const images: Images[] = ['none', 'link', 'copy'];
  const policy: fc.Arbitrary<Policy> = fc.record(
    {
      show: fc.constantFrom(...shows),
      images: fc.constantFrom(...images),
      excerptWords: fc.integer({ min: 10, max: 300 }),
      isUnchanged: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('is no looser than any of them, and asked in any order the same', () => {
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1 }), (policies) => {
        const terms = strictest(policies);
        for (const one of policies) {
          if (one.show !== undefined) expect(shows.indexOf(terms.show)).toBeLessThanOrEqual(shows.indexOf(one.show));
          if (one.images !== undefined)
            expect(images.indexOf(terms.images)).toBeLessThanOrEqual(images.indexOf(one.images));
          expect(terms.excerptWords).toBeLessThanOrEqual(one.excerptWords ?? Number.POSITIVE_INFINITY);
          if (one.isUnchanged === true) expect(terms.isUnchanged).toBe(true);
        }
        expect(strictest([...policies].reverse())).toEqual(terms);
        expect(strictest([...policies, terms])).toEqual(terms);
      }),
    );
  });
});

describe('when a story opens', () => {
  const opens = (told: StoryRecord, groups: Readonly<Record<string, Partial<Source>>>): number | 'never' =>
    opensAt(told, sourcesOf(groups));
  const both: readonly Copy[] = [
    { of: 'a', role: 'original', seen: now, date: now - 9 * hour },
    { of: 'b', role: 'repost', seen: now + 2 * hour },
  ];
  const elsewhere: Original = { kind: 'elsewhere', sourceKey: 'a.example/feed', name: 'A', url: undefined };

  test.each<[string, StoryRecord, Readonly<Record<string, Partial<Source>>>, number | 'never']>([
    ['at once where nobody says anything', record(both), { a: {}, b: {} }, 0],
    ['after its authors’ embargo, from first sight', record(both), { a: { embargoMs: hour }, b: {} }, now + hour],
    ['not by the embargo of a reposter whose copy is not shown', record(both), { a: {}, b: { embargoMs: hour } }, 0],
    ['by the reposter’s, where that copy is shown', record(both), { b: { embargoMs: hour } }, now + 3 * hour],
    [
      'by the longer of both',
      record(both.slice(1), elsewhere),
      { a: { embargoMs: 5 * hour }, b: { embargoMs: hour } },
      now + 7 * hour,
    ],
    ['never where its authors show nothing', record(both), { a: { show: 'none' }, b: {} }, 'never'],
    [
      'never where its authors show nothing, though we hold no copy of theirs',
      record(both.slice(1), elsewhere),
      { a: { show: 'none' }, b: {} },
      'never',
    ],
    ['never where none who has it shows anything', record(both.slice(1), elsewhere), { b: { show: 'none' } }, 'never'],
    ['at once where a reposter alone shows nothing', record(both), { a: {}, b: { show: 'none' } }, 0],
    [
      'never where one of several authors shows nothing',
      record(both, undefined, [
        { sourceKey: 'a.example/feed', name: 'A' },
        { sourceKey: 'b.example/feed', name: 'B' },
      ]),
      { a: {}, b: { show: 'none' } },
      'never',
    ],
    [
      'at once where its authors show it in another of their feeds',
      record([
        { of: 'a', role: 'original' },
        { of: 'a2', role: 'copy' },
      ]),
      { a: { show: 'none' }, a2: {} },
      0,
    ],
  ])('%s', (_what, told, groups, expected) => {
    expect(opens(told, groups)).toBe(expected);
  });

  test('a reposter that shows nothing is named nowhere, and neither is the feed that an author keeps to itself', () => {
    const view = viewOf(record(both.map((one) => ({ ...one, seen: now }))), {
      a: { name: 'Alpha' },
      b: { name: 'Beta', show: 'none' },
    });
    expect(JSON.stringify(view)).not.toContain('Beta');
    const copy = record([
      { of: 'a', role: 'original' },
      { of: 'a2', role: 'copy' },
    ]);
    expect(viewOf(copy, { a: { name: 'Kept', show: 'none' }, a2: { name: 'Open' } }).credit).toContain('Open');
  });

  test('what its authors have taken back says nothing of a group that shows nothing', () => {
    const told = record(both);
    const withdrawn = { at: now, by: 'source', because: '' } as const;
    const back = { ...told, items: told.items.map((one) => (one.id === 1 ? { ...one, withdrawn } : one)) };
    expect(viewOf(back, { a: { name: 'Alpha' }, b: {} })).toMatchObject({
      withdrawn: { at: now },
      original: { group: { name: 'Alpha' } },
    });
    const silent = viewOf(back, { a: { name: 'Alpha', show: 'none' }, b: {} });
    expect([silent.withdrawn, silent.isCarried, JSON.stringify(silent).includes('Alpha')]).toEqual([
      undefined,
      false,
      false,
    ]);
  });
});

describe('what a partner asks by itself', () => {
  const names = (key: string): Evidence => ({
    kind: 'credit-phrase',
    strength: 3,
    says: 'original',
    quote: '',
    targetSource: key,
    targetUrl: undefined,
    targetName: undefined,
  });
  const both: readonly Copy[] = [
    { of: 'a', role: 'original' },
    { of: 'b', role: 'repost' },
  ];
  const none = { show: 'none', unasked: { show: 'full', images: 'link' } } as const;
  const told = (confidence: Confidence, credited: boolean): StoryRecord => {
    const story = record(both);
    const members = story.attribution.members.map((member) =>
      credited && member.role === 'repost' ? { ...member, evidence: [names('a.example/feed')] } : member,
    );
    return { ...story, attribution: { ...story.attribution, confidence, members } };
  };

  test.each<[Confidence, boolean, number | 'never']>([
    ['dated', false, 0],
    ['guessed', false, 0],
    ['said', false, 0],
    ['said', true, 'never'],
    ['ruled', false, 'never'],
  ])('of a story that it is %s to have written, credited by the other %j', (confidence, credited, expected) => {
    expect(opensAt(told(confidence, credited), sourcesOf({ a: none, b: {} }))).toBe(expected);
  });

  test('is no reason to pass on that nothing be republished, where it has no say', () => {
    const wish = (confidence: Confidence): unknown => viewOf(told(confidence, false), { a: none, b: {} }).wish;
    expect(wish('dated')).toBeUndefined();
    const item = told('dated', false);
    const asked = {
      ...item,
      items: item.items.map((one) => (one.id === 1 ? { ...one, wish: { republish: 'link' } as const } : one)),
    };
    expect(viewOf(asked, { a: {}, b: {} })).toMatchObject({
      show: 'full',
      shownFrom: 'b.example/feed',
      wish: undefined,
    });
  });
});

describe('how much is shown, and under which licence', () => {
  const of = (rights: string | undefined, given: Partial<Source>): ReturnType<typeof storyView> =>
    viewOf(record([{ of: 'a', role: 'original', ...(rights === undefined ? {} : { rights }) }]), { a: given });

  test.each<[string | undefined, Partial<Source>, Show, string | undefined]>([
    [undefined, {}, 'full', undefined],
    [undefined, { licence: 'CC BY 4.0' }, 'full', 'CC BY 4.0'],
    ['free to reprint', {}, 'full', 'free to reprint'],
    ['free to reprint', { licence: 'CC BY 4.0', show: 'link' }, 'link', 'CC BY 4.0'],
    ['CC BY-NC 4.0', { licence: 'CC BY 4.0' }, 'full', 'CC BY-NC 4.0'],
    ['CC0', { licence: 'CC BY-NC-ND 4.0' }, 'full', 'CC BY-NC-ND 4.0'],
    ['All rights reserved', { licence: 'CC BY 4.0' }, 'excerpt', 'All rights reserved'],
    ['All rights reserved', { show: 'link' }, 'link', 'All rights reserved'],
  ])('%j under %j', (rights, given, show, licence) => {
    expect(of(rights, given)).toMatchObject({ show, licence });
  });

  test('a licence that a reposter prints takes away, and is none of the authors’', () => {
    const groups = { a: { show: 'full', licence: undefined }, b: { show: 'full', licence: 'CC BY 4.0' } } as const;
    const elsewhere: Original = { kind: 'elsewhere', sourceKey: 'a.example/feed', name: 'A', url: undefined };
    const told = record([{ of: 'b', role: 'repost', rights: 'All rights reserved' }], elsewhere);
    expect(viewOf(told, groups)).toMatchObject({ show: 'excerpt', licence: undefined });
    const stranger = record([{ of: 'b', role: 'repost' }], { ...elsewhere, sourceKey: undefined });
    expect(viewOf(stranger, groups)).toMatchObject({ show: 'full', licence: 'CC BY 4.0' });
  });

  test('without derivatives the text is shown to the letter', () => {
    const view = of('CC BY-ND 4.0', {});
    expect(view.body).toBe(long);
    expect(of('CC BY-ND 4.0', { show: 'excerpt', excerptWords: 10 }).excerpt).toBe(
      'First sentence here. Second one here. More words to come.',
    );
  });

  test('an excerpt is as short as the strictest wants it', () => {
    const told = record([{ of: 'b', role: 'repost' }], {
      kind: 'elsewhere',
      sourceKey: 'a.example/feed',
      name: 'A',
      url: undefined,
    });
    const words = (a: number, b: number): number =>
      viewOf(told, { a: { show: 'excerpt', excerptWords: a }, b: { show: 'full', excerptWords: b } }).excerpt.split(' ')
        .length;
    expect([words(10, 60), words(60, 10)]).toEqual([10, 10]);
    expect(words(60, 300)).toBe(58);
  });
});

describe('of a joint text', () => {
  const authors = ['quay', 'slow'].map((name) => ({ sourceKey: `${name}.example/feed`, name }));
  const together = record(
    [
      { of: 'quay', role: 'original' },
      { of: 'slow', role: 'copy' },
    ],
    undefined,
    authors,
  );

  test('each author has a say in how much is shown, whoever’s copy it is', () => {
    const groups = (slow: Partial<Source>): Readonly<Record<string, Partial<Source>>> => ({
      quay: { show: 'full' },
      slow,
    });
    expect(viewOf(together, groups({ show: 'full' })).show).toBe('full');
    expect(viewOf(together, groups({ show: 'link' })).show).toBe('link');
  });

  test('and in when it is', () => {
    const sources = sourcesOf({ quay: { show: 'full' }, slow: { show: 'full', embargoMs: 48 * hour } });
    expect(opensAt(together, sources)).toBe(now + 48 * hour);
  });

  test('but for one that is no source of ours any more', () => {
    expect(viewOf(together, { quay: { show: 'full' } }).show).toBe('full');
  });
});
