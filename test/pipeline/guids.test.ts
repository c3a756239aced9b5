/** Feeds whose guids do not tell their items apart, through the real network and store: nothing overwritten, nothing twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome, SourceMemory, StoredItem } from '../../src/model.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;

let house: TestHouse;
let harbour: Partner;
let feed: string;

beforeEach(async () => {
  house = await openTestHouse(start);
  harbour = await startPartner((_request, response) => response.writeHead(200).end(feed));
});
afterEach(async () => {
  await house.close();
  await harbour.close();
});

/** What is served next, two hours after the last. */
async function next(...posts: string[]): Promise<Outcome | undefined> {
  feed = `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>${posts.join('')}</channel></rss>`;
  house.clock.set(house.clock.now() + 2 * hour);
  const { outcomes, defects } = await house.run(
    `sections:\n  calais:\n    - { url: "${harbour.url}/feed", every: 1h }\n`,
  );
  expect(defects).toEqual([]);
  return outcomes[0];
}

const words = (name: string): string => Array.from({ length: 30 }, (_, at) => `${name}word${at}`).join(' ');

function post(name: string, guid: string, given: { text?: string; link?: string; title?: string } = {}): string {
  const { text = words(name), link = `https://harbour.example/${name}`, title = `Post ${name}` } = given;
  return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="false">${guid}</guid><description>${text}</description></item>`;
}

async function stored(): Promise<StoredItem[]> {
  const { ids } = await house.house.library.changedSince(0);
  return (await house.house.library.stories(ids)).flatMap((story) => story.items);
}
const titles = async (): Promise<string[]> => (await stored()).map(({ title }) => title).sort();
const posts = (...names: string[]): string[] => names.map((name) => `Post ${name}`);

async function memory(): Promise<SourceMemory> {
  const [only] = (await house.house.library.memories()).values();
  if (only === undefined) throw new Error('no source is remembered');
  return only;
}

describe('one guid for every entry', () => {
  test('and a window that grows and shrinks: each post once, and an edit is one', async () => {
    await next(post('a', 'x'), post('b', 'x'));
    await next(post('c', 'x'));
    await next(post('d', 'x'), post('c', 'x'));
    expect(await next(post('d', 'x', { text: `${words('d')} corrected` }))).toMatchObject({
      newItems: 0,
      revisedItems: 1,
    });
    expect(await titles()).toEqual(posts('a', 'b', 'c', 'd'));
    expect((await stored()).find(({ title }) => title === 'Post d')?.text).toContain('corrected');
  });
  test('and one entry at a time', async () => {
    for (const name of ['a', 'b', 'c']) expect(await next(post(name, 'latest'))).toMatchObject({ newItems: 1 });
    expect(await next(post('c', 'latest'))).toMatchObject({ kind: 'unchanged' });
    expect(await next(post('c', 'latest', { text: `${words('c')} corrected` }))).toMatchObject({
      newItems: 0,
      revisedItems: 1,
    });
    expect(await titles()).toEqual(posts('a', 'b', 'c'));
  });
});

test('few guids in turn, one for each weekday', async () => {
  await next(post('a', 'mon'), post('b', 'tue'), post('c', 'wed'));
  await next(post('d', 'mon'), post('c', 'wed'), post('b', 'tue'));
  await next(post('e', 'tue'), post('d', 'mon'), post('c', 'wed'));
  expect(await next(post('f', 'wed'), post('e', 'tue'), post('d', 'mon'))).toMatchObject({
    newItems: 1,
    revisedItems: 0,
  });
  expect(await titles()).toEqual(posts('a', 'b', 'c', 'd', 'e', 'f'));
});

test('guids that number the places in the document', async () => {
  await next(post('b', '1'), post('a', '2'));
  await next(post('c', '1'), post('b', '2'), post('a', '3'));
  expect(await next(post('d', '1'), post('c', '2'), post('b', '3'))).toMatchObject({ newItems: 1, revisedItems: 0 });
  expect(await titles()).toEqual(posts('a', 'b', 'c', 'd'));
});

describe('a feed that is known for long', () => {
  const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
  const usual = (): string[] => names.map((name) => post(name, `guid-${name}`));

  test('and gives a guid a second time keeps its items: no flood, nothing twice, the same stories', async () => {
    await next(...usual());
    const before = new Map((await stored()).map((one) => [one.title, one.storyId]));
    expect(await next(post('new', 'guid-p0'), ...usual())).toMatchObject({
      kind: 'fresh',
      newItems: 1,
      revisedItems: 0,
    });
    expect(await titles()).toEqual(posts('new', ...names).sort());
    for (const { title, storyId } of await stored()) expect(before.get(title) ?? storyId).toBe(storyId);
    expect(await memory()).toMatchObject({ held: undefined, areGuidsShared: true });
    expect(await next(post('newer', 'guid-p0'), post('new', 'guid-p0'))).toMatchObject({
      newItems: 1,
      revisedItems: 0,
    });
  });
  test('and moves a post to another address has corrected nothing, and is read as that post', async () => {
    await next(...usual());
    const link = 'https://harbour.example/elsewhere';
    const moved = [post('p0', 'guid-p0', { link }), ...usual().slice(1)];
    expect(await next(...moved)).toMatchObject({ newItems: 0, revisedItems: 0 });
    const retold = [post('p0', 'guid-p0', { link, text: words('other'), title: 'Corrected' }), ...usual().slice(1)];
    expect(await next(...retold)).toMatchObject({ newItems: 0, revisedItems: 1 });
    expect((await memory()).areGuidsShared).not.toBe(true);
  });
});

test('links that are shared as well are told apart by titles', async () => {
  const link = 'https://harbour.example/news';
  await next(post('a', 'x', { link }), post('b', 'x', { link }));
  expect(await next(post('c', 'x', { link }), post('b', 'x', { link }), post('a', 'x', { link }))).toMatchObject({
    newItems: 1,
    revisedItems: 0,
  });
  expect(await titles()).toEqual(posts('a', 'b', 'c'));
});
