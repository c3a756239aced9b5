/** The published folder after real runs: what a first import, the end of a keep and a failing source do to it. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from '../pipeline/house.ts';
import { storageIn } from '../storage.ts';
import { tellServer } from '../told-server.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
let partner: Partner | undefined;
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  await partner?.close();
});

const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link>${items}</channel></rss>`;

const item = (name: string, at: number): string =>
  `<item><title>${name}</title><link>https://harbour.example/${name}</link><guid>${name}</guid><pubDate>${new Date(at).toUTCString()}</pubDate><description>Text of ${name}.</description></item>`;

const file = (path: string): string => readFileSync(join(house.house.siteFolder, path), 'utf8');
const pagesOf = (path: string): string[] => [
  ...new Set([...file(path).matchAll(/story\/[a-z0-9]+\/index\.html/g)].map(String)),
];

const found = async (word: string): Promise<string[]> =>
  (await house.house.search.find({ words: [word], section: undefined, skip: 0, limit: 9 })).map(
    ({ heading }) => heading,
  );

test('of a first import the feed carries the newest; what comes later is not counted against it', async () => {
  const first = ['d', 'c', 'b', 'a'].map((name, at) => item(`first-${name}`, start - (4 - at) * hour)).join('');
  const later = ['e', 'f', 'g'].map((name, at) => item(`later-${name}`, start + at * 60_000)).join('');
  partner = await startPartner({ '/feed': [{ body: rss(first) }, { body: rss(first + later) }] });
  const yaml = `sections:\n  calais:\n    - { url: "${partner.url}/feed", first_import: 2 }\n`;
  await house.run(yaml);
  const guids = (): string[] =>
    [...file('calais/feed.json').matchAll(/"title": "((?:first|later)-\w)"/g)].map(([, name]) => name ?? '');
  expect(guids()).toEqual(['first-a', 'first-b']);
  expect(pagesOf('calais/index.html')).toHaveLength(4);
  house.clock.set(start + 2 * hour);
  await house.run(yaml, { now: 'all' });
  expect(guids()).toEqual(['later-g', 'later-f', 'later-e', 'first-a', 'first-b']);
});

test('a story that no section keeps leaves list, feed and folder, and after that nothing stirs', async () => {
  partner = await startPartner({ '/feed': { body: rss(item('old', start - 29 * day) + item('new', start)) } });
  const yaml = `sections:\n  calais: { keep: 30d, sources: [ "${partner.url}/feed" ] }\n`;
  await house.run(yaml);
  const old = pagesOf('calais/index.html').find((path) => file(path).includes('<title>old'));
  expect(old).toBeDefined();
  house.clock.set(start + 3 * day);
  const { publication } = await house.run(yaml);
  expect(publication.removed).toEqual(['search/2026-10.json', old]);
  expect(existsSync(join(house.house.siteFolder, old ?? ''))).toBe(false);
  expect(await found('old')).toEqual([]);
  expect(await found('new')).toEqual(['new']);
  expect(pagesOf('calais/index.html')).toHaveLength(1);
  expect(file('calais/feed.json')).not.toContain('"old"');
  house.clock.set(start + 3 * day + hour);
  expect((await house.run(yaml)).publication).toEqual({ written: [], removed: [], defects: [] });
});

test('a feed that is written oldest first and longer than what is taken of it shows what is new', async () => {
  const names = Array.from({ length: 14 }, (_, at) => `n${at}`);
  const items = names.map((name, at) => item(name, start + (at - 20) * hour));
  const small = await openTestHouse(
    start,
    'network: { allow: [127.0.0.1], spacing: 0s, max_items: 10 }\nsite: { url: "https://news.example/" }\n',
  );
  try {
    partner = await startPartner({
      '/feed': [{ body: rss(items.slice(0, 12).join('')) }, { body: rss(items.join('')) }],
    });
    const yaml = `sections:\n  calais: [ "${partner.url}/feed" ]\n`;
    const titles = (): string[] =>
      [...readFileSync(join(small.house.siteFolder, 'calais/feed.json'), 'utf8').matchAll(/"title": "(n\d+)"/g)].map(
        ([, name]) => name ?? '',
      );
    await small.run(yaml);
    expect(titles()).toEqual(names.slice(2, 12).reverse());
    small.clock.set(start + 2 * hour);
    await small.run(yaml, { now: 'all' });
    expect(titles()).toEqual(names.slice(2).reverse());
  } finally {
    await small.close();
  }
});

test('the status page says at once that a source has failed, and is left alone while nothing changes', async () => {
  partner = await startPartner({ '/feed': [{ body: rss(item('one', start)) }, { status: 404 }] });
  const yaml = `sections:\n  calais: [ "${partner.url}/feed" ]\n`;
  const first = await house.run(yaml);
  expect(first.publication.written).toEqual(expect.arrayContaining(['status/index.html', 'status/status.json']));
  expect(file('status/index.html')).toContain('answered on 1, no answer on 0, new texts: 1.');
  house.clock.set(start + hour);
  const failed = await house.run(yaml, { now: 'all' });
  expect(failed.publication.written).toEqual(expect.arrayContaining(['status/index.html', 'sources/index.html']));
  expect(failed.publication.written).not.toContain('calais/feed.xml');
  expect(file('status/index.html')).toContain(
    'not answering since 20 November 2026: there is nothing at its address any more',
  );
  house.clock.set(start + 3 * hour);
  const again = await house.run(yaml, { now: 'all' });
  expect(again.outcomes).toMatchObject([{ kind: 'failed' }]);
  expect(again.publication).toEqual({ written: [], removed: [], defects: [] });
});

test('a story is searched in the month that it is listed in, so that no word stays in the file of another', async () => {
  const call = 'We call on everybody to come on Saturday with blankets, tents and warm food for a cold night. '.repeat(
    2,
  );
  const [october, november] = [Date.UTC(2026, 9, 10), Date.UTC(2026, 10, 10)];
  const repost = (name: string): string =>
    rss(item(name, november).replaceAll('harbour.example', 'beta.example').replace(`Text of ${name}.`, call) + later);
  const later = item('later', november).replaceAll('harbour.example', 'beta.example');
  partner = await startPartner({
    '/author': { body: rss(item('call', october).replace('Text of call.', call)) },
    '/reposter': [
      { body: repost('call').replaceAll('Harbour Watch', 'Beta') },
      { body: repost('call').replace('<title>call', '<title>summons').replaceAll('Harbour Watch', 'Beta') },
    ],
  });
  const [author, reposter] = [`${partner.url}/author`, `${partner.url}/reposter`];
  await house.run(`sections:\n  calais: [ "${author}", "${reposter}" ]\n`);
  const yaml = `sections:\n  calais: [ "${reposter}" ]\n`; // the repost is shown, under the date of its original
  await house.run(yaml);
  expect(file('search/2026-10.json')).toContain('"call"');
  expect(file('search/2026-11.json')).not.toContain('"call"');
  house.clock.set(start + 2 * hour);
  await house.run(yaml, { now: 'all' });
  expect(file('search/2026-10.json')).toContain('"summons"');
  for (const month of ['2026-10', '2026-11']) expect(file(`search/${month}.json`)).not.toContain('"call"');
});

/** Undefined for files. */
const { database } = storageIn('anywhere');

test.skipIf(database !== undefined).each([
  ['all but its beginning', 4_096],
  ['its last page', -4_096],
])('an index of which %s is damaged keeps nothing from being published, and is made anew', async (_what, from) => {
  partner = await startPartner({
    '/feed': [{ body: rss(item('one', start)) }, { body: rss(item('one', start) + item('two', start)) }],
  });
  const yaml = `sections:\n  calais: [ "${partner.url}/feed" ]\n`;
  await house.run(yaml);
  const index = join(house.folder, 'search.db');
  writeFileSync(index, readFileSync(index).fill(0xff, from < 0 ? statSync(index).size + from : from));
  house.clock.set(start + 2 * hour);
  const { publication, problems } = await house.run(yaml, { now: 'all' });
  expect({ defects: publication.defects, problems }).toEqual({ defects: [], problems: [] });
  expect(file('calais/index.html')).toContain('two');
  expect([await found('one'), await found('two')]).toEqual([['one'], ['two']]);
});

test.skipIf(database === undefined)(
  'an index that is lost on the server keeps nothing from being published',
  async () => {
    partner = await startPartner({
      '/feed': [{ body: rss(item('one', start)) }, { body: rss(item('one', start) + item('two', start)) }],
    });
    const yaml = `sections:\n  calais: [ "${partner.url}/feed" ]\n`;
    await house.run(yaml);
    await tellServer(storageIn(house.folder).database ?? '', 'drop table search_entries');
    house.clock.set(start + 2 * hour);
    const { publication, problems } = await house.run(yaml, { now: 'all' });
    expect({ defects: publication.defects, problems }).toEqual({ defects: [], problems: [] });
    expect(file('calais/index.html')).toContain('two');
    expect([await found('one'), await found('two')]).toEqual([['one'], ['two']]);
  },
);
