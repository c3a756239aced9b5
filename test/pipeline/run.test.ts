/** The refresh is the most tested thing in the house: each way a partner can behave, through the real network and store. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SiteDraft, SiteFolder } from '../../src/edges.ts';
import type { SourceMemory } from '../../src/model.ts';
import { type Partner, type Script, startPartner } from '../partner/server.ts';
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

function rss(items: string, channel = '<title>Harbour Watch</title><link>https://harbour.example/</link>'): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
}

const item = (name: string): string =>
  `<item><title>${name}</title><link>https://harbour.example/${name}</link><guid>${name}</guid><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate><description>Text of ${name}.</description></item>`;

const section = (url: string, more = ''): string => `sections:\n  calais:\n    - url: ${url}\n${more}`;

async function memory(): Promise<SourceMemory> {
  const [only] = (await house.house.library.memories()).values();
  if (only === undefined) throw new Error('no source is remembered');
  return only;
}

async function titles(): Promise<string[]> {
  const { ids } = await house.house.library.changedSince(0);
  return (await house.house.library.stories(ids)).flatMap((story) => story.items.map((one) => one.title));
}

describe('one source over time', () => {
  test('the first time everything is stored, and what it said of itself is remembered', async () => {
    const { url } = await partner({
      '/feed': { body: rss(item('One') + item('Two')), headers: { ETag: 'W/"odd', 'Last-Modified': 'whenever' } },
    });
    const report = await house.run(section(`${url}/feed`));
    expect(report.outcomes).toMatchObject([{ kind: 'fresh', entries: 2, newItems: 2, isNewlyFailing: false }]);
    expect(await titles()).toEqual(['One', 'Two']);
    expect(await memory()).toMatchObject({
      title: 'Harbour Watch',
      home: 'https://harbour.example/',
      validators: { etag: 'W/"odd', lastModified: 'whenever' },
      failures: 0,
      lastNewItem: start,
    });
  });

  test('that it credits somebody unknown, and is read again at the end of the pass, takes nothing from that', async () => {
    const credited = item('One').replace('Text of One.', 'From: the keepers, wherever they are');
    const { url } = await partner({ '/feed': { body: rss(credited) } });
    await house.run(section(`${url}/feed`));
    expect(await memory()).toMatchObject({ lastNewItem: start });
  });

  test('it is not asked again before it is due, and then conditionally, byte for byte', async () => {
    const asked = await partner({
      '/feed': [{ body: rss(item('One')), headers: { ETag: 'W/"odd' } }, { status: 304 }],
    });
    await house.run(section(`${asked.url}/feed`));
    house.clock.set(start + hour / 2);
    expect((await house.run(section(`${asked.url}/feed`))).outcomes).toEqual([]);
    house.clock.set(start + 2 * hour);
    expect((await house.run(section(`${asked.url}/feed`))).outcomes).toMatchObject([{ kind: 'unchanged' }]);
    expect(asked.requests.map((one) => one.headers['if-none-match'])).toEqual([undefined, 'W/"odd']);
  });

  test('an unchanged world makes a second run that writes no file', async () => {
    const { url } = await partner({ '/feed': { body: rss(item('One')) } });
    const first = await house.run(section(`${url}/feed`));
    expect(first.publication.written).toContain('calais/feed.xml');
    const before = filesOf(house.house.siteFolder);
    house.clock.set(start + hour / 2); // the page on how sources stand is renewed every hour
    const second = await house.run(section(`${url}/feed`), { now: 'all' });
    expect(second.outcomes).toMatchObject([{ kind: 'unchanged' }]);
    expect(second.publication).toEqual({ written: [], removed: [], defects: [] });
    expect(filesOf(house.house.siteFolder)).toEqual(before);
  });

  test('a body that cannot be read leaves the validators of the last one that could', async () => {
    const asked = await partner({
      '/feed': [
        { body: rss(item('One')), headers: { ETag: '"good"' } },
        {
          body: '<html><title>Down for repairs</title></html>',
          headers: { ETag: '"bad"', 'Content-Type': 'text/html' },
        },
        { body: rss(item('One') + item('Two')), headers: { ETag: '"new"' } },
      ],
    });
    const yaml = section(`${asked.url}/feed`);
    await house.run(yaml);
    const broken = await house.run(yaml, { now: 'all' });
    expect(broken.outcomes).toMatchObject([{ kind: 'failed', isNewlyFailing: true }]);
    expect(broken.outcomes[0]?.problems[0]?.happened).toContain('Down for repairs');
    expect(await titles()).toEqual(['One']);
    const back = await house.run(yaml, { now: 'all' });
    expect(back.outcomes).toMatchObject([{ kind: 'fresh', newItems: 1, hasRecovered: true }]);
    expect(asked.requests.map((one) => one.headers['if-none-match'])).toEqual([undefined, '"good"', '"good"']);
  });

  test('a feed that is cut in the middle brings its whole entries, and the rest an hour later', async () => {
    const whole = rss(item('One') + item('Two') + item('Three'));
    let body = whole.slice(0, whole.indexOf('Text of Three'));
    const asked = await startPartner((request, response) => {
      // The text is the same on the server: only its way to us was cut.
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { ETag: '"1"' }).end(body);
    });
    partners.push(asked);
    const yaml = section(`${asked.url}/feed`);
    await house.run(yaml);
    expect(await titles()).toEqual(['One', 'Two']);
    expect(await memory()).toMatchObject({ validators: { etag: undefined }, bodyHash: undefined });
    expect((await memory()).nextDue).toBeLessThanOrEqual(start + 1.1 * hour);
    body = whole;
    house.clock.set(start + 2 * hour);
    await house.run(yaml);
    expect(await titles()).toEqual(['One', 'Two', 'Three']);
    expect(await memory()).toMatchObject({ validators: { etag: '"1"' } });
    house.clock.set(start + 4 * hour);
    expect((await house.run(yaml)).outcomes).toMatchObject([{ kind: 'unchanged' }]);
  });

  test('one that is always cut is asked once a day, as one without validators', async () => {
    const { url } = await partner({
      '/feed': { body: rss(item('One')).replace('</rss>', ''), headers: { ETag: '"1"' } },
    });
    await house.run(section(`${url}/feed`));
    house.clock.set(start + 2 * hour);
    expect((await house.run(section(`${url}/feed`))).outcomes).toMatchObject([{ kind: 'fresh', newItems: 0 }]);
    expect((await memory()).nextDue).toBeGreaterThanOrEqual(house.clock.now() + 24 * hour);
  });

  test('a feed that turns into a page is not left for the feed that the page names', async () => {
    const other = await partner({ '/casino': rss(item('Casino')) });
    const page = `<html><title>Play</title><link rel="alternate" type="application/rss+xml" href="${other.url}/casino"></html>`;
    const asked = await partner({
      '/feed': [rss(item('One')), { body: page, headers: { 'Content-Type': 'text/html' } }],
    });
    await house.run(section(`${asked.url}/feed`));
    const second = await house.run(section(`${asked.url}/feed`), { now: 'all' });
    expect(second.outcomes).toMatchObject([{ kind: 'failed' }]);
    expect(other.requests).toEqual([]);
    expect(await titles()).toEqual(['One']);
  });

  test('a source that keeps failing is news once, and is asked less and less', async () => {
    const { url } = await partner({ '/feed': { status: 500 } });
    const yaml = section(`${url}/feed`);
    const first = await house.run(yaml);
    expect(first.outcomes).toMatchObject([
      { kind: 'failed', isNewlyFailing: true, problems: [{ code: 'fetch/server-error' }] },
    ]);
    const waits: number[] = [(await memory()).nextDue - start];
    for (let time = 0; time < 3; time++) {
      house.clock.set((await memory()).nextDue);
      const again = await house.run(yaml);
      expect(again.outcomes).toMatchObject([{ isNewlyFailing: false }]);
      waits.push((await memory()).nextDue - house.clock.now());
    }
    // Half an hour, doubled each time, a tenth of chance on top.
    const steps = waits.map((_, at) => (hour / 2) * 2 ** at);
    expect(waits.every((wait, at) => wait >= (steps[at] ?? 0) && wait <= 1.1 * (steps[at] ?? 0) + 1)).toBe(true);
    expect(await memory()).toMatchObject({ failures: 4, failingSince: start });
  });

  test('410 stops for good, until a person names the source', async () => {
    const asked = await partner({ '/feed': { status: 410 } });
    const yaml = section(`${asked.url}/feed`, '      name: Harbour Watch');
    await house.run(yaml);
    house.clock.set(start + 400 * 24 * hour);
    await house.run(yaml);
    await house.run(yaml, { now: 'all' });
    expect(asked.requests).toHaveLength(1);
    await house.run(yaml, { now: ['harbour watch'] });
    expect(asked.requests).toHaveLength(2);
  });

  test('being told to wait is obeyed, and is no failure', async () => {
    const asked = await partner({ '/feed': { status: 503, headers: { 'Retry-After': '7200' } } });
    const yaml = section(`${asked.url}/feed`);
    const report = await house.run(yaml);
    expect(report.outcomes).toMatchObject([{ isNewlyFailing: false, problems: [{ code: 'fetch/told-to-wait' }] }]);
    expect((await memory()).nextDue).toBeGreaterThanOrEqual(start + 2 * hour);
    await house.run(yaml, { now: 'all' });
    expect(asked.requests).toHaveLength(1);
  });

  test.each([
    ['500', { status: 500, headers: { 'Retry-After': '7200' } }],
    ['403', { status: 403, headers: { 'Retry-After': '7200' } }],
    ['302', { status: 302, headers: { 'Retry-After': '7200', Location: '/there' } }],
  ])('being told to wait by a %s too, whoever asks', async (_status, answer) => {
    const asked = await partner({ '/feed': answer, '/there': rss(item('One')) });
    const yaml = section(`${asked.url}/feed`, '      name: Harbour Watch');
    await house.run(yaml);
    const { length } = asked.requests;
    house.clock.set(start + 2 * hour - 1);
    await house.run(yaml, { now: 'all' });
    await house.run(yaml, { now: ['harbour watch'] });
    expect(asked.requests).toHaveLength(length);
    house.clock.set(start + 2 * hour);
    await house.run(yaml, { now: 'all' });
    expect(asked.requests).toHaveLength(2 * length);
    expect(await memory()).toMatchObject({ waitUntil: start + 4 * hour });
  });

  test('a wait that a wrong clock has written is none', async () => {
    const asked = await partner({ '/feed': [{ status: 500, headers: { 'Retry-After': '60' } }, rss(item('One'))] });
    house.clock.set(start + 400 * 24 * hour);
    await house.run(section(`${asked.url}/feed`));
    house.clock.set(start);
    await house.run(section(`${asked.url}/feed`), { now: 'all' });
    expect(await titles()).toEqual(['One']);
    expect(await memory()).toMatchObject({ waitUntil: undefined });
  });

  test('the same bytes without validators take nothing from those that name them; other bytes do', async () => {
    const [body, other] = [rss(item('One')), rss(item('Two'))];
    const named = { ETag: '"1"' };
    const asked = await partner({ '/feed': [{ body, headers: named }, { body }, { status: 304 }, { body: other }] });
    for (const kind of ['fresh', 'unchanged', 'unchanged', 'fresh'])
      expect((await house.run(section(`${asked.url}/feed`), { now: 'all' })).outcomes).toMatchObject([{ kind }]);
    expect(asked.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"', '"1"']);
    expect(await memory()).toMatchObject({ validators: { etag: undefined } });
  });

  test('behind a stable redirect the validators go to where the feed is, and nowhere else', async () => {
    const body = rss(item('One'));
    const there = await partner({ '/feed': [{ body, headers: { ETag: '"1"' } }, { status: 304 }] });
    const elsewhere = await partner({ '/feed': [{ body, headers: { ETag: '"2"' } }, { status: 304 }] });
    const to = (url: string) => ({ status: 302, headers: { Location: `${url}/feed`, ETag: '"here"' } });
    const asked = await partner({ '/feed': [there, there, elsewhere, elsewhere].map(({ url }) => to(url)) });
    const kinds: string[] = [];
    for (const _ of [1, 2, 3, 4]) {
      const { outcomes } = await house.run(section(`${asked.url}/feed`), { now: 'all' });
      kinds.push(outcomes[0]?.kind ?? 'none');
    }
    const etags = ({ requests }: Partner) => requests.map(({ headers }) => headers['if-none-match']);
    expect(kinds).toEqual(['fresh', 'unchanged', 'unchanged', 'unchanged']);
    expect(etags(asked)).toEqual([undefined, undefined, undefined, undefined]);
    expect(etags(there)).toEqual([undefined, '"1"']);
    expect(etags(elsewhere)).toEqual([undefined, '"2"']);
    expect(await memory()).toMatchObject({ bodyUrl: `${elsewhere.url}/feed`, validators: { etag: '"2"' } });
  });

  test('one that asks us to wait every time is asked less and less, and is news once when that has lasted a day', async () => {
    const wait = { status: 429, headers: { 'Retry-After': '1' } };
    const asked = await partner({ '/feed': [...Array.from({ length: 14 }, () => wait), { body: rss(item('One')) }] });
    const yaml = section(`${asked.url}/feed`, '      name: Harbour Watch');
    const waits: number[] = [];
    const told: boolean[] = [];
    for (let time = 0; time < 14; time++) {
      const { outcomes } = await house.run(yaml);
      expect(outcomes).toMatchObject([{ kind: 'failed', problems: [{ code: expect.stringMatching(/wait/) }] }]);
      if (outcomes[0]?.isNewlyFailing === true) expect(outcomes[0].problems).toMatchObject([{ severity: 'failure' }]);
      told.push(outcomes[0]?.isNewlyFailing === true);
      const { nextDue } = await memory();
      waits.push(Math.round((nextDue - house.clock.now()) / (hour / 2)));
      house.clock.set(nextDue - 1);
      await house.run(yaml, { now: 'all' }); // never early
      house.clock.set(nextDue);
    }
    expect(asked.requests).toHaveLength(14);
    expect(waits.slice(0, 4)).toEqual([1, 2, expect.closeTo(4, -1), expect.closeTo(9, -1)]);
    expect(waits.every((one, at) => one >= Math.min(2 ** at, 48) && one <= 53)).toBe(true);
    expect(told.filter(Boolean)).toHaveLength(1);
    const [news, ...more] = await house.house.library.news(0);
    expect(more).toEqual([]);
    expect(news).toMatchObject({ kind: 'failing', source: 'Harbour Watch' });
    expect(news?.words).toContain(
      'It has not answered since 2026-11-20 03:00 UTC: asks us to wait, time after time: 429 Too Many',
    );
    expect(news?.at).toBeGreaterThanOrEqual(start + 24 * hour);
    expect(await memory()).toMatchObject({ failures: 0, problem: { code: 'fetch/kept-waiting' } });
    await house.run(yaml);
    expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['failing', 'back']);
  });

  test('a paused source is not asked', async () => {
    const asked = await partner({ '/feed': rss(item('One')) });
    await house.run(section(`${asked.url}/feed`, '      paused: site is down since June'), { now: 'all' });
    expect(asked.requests).toEqual([]);
  });
});

test('counters and numbers in addresses change with every visit, and nobody hears of it; of a correction readers do', async () => {
  let visit = 0;
  let injured = 'Four';
  const asked = await startPartner((_request, response) => {
    visit++;
    const text = `${injured} people were injured. ${visit} comments. ${visit * 68} views <img src="https://a.example/b.gif?${visit}"> <a href="https://share.example/?n=${visit}">Share</a>`;
    response.writeHead(200).end(rss(item('One').replace('Text of One.', `<![CDATA[<p>${text}</p>]]>`)));
  });
  partners.push(asked);
  const yaml = section(`${asked.url}/feed`);
  await house.run(yaml);
  const before = await house.house.library.changedSince(0);
  for (let time = 0; time < 3; time++) {
    const { outcomes, publication } = await house.run(yaml, { now: 'all' });
    expect(outcomes).toMatchObject([{ kind: 'fresh', revisedItems: 0 }]);
    expect(publication.written).toEqual([]);
  }
  expect(await house.house.library.changedSince(0)).toEqual(before);
  injured = 'Three';
  const { outcomes, publication } = await house.run(yaml, { now: 'all' });
  expect(outcomes).toMatchObject([{ revisedItems: 1 }]);
  expect(publication.written).toContain('calais/feed.xml');
});

describe('a home page instead of a feed', () => {
  const page =
    '<!doctype html><title>Harbour Watch</title><link rel="alternate" type="application/rss+xml" href="/feed">';

  test('its feed is found once and remembered', async () => {
    const asked = await partner({
      '/': { body: page, headers: { 'Content-Type': 'text/html' } },
      '/feed': { body: rss(item('One')) },
    });
    await house.run(section(`${asked.url}/`));
    await house.run(section(`${asked.url}/`), { now: 'all' });
    expect(asked.requests.map((one) => one.path)).toEqual(['/', '/feed', '/feed']);
    expect(await titles()).toEqual(['One']);
  });

  const pageFor = (feed: string): { body: string; headers: Record<string, string> } => ({
    body: page.replace('/feed', feed),
    headers: { 'Content-Type': 'text/html' },
  });
  /** Runs whenever the source is due, until then. */
  async function runUntil(yaml: string, end: number): Promise<void> {
    for (;;) {
      const due = (await memory()).nextDue;
      if (due > end) return;
      house.clock.set(due);
      await house.run(yaml);
    }
  }

  test('a feed that has died is looked for anew, at no greater pace', async () => {
    const asked = await partner({
      '/': [pageFor('/feed'), pageFor('/neu.xml')],
      '/feed': [rss(item('One')), { status: 404 }],
      '/neu.xml': rss(item('One') + item('Two')),
    });
    await house.run(section(`${asked.url}/`));
    await runUntil(section(`${asked.url}/`), start + 2 * 24 * hour);
    expect(await titles()).toEqual(['One', 'Two']);
    expect(await memory()).toMatchObject({ feedUrl: `${asked.url}/neu.xml`, failures: 0 });
    const { length } = asked.requests.filter(({ path }) => path === '/feed');
    expect(length).toBeLessThan(8);
    expect(asked.requests.filter(({ path }) => path === '/')).toHaveLength(2);
    expect((await house.house.library.news(0)).map(({ kind }) => kind)).toEqual(['moved']); // before anybody was alarmed
  });

  test('a feed that is gone for good is not asked again, and what the page names is', async () => {
    const asked = await partner({
      '/': [pageFor('/feed'), pageFor('/neu.xml')],
      '/feed': [rss(item('One')), { status: 410 }],
      '/neu.xml': rss(item('One') + item('Two')),
    });
    await house.run(section(`${asked.url}/`));
    house.clock.set((await memory()).nextDue);
    const { outcomes } = await house.run(section(`${asked.url}/`));
    expect(outcomes).toMatchObject([{ kind: 'failed', problems: [{ code: 'fetch/address-gone' }] }]);
    house.clock.set((await memory()).nextDue);
    await house.run(section(`${asked.url}/`));
    expect(asked.requests.map((one) => one.path)).toEqual(['/', '/feed', '/feed', '/', '/neu.xml']);
    expect(await titles()).toEqual(['One', 'Two']);
  });

  test('a page that goes on naming a feed that is gone for good stops us', async () => {
    const asked = await partner({ '/': pageFor('/feed'), '/feed': [rss(item('One')), { status: 410 }] });
    await house.run(section(`${asked.url}/`));
    await runUntil(section(`${asked.url}/`), start + 60 * 24 * hour);
    expect(asked.requests.map((one) => one.path)).toEqual(['/', '/feed', '/feed', '/', '/feed']);
    expect(await memory()).toMatchObject({ isGone: true });
  });

  test('the configured address that serves a feed again is asked itself from then on', async () => {
    const asked = await partner({
      '/old': [{ status: 301, headers: { Location: '/new' } }, rss(item('One') + item('Two'))],
      '/new': [rss(item('One')), { status: 404 }],
    });
    await house.run(section(`${asked.url}/old`));
    await house.house.library.remember({
      ...(await memory()),
      feedUrl: `${asked.url}/new`, // as adopted
      askedUrl: `${asked.url}/new`,
    });
    await runUntil(section(`${asked.url}/old`), start + 2 * 24 * hour);
    expect(await memory()).toMatchObject({ feedUrl: undefined, askedUrl: `${asked.url}/old`, failures: 0 });
    expect(await titles()).toEqual(['One', 'Two']);
    const before = asked.requests.length;
    house.clock.set((await memory()).nextDue);
    await house.run(section(`${asked.url}/old`));
    expect(asked.requests.slice(before).map(({ path }) => path)).toEqual(['/old']);
  });

  test('what a page names anew is judged: strangers at another domain are held', async () => {
    const other = await partner({ '/casino': rss(item('Casino')) });
    const asked = await partner({
      '/': [pageFor('/feed'), pageFor(`${other.url}/casino`)],
      '/feed': [rss(item('One')), { status: 404 }],
    });
    await house.run(section(`${asked.url}/`));
    await runUntil(section(`${asked.url}/`), start + 2 * 24 * hour);
    expect((await memory()).held?.reasons).toContain(`it leads to ${new URL(other.url).host}`);
    expect(await titles()).toEqual(['One']);
  });

  test('a page that advertises none is a failure with its title', async () => {
    const { url } = await partner({
      '/': { body: '<title>Welcome</title><p>Hello', headers: { 'Content-Type': 'text/html' } },
    });
    const { outcomes } = await house.run(section(`${url}/`));
    expect(outcomes[0]?.problems).toMatchObject([
      { code: 'parse/not-a-feed', happened: expect.stringContaining('Welcome') as unknown },
    ]);
  });
});

describe('one broken source costs that source alone', () => {
  test.each([
    ['an empty answer', { status: 200, body: '' }, 'parse/empty'],
    ['fifty megabytes', { body: Buffer.alloc(50 * 2 ** 20, 'a') }, 'fetch/too-large'],
    ['a page', { body: '<html><body>Hi</body></html>', headers: { 'Content-Type': 'text/html' } }, 'parse/not-a-feed'],
    ['nothing there', { status: 404 }, 'fetch/not-found'],
    ['a closed door', { status: 403 }, 'fetch/not-allowed'],
  ])('%s', async (_what, bad, code) => {
    const { url } = await partner({ '/bad': bad, '/good': rss(item('One')) });
    const report = await house.run(`sections:\n  calais:\n    - ${url}/bad\n    - ${url}/good\n`);
    expect(report.defects).toEqual([]);
    expect(report.outcomes.find((one) => one.sourceKey.endsWith('/bad'))?.problems.map((one) => one.code)).toEqual([
      code,
    ]);
    expect(await titles()).toEqual(['One']);
  });

  test('a feed that never ends costs its own time', async () => {
    await house.close();
    house = await openTestHouse(start, 'network: { allow: [127.0.0.1], spacing: 0s, timeout: 1s }\n');
    const drip = await partner({
      '/good': rss(item('One')),
      '/bad': (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/rss+xml' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
    });
    const other = await partner({ '/good': rss(item('Two')) });
    const report = await house.run(`sections:\n  calais:\n    - ${drip.url}/bad\n    - ${other.url}/good\n`);
    expect(report.outcomes.map((one) => one.kind).sort()).toEqual(['failed', 'fresh']);
    expect(await titles()).toEqual(['Two']);
  });

  test('a private address is refused unless the settings allow it', async () => {
    await house.close();
    house = await openTestHouse(start, 'network: { spacing: 0s }\n');
    const asked = await partner({ '/feed': rss(item('One')) });
    const { outcomes } = await house.run(section(`${asked.url}/feed`));
    expect(outcomes[0]?.problems).toMatchObject([{ code: 'fetch/refused-address' }]);
    expect(asked.requests).toEqual([]);
  });
});

test('a name learned from a feed gives credit to what was read before it', async () => {
  const words =
    'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their things would be brought';
  const reposter = await partner({
    '/feed': rss(
      `<item><guid>r</guid><title>R</title><description>&lt;p&gt;reposted from Harbour Watch;&lt;/p&gt;&lt;p&gt;${words}&lt;/p&gt;</description></item>`,
      '<title>Reposter</title><link>https://reposter.example/</link>',
    ),
  });
  const author = await partner({ '/feed': rss(item('Other')) });
  await house.run(`sections:\n  calais:\n    - ${reposter.url}/feed\n`);
  await house.run(`sections:\n  calais:\n    - ${reposter.url}/feed\n    - ${author.url}/feed\n`);
  const page = readFileSync(join(house.house.siteFolder, 'calais', 'feed.json'), 'utf8');
  const { items } = JSON.parse(page) as { items: { title: string; authors: { name: string }[] }[] };
  expect(items.find((one) => one.title === 'R')?.authors[0]?.name).toBe('Harbour Watch');
});

test('a feed that is switched to summaries costs no text that was known in full', async () => {
  const words =
    'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their things would be brought.';
  const post = (text: string, title = 'One'): string =>
    rss(
      `<item><guid>1</guid><title>${title}</title><link>https://harbour.example/1</link><description>${text}</description></item>`,
    );
  const { url } = await partner({
    '/feed': [post(words), post(`${words.slice(0, 80)} […]`), post('We took this down.', 'Two')],
  });
  const texts = async (): Promise<string[]> => {
    const { ids } = await house.house.library.changedSince(0);
    return (await house.house.library.stories(ids)).flatMap((story) => story.items.map(({ text }) => text));
  };
  await house.run(section(`${url}/feed`));
  const { outcomes } = await house.run(section(`${url}/feed`), { now: 'all' });
  expect(outcomes).toMatchObject([{ kind: 'fresh', newItems: 0, revisedItems: 0 }]);
  expect(await texts()).toEqual([words]);
  expect((await house.run(section(`${url}/feed`), { now: 'all' })).outcomes).toMatchObject([{ revisedItems: 1 }]);
  expect(await texts()).toEqual(['We took this down.']);
});

test('filters decide what a section shows, not what is stored', async () => {
  const { url } = await partner({ '/feed': rss(item('Calais') + item('Elsewhere')) });
  await house.run(section(`${url}/feed`, '      only: { title: [ /calais/i ] }'));
  expect(await titles()).toEqual(['Calais', 'Elsewhere']);
  const feed = (): string => readFileSync(join(house.house.siteFolder, 'calais', 'feed.xml'), 'utf8');
  expect(feed()).not.toContain('Elsewhere');
  await house.run(section(`${url}/feed`));
  expect(feed()).toContain('Elsewhere');
});

test('a site folder that was emptied is filled again', async () => {
  const { url } = await partner({ '/feed': { body: rss(item('One')) } });
  const first = await house.run(section(`${url}/feed`));
  const before = filesOf(house.house.siteFolder).map((line) => line.split(' ').slice(0, 2));
  rmSync(house.house.siteFolder, { recursive: true });
  const second = await house.run(section(`${url}/feed`));
  expect(second.publication.written.toSorted()).toEqual(first.publication.written.toSorted());
  expect(filesOf(house.house.siteFolder).map((line) => line.split(' ').slice(0, 2))).toEqual(before);
});

test('a section that is no more leaves no page behind', async () => {
  const { url } = await partner({ '/feed': rss(item('One')) });
  await house.run(section(`${url}/feed`));
  await house.run(`sections:\n  channel:\n    - ${url}/feed\n`);
  expect(readdirSync(house.house.siteFolder)).not.toContain('calais');
  expect(readdirSync(house.house.siteFolder)).toContain('channel');
});

describe('a hostile feed stops nobody', () => {
  test('neither by a language tag that no calendar knows, nor by guids that collide, nor by odd roots', async () => {
    const tagged = item('Tagged').replace('<guid>', '<dc:language>fa-u-ca-persian</dc:language><guid>');
    const colliding = ['L1', 'L2']
      .map((link) => `<item><guid>a</guid><title>${link}</title><link>https://x.example/${link}</link></item>`)
      .join('');
    const { url } = await partner({
      '/tag': rss(tagged).replace('<rss ', '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" '),
      '/guid': rss(`${colliding}<item><guid>told-apart:a https://x.example/L1</guid><title>L3</title></item>`),
      '/root': '<constructor/>',
      '/good': rss(item('Good')),
    });
    const yaml = `sections:\n  calais:\n${['tag', 'guid', 'root', 'good'].map((name) => `    - ${url}/${name}\n`).join('')}`;
    const report = await house.run(yaml);
    expect(report.defects).toEqual([]);
    expect((await titles()).sort()).toEqual(['Good', 'L1', 'L2', 'L3', 'Tagged']);
    expect(report.outcomes.find((one) => one.sourceKey.endsWith('/root'))?.problems).toMatchObject([
      { code: 'parse/not-a-feed' },
    ]);
    expect(readFileSync(join(house.house.siteFolder, 'calais/feed.xml'), 'utf8')).toContain('Good');
  });

  test('a part of the site that cannot be rendered is our bug, and costs that part alone', async () => {
    const { url } = await partner({ '/feed': rss(item('One')) });
    const { folder } = house.house;
    const failing: SiteFolder = {
      ...folder,
      async draft() {
        const draft = await folder.draft();
        const add: SiteDraft['add'] = (documents) =>
          documents.some((one) => one.path === 'calais/index.html')
            ? Promise.reject(new Error('a bug'))
            : draft.add(documents);
        return { ...draft, add };
      },
    };
    const report = await house.run(
      `sections:\n  calais:\n    - ${url}/feed\n  channel:\n    - ${url}/feed\n`,
      {},
      failing,
    );
    expect(report.defects.map((one) => one.sourceKey)).toEqual(['calais']);
    expect(readFileSync(join(house.house.siteFolder, 'channel/feed.xml'), 'utf8')).toContain('One');
    await house.run(`sections:\n  calais:\n    - ${url}/feed\n  channel:\n    - ${url}/feed\n`);
    expect(readFileSync(join(house.house.siteFolder, 'calais/feed.xml'), 'utf8')).toContain('One');
  });

  test('a name in a redirect brings no control character into our words', async () => {
    const { url } = await partner({
      '/feed': { status: 302, headers: { Location: 'nonsense://[\u00e2\u0080\u00aegnp\u00c2\u009b31m' } },
    });
    const { outcomes } = await house.run(section(`${url}/feed`));
    expect(outcomes[0]?.problems[0]?.happened).not.toMatch(/[\u0080-\u009f\u202e]/);
  });
});

describe('what was taken back', () => {
  const atom = (entries: string): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Harbour Watch</title><id>urn:uuid:1</id><link href="https://harbour.example/"/>${entries}</feed>`;
  const entry = (name: string, date: string): string =>
    `<entry><id>tag:harbour.example,2026:${name}</id><title>${name}</title><link href="https://harbour.example/${name}"/><updated>${date}</updated><content>Text of ${name}.</content></entry>`;
  const tombstone = (name: string): string =>
    `<at:deleted-entry ref="tag:harbour.example,2026:${name}" when="2026-11-20T00:00:00Z"/>`;
  const everywhere = (): string[] =>
    readdirSync(house.house.siteFolder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.\w+$/.test(name) && readFileSync(join(house.house.siteFolder, name), 'utf8').includes('Secret'),
    );

  test('leaves the digest that carried it, also when that becomes empty', async () => {
    const { url } = await partner({
      '/feed': [
        atom(entry('Secret', '2026-11-12T10:00:00Z')),
        atom(tombstone('Secret') + entry('Other', '2026-11-19T10:00:00Z')),
      ],
    });
    await house.run(section(`${url}/feed`));
    expect(everywhere().filter((name) => name.includes('digest')).length).toBeGreaterThan(1);
    await house.run(section(`${url}/feed`), { now: 'all' });
    expect(everywhere()).toEqual([]);
  });

  test('leaves a digest of weeks ago', async () => {
    const { url } = await partner({
      '/feed': [
        atom(entry('Secret', '2026-11-12T10:00:00Z') + entry('Kept', '2026-11-12T11:00:00Z')),
        { status: 304 },
        atom(tombstone('Secret')),
      ],
    });
    await house.run(section(`${url}/feed`));
    house.clock.set(start + 30 * 24 * hour);
    await house.run(section(`${url}/feed`), { now: 'all' });
    await house.run(section(`${url}/feed`), { now: 'all' });
    expect(everywhere()).toEqual([]);
    expect(readFileSync(join(house.house.siteFolder, 'calais/digest/2026-w46/index.html'), 'utf8')).toContain('Kept');
  });

  test('leaves the page of its month, and a month without stories has none', async () => {
    const many = Array.from({ length: 110 }, (_, at) => entry(`P${at}`, `2026-0${1 + (at % 9)}-10T10:00:00Z`)).join('');
    const { url } = await partner({
      '/feed': [atom(many + entry('Secret', '2001-02-10T10:00:00Z')), atom(many + tombstone('Secret'))],
    });
    await house.run(section(`${url}/feed`));
    expect(everywhere()).toContain('calais/2001-02/index.html');
    await house.run(section(`${url}/feed`), { now: 'all' });
    expect(everywhere()).toEqual([]);
    expect(readdirSync(join(house.house.siteFolder, 'calais'))).not.toContain('2001-02');
    expect(readFileSync(join(house.house.siteFolder, 'calais/2026-01/index.html'), 'utf8')).not.toContain('2001-02');
  });
});

describe('a source that leaves sources.yaml', () => {
  const words =
    'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their things would be brought';
  const post = (home: string, name: string, credit = ''): string =>
    rss(
      `<item><guid>${name}</guid><title>${name}</title><link>${home}${name}</link><pubDate>${name === 'one' ? 'Wed, 18' : 'Thu, 19'} Nov 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;${credit}&lt;/p&gt;&lt;p&gt;${words}&lt;/p&gt;</description></item>`,
      `<title>${home}</title><link>${home}</link>`,
    );

  test('takes no licence to print its words with it', async () => {
    const author = await partner({ '/feed': post('https://author.example/', 'one') });
    const reposter = await partner({ '/feed': post('https://reposter.example/', 'two') });
    const reposts = `    - url: ${reposter.url}/feed\n      show: full\n`;
    await house.run(`sections:\n  calais:\n    - url: ${author.url}/feed\n      show: link\n${reposts}`);
    await house.run(`sections:\n  calais:\n${reposts}`);
    const feed = readFileSync(join(house.house.siteFolder, 'calais/feed.json'), 'utf8');
    expect(feed).toContain('two');
    expect(feed).not.toContain('took away tents');
  });

  test('takes the pages with it that only it had', async () => {
    const author = await partner({ '/feed': post('https://author.example/', 'one') });
    const other = await partner({ '/feed': rss(item('Other')) });
    await house.run(`sections:\n  calais:\n    - ${author.url}/feed\n    - ${other.url}/feed\n`);
    const before = readdirSync(join(house.house.siteFolder, 'story'));
    await house.run(`sections:\n  calais:\n    - ${other.url}/feed\n`);
    expect(before).toHaveLength(2);
    expect(readdirSync(join(house.house.siteFolder, 'story'))).toHaveLength(1);
  });

  test('is still its group when it comes back under another address', async () => {
    const { url } = await partner({
      '/a': post('https://author.example/', 'one'),
      '/b': post('https://author.example/', 'one'),
    });
    await house.run(section(`${url}/a`));
    await house.run(section(`${url}/b`));
    const { items } = JSON.parse(readFileSync(join(house.house.siteFolder, 'calais/feed.json'), 'utf8')) as {
      items: { _relais: { reposts: unknown[] } }[];
    };
    expect(items.map((one) => one._relais.reposts)).toEqual([[]]);
  });
});

test('a single page that is missing comes back, and a page of the maintainer’s own stays', async () => {
  const { url } = await partner({ '/feed': rss(item('One')) });
  await house.run(section(`${url}/feed`));
  rmSync(join(house.house.siteFolder, 'style.css'));
  writeFileSync(join(house.house.siteFolder, 'about.html'), 'ours');
  expect((await house.run(section(`${url}/feed`))).publication.written).toEqual(['style.css']);
  await house.run(section(`${url}/feed`, '      show: link'));
  expect(readFileSync(join(house.house.siteFolder, 'about.html'), 'utf8')).toBe('ours');
});

test('what the sources came to is told even when the site cannot be written', async () => {
  const { url } = await partner({ '/feed': { status: 404 } });
  writeFileSync(house.house.siteFolder, 'a file where the folder should be');
  const report = await house.run(section(`${url}/feed`));
  expect(report.outcomes).toMatchObject([{ isNewlyFailing: true }]);
  expect(report.problems).toMatchObject([{ code: 'publish/not-writable' }]);
});

/** Path, size and time of change of every file. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, stat: statSync(join(folder, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => `${name} ${stat.size} ${stat.mtimeMs}`)
    .sort();
}
