import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model.ts';
import { attribute, type StoryMember } from '../../src/stories/attribute.ts';

const strangers = { areOnePartner: (a: string, b: string) => a === b };

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
    const onePartner = { areOnePartner: (a: string, b: string) => a[0] === b[0] };
    const { members } = attribute([member(1, 'a-rss', 10), member(2, 'a-atom', 20), member(3, 'b', 30)], onePartner);
    expect(members.map((one) => one.role)).toEqual(['original', 'copy', 'repost']);
  });
});

test('the order in which members arrive changes nothing', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const anyMember = fc.record({
    source: fc.constantFrom(...names),
    date: fc.integer({ min: 0, max: 5 }),
    credits: fc.array(
      fc.tuple(fc.constantFrom(...names, 'z'), fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(fc.array(anyMember, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (given, dice) => {
      const members = given.map((one, at) =>
        member(
          at + 1,
          one.source,
          one.date,
          one.credits.map(([to, strength]) => says(to, strength)),
        ),
      );
      const shuffled = members
        .map((one) => ({ one, at: dice.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(attribute(shuffled, strangers)).toEqual(attribute(members, strangers));
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
