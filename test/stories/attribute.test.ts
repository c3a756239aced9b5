import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CanonicalUrl, Evidence, SourceRole } from '../../src/model.ts';
import { attribute } from '../../src/stories/attribute.ts';
import type { Sources, StoryMember } from '../../src/stories/voices.ts';
import { expectLinear } from '../expect-linear.ts';

const strangers = { areOnePartner: (a: string, b: string) => a === b, roleOf: () => 'group' as const };

function says(target: string, strength: Evidence['strength'] = 3): Evidence {
  return {
    kind: 'credit-phrase',
    strength,
    says: 'original',
    quote: `from ${target}`,
    targetSource: target,
    targetUrl: undefined,
    targetName: target,
  };
}

function member(id: number, sourceKey: string, date: number, evidence: readonly Evidence[] = []): StoryMember {
  return {
    id,
    guid: `${id}`,
    sourceKey,
    date,
    published: { from: date, to: date },
    isWithdrawn: false,
    textLength: 500,
    evidence,
  };
}

describe('who wrote it', () => {
  test('a lone item without a word of credit is its own original', () => {
    expect(attribute([member(1, 'a', 10)], strangers)).toMatchObject({
      original: { kind: 'item', itemId: 1 },
      members: [{ itemId: 1, role: 'original' }],
    });
  });

  test('a statement beats the earlier date', () => {
    const { original, members } = attribute(
      [member(1, 'reposter', 10, [says('author')]), member(2, 'author', 20)],
      strangers,
    );
    expect(original).toEqual({ kind: 'item', itemId: 2 });
    expect(members.map(({ itemId, role }) => [itemId, role])).toEqual([
      [1, 'repost'],
      [2, 'original'],
    ]);
  });

  test('without a statement the earliest date decides', () => {
    expect(attribute([member(1, 'a', 30), member(2, 'b', 20)], strangers).original).toEqual({
      kind: 'item',
      itemId: 2,
    });
  });

  test('a chain is followed to its end, and the link in between is kept', () => {
    const { original, members } = attribute(
      [member(3, 'c', 30, [says('b')]), member(2, 'b', 20, [says('a')]), member(1, 'a', 40)],
      strangers,
    );
    expect(original).toEqual({ kind: 'item', itemId: 1 });
    expect(members.find((one) => one.itemId === 3)).toMatchObject({ role: 'repost', via: 'b' });
    expect(members.find((one) => one.itemId === 2)).toMatchObject({ role: 'repost', via: undefined });
  });

  test('a circle ends at its earliest member', () => {
    const { original } = attribute([member(1, 'a', 10, [says('b')]), member(2, 'b', 20, [says('a')])], strangers);
    expect(original).toEqual({ kind: 'item', itemId: 1 });
  });

  test('a group whose copy we do not hold is the original elsewhere', () => {
    const { original, members } = attribute([member(1, 'reposter', 10, [says('author')])], strangers);
    expect(original).toMatchObject({ kind: 'elsewhere', sourceKey: 'author', name: 'author' });
    expect(members).toMatchObject([{ itemId: 1, role: 'repost' }]);
  });

  test('two who credit one group outvote one who credits another', () => {
    const { original } = attribute(
      [
        member(1, 'a', 10),
        member(2, 'b', 20),
        member(3, 'c', 30, [says('b', 2)]),
        member(4, 'd', 40, [says('a', 3)]),
        member(5, 'e', 50, [says('b', 2)]),
      ],
      strangers,
    );
    expect(original).toEqual({ kind: 'item', itemId: 2 });
  });

  test('another feed of the author’s own group is a copy, not a repost', () => {
    const onePartner = { ...strangers, areOnePartner: (a: string, b: string) => a[0] === b[0] };
    const { members } = attribute([member(1, 'a-rss', 10), member(2, 'a-atom', 20), member(3, 'b', 30)], onePartner);
    expect(members.map((one) => one.role)).toEqual(['original', 'copy', 'repost']);
  });
});

test('the order in which members arrive changes nothing', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const anyMember = fc.record({
    source: fc.constantFrom(...names, 'wire', 'collector'),
    date: fc.integer({ min: 0, max: 5 }),
    credits: fc.array(
      fc.tuple(
        fc.constantFrom(...names, 'z', 'wire', 'Corporate Watch', 'https://corporatewatch.org/1'),
        fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>,
        fc.constantFrom('credit-phrase', 'via-link', 'joint', 'outbound-link') as fc.Arbitrary<Evidence['kind']>,
      ),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(fc.array(anyMember, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (given, dice) => {
      const members = given.map((one, at) =>
        member(
          at + 1,
          one.source,
          one.date,
          one.credits.map(([to, strength, kind]) => ({ ...(to.length > 9 ? stranger(to) : says(to)), strength, kind })),
        ),
      );
      const shuffled = members
        .map((one) => ({ one, at: dice.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(attribute(shuffled, world)).toEqual(attribute(members, world));
    }),
  );
});

test('a link to another group’s page is no credit, unless that group’s own copy is there too', () => {
  const link: Evidence = { ...says('paper'), kind: 'foreign-link' };
  expect(attribute([member(1, 'link-blog', 10, [link])], strangers).original).toEqual({ kind: 'item', itemId: 1 });
  expect(attribute([member(1, 'link-blog', 10, [link]), member(2, 'paper', 20)], strangers).original).toEqual({
    kind: 'item',
    itemId: 2,
  });
});

const roles: Readonly<Record<string, SourceRole>> = { wire: 'newswire', collector: 'aggregator' };
const world: Sources = {
  areOnePartner: (a, b) => a.split('-')[0] === b.split('-')[0],
  roleOf: (key) => roles[key] ?? 'group',
};

/** What names somebody: a known source, or a stranger by name or address. */
function credit(given: Partial<Evidence>): Evidence {
  return { ...says(''), targetSource: undefined, targetName: undefined, quote: '', ...given };
}

const found = (place: string): Evidence => credit({ says: 'via', strength: 1, targetSource: place });
const stranger = (name: string | undefined, address?: string): Evidence =>
  credit({ targetName: name, targetUrl: address as CanonicalUrl | undefined });
const together = (...names: readonly string[]): Evidence[] =>
  names.map((name) => credit({ kind: 'joint', strength: 2, targetSource: name, targetName: name.toUpperCase() }));

/** Date by date, who, what they say: `original`, confidence, and each member's role and via. */
function told(...members: readonly StoryMember[]): unknown {
  const { original, confidence, members: all } = attribute(members, world);
  const keyOf = (id: number): string | undefined => members.find((one) => one.id === id)?.sourceKey;
  return [
    original.kind === 'item' ? keyOf(original.itemId) : original,
    confidence,
    all.map(({ itemId, role, via }) => [keyOf(itemId), role, via].filter((part) => part !== undefined).join(' ')),
  ];
}

describe('where nobody says who wrote it', () => {
  test('the earliest of the groups is the original, never the newswire or aggregator that had it before', () => {
    expect(told(member(1, 'wire', 1), member(2, 'collector', 2), member(3, 'group', 5))).toEqual([
      'group',
      'guessed',
      ['wire repost', 'collector repost', 'group original'],
    ]);
  });

  test('what only newswires and aggregators carry is no more than a guess', () => {
    expect(told(member(1, 'collector', 1), member(2, 'wire', 2))).toMatchObject(['collector', 'guessed', {}]);
    expect(told(member(1, 'wire', 1))).toMatchObject(['wire', 'guessed', {}]);
  });

  test('who says where it was found did not write it, whatever its date', () => {
    expect(told(member(1, 'b', 1, [found('wire')]), member(2, 'a', 2))).toEqual([
      'a',
      'guessed',
      ['b repost wire', 'a original'],
    ]);
    expect(told(member(1, 'b', 1, [found('wire')]))).toMatchObject(['b', 'guessed', {}]);
  });

  test('dates say so only where all others come after it, its own group’s other feeds aside', () => {
    expect(told(member(1, 'a', 1), member(2, 'b', 2))).toMatchObject(['a', 'dated', {}]);
    expect(told(member(1, 'a', 1), member(2, 'b', 1))).toMatchObject(['a', 'guessed', {}]);
    expect(told(member(1, 'a', 1), { ...member(2, 'b', 2), published: undefined })).toMatchObject(['a', 'guessed', {}]);
    expect(told(member(1, 'a-rss', 1), member(2, 'a-atom', 2))).toMatchObject(['a-rss', 'said', {}]);
  });

  test('a credit that is not believed makes nobody’s word of a date', () => {
    const link: Evidence = { ...says('paper'), kind: 'foreign-link' };
    expect(told(member(1, 'a', 1, [link]), member(2, 'b', 2))).toMatchObject(['a', 'dated', {}]);
  });
});

describe('whom the credits of a whole story name', () => {
  test('is one stranger, however it is spelled', () => {
    const original = { kind: 'elsewhere', name: 'Corporate Watch', url: 'https://corporatewatch.org/port' };
    expect(
      told(
        member(1, 'a', 1, [credit({ targetSource: 'other', strength: 4 })]),
        member(2, 'b', 2, [stranger('corporatewatch')]),
        member(3, 'c', 3, [stranger('this page', 'https://corporatewatch.org/port')]),
        member(4, 'd', 4, [stranger('Corporate Watch')]),
      ),
    ).toMatchObject([original, 'said', {}]);
  });

  test('is not one where two hosts could be meant, or pages of one platform are', () => {
    const { original } = attribute(
      [
        member(1, 'a', 1, [credit({ targetSource: 'other', strength: 4 })]),
        member(2, 'b', 2, [stranger('X', 'https://facebook.com/quay')]),
        member(3, 'c', 3, [stranger('Y', 'https://facebook.com/harbour')]),
      ],
      world,
    );
    expect(original).toMatchObject({ sourceKey: 'other' });
  });

  test('is one partner, whichever of its sources is named', () => {
    expect(
      told(
        member(1, 'b', 1, [says('x', 4)]),
        member(2, 'c', 2, [says('a-rss', 3)]),
        member(3, 'd', 3, [says('a-atom', 3)]),
      ),
    ).toMatchObject([{ sourceKey: 'a-rss' }, 'said', {}]);
  });

  test.each(['via-link', 'canonical-link', 'source-element', 'appeared-first'] as const)(
    'is whose page a %s names, whatever is said in words beside it',
    (kind) => {
      const link = credit({ kind, strength: 4, targetSource: 'a' });
      const words = [says('z'), link];
      expect(
        told(member(1, 'b', 1, words), member(2, 'c', 2, [says('z')]), member(3, 'd', 3, [says('z')])),
      ).toMatchObject([{ kind: 'elsewhere', sourceKey: 'a' }, 'said', {}]);
    },
  );

  test('is no middle reposter, however many name it', () => {
    const many = [4, 5, 6, 7].map((id) => member(id, `r${id}`, id, [says('b', 4)]));
    expect(told(member(1, 'a', 9), member(2, 'b', 2, [says('a', 2)]), ...many)).toMatchObject([
      'a',
      'said',
      ['b repost', 'r4 repost b', 'r5 repost b', 'r6 repost b', 'r7 repost b', 'a original'],
    ]);
  });

  test('is no newswire or aggregator: those are where it was found', () => {
    expect(
      told(member(1, 'b', 1, [says('wire', 4)]), member(2, 'a', 2), member(3, 'c', 3, [says('collector', 4)])),
    ).toEqual(['a', 'guessed', ['b repost wire', 'a original', 'c repost collector']]);
    const passedOn = member(3, 'c', 3, [says('a', 3), found('wire')]);
    expect(told(member(1, 'wire', 1), passedOn, member(2, 'a', 2))).toEqual([
      'a',
      'said',
      ['wire repost', 'a original', 'c repost wire'],
    ]);
  });

  test('is whoever it was translated from; who translated wrote nothing', () => {
    const translated = credit({ kind: 'translation-of', says: 'translation', targetSource: 'a', targetName: 'A' });
    expect(told(member(1, 'translator', 1, [translated]), member(2, 'c', 2, [says('translator')]))).toEqual([
      { kind: 'elsewhere', sourceKey: 'a', name: 'A', url: undefined },
      'said',
      ['translator repost', 'c repost translator'],
    ]);
  });

  test('is found at the end of five hops and no more', () => {
    const chain = [1, 2, 3, 4, 5, 6, 7].map((id) => member(id, `m${id}`, id, id === 1 ? [] : [says(`m${id - 1}`)]));
    const [only] = chain.slice(-1);
    expect(told(...chain.slice(0, 6))).toMatchObject(['m1', 'said', {}]);
    expect(only && attribute(chain, world).original).toEqual({ kind: 'item', itemId: 1 });
  });
});

describe('a text of several groups', () => {
  const names = (members: readonly StoryMember[]): unknown =>
    attribute(members, world).jointly.map(({ sourceKey, name }) => sourceKey ?? name);

  test('stays of several, and none of them is first where none of their copies is held', () => {
    const members = [member(1, 'r', 1, together('a', 'b', 'c'))];
    expect(names(members)).toEqual(['a', 'b', 'c']);
    expect(told(...members)).toMatchObject([{ kind: 'elsewhere', sourceKey: 'a' }, 'said', ['r repost']]);
  });

  test('is shown from the earliest copy of one who signs; the others’ are copies, not reposts', () => {
    const members = [
      member(1, 'r', 1, together('a', 'b', 'c')),
      member(2, 'c', 3, together('a', 'b', 'c')),
      member(3, 'b', 2),
    ];
    expect(names(members)).toEqual(['b', 'a', 'c']);
    expect(told(...members)).toEqual(['b', 'said', ['r repost', 'b original', 'c copy']]);
  });

  test('who reposts it from one of them denies none of the others', () => {
    const members = [
      member(1, 'a', 1, together('a', 'b')),
      member(2, 'r', 2, [says('a', 3)]),
      member(3, 's', 3, [says('a', 3)]),
    ];
    expect(names(members)).toEqual(['a', 'b']);
    expect(told(...members)).toEqual(['a', 'said', ['a original', 'r repost', 's repost']]);
  });

  test('is of one where two names mean one group', () => {
    const members = [member(1, 'r', 1, together('a-rss', 'a-atom'))];
    expect(names(members)).toEqual([]);
    expect(told(...members)).toMatchObject([{ kind: 'elsewhere', sourceKey: 'a-rss' }, 'said', ['r repost']]);
  });
});

test('what the maintainer says comes before everything', () => {
  const members = [
    member(1, 'a', 1),
    member(2, 'b', 2, [credit({ kind: 'via-link', strength: 4, targetSource: 'a' })]),
  ];
  const ruled = { kind: 'elsewhere', sourceKey: 'b', name: 'B', url: undefined } as const;
  expect(attribute(members, world, ruled)).toMatchObject({
    original: { kind: 'item', itemId: 2 },
    confidence: 'ruled',
  });
});

test('a story of very many, each with all that it can say, costs no more than their number', async () => {
  await expectLinear((count) => {
    const members = Array.from({ length: count }, (_, at) =>
      member(at, `g${at % 50}`, at, [
        ...together('a', 'b', `g${at % 50}`),
        stranger(`Group ${at}`, `https://host${at}.example/`),
        says(`g${(at + 1) % 50}`, 3),
        found('wire'),
      ]),
    );
    attribute(members, world);
  }, 500);
});
