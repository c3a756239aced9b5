/** Plans carried out on a real database: what is known → plan → what is stored. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import type { Item, Outcome, Source, StoryRecord } from '../../src/model.ts';
import type { Reading } from '../../src/refresh-plan.ts';
import { lookupFor } from '../../src/stories/plan.ts';
import { item, source, url } from '../stories/builders.ts';
import { openTestLibrary, settleNothing, temporaryFolder } from './open.ts';
import { type ServeOptions, serve as serveTo } from './serve.ts';

const cms = source('https://cms.example/feed', { name: 'Calais Migrant Solidarity' });
const host = source('https://host.example/rss', { name: 'No Borders North East' });
const third = source('https://third.example/rss', { name: 'Third Group' });
const all = [cms, host, third];
const words =
  'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their belongings would be brought or when they could have them back again';
const now = Date.UTC(2026, 10, 20);

let folder: ReturnType<typeof temporaryFolder>;
let library: Library;

beforeEach(async () => {
  folder = temporaryFolder();
  library = await openTestLibrary(folder.path);
});
afterEach(async () => {
  await library.close();
  folder.remove();
});

async function serve(from: Source, items: readonly Item[], options: Partial<ServeOptions> = {}): Promise<Outcome> {
  return await serveTo(library, from, items, { sources: all, at: now, ...options });
}

async function stories(): Promise<readonly StoryRecord[]> {
  const { ids } = await library.changedSince(0);
  return await library.stories(ids);
}

function roles(story: StoryRecord | undefined): string[] {
  return (story?.attribution.members ?? []).map(
    (member) => `${story?.items.find((one) => one.id === member.itemId)?.sourceKey} ${member.role}`,
  );
}

const original = item('https://cms.example/?p=1', {
  title: 'Eviction',
  html: `<p>${words}.</p>`,
  url: url('https://cms.example/eviction'),
  published: now - 5_000,
});
const byHand = item('77', {
  title: 'Calais: eviction',
  html: `<p>reposted from Calais Migrant Solidarity;</p><p>${words}</p>`,
  url: url('https://host.example/77'),
  published: now - 9_000,
});

describe('items become stories', () => {
  test('the same text under a hand-made credit joins its original, whichever comes first', async () => {
    await serve(host, [byHand]);
    await serve(cms, [original]);
    const [story, ...others] = await stories();
    expect(others).toEqual([]);
    expect(roles(story)).toEqual(['host.example/rss repost', 'cms.example/feed original']);
  });

  test('the same address joins', async () => {
    await serve(cms, [item('a', { title: 'One', url: url('https://cms.example/one') })]);
    await serve(host, [item('b', { title: 'One, short', url: url('https://www.cms.example/one/') })]);
    const [story, ...others] = await stories();
    expect(others).toEqual([]);
    expect(roles(story)).toEqual(['cms.example/feed original', 'host.example/rss repost']);
  });

  test('a credit with a link to the original joins an excerpt', async () => {
    await serve(cms, [original]);
    await serve(host, [
      item('9', {
        title: 'Read',
        html: '<p>from <a href="https://cms.example/eviction">Calais Migrant Solidarity</a>: The police came […]</p>',
      }),
    ]);
    expect(await stories()).toHaveLength(1);
  });

  test('serial posts with one title, short equal texts and one source’s own twins stay apart', async () => {
    await serve(cms, [
      item('1', { title: 'Update from Calais', html: '<p>Quiet night.</p>' }),
      item('2', { title: 'Update from Calais', html: `<p>${words}</p>` }),
      item('3', { title: 'Update from Calais', html: `<p>${words}</p>` }),
    ]);
    await serve(host, [item('1', { title: 'Update from Calais', html: '<p>Quiet night.</p>' })]);
    expect(await stories()).toHaveLength(4);
  });

  test('an address that several items of one source share joins nothing', async () => {
    const page = url('https://cms.example/all');
    await serve(cms, [item('1', { title: 'A', url: page }), item('2', { title: 'B', url: page })]);
    await serve(host, [item('x', { title: 'C', url: page })]);
    expect(await stories()).toHaveLength(3);
  });

  test('a repost that stood alone joins what it was taken from, and its address leads there', async () => {
    const page = url('https://third.example/t');
    await serve(cms, [original], { at: now });
    const [older] = await stories();
    const html = '<p>from <a href="https://third.example/t">Third Group</a>: The police […]</p>';
    await serve(host, [item('h', { title: 'H', html })], { at: now + 1 });
    expect(await stories()).toHaveLength(2);
    await library.fixForGood(); // readers have seen both
    await serve(
      third,
      [item('t', { title: 'T', html: `<p>reposted from Calais Migrant Solidarity;</p><p>${words}</p>`, url: page })],
      { at: now + 2 },
    );
    const [story, ...others] = await stories();
    expect(others).toEqual([]);
    expect(story?.uid).toBe(older?.uid);
    expect(story?.items).toHaveLength(3);
    expect((await library.aliases()).map((alias) => alias.now)).toEqual([older?.uid]);
  });
});

describe('a hostile source', () => {
  const other = item('o', {
    title: 'Other',
    html: '<p>Something else entirely.</p>',
    url: url('https://third.example/other'),
  });

  test('melts no stories by naming many pages', async () => {
    await serve(cms, [original]);
    await serve(third, [other]);
    const via = [original, other].map((one) => ({ rel: 'via' as const, url: one.url ?? url('') }));
    await serve(host, [item('e', { title: 'Roundup', html: `<p>${words}</p>`, cites: via })]);
    expect(
      (await stories()).map((story) => story.items.map((one) => one.title).filter((title) => title !== 'Roundup')),
    ).toEqual([['Eviction'], ['Other']]);
  });

  test('melts no stories that come after it either', async () => {
    const via = [original, other].map((one) => ({ rel: 'via' as const, url: one.url ?? url('') }));
    await serve(host, [item('e', { title: 'Roundup', html: '<p>Look.</p>', cites: via })]);
    await serve(cms, [original]);
    await serve(third, [other]);
    expect(await stories()).toHaveLength(2);
  });

  test('stands in no story of much later, and takes none away by withdrawing its own copy', async () => {
    const day = 86_400_000;
    await serve(cms, [{ ...original, published: now }], { at: now });
    const copy = (days: number): Item =>
      item('thief', { title: 'Mine', html: `<p>${words}</p>`, published: now - days * day, hash: `${days}` });
    await serve(host, [copy(1_000)], { at: now + 7_200_000 });
    expect(await stories()).toHaveLength(2);
    await serve(third, [{ ...copy(2), guid: 'other' }], { at: now + 7_200_000 });
    expect(roles((await stories()).find(({ items }) => items.length === 2))).toEqual([
      'third.example/rss original', // by its date, which is only ever called the first that we have seen
      'cms.example/feed repost',
    ]);
    await serve(third, [], { deleted: [{ guid: 'other', because: '' }], at: now + 7_300_000 });
    await serve(host, [], { deleted: [{ guid: 'thief', because: '' }], at: now + 7_300_000 });
    expect(await library.storiesOf([cms.key])).toHaveLength(1);
  });

  test('that was first and takes its copy back leaves the others theirs', async () => {
    await serve(host, [item('first', { title: 'First', html: `<p>${words}</p>`, published: now - 10_000 })], {
      at: now - 7_200_000,
    });
    await serve(cms, [original], { at: now });
    await serve(host, [], { deleted: [{ guid: 'first', because: '' }], at: now + 1 });
    const [story] = await stories();
    expect(await library.storiesOf([cms.key])).toHaveLength(1);
    expect(roles(story)).toContain('cms.example/feed original');
  });

  test('withdraws nobody else’s item', async () => {
    await serve(cms, [original]);
    await serve(host, [], { deleted: [{ guid: original.guid, because: '' }] });
    expect(await library.storiesOf([cms.key])).toHaveLength(1);
  });
});

describe('an item over time', () => {
  test('an edit keeps identity, date and first sight, and is said', async () => {
    await serve(cms, [original]);
    const outcome = await serve(cms, [{ ...original, hash: '2', title: 'Eviction, corrected', published: now + 3 }], {
      at: now + 9,
    });
    const [story] = await stories();
    expect(outcome).toMatchObject({ newItems: 0, revisedItems: 1 });
    expect(story?.items).toMatchObject([
      { title: 'Eviction, corrected', date: original.published, seen: now, revisedAt: now + 9 },
    ]);
    expect(story?.changed).toBe(now + 9);
  });

  test('languages that we hear now are stored and shown, and are no correction', async () => {
    await serve(cms, [original]);
    const heard = {
      ...original,
      hash: '2',
      langs: ['en', 'fr'],
      html: item('', { html: `<p lang="fr">${words}.</p>` }).html,
    };
    const outcome = await serve(cms, [heard], { at: now + 9 });
    expect(outcome.revisedItems).toBe(0);
    const [story] = await stories();
    expect(story).toMatchObject({ changed: now + 9, items: [{ langs: ['en', 'fr'], html: heard.html }] });
    expect(story?.items[0]?.revisedAt).toBeUndefined();
  });

  test('a change that nobody can see is no correction', async () => {
    await serve(cms, [original]);
    const outcome = await serve(cms, [{ ...original, hash: '2', rights: 'other' }], { at: now + 9 });
    expect(outcome.revisedItems).toBe(0);
    expect((await stories())[0]?.changed).toBe(now);
  });

  test('a withdrawn item loses its words, takes its reposts off the lists, and never returns', async () => {
    await serve(cms, [original]);
    await serve(host, [byHand]);
    const outcome = await serve(cms, [], {
      deleted: [{ guid: original.guid, because: 'names witnesses' }],
      at: now + 9,
    });
    expect(outcome.withdrawnItems).toBe(1);
    await serve(cms, [{ ...original, hash: '3' }], { at: now + 10 });
    const [story] = await stories();
    expect(story?.items.find((one) => one.sourceKey === cms.key)).toMatchObject({
      html: '',
      text: '',
      title: '',
      withdrawn: { because: 'names witnesses' },
    });
    expect(await library.storiesOf([cms.key, host.key])).toEqual([]);
  });

  test('an item dated ahead is in no story before its time', async () => {
    const hour = 3_600_000;
    await serve(cms, [item('f', { title: 'Soon', published: now + hour })]);
    expect(await stories()).toEqual([]);
    const waits = [{ key: cms.key, future: 'wait' as const }];
    expect(await library.itemsDue(now + hour - 1, waits)).toEqual(new Map());
    const due = (await library.itemsDue(now + hour, waits)).get(cms.key);
    expect(due?.map((read) => read.item.title)).toEqual(['Soon']);
    expect(await library.itemsDue(now, [{ key: cms.key, future: 'show' }])).toEqual(new Map([[cms.key, due]]));
  });
});

test('a credit to an unknown name is found again once the name is known', async () => {
  await serve(host, [byHand], { sources: [source(cms.url), host] });
  expect((await stories())[0]?.attribution.original).toMatchObject({
    kind: 'elsewhere',
    sourceKey: undefined,
    name: 'Calais Migrant Solidarity',
  });
  const { source: whose, items: unsettled = [] } = (await library.unsettled('')) ?? {};
  expect(whose).toBe(host.key);
  expect(await library.unsettled(host.key)).toBeUndefined();
  expect(unsettled.map((one) => one.guid)).toEqual(['77']);
  await serve(host, unsettled);
  expect((await stories())[0]?.attribution.original).toMatchObject({ kind: 'elsewhere', sourceKey: cms.key });
  expect(await library.unsettled('')).toBeUndefined();
});

test('a page on a host that nobody has is looked at again once somebody has it', async () => {
  const copy = item('h', {
    title: 'Copy',
    html: `<p>${words}</p>`,
    url: url('https://old.cms.example.org/p'),
    published: now - 9,
  });
  await serve(host, [copy], { sources: [cms, host] });
  await serve(cms, [{ ...original, published: now - 5 }]);
  const [story] = (await stories()).filter(({ items }) => items.length === 2);
  expect(roles(story)).toEqual(['host.example/rss original', 'cms.example/feed repost']);
  const moved = source(cms.url, { name: cms.name, hosts: ['old.cms.example.org'] });
  await serve(host, (await library.unsettled(''))?.items ?? [], { sources: [moved, host] });
  expect(roles((await stories()).find(({ items }) => items.length === 2))).toEqual([
    'host.example/rss repost',
    'cms.example/feed original',
  ]);
  expect(await library.unsettled('')).toBeUndefined();
});

test('nothing is stored when the plan cannot be made', async () => {
  const reading: Reading = { kind: 'read', entries: 0, items: [], rekeyed: new Map(), deleted: [], problems: [] };
  await expect(
    library.record(
      lookupFor(cms, reading),
      () => {
        throw new Error('no plan');
      },
      settleNothing,
    ),
  ).rejects.toThrow('no plan');
  expect(await library.memories()).toEqual(new Map());
});

test('a clock set back hides no change', async () => {
  await serve(cms, [original], { at: now });
  const { newest } = await library.changedSince(0);
  await serve(host, [item('late', { title: 'Late', url: url('https://host.example/late') })], { at: now - 86_400_000 });
  expect((await library.changedSince(newest)).ids).toHaveLength(2);
});
