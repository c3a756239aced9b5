/** Pages that are feeds themselves, by microformats: read without a word in sources.yaml, and by the leave of their sites. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outcome, SourceMemory } from '../../src/model.ts';
import { type Answer, type Partner, type Script, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;

let house: TestHouse;
const partners: Partner[] = [];
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

async function partner(script: Script): Promise<Partner> {
  const started = await startPartner(script);
  partners.push(started);
  return started;
}

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `post-${at + 1}`);
const listing = (posts: readonly string[], head = ''): Answer => ({
  body: `<html><head><title>Quayside</title>${head}</head><body class="h-feed">${posts
    .map(
      (name) =>
        `<div class="h-entry"><a class="u-url p-name" href="/${name}">${name}</a><p class="e-content">Text of ${name}.</p></div>`,
    )
    .join('')}</body></html>`,
  headers: { 'Content-Type': 'text/html' },
});
const rss = (url: string, posts: readonly string[]): string =>
  `<rss version="2.0"><channel><title>Quayside</title><link>${url}/</link>${posts
    .map(
      (name) =>
        `<item><title>${name}</title><link>${url}/${name}</link><description>Text of ${name}.</description></item>`,
    )
    .join('')}</channel></rss>`;
const advert = '<link rel="alternate" type="application/rss+xml" href="/feed">';

async function run(url: string): Promise<Outcome | undefined> {
  const { outcomes, defects } = await house.run(`sections:\n  calais:\n    - { url: "${url}", every: 1h }\n`, {
    now: 'all',
  });
  expect(defects).toEqual([]);
  return outcomes[0];
}
const asked = ({ requests }: Partner): string[] => requests.map(({ path }) => path);
const later = (ms: number): void => house.clock.set(house.clock.now() + ms);

async function memory(): Promise<SourceMemory | undefined> {
  return [...(await house.house.library.memories()).values()][0];
}

async function stored(): Promise<string[]> {
  const { ids } = await house.house.library.changedSince(0);
  return (await house.house.library.stories(ids)).flatMap(({ items }) => items.map(({ title }) => title)).sort();
}

test('a page that names no feed and lists texts is a feed; its site is asked once it is known for a page', async () => {
  const site = await partner({ '/': [listing(names(2)), listing(names(2)), listing(names(3))], '/robots.txt': '' });
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'fresh', newItems: 2 });
  expect(asked(site)).toEqual(['/', '/robots.txt', '/']);
  expect(await memory()).toMatchObject({ title: 'Quayside', permissions: [{ url: `${site.url}/` }] });
  later(hour);
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'fresh', newItems: 1 });
  later(24 * hour);
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'unchanged' });
  expect(asked(site).slice(3)).toEqual(['/', '/robots.txt', '/']);
  expect(await stored()).toEqual(names(3));
});

test('one that is not for programs is not read, and looked at for a feed until it has one', async () => {
  const no = 'User-agent: *\nDisallow: /';
  const site = await partner({
    '/': [listing(names(2)), listing(names(2)), listing(names(2), advert)],
    '/robots.txt': no,
    '/feed': rss('https://quayside.example', names(2)),
  });
  for (let visit = 0; visit < 2; visit++) {
    expect(await run(`${site.url}/`)).toMatchObject({ kind: 'failed', problems: [{ code: 'fetch/robots' }] });
    expect(await stored()).toEqual([]);
    later(hour);
  }
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'fresh', newItems: 2 });
  expect(asked(site)).toEqual(['/', '/robots.txt', '/', '/robots.txt', '/', '/feed']);
});

test('one that closes to programs is not asked for any more, and is again once it may be', async () => {
  const no = 'User-agent: *\nDisallow: /';
  const site = await partner({
    '/': [listing(names(1)), listing(names(1)), listing(names(2))],
    '/robots.txt': ['', no, ''],
  });
  await run(`${site.url}/`);
  later(25 * hour);
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'failed', problems: [{ code: 'fetch/robots' }] });
  later(hour);
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'fresh', newItems: 1 });
  expect(asked(site).slice(3)).toEqual(['/robots.txt', '/robots.txt', '/']);
});

test('a feed that turns into a page that lists texts has been taken away', async () => {
  const site = await partner({ '/feed': [rss('https://quayside.example', names(2)), listing(['casino'])] });
  await run(`${site.url}/feed`);
  expect(await run(`${site.url}/feed`)).toMatchObject({ kind: 'failed', problems: [{ code: 'parse/not-a-feed' }] });
  expect(asked(site)).toEqual(['/feed', '/feed']);
  expect(await stored()).toEqual(names(2));
});

test('a feed that the page names later outranks the page, and brings nothing twice', async () => {
  const pages = [listing(names(3)), listing(names(3)), listing(names(3), advert)];
  let url = '';
  const site = await partner({
    '/': pages,
    '/robots.txt': '',
    '/feed': (_request, response) => response.end(rss(url, ['post-0', ...names(3)])),
  });
  url = site.url;
  await run(`${url}/`);
  later(hour);
  expect(await run(`${url}/`)).toMatchObject({ kind: 'fresh', newItems: 1 });
  expect(await memory()).toMatchObject({ feedUrl: `${url}/feed`, permissions: undefined });
  later(25 * hour);
  await run(`${url}/`);
  expect(asked(site).slice(3)).toEqual(['/', '/feed', '/feed']);
  expect(await stored()).toEqual(['post-0', ...names(3)]);
});

test('an address that a page names is a feed or nothing', async () => {
  const site = await partner({ '/': listing([], advert), '/feed': listing(names(2)), '/robots.txt': '' });
  expect(await run(`${site.url}/`)).toMatchObject({ kind: 'failed', problems: [{ code: 'parse/not-a-feed' }] });
  expect(await stored()).toEqual([]);
});
