/** Which ties make stories, and which do not hold beside others. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model.ts';
import { cluster } from '../../src/stories/cluster.ts';
import { withoutCollages } from '../../src/stories/collage.ts';
import type { Relation, Standing } from '../../src/story-plan.ts';
import { standing, tie } from './builders.ts';

function from(id: number, sourceKey: string, credits?: string): Standing {
  const statement = (target: string): Evidence => ({
    kind: 'credit-phrase',
    strength: 3,
    says: 'original',
    quote: `from ${target}`,
    targetSource: target,
    targetUrl: undefined,
    targetName: undefined,
  });
  return standing(id, {
    sourceKey,
    published: undefined,
    statements: credits === undefined ? [] : [statement(credits)],
  });
}

interface Given {
  readonly same?: readonly (readonly [number, number])[];
  readonly different?: readonly (readonly [number, number])[];
}

function stories(
  items: readonly Standing[],
  relations: readonly Relation[],
  { same = [], different = [] }: Given = {},
): string[] {
  const found = cluster({ items, relations, same, different, areOnePartner: (a, b) => a === b });
  return found.map((ids) => [...ids].sort((a, b) => a - b).join()).sort();
}

const abc = [from(1, 'a'), from(2, 'b'), from(3, 'c')];

describe('stories', () => {
  test('are what hangs together, through others too', () => {
    expect(stories(abc, [tie(1, 2), tie(2, 3)])).toEqual(['1,2,3']);
    expect(stories(abc, [tie(1, 2)])).toEqual(['1,2', '3']);
  });
  test('are not made by what only links', () => {
    for (const kind of ['includes', 'quotes', 'reissue', 'translation', 'apart'] as const)
      expect(stories(abc, [tie(1, 2, { kind })])).toEqual(['1', '2', '3']);
  });
  test('hold no two posts of one source, whoever carries both', () => {
    const items = [from(1, 'a'), from(2, 'b'), from(3, 'a')];
    expect(stories(items, [tie(1, 2, { strength: 90 }), tie(2, 3)])).toEqual(['1,2', '3']);
    expect(stories(items, [tie(1, 2), tie(2, 3), tie(1, 3, { kind: 'edition' })])).toEqual(['1,2,3']);
  });
  test('are two where each side credits another group, but for one text', () => {
    const items = [from(1, 'a', 'x'), from(2, 'b', 'y')];
    expect(stories(items, [tie(1, 2)])).toEqual(['1', '2']);
    expect(stories(items, [tie(1, 2, { strength: 90 })])).toEqual(['1,2']);
    expect(stories([from(1, 'a', 'x'), from(2, 'b', 'a')], [tie(1, 2)])).toEqual(['1,2']);
  });
  test('follow what the maintainer has ruled, against every tie and without any', () => {
    expect(stories(abc, [tie(1, 2, { strength: 100 })], { different: [[2, 1]] })).toEqual(['1', '2', '3']);
    expect(stories(abc, [tie(1, 2), tie(2, 3)], { different: [[1, 3]] })).toHaveLength(2);
    expect(stories(abc, [], { same: [[1, 3]] })).toEqual(['1,3', '2']);
  });
});

describe('two texts inside a third', () => {
  const held = (ties: readonly Relation[], others: readonly Relation[] = []): string[] =>
    withoutCollages(ties, others).map(({ a, b }) => `${a}-${b}`);
  const first = tie(1, 9, { coverB: 0.3, placeB: [0, 0.3] });
  const second = tie(2, 9, { coverB: 0.4, placeB: [0.5, 0.9] });

  test('make no story of the three', () => {
    expect(held([first, second])).toEqual([]);
  });
  test('nor does a credit to one of them', () => {
    expect(held([{ ...first, isExplicit: true }, second])).toEqual([]);
  });
  test('nor where one is only included or quoted', () => {
    expect(held([first], [{ ...second, kind: 'includes' }])).toEqual([]);
    expect(held([first], [{ ...second, kind: 'quotes' }])).toEqual([]);
  });
  test('stay with the one that is most of it', () => {
    expect(held([tie(1, 9, { coverB: 0.7, placeB: [0, 0.7] }), { ...second, placeB: [0.75, 1], coverB: 0.2 }])).toEqual(
      ['1-9'],
    );
  });
  test('are one passage where they are tied themselves, or stand over much the same place', () => {
    expect(held([first, second, tie(1, 2)])).toHaveLength(3);
    expect(held([first, { ...second, placeB: [0.05, 0.35] }])).toHaveLength(2);
  });
  test('hold where others say that they have it from here', () => {
    expect(
      held([
        { ...first, claimer: 1 },
        { ...second, claimer: 2 },
      ]),
    ).toHaveLength(2);
    expect(
      held([
        { ...first, claimer: 9 },
        { ...second, claimer: 9 },
      ]),
    ).toHaveLength(0);
  });
});
