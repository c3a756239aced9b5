/** Links between stories as readers see them: what is shown, and that exactly the pages concerned are made anew. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Relation, Settle } from '../../src/story-plan.ts';
import { type Groups, openGroups } from '../cli/groups.ts';

const call =
  'Come to the square on 14 May at noon. Bring drums, blankets and whatever you cook best, because the night will be long and the mayor has turned off the water again. We shall walk past the prefecture, the closed reception hall and the harbour gate, and whoever cannot walk will be driven. Children march in front. Nobody is left alone with the police, and everybody goes home together when the last train is called.';
const again = call.replace('14 May', '9 June');

let groups: Groups;
beforeEach(async () => {
  groups = await openGroups();
  groups.feeds.harbour = [{ path: 'call', title: 'To the square', text: call }];
  groups.feeds.third = [{ path: 'alone', title: 'Quiet days', text: 'Nothing to tell from the quay.' }];
  await groups.read();
});
afterEach(async () => {
  await groups.close();
});

async function pageOf(url: string): Promise<string> {
  return groups.page(`story/${(await groups.storyOf(url)).uid}/index.html`);
}
/** The list of what has to do with it. */
async function relatedOn(url: string): Promise<string> {
  return /<div class="related">.*?<\/div>/s.exec(await pageOf(url))?.[0] ?? '';
}
/** When readers could last have noticed a difference. */
async function changedAt(url: string): Promise<number> {
  return (await groups.storyOf(url)).changed;
}

const first = 'https://harbour.example/call';
const second = 'https://copies.example/again';
const stranger = 'https://third.example/alone';

test('the same call at another time is named on both pages, also on the one that was there before', async () => {
  expect(await relatedOn(first)).toBe('');
  const before = await changedAt(stranger);
  groups.feeds.copies = [{ path: 'again', title: 'Once more', text: again, day: 25 }];
  await groups.read();
  const [one, other] = [await groups.storyOf(first), await groups.storyOf(second)];
  expect(one.uid).not.toBe(other.uid);
  expect(await relatedOn(first)).toMatch(new RegExp(`href="../${other.uid}/index.html"[^>]*>Once more<`));
  expect(await relatedOn(first)).toContain('copies group');
  expect(await relatedOn(second)).toContain(`href="../${one.uid}/index.html"`);
  expect(await changedAt(stranger)).toBe(before);
});

test('a new title is followed, nothing else stirs, and what was taken back is named no more', async () => {
  groups.feeds.copies = [{ path: 'again', title: 'Once more', text: again, day: 25 }];
  await groups.read();
  const quiet = await changedAt(first);
  await groups.read();
  expect(await changedAt(first)).toBe(quiet);
  groups.feeds.copies = [{ path: 'again', title: 'Once more with drums', text: again, day: 25 }];
  await groups.read();
  expect(await relatedOn(first)).toContain('Once more with drums');
  const { options, printer } = groups;
  const { stop } = await import('../../src/cli/stop.ts');
  expect(await stop('copies group', { ...options(), since: 'all' }, printer)).toBe(0);
  expect(await relatedOn(first)).toBe('');
  expect(await stop('copies group', { ...options(), undo: true }, printer)).toBe(0);
  expect(await relatedOn(first)).toContain('Once more with drums');
});

test('a story has ten links at the most: what holds it before what was used again, then the newest', async () => {
  groups.feeds.copies = Array.from({ length: 14 }, (_, at) => ({
    path: `post-${at}`,
    title: `Post ${at}`,
    text: `Number ${at} of many.`,
    day: at + 1,
  }));
  await groups.read();
  const own = await groups.storyOf(first);
  const [item] = own.items;
  const shown = await groups.withStore(async (library) => {
    const named = await library.named(groups.feeds.copies.map(({ path }) => `https://copies.example/${path}`));
    const others = [...named.values()].flat();
    const relations = others.map(({ id }, at): Relation => {
      const isHolder = at === 3;
      const [a, b] = [item?.id ?? 0, id];
      const common = { a, b, strength: 0, claimer: undefined, isExplicit: false, reasons: [] };
      const places = { placeA: [0, 1], placeB: [0, 1] } as const;
      return { ...common, ...places, kind: isHolder ? 'includes' : 'reissue', coverA: 1, coverB: isHolder ? 0.1 : 1 };
    });
    expect(relations.every(({ a, b }) => a < b)).toBe(true);
    const settle: Settle = async (_touched, shelf) => {
      await shelf.relate(relations);
      return { stories: [], examined: [], going: [] };
    };
    await library.settle([item?.id ?? 0], settle, 0);
    const links = (await library.links([own.id])).get(own.id) ?? [];
    const posts = await library.stories(links.map(({ story }) => story));
    return links.map(({ kind, holds }, at) => `${posts[at]?.items[0]?.title} ${kind} ${holds}`);
  });
  expect(shown).toEqual([
    'Post 3 includes false',
    ...[13, 12, 11, 10, 9, 8, 7, 6, 5].map((at) => `Post ${at} reissue false`),
  ]);
});
