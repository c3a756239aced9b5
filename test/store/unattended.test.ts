/** What a library keeps beside stories, for a relay that nobody looks at: days, news, what is held, what is taken back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '../../src/library.ts';
import type { Instant, Item, News, Outcome, Source, StoryRecord } from '../../src/model.ts';
import { problem } from '../../src/problems.ts';
import { item, source, url } from '../stories/builders.ts';
import {
  memoryOf,
  noon,
  nothingAsked,
  openTestLibrary,
  outcomeOf,
  quietPlan,
  settleAmong,
  settleNothing,
  temporaryFolder,
} from './open.ts';
import { type ServeOptions, serve as serveTo } from './serve.ts';

const cms = source('https://cms.example/feed', { name: 'Calais Migrant Solidarity' });
const host = source('https://host.example/rss', { name: 'No Borders North East' });
const among = settleAmong([cms, host]);
const hour = 3_600_000;
const day = 24 * hour;
const words =
  'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their belongings would be brought or when they could have them back again';

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
  return await serveTo(library, from, items, { sources: [cms, host], ...options });
}

async function stories(): Promise<readonly StoryRecord[]> {
  return await library.stories((await library.changedSince(0)).ids);
}

const post = (guid: string, title = guid): Item =>
  item(guid, { title, html: `<p>${title}: ${words}</p>`, url: url(`https://cms.example/${guid}`) });

test('a memory comes back as it was written, every part of it', async () => {
  const full = memoryOf(cms.key, {
    feedUrl: 'https://cms.example/atom',
    askedUrl: 'https://cms.example/atom',
    bodyUrl: 'https://cdn.example/atom',
    validators: { etag: 'W/"odd\\"', lastModified: 'yesterday' },
    generator: 'WordPress 7',
    marks: { address: '203.0.113.9', tlsIssuer: "Let's Encrypt", software: 'nginx' },
    feedHints: { ttlMs: hour, updatePeriodMs: day, skipHours: [1, 2], skipDays: [0] },
    lastBody: noon - 1,
    lastNewItem: noon - 2,
    rhythmMs: 12_345.6,
    failures: 3,
    failingSince: noon - 3,
    lastAbandoned: noon - 4,
    problem: problem('fetch/timeout', { source: 'x' }, 'detail'),
    isGone: true,
    move: { to: 'https://new.example/', since: 1, sightings: 2, last: 3 },
    held: { since: 4, reasons: ['none of its items was known'] },
    stoppedSince: 5,
    silentSince: 6,
    presumedGoneSince: 7,
    emptyVisits: 8,
    cutVisits: 10,
    areGuidsShared: true,
    waitUntil: 9,
    permissions: [{ url: 'https://cms.example/news', at: 9 }],
  });
  await library.remember(full);
  expect((await library.memories()).get(cms.key)).toEqual({ ...full, rhythmMs: 12_346 });
  await library.remember(memoryOf(cms.key));
  expect(await library.memories()).toEqual(new Map([[cms.key, memoryOf(cms.key)]]));
});

describe('days', () => {
  const refresh = (now: Instant, outcome: Partial<Outcome>, lastTried = now): Promise<Outcome> =>
    library.record(
      { sourceKey: cms.key, ...nothingAsked },
      () => quietPlan(memoryOf(cms.key, { lastTried }), now, { outcome: outcomeOf(cms.key, outcome) }),
      settleNothing,
    );

  test('count answers, failures and new items, each in its UTC day', async () => {
    const midnight = Date.UTC(2026, 10, 21);
    await refresh(midnight - 1, { kind: 'fresh', newItems: 2 });
    await refresh(midnight, { kind: 'unchanged' });
    await refresh(midnight + hour, { kind: 'failed', problems: [problem('fetch/timeout', {})] });
    await refresh(midnight + 2 * hour, { kind: 'fresh', newItems: 1 });
    expect(await library.days(midnight - 1)).toEqual([
      { sourceKey: cms.key, day: midnight - day, answered: 1, failed: 0, newItems: 2 },
      { sourceKey: cms.key, day: midnight, answered: 2, failed: 1, newItems: 1 },
    ]);
    expect(await library.days(midnight + hour)).toHaveLength(1);
  });

  test('a source that told us to wait, and a decision made without asking, count as neither', async () => {
    await refresh(noon, { kind: 'failed', problems: [problem('fetch/told-to-wait', {})] });
    await refresh(noon + hour, { kind: 'fresh', newItems: 3 }, noon);
    expect(await library.days(0)).toMatchObject([{ answered: 0, failed: 0, newItems: 3 }]);
  });
});

describe('news', () => {
  const went: News = { sourceKey: cms.key, source: 'CMS', kind: 'gone', at: noon, words: 'It went.' };
  const came: News = { ...went, kind: 'back', at: noon + 1, words: 'It came.' };

  test('comes with the plan that makes it, and is told once', async () => {
    await serve(cms, [], { kind: 'failed', news: [went] });
    await library.addNews([came]);
    const untold = await library.untold();
    expect(untold).toMatchObject([went, came]);
    await library.told(untold.slice(0, 1).map((one) => one.id));
    expect(await library.untold()).toMatchObject([came]);
    expect(await library.news(noon)).toEqual([went, came]);
    expect(await library.news(noon + 1)).toEqual([came]);
  });

  test('is said by runs and told by mail, each by itself', async () => {
    await library.addNews([went, came]);
    const [one] = await library.unsaid(['gone', 'emptied']);
    expect(one).toMatchObject(went);
    await library.said({ news: [one?.id ?? 0], begun: [], over: [] }, noon);
    expect(await library.unsaid(['gone', 'back'])).toMatchObject([came]);
    expect(await library.untold()).toHaveLength(2);
  });
});

describe('that a source fails or is held', () => {
  const key = cms.key;
  const marks = async (): Promise<unknown> =>
    (await library.troubled()).map((one) => [one.isFailingSaid, one.isHeldSaid]);

  test('is said of those that do; what was said outlives their memory, which others write', async () => {
    await library.remember(memoryOf(host.key));
    await library.remember(memoryOf(key, { failures: 1 }));
    expect(await library.troubled()).toEqual([{ key, isFailingSaid: false, isHeldSaid: false }]);
    await library.said({ news: [], begun: [{ key, what: 'failing' }], over: [] }, noon);
    await library.remember(memoryOf(key, { held: { since: noon, reasons: ['none of its items was known'] } }));
    expect(await marks()).toEqual([[true, false]]);
    await library.said({ news: [], begun: [{ key, what: 'held' }], over: [{ key, what: 'failing' }] }, noon);
    await library.remember(memoryOf(key));
    expect(await marks()).toEqual([[false, true]]);
    await library.said({ news: [], begun: [], over: [{ key, what: 'held' }] }, noon);
    expect(await library.troubled()).toEqual([]);
  });
});

test('waits that hosts asked for, the latest word of each', async () => {
  await library.silence('a.example', noon + 1);
  await library.silence('b.example', noon + 2);
  await library.silence('a.example', noon + 3);
  expect(await library.silences()).toEqual(
    new Map([
      ['a.example', noon + 3],
      ['b.example', noon + 2],
    ]),
  );
});

test('rulings wait in order until they are carried out', async () => {
  await library.rule(cms.key, { kind: 'stop', since: noon - day }, noon);
  await library.rule(host.key, { kind: 'accept' }, noon);
  const [first, second] = await library.rulings();
  expect(first).toMatchObject({ sourceKey: cms.key, ruling: { kind: 'stop', since: noon - day } });
  await library.ruled(first?.id ?? 0);
  expect(await library.rulings()).toEqual([second]);
});

test('facts', async () => {
  expect(await library.fact('x')).toBeUndefined();
  expect(await library.replaceFact('x', '1')).toBeUndefined();
  expect(await library.replaceFact('x', '2')).toBe('1');
  expect(await library.fact('x')).toBe('2');
});

describe('what is held', () => {
  test('is in no story, comes back as it was read, and the last reading counts', async () => {
    const full = item('a', {
      title: 'A',
      html: '<p>from <a href="https://host.example/1">No Borders North East</a>: more</p>',
      urls: [url('https://cms.example/a')],
      cites: [{ rel: 'via', url: url('https://host.example/1') }],
      source: { title: 'Elsewhere' },
      authors: ['N'],
      categories: ['c'],
      enclosures: [{ url: 'https://cms.example/a.ogg', bytes: 5 }],
    });
    await serve(cms, [item('a', { title: 'Old' }), item('b')], { kind: 'held', at: noon });
    await serve(cms, [full], { kind: 'held', at: noon + 1 });
    expect(await stories()).toEqual([]);
    const [b, a] = (await library.heldItems()).get(cms.key) ?? [];
    expect([b?.item.guid, a?.item]).toEqual(['b', full]);
    expect(a?.signals.keys).toContainEqual({ kind: 'url', key: 'cms.example/a' });
    expect(a?.signals.statements).not.toEqual([]);
    await library.dropHeld(cms.key);
    expect(await library.heldItems()).toEqual(new Map());
  });

  test('has one language where it was read before there could be several', async () => {
    const { langs: _, ...before } = item('a', { lang: 'fr' });
    await serve(cms, [before as Item], { kind: 'held', at: noon });
    expect((await library.heldItems()).get(cms.key)?.[0]?.item.langs).toEqual(['fr']);
  });

  test('does not fill the disk: the newest thousand stay', async () => {
    for (const at of [1, 2, 3]) {
      const items = Array.from({ length: 400 }, (_, index) => item(`${at}-${index}`));
      await serve(cms, items, { kind: 'held', at: noon + at });
    }
    const guids = (await library.heldItems()).get(cms.key)?.map((one) => one.item.guid) ?? [];
    expect(guids).toHaveLength(1_000);
    expect(guids.filter((guid) => guid.startsWith('1-'))).toHaveLength(200);
  });
});

test('a feed whose guids have changed brings nothing twice', async () => {
  await serve(cms, [post('old-1'), post('old-2')]);
  const [sample, ...others] = await library.samples(cms.key, 5);
  expect(others).toHaveLength(1);
  expect(await library.samples(cms.key, 1)).toHaveLength(1);
  expect(sample).toMatchObject({ title: expect.stringMatching(/^old-/), lang: 'en', seen: noon });
  const guid = `new-${sample?.guid}`;
  const moved = { ...post(sample?.guid ?? ''), guid, hash: '9' };
  const outcome = await serve(cms, [moved], { at: noon + hour, rekeyed: new Map([[guid, sample?.id ?? 0]]) });
  expect(outcome).toMatchObject({ newItems: 0, revisedItems: 0 });
  expect((await stories()).flatMap((story) => story.items.map((one) => [one.id, one.guid]))).toContainEqual([
    sample?.id,
    guid,
  ]);
  expect(await library.knownEntries(cms.key, [guid, sample?.guid ?? ''])).toEqual(
    new Map([[guid, expect.objectContaining({ hash: '9' })]]),
  );
  expect(await library.findStory(guid)).toBeDefined();
});

test('the plan is told when the source has posted, and its items by their ids, and nobody else’s', async () => {
  const dated = (n: number): Item => item(`${n}`, { published: noon - n * hour });
  await serve(
    cms,
    Array.from({ length: 12 }, (_, n) => dated(n)),
  );
  await serve(host, [item('x')]);
  const ids = (await stories()).flatMap((story) => story.items.map((one) => one.id));
  await library.record(
    { sourceKey: cms.key, guids: [], ids },
    (known) => {
      expect(known.newestDates).toEqual(Array.from({ length: 10 }, (_, n) => noon - n * hour));
      expect(known.byId.size).toBe(12);
      return quietPlan(memoryOf(cms.key), noon);
    },
    settleNothing,
  );
});

describe('a first import', () => {
  test('is known in items, and in lists until something else joins', async () => {
    await serve(cms, [post('one')]);
    expect((await stories())[0]?.items[0]?.isFirstImport).toBe(true);
    expect(await library.storiesOf([cms.key])).toMatchObject([{ firstImportOf: cms.key }]);
    await serve(host, [{ ...post('other'), guid: 'o' }], { at: noon + hour });
    await serve(host, [{ ...post('one'), guid: 'h' }], { at: noon + day });
    expect(await library.storiesOf([cms.key])).toMatchObject([{ firstImportOf: undefined }]);
  });

  test('of two sources belongs to the one that wrote it', async () => {
    await serve(host, [{ ...post('one'), guid: 'h', published: noon - day }], { at: noon - day });
    const html = `<p>reposted from No Borders North East;</p><p>one: ${words}</p>`;
    await serve(cms, [item('c', { title: 'C', html, published: noon })]);
    expect(await library.storiesOf([cms.key])).toMatchObject([{ firstImportOf: host.key }]);
  });
});

describe('what the maintainer takes back', () => {
  test('leaves every list with its stories, keeps its words, and comes back', async () => {
    await serve(cms, [post('before')], { at: noon });
    await serve(cms, [post('after')], { at: noon + hour });
    const { newest } = await library.changedSince(0);
    expect(await library.hideSince(cms.key, noon + hour, among, noon + day)).toBe(1);
    expect(await library.hideSince(cms.key, noon + hour, among, noon + day)).toBe(0);
    expect(await library.storiesOf([cms.key])).toHaveLength(1);
    expect((await library.itemCounts()).get(cms.key)).toMatchObject({ items: 1 });
    const { ids } = await library.changedSince(newest + 1);
    const [hidden] = await library.stories(ids);
    expect(hidden?.items).toMatchObject([{ guid: 'after', title: 'after', withdrawn: { at: noon + day } }]);
    expect(await library.unhide(cms.key, among, noon + 2 * day)).toBe(1);
    expect(await library.storiesOf([cms.key])).toHaveLength(2);
    expect((await library.stories(ids))[0]).toMatchObject({
      changed: noon + 2 * day,
      items: [{ withdrawn: undefined, title: 'after' }],
    });
  });

  test('makes its stories elect their originals anew, and again when it is shown', async () => {
    const copy = (guid: string, published: Instant): Item => item(guid, { html: `<p>${words}</p>`, published });
    await serve(host, [copy('h', noon - day)], { at: noon });
    await serve(cms, [copy('one', noon), post('two')], { at: noon + day });
    const original = async () => {
      const [story] = (await stories()).filter(({ items }) => items.some(({ guid }) => guid === 'one'));
      const who = story?.attribution.original;
      return who?.kind === 'item' ? story?.items.find(({ id }) => id === who.itemId)?.guid : who;
    };
    expect(await original()).toBe('h');
    await library.hideSince(host.key, noon, among, noon + 2 * day);
    expect(await original()).toBe('one');
    expect(await library.storiesOf([cms.key])).toHaveLength(2);
    await library.unhide(host.key, among, noon + 3 * day);
    expect(await original()).toBe('h');
  });

  test('is not read again as an unknown credit, and what was withdrawn stays so', async () => {
    const html = '<p>reposted from Strangers;</p><p>some words</p>';
    await serve(cms, [item('s', { html }), item('w')]);
    await serve(cms, [], { deleted: [{ guid: 'w', because: 'ours' }] });
    expect((await library.unsettled(''))?.source).toBe(cms.key);
    expect(await library.hideSince(cms.key, 0, among, noon)).toBe(1);
    expect(await library.unsettled('')).toBeUndefined();
    expect(await library.unhide(cms.key, among, noon)).toBe(1);
  });
});

describe('what no section keeps', () => {
  test('loses its words and stays known, whole stories at a time', async () => {
    await serve(cms, [post('shared'), item('own', { title: 'Own' })], { at: noon - 30 * day });
    await serve(host, [{ ...post('shared'), guid: 'h' }], { at: noon - 30 * day });
    await serve(cms, [item('new', { title: 'New' })], { at: noon });
    expect(await library.expire([cms.key], noon - 20 * day, noon)).toBe(1);
    expect(await library.expire([cms.key], noon - 20 * day, noon)).toBe(0);
    const items = (await stories()).flatMap((story) => story.items);
    expect(items.find((one) => one.guid === 'own')).toMatchObject({ title: '', html: '', withdrawn: { at: noon } });
    expect(items.find((one) => one.guid === 'shared')?.withdrawn).toBeUndefined();
    expect((await library.storiesOf([cms.key])).length).toBe(2);
    const again = await serve(cms, [{ ...item('own', { title: 'Own' }), hash: 'other' }], { at: noon + 1 });
    expect(again).toMatchObject({ newItems: 0, revisedItems: 0 });
    expect(await library.expire([cms.key, host.key], noon - 20 * day, noon)).toBe(2);
  });
});

test('tidying forgets what nobody asks for any more, and nothing else', async () => {
  const told = (at: Instant): News => ({ sourceKey: cms.key, source: 'C', kind: 'back', at, words: 'w' });
  for (const now of [noon - 91 * day, noon - 89 * day])
    await library.record(
      { sourceKey: cms.key, ...nothingAsked },
      () => quietPlan(memoryOf(cms.key, { lastTried: now }), now),
      settleNothing,
    );
  await library.addNews([told(noon - 400 * day), told(noon - 300 * day), told(noon - 401 * day)]);
  const ids = (await library.untold()).map((one) => one.id);
  await library.told(ids.slice(0, 2));
  await library.silence('over.example', noon);
  await library.silence('waiting.example', noon + 1);
  await library.tidy(noon);
  expect(await library.days(0)).toHaveLength(1);
  expect((await library.news(0)).map((one) => one.at)).toEqual([noon - 401 * day, noon - 300 * day]);
  expect([...(await library.silences()).keys()]).toEqual(['waiting.example']);
});
