/** How far is looked around an item, where one who floods has tied everything to everything too, and what ties it. */
import { expect, test } from 'vitest';
import { openDirectory } from '../../src/stories/directory.ts';
import { storiesOf } from '../../src/stories/gather.ts';
import type { Relation, Shelf, Standing } from '../../src/story-plan.ts';
import { standing as standingOf, tie } from './builders.ts';

const items = 3_000;
const sources = 9;
const groups = {
  directory: openDirectory([], []),
  isOpen: () => false,
  nameOf: (key: string) => key,
  keepsReposts: () => false,
};

/** Items in a chain, each tied to the next; any few in a row stand in one story. */
function chain(seed: number): Shelf & { readonly storyOf: (id: number) => number } {
  const draw = (at: number): number =>
    Math.imul(Math.imul(at + seed * 7_919, 0x9e3779b1) ^ (at >>> 3), 0x85ebca6b) >>> 16;
  const places = [0];
  for (let id = 1; id <= items; id++) places.push((places.at(-1) ?? 0) + (draw(id + items) % 2));
  const storyOf = (id: number): number => places[id] ?? 0;
  const standing = (id: number): Standing =>
    standingOf(id, { sourceKey: `${draw(id) % sources}.example`, storyId: storyOf(id), date: 1 });
  const tied = (a: number): Relation =>
    tie(a, a + 1, { strength: 90 + (draw(a + 2 * items) % 10), isExplicit: true, reasons: [{ code: 'same-text' }] });
  const all = Array.from({ length: items }, (_, at) => at + 1);
  const known: Partial<Shelf> = {
    standing: (ids) => ids.map(standing),
    members: (stories) => {
      const wanted = new Set(stories);
      return all.filter((id) => wanted.has(storyOf(id)));
    },
    relations: (ids) => [...new Set(ids.flatMap((id) => [id - 1, id]))].filter((id) => id > 0 && id < items).map(tied),
    names: (stories) => new Map(stories.map((story) => [story, { uid: `${story}`, created: story }])),
    rulings: () => Promise.resolve([]),
  };
  return { ...(known as Shelf), storyOf };
}

test('no story is given up while items that were not looked at are still in it', async () => {
  let givenUp = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const shelf = chain(seed);
    const { stories } = await storiesOf([1], new Map(), shelf, groups);
    const placed = new Set(stories.flatMap(({ attribution }) => attribution.members.map(({ itemId }) => itemId)));
    expect(placed.size).toBeLessThan(items);
    const absorbed = stories.flatMap((one) => one.absorbed);
    givenUp += absorbed.length;
    expect((await shelf.members(absorbed)).filter((id) => !placed.has(id))).toEqual([]);
  }
  expect(givenUp).toBeGreaterThan(0);
}, 30_000);

test('an item is tied to the same others, whichever of equal ties was noted first', async () => {
  const standing = (id: number): Standing => ({ ...standingOf(id), storyId: 1 });
  const ids = [1, 2, 3, 4, 5, 6];
  const relations = ids.slice(1).map((b) => tie(1, b, { strength: 90 }));
  const tiesOfFirst = async (order: readonly Relation[]): Promise<unknown> => {
    const known: Partial<Shelf> = {
      standing: (some) => some.map(standing),
      members: () => ids,
      relations: () => order,
      names: () => new Map([[1, { uid: 'one', created: 1 }]]),
      rulings: () => Promise.resolve([]),
    };
    const { stories } = await storiesOf([1], new Map(), known as Shelf, groups);
    return stories[0]?.attribution.members.find(({ itemId }) => itemId === 1)?.evidence.map((one) => one.targetSource);
  };
  const expected = ['2.example', '3.example', '4.example'];
  expect(await tiesOfFirst(relations)).toEqual(expected);
  expect(await tiesOfFirst([...relations].reverse())).toEqual(expected);
});

test('of stories of one instant the same goes on, whichever of them was read first', async () => {
  /** Texts a, b, c in the order in which they were read; a and b become one story. */
  const goesOn = async (order: string, created: Readonly<Record<string, number>>): Promise<string> => {
    const idOf = (name: string): number => order.indexOf(name) + 1;
    const nameOf = (id: number): string => order[id - 1] ?? '';
    const known: Partial<Shelf> = {
      standing: (ids) =>
        ids.map((id) =>
          standingOf(id, { sourceKey: `${nameOf(id)}.example`, guid: nameOf(id), seen: created[nameOf(id)] ?? 0 }),
        ),
      members: (stories) => stories,
      relations: () => [
        tie(Math.min(idOf('a'), idOf('b')), Math.max(idOf('a'), idOf('b')), { strength: 90, isExplicit: true }),
      ],
      names: (stories) =>
        new Map(
          stories.map((story) => [story, { uid: `story-${nameOf(story)}`, created: created[nameOf(story)] ?? 0 }]),
        ),
      rulings: () => Promise.resolve([]),
    };
    const { stories } = await storiesOf([idOf('a')], new Map(), known as Shelf, groups);
    return stories
      .map(({ storyId, absorbed }) => `${nameOf(storyId ?? 0)} for ${absorbed.map(nameOf).join()}`)
      .join('; ');
  };
  for (const order of ['abc', 'bac', 'cba']) {
    expect(await goesOn(order, { a: 1, b: 1, c: 1 })).toBe('a for b');
    expect(await goesOn(order, { a: 2, b: 1, c: 1 })).toBe('b for a');
  }
});
