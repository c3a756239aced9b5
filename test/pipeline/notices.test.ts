/** What our hub is told: the feeds that have changed, once they are there, and nothing that has not; whatever befalls it or us. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SiteFolder } from '../../src/edges.ts';
import { hubTroubleFact } from '../../src/hub-library.ts';
import type { RunReport } from '../../src/run.ts';
import { startHub, type TestHub } from '../partner/hub.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 9);
const hour = 3_600_000;
const site = 'https://news.example/';

let house: TestHouse;
let hub: TestHub;
let partner: Partner;
let items: string;
beforeEach(async () => {
  items = item('one');
  partner = await startPartner((request, response) =>
    request.url === '/none' ? response.writeHead(404).end() : response.end(feed()),
  );
  hub = await startHub();
  house = await openTestHouse(start, 'network: { allow: [127.0.0.1], spacing: 0s }\n');
});
afterEach(async () => {
  await house.close();
  await hub.close();
  await partner.close();
});

const item = (name: string): string =>
  `<item><guid>${name}</guid><title>About ${name}</title><link>https://harbour.example/${name}</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>All there is to say about ${name}.</description></item>`;
const feed = (): string =>
  `<rss version="2.0"><channel><title>Harbour Watch</title><link>https://harbour.example/</link><language>en</language>${items}</channel></rss>`;

function run(folder?: SiteFolder, hubUrl: string | undefined = hub.url): Promise<RunReport> {
  const named = hubUrl === '' ? '' : `, hub: "${hubUrl}"`;
  const yaml = `site: { url: "${site}"${named} }\nsections:\n  calais: [ "${partner.url}/feed" ]\n`;
  return house.run(yaml, { now: 'all' }, folder);
}

const feedsIn = ({ publication }: RunReport): string[] =>
  publication.written
    .filter((path) => /(^|\/)(feed\.xml|atom\.xml|feed\.json)$/.test(path))
    .map((path) => site + path)
    .sort();
const told = (): string[] => [...hub.told].sort();

test('after a publication the hub is told exactly of the feeds that have changed, each once, and by then they are there', async () => {
  const there: boolean[] = [];
  const network = house.house.network;
  const post: typeof network.post = (request, signal) => {
    const path = new URLSearchParams(request.form).get('hub.url')?.slice(site.length) ?? '';
    there.push(readFileSync(join(house.house.siteFolder, path), 'utf8').includes('About one'));
    return network.post(request, signal);
  };
  Object.assign(house.house, { network: { ...network, post } });
  const first = await run();
  expect(told()).toEqual(feedsIn(first));
  expect(told()).toContain(`${site}calais/atom.xml`);
  expect(told()).toContain(`${site}feed.json`);
  expect(there).not.toContain(false);
  expect(hub.forms[0]?.toString()).toMatch(/^hub\.mode=publish&hub\.url=https%3A%2F%2Fnews\.example%2F[a-z]+\.[a-z]+$/);
  for (const form of hub.forms) expect([...form.keys()]).toEqual(['hub.mode', 'hub.url']);
});

test('a run that changes nothing tells it nothing, and one that changes some feeds tells it of these', async () => {
  await run();
  const before = hub.told.length;
  house.clock.set(start + 2 * hour);
  const unchanged = await run();
  expect(feedsIn(unchanged)).toEqual([]);
  expect(hub.told).toHaveLength(before);
  items += item('two');
  house.clock.set(start + 4 * hour);
  const changed = await run();
  expect(hub.told.slice(before).sort()).toEqual(feedsIn(changed));
  expect(hub.told.slice(before)).not.toContain(expect.stringContaining('archive'));
});

test('a hub that is down stops no run; it is told at the next, of each feed once, as it is then', async () => {
  hub.behaviour.status = 500;
  const first = await run();
  expect(first.problems.map(({ code }) => code)).toEqual(['hub/not-told']);
  expect(hub.forms).toHaveLength(1); // the others would come to the same
  const waiting = (await house.house.library.notices()).map(({ feed: path }) => site + path).sort();
  expect(waiting).toEqual(feedsIn(first));
  items += item('two');
  house.clock.set(start + 15 * 60_000);
  const second = await run();
  expect(second.problems).toEqual([]);
  expect((await house.house.library.notices()).map(({ feed: path }) => site + path).sort()).toEqual(waiting);
  hub.behaviour.status = 204;
  house.clock.set(start + 30 * 60_000);
  await run();
  expect(told()).toEqual(waiting);
  expect(await house.house.library.notices()).toEqual([]);
  expect(await house.house.library.fact(hubTroubleFact)).toBe('');
});

test('the maintainer hears once that it does not listen, and once that it does again', async () => {
  hub.behaviour.status = 503;
  const news: unknown[] = [];
  for (let turn = 0; turn < 8; turn++) {
    house.clock.set(start + turn * hour);
    news.push(...(await run()).news);
  }
  expect(news).toMatchObject([{ kind: 'hub', words: expect.stringContaining('503') }]);
  hub.behaviour.status = 202;
  house.clock.set(start + 40 * hour);
  expect((await run()).news).toEqual([]);
  const all = await house.house.library.news(0);
  expect(all.filter(({ sourceKey }) => sourceKey === '/hub').map(({ kind }) => kind)).toEqual(['hub', 'back']);
  expect(told()).toHaveLength(new Set(told()).size);
});

test('a feed that it refuses keeps no other from being told', async () => {
  const network = house.house.network;
  const post: typeof network.post = (request, signal) =>
    network.post(request.form.includes('sources') ? { ...request, url: `${partner.url}/none` } : request, signal);
  Object.assign(house.house, { network: { ...network, post } });
  const first = await run();
  const isRefused = (url: string): boolean => url.includes('/sources/');
  expect(told()).toEqual(feedsIn(first).filter((url) => !isRefused(url)));
  expect((await house.house.library.notices()).map(({ feed: path }) => site + path).sort()).toEqual(
    feedsIn(first).filter(isRefused),
  );
});

test('who is killed between publication and telling tells it next time', async () => {
  const { network } = house.house;
  const killed = new Error('killed');
  Object.assign(house.house, { network: { ...network, post: () => Promise.reject(killed) } });
  await expect(run()).rejects.toBe(killed);
  expect(hub.told).toEqual([]);
  Object.assign(house.house, { network });
  const next = await run();
  expect(feedsIn(next)).toEqual([]);
  expect(told()).toEqual((await publishedFeeds()).sort());
});

test('who is killed while the publication is put in place tells it next time, once it is there', async () => {
  const killed = new Error('killed');
  const { folder } = house.house;
  const dying = {
    ...folder,
    draft: async () => ({ ...(await folder.draft()), publish: () => Promise.reject(killed) }),
  };
  await expect(run(dying)).rejects.toBe(killed);
  expect(hub.told).toEqual([]);
  expect(told()).toEqual([]);
  await run();
  expect(told()).toEqual((await publishedFeeds()).sort());
});

test('of feeds that are no more nothing is told, and another hub is told at once what one has refused', async () => {
  hub.behaviour.status = 500;
  await run();
  await house.house.library.addNotices(['gone/feed.xml'], start);
  const other = await startHub();
  try {
    await run(undefined, other.url);
    expect([...other.told].sort()).toEqual((await publishedFeeds()).sort());
    expect(await house.house.library.notices()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('without a hub nothing is kept for one', async () => {
  await run(undefined, '');
  expect(await house.house.library.notices()).toEqual([]);
  expect(hub.forms).toEqual([]);
});

async function publishedFeeds(): Promise<string[]> {
  const paths = [...(await house.house.library.publications()).values()].flatMap((part) => part.paths);
  return [...new Set(paths)]
    .filter((path) => /(^|\/)(feed\.xml|atom\.xml|feed\.json)$/.test(path))
    .map((path) => site + path);
}
