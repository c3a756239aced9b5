/** One server hangs: what the others have brought is published meanwhile, and nothing of a pass is lost or shown twice for it. */
import { existsSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Network, SiteDraft, SiteFolder } from '../../src/edges.ts';
import type { Outcome } from '../../src/model.ts';
import { Halt, problem } from '../../src/problems.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import type { House } from '../../src/wire.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);

let house: TestHouse;
const partners: Partner[] = [];
beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

function feed(name: string, words: string): string {
  const entry = `<item><title>${name}</title><link>https://${name}.example/1</link><guid>${name}1</guid><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate><description>${words}</description></item>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link>${entry}</channel></rss>`;
}

/** Lets whatever is under way go on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Answers once it is told to. */
async function slow(body: string): Promise<{ readonly url: string; readonly answer: () => void }> {
  let answer: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const partner = await startPartner(async (_, response) => {
    await told;
    response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(body);
  });
  partners.push(partner);
  return { url: partner.url, answer };
}

async function quick(body: string): Promise<Partner> {
  const partner = await startPartner({ '/feed': body });
  partners.push(partner);
  return partner;
}

/** A run whose waits are over at once, as if the time had passed. */
function run(urls: readonly string[], edges: Partial<Pick<House, 'folder' | 'network'>>): Promise<RunReport> {
  const list = urls.map((url) => `    - ${url}\n`).join('');
  const limits = 'network: { allow: [127.0.0.1], spacing: 0s, timeout: 30s }\nsite: { url: "https://news.example/" }\n';
  const clock = {
    now: () => house.clock.now(),
    wait: async (ms: number) => {
      await new Promise((resolve) => setImmediate(resolve));
      house.clock.set(house.clock.now() + ms);
    },
  };
  return runOnce(settings(`${limits}sections:\n  calais:\n${list}`), { ...house.house, ...edges, clock });
}

const page = (path: string): string => {
  const file = join(house.folder, 'site', path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** What is told of each publication as soon as it is in place. */
function watched(onPublished: (paths: readonly string[]) => void): SiteFolder {
  const { folder } = house.house;
  return {
    ...folder,
    async draft(): Promise<SiteDraft> {
      const draft = await folder.draft();
      return {
        ...draft,
        async publish() {
          const paths = await draft.publish();
          onPublished(paths);
          return paths;
        },
      };
    },
  };
}

test('what has come is published while a server hangs, and what it brings then is published too', async () => {
  const hanging = await slow(feed('gull', 'Gulls over the quay in the evening.'));
  const prompt = await quick(feed('tern', 'Terns on the beach in the morning.'));
  const shown: boolean[][] = [];
  const folder = watched(() => {
    const html = page('calais/index.html');
    shown.push([html.includes('>tern<'), html.includes('>gull<')]);
    hanging.answer();
  });
  const report = await run([`${hanging.url}/feed`, `${prompt.url}/feed`], { folder });
  expect(shown).toEqual([
    [true, false],
    [true, true],
  ]);
  expect(report.outcomes.map(({ kind, newItems }: Outcome) => [kind, newItems])).toEqual([
    ['fresh', 1],
    ['fresh', 1],
  ]);
  expect(report.publication.written.filter((path) => path === 'calais/feed.xml')).toHaveLength(1);
  expect(report).toMatchObject({ defects: [], left: 0, postponed: 0 });
  const links = [...page('calais/index.html').matchAll(/href="\.\.\/(story\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((path) => page(path) === '')).toEqual([]);
});

test('an answer that comes while that goes on waits for its end: what is published is of one state', async () => {
  const hanging = await slow(feed('gull', 'Gulls over the quay in the evening.'));
  const prompt = await quick(feed('tern', 'Terns on the beach in the morning.'));
  let arrived: () => void = () => undefined;
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const network: Network = {
    ...house.house.network,
    async fetch(request, signal) {
      const fetched = await house.house.network.fetch(request, signal);
      if (request.url.startsWith(hanging.url)) arrived();
      return fetched;
    },
  };
  const stored: number[] = [];
  const { folder } = house.house;
  const slowFolder: SiteFolder = {
    ...folder,
    async draft() {
      hanging.answer();
      await hasArrived;
      await turns(50);
      stored.push((await house.house.library.changedSince(0)).ids.length);
      return await folder.draft();
    },
  };
  await run([`${hanging.url}/feed`, `${prompt.url}/feed`], { folder: slowFolder, network });
  expect(stored).toEqual([1, 2]);
});

test.each([
  ['', 'Terns on the beach.'],
  [', also of a text that is read again for a credit that names nobody', 'From: the keepers, wherever they are'],
])('what its partner wishes is asked before anything goes out%s', async (_, words) => {
  const hanging = await slow(feed('gull', 'Gulls over the quay in the evening.'));
  const prompt = await startPartner(
    ({ headers }, response) =>
      response.end(feed('tern', words).replaceAll('https://tern.example', `http://${headers.host}`)),
    (_, response) => response.end('{ "republish": "none" }'),
  );
  partners.push(prompt);
  const shown: string[] = [];
  const folder = watched(() => {
    shown.push(page('calais/index.html'));
    hanging.answer();
  });
  const report = await run([`${hanging.url}/feed`, `${prompt.url}/feed`], { folder });
  expect(prompt.wishRequests).toHaveLength(1);
  expect(report.defects).toEqual([]);
  expect(shown.map((html) => html.includes('>tern<'))).toEqual([false, false]);
});

test('where nothing has come, nothing is published before the end', async () => {
  const hanging = await slow(feed('gull', 'Gulls over the quay in the evening.'));
  const prompt = await startPartner({ '/feed': { status: 404 } });
  partners.push(prompt);
  let publications = 0;
  const answering = turns(500).then(hanging.answer);
  const folder = watched(() => {
    publications++;
  });
  await run([`${hanging.url}/feed`, `${prompt.url}/feed`], { folder });
  await answering;
  expect(publications).toBe(1);
});

test('a site that cannot be written is told once, at the end', async () => {
  const hanging = await slow(feed('gull', 'Gulls over the quay in the evening.'));
  const prompt = await quick(feed('tern', 'Terns on the beach in the morning.'));
  let tries = 0;
  const folder: SiteFolder = {
    ...house.house.folder,
    async draft() {
      tries++;
      hanging.answer();
      throw new Halt(problem('publish/not-writable', {}, 'the folder'));
    },
  };
  const report = await run([`${hanging.url}/feed`, `${prompt.url}/feed`], { folder });
  expect(tries).toBe(2);
  expect(report.problems.map(({ code }) => code).filter((code) => code === 'publish/not-writable')).toHaveLength(1);
  expect(report.outcomes.map(({ newItems }) => newItems)).toEqual([1, 1]);
});

test('what a partner wishes is kept while its archive is still followed, and asked once', async () => {
  let [wishes, wishesBeforeTheEnd] = [0, 0];
  const wish: RequestListener = (_, response) => {
    wishes++;
    if (wishes > 1) return void response.writeHead(429, { 'Retry-After': '120' }).end();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{ "republish": "none" }');
  };
  const archivedFeed: RequestListener = async ({ url = '' }, response) => {
    const number = ['/feed', '/older', '/oldest'].indexOf(url);
    if (number === 1) await turns(2_000); // by then its partner is to be asked, in a lull, and waits behind this
    const home = `${archived.url}/`;
    const next = ['older', 'oldest']
      .slice(number, number + 1)
      .map((path) => `<link rel="next" href="${home}${path}"/>`);
    const entry = `<entry><title>gull ${number}</title><id>tag:gull.example,2026:${number}</id><link href="${home}${number}"/><updated>2026-11-19T10:00:00Z</updated><content>Gulls over the quay, part ${number}.</content></entry>`;
    const body = `<feed xmlns="http://www.w3.org/2005/Atom"><title>gull</title><id>tag:gull.example,2026:feed</id><link href="${home}"/>${next.join('')}${entry}</feed>`;
    if (url === '/oldest') wishesBeforeTheEnd = wishes;
    response.writeHead(200, { 'Content-Type': 'application/atom+xml', ETag: `"${number}"` }).end(body);
  };
  const archived = await startPartner(archivedFeed, wish);
  partners.push(archived);
  const prompt = await quick(feed('tern', 'Terns on the beach in the morning.'));
  const report = await run([`${archived.url}/feed`, `${prompt.url}/feed`], {});
  expect(report.outcomes.map(({ newItems }) => newItems).sort()).toEqual([1, 3]);
  expect([wishesBeforeTheEnd, wishes]).toEqual([1, 1]);
  expect(page('calais/index.html')).not.toContain('gull');
  const memories = [...(await house.house.library.memories()).values()];
  expect(memories.find(({ bodyUrl }) => bodyUrl?.startsWith(archived.url))).toMatchObject({
    validators: { etag: '"0"' },
    lastNewItem: expect.any(Number),
    wishes: { sites: [{ wish: { republish: 'none' } }] },
  });
});
