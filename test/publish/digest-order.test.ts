/** The rule that is printed at the foot of every digest, held to. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countIn, cutTo, groupsWith, inOrder, shownIn } from '../../src/publish/digest-order.ts';
import { at, calais, digestView, original, repost, story, withdrawn } from './pages-views.ts';

const day = (n: number): number => at(`2026-11-0${n}T09:00Z`);
const names = (stories: readonly { uid: string }[]): string[] => stories.map(({ uid }) => uid);

test('what several groups carried, then what is marked, then the rest; among equals the marked, then the newest', () => {
  const stories = [
    story('rest old', { published: day(1) }),
    story('rest new', { published: day(5) }),
    story('marked', { published: day(1), categories: ['#Urgent'] }),
    story('two', { published: day(4), reposts: [repost('A')] }),
    story('two marked', { published: day(1), reposts: [repost('A')], categories: ['urgent'] }),
    story('three', { published: day(1), reposts: [repost('A'), repost('B')] }),
    story('almost', { published: day(2), categories: ['not urgent'] }),
    withdrawn('gone'),
  ];
  const { parts, more } = inOrder(stories, { first: ['urgent'], max: 20 });
  expect(parts.map(({ kind, stories: own }) => [kind, names(own)])).toEqual([
    ['several', ['three', 'two marked', 'two']],
    ['marked', ['marked']],
    ['rest', ['rest new', 'almost', 'rest old']],
  ]);
  expect(more).toEqual([]);
});

test('groups are counted once, however often and from where they post', () => {
  expect(groupsWith(story('x', { reposts: [repost('A'), repost('A'), repost('Quay Watch')] }))).toBe(2);
  const jointly = [original.group, { name: 'B', url: undefined }];
  expect(groupsWith(story('x', { original: { ...original, jointly }, reposts: [repost('B')] }))).toBe(2);
});

test('whatever the stories, none is lost or doubled, and cutting keeps the order', () => {
  const some = fc.array(fc.tuple(fc.nat(3), fc.boolean(), fc.nat(8)), { maxLength: 40 }).map((list) =>
    list.map(([reposts, isMarked, date], n) =>
      story(`s${n}`, {
        published: day(1) + date,
        reposts: Array.from({ length: reposts }, (_, of) => repost(`Group ${of}`)),
        categories: isMarked ? ['urgent'] : [],
      }),
    ),
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (stories, max, fewer) => {
      const order = inOrder(stories, { first: ['urgent'], max });
      const all = [...shownIn(order), ...order.more];
      expect(names(all).sort()).toEqual(names(stories).sort());
      expect(shownIn(order).length).toBe(Math.min(max, stories.length));
      const cut = cutTo({ ...digestView(calais, []), ...order }, fewer);
      expect(names([...shownIn(cut), ...cut.more])).toEqual(names(all));
      expect(countIn(cut)).toBe(stories.length);
    }),
  );
});
