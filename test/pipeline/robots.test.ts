/** Pages are read by the leave of their sites; feeds that a person has listed are not asked about. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/model.ts';
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

const html = { 'Content-Type': 'text/html' };
const page = (...names: string[]): Answer => ({
  body: `<title>News</title><ul>${names.map((name) => `<li><a href="/${name}">${name}</a></li>`).join('')}</ul>`,
  headers: html,
});
const asked = ({ requests }: Partner): string[] => requests.map(({ path }) => path);

async function run(url: string, more = 'page: { item: li }, every: 1h'): Promise<Outcome | undefined> {
  const { outcomes, defects } = await house.run(`sections:\n  calais:\n    - { url: "${url}", ${more} }\n`, {
    now: 'all',
  });
  expect(defects).toEqual([]);
  return outcomes[0];
}
const later = (ms: number): void => house.clock.set(house.clock.now() + ms);

test('a page is asked for after robots.txt, which is asked for once a day', async () => {
  const site = await partner({
    '/robots.txt': 'User-agent: *\nDisallow: /admin',
    '/news': [page('a'), page('b', 'a')],
  });
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'fresh', newItems: 1 });
  later(23 * hour);
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'fresh', newItems: 1 });
  expect(asked(site)).toEqual(['/robots.txt', '/news', '/news']);
  later(hour);
  await run(`${site.url}/news`);
  expect(asked(site).slice(3)).toEqual(['/robots.txt', '/news']);
});

test('a page that is not for programs is not asked for, which is told with the rule; and is once it may be', async () => {
  const no = 'User-agent: relais\nDisallow: /news';
  const site = await partner({ '/robots.txt': [no, no, ''], '/news': page('a') });
  expect(await run(`${site.url}/news`)).toMatchObject({
    kind: 'failed',
    problems: [{ code: 'fetch/robots', happened: expect.stringContaining('Disallow: /news (127.0.0.1') as unknown }],
  });
  later(hour);
  await run(`${site.url}/news`);
  expect(asked(site)).toEqual(['/robots.txt', '/robots.txt']);
  later(hour);
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'fresh', newItems: 1 });
});

test('a page that closes after a day keeps its items', async () => {
  const site = await partner({ '/robots.txt': ['', 'User-agent: *\nDisallow: /'], '/news': page('a') });
  await run(`${site.url}/news`);
  later(25 * hour);
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'failed', withdrawnItems: 0 });
  expect((await house.house.library.itemCounts()).get(`${site.url.replace('http://', '')}/news`)).toMatchObject({
    items: 1,
  });
});

describe('a robots.txt that is', () => {
  test.each<[string, Answer]>([
    ['not there', { status: 404 }],
    ['not for us', { status: 403 }],
    ['gone', { status: 410 }],
    ['somewhere else', { status: 301, headers: { Location: '/robots.txt' } }],
    ['a web page', { body: '<html>Not found</html>', headers: html }],
    ['empty', ''],
  ])('%s: the page may be read', async (_what, answer) => {
    const site = await partner({ '/robots.txt': answer, '/news': page('a') });
    expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'fresh' });
  });
  test.each<[string, Answer, string]>([
    ['in trouble', { status: 500 }, 'fetch/robots-unknown'],
    ['larger than anything we take', { body: Buffer.alloc(9 * 2 ** 20, '#') }, 'fetch/robots-unknown'],
    ['told to wait for', { status: 503, headers: { 'Retry-After': '3600' } }, 'fetch/told-to-wait'],
    ['behind a closed door', (request) => request.socket.destroy(), 'fetch/unreachable'],
  ])('%s: the page is not asked for', async (_what, answer, code) => {
    const site = await partner({ '/robots.txt': answer, '/news': page('a') });
    expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'failed', problems: [{ code }] });
    expect(asked(site)).toEqual(['/robots.txt']);
  });
});

test('where a redirect leads to another site, that one is asked too', async () => {
  const there = await partner({ '/robots.txt': ['User-agent: *\nDisallow: /n', ''], '/news': page('a') });
  const site = await partner({ '/news': { status: 302, headers: { Location: `${there.url}/news` } } });
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'failed', problems: [{ code: 'fetch/robots' }] });
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'fresh' });
  expect(await run(`${site.url}/news`)).toMatchObject({ kind: 'unchanged' });
  expect(asked(there)).toEqual(['/news', '/robots.txt', '/news', '/robots.txt', '/news']);
  expect(asked(site)).toEqual(['/robots.txt', '/news', '/news', '/news']);
});

test('feeds are not asked about, nor home pages that name them', async () => {
  const feed =
    '<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>';
  const home = { body: '<link rel="alternate" type="application/rss+xml" href="/feed">', headers: html };
  const site = await partner({ '/robots.txt': 'User-agent: *\nDisallow: /', '/feed': feed, '/': home });
  expect(await run(`${site.url}/`, 'every: 1h')).toMatchObject({ kind: 'fresh' });
  expect(asked(site)).toEqual(['/', '/feed']);
});
