/** What a partner reads about itself: the published page of its source, over visits, in its language, and when it is made anew. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nowherePath } from '../../src/publish/source-path.ts';
import type { RunReport } from '../../src/run.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');

interface Post {
  readonly number: number;
  readonly title?: string;
  readonly text?: string;
}

let house: TestHouse;
let harbour: Partner;
let copy: Partner;
let posts: readonly Post[];
let reposts: readonly string[];
let language: string;
let file: string | undefined;
/** Put in place of the text of the feed, where it is to be broken. */
let raw: string | undefined;
/** The feed's address redirects for good. */
let isMoved: boolean;

beforeEach(async () => {
  house = await openTestHouse(start);
  posts = [{ number: 1 }, { number: 2 }];
  reposts = [];
  language = 'en';
  file = undefined;
  raw = undefined;
  isMoved = false;
  harbour = await startPartner(
    (request, response) => answer(request, response, raw ?? feed()),
    (_request, response) =>
      void (file === undefined ? response.writeHead(404).end() : response.writeHead(200).end(file)),
  );
  copy = await startPartner((request, response) => answer(request, response, copies()));
});
afterEach(async () => {
  await house.close();
  await harbour.close();
  await copy.close();
});

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  if (isMoved && request.url === '/feed') response.writeHead(301, { Location: '/new-feed' }).end();
  else if (request.url !== '/feed' && request.url !== '/new-feed') response.writeHead(404).end();
  else response.writeHead(200, { 'Content-Type': 'application/rss+xml' }).end(body);
}

function feed(): string {
  const items = posts.map(
    ({ number, title = `Report ${number}`, text = `Harbour text ${number} ${words} ${number}.` }) =>
      `<item><guid isPermaLink="false">urn:${number}</guid><title>${title}</title><link>${harbour.url}/report/${number}</link><pubDate>${new Date(start - number * hour).toUTCString()}</pubDate><description>${text}</description></item>`,
  );
  return `<rss version="2.0">\n<channel><title>Harbour</title><link>${harbour.url}/</link><language>${language}</language>\n${items.join('\n')}</channel></rss>`;
}

function copies(): string {
  const items = reposts.map(
    (text, at) =>
      `<item><guid isPermaLink="false">copy:${at}</guid><title>Copied ${at}</title><link>${copy.url}/copy/${at}</link><pubDate>${new Date(start).toUTCString()}</pubDate><description>${text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Quay</title><link>${copy.url}/</link>${items.join('')}</channel></rss>`;
}

const yaml = (more = ''): string =>
  `sections:\n  quay:\n    - { url: "${harbour.url}/feed", name: Harbour, first_import: 50, show: full${more} }\n    - { url: "${copy.url}/feed", name: Quay, first_import: 50 }\n`;

async function run(ms: number, settings = yaml()): Promise<RunReport> {
  house.clock.set(house.clock.now() + ms);
  const report = await house.run(settings, { now: 'all' });
  expect(report.defects).toEqual([]);
  return report;
}

function pathOf(name: string): string | undefined {
  const html = readFileSync(join(house.house.siteFolder, 'sources/index.html'), 'utf8');
  const entry = load(html)('.register > li')
    .toArray()
    .find((one) => load(one)('h2').text().includes(name));
  const href =
    entry &&
    load(entry)('dl a[href*="-"]')
      .toArray()
      .map((one) => load(one)('a').attr('href') ?? '');
  return href?.find((one) => !/^https?:/.test(one));
}

function pageOf(name: string): ReturnType<typeof load> {
  return load(readFileSync(join(house.house.siteFolder, 'sources', pathOf(name) ?? '?'), 'utf8'));
}

const text = (name = 'Harbour'): string => pageOf(name)('main').text().replace(/\s+/g, ' ');

function filesWith(needle: string): string[] {
  const root = house.house.siteFolder;
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(root, name);
    return name.includes(needle) || (statSync(path).isFile() && readFileSync(path, 'utf8').includes(needle));
  });
}

test('says what is taken, on what terms, and how to stop, with what to copy', async () => {
  await run(
    0,
    yaml(
      ', every: 3h, images: link, licence: CC BY-SA 4.0, embargo: 2h, tags: [harbour-news], skip: { title: [advert] }, agreed: { by: Amal Secretary, on: 2026-01-05, until: 2026-12-31 }',
    ),
  );
  const $ = pageOf('Harbour');
  expect(text()).toContain('2 texts');
  expect(text()).toContain('CC BY-SA 4.0');
  expect(text()).toContain('in the title: advert');
  expect(text()).toContain('every 3 hours');
  expect(text()).toContain('2 hours');
  expect(text()).toContain('until 31 December 2026');
  expect(filesWith('Amal Secretary')).toEqual([]);
  const copied = $('pre')
    .toArray()
    .map((one) => $(one).text());
  expect(copied.map((one) => (one.startsWith('{') ? JSON.parse(one) : undefined)).filter(Boolean)).toEqual([
    { republish: 'none' },
  ]);
  expect($('.h-card .u-url').attr('href')).toBe(`${harbour.url}/`);
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
});

test('what it is told to copy does what it says', async () => {
  await run(0);
  file = pageOf('Harbour')('pre')
    .toArray()
    .map((one) => load(one)('pre').text())
    .find((one) => one.startsWith('{'));
  const path = pathOf('Harbour') ?? '?';
  await run(25 * hour);
  expect(filesWith('Harbour')).toEqual([]);
  expect(existsSync(join(house.house.siteFolder, 'sources', path))).toBe(false);
  expect(existsSync(join(house.house.siteFolder, nowherePath, 'index.html'))).toBe(true);
});

test('names what is wrong with the feed and where, and no more once it is mended', async () => {
  raw = feed()
    .replace('<title>Report 1</title>', '<title>Bread & <em>roses</title>')
    .replace(/<guid.*?guid>/g, '');
  await run(0);
  const flaws = pageOf('Harbour')('.flaw').text();
  expect(flaws).toContain('not well-formed');
  expect(flaws).toContain('Line 3, column');
  expect(flaws).toContain('no id of their own');
  expect(flaws).toContain('2 entries');
  raw = undefined;
  await run(2 * hour);
  expect(pageOf('Harbour')('.flaw').text()).not.toContain('not well-formed');
});

test('names relative links until they are mended, and a redirect for good before and after it is followed', async () => {
  posts = [
    {
      number: 1,
      text: '&lt;p&gt;See &lt;a href="/more"&gt;more&lt;/a&gt;, and &lt;a href="#note"&gt;a note&lt;/a&gt;.&lt;/p&gt;',
    },
  ];
  await run(0);
  const flaws = (): string => pageOf('Harbour')('.flaw').text().replace(/\s+/g, ' ');
  expect(flaws()).toContain('by a part of an address');
  expect(flaws()).toContain('1 entry');
  expect(flaws()).toContain('The feed travels unencrypted.');
  posts = [{ number: 1, text: `&lt;p&gt;See &lt;a href="${harbour.url}/more"&gt;more&lt;/a&gt;.&lt;/p&gt;` }];
  isMoved = true;
  await run(2 * hour);
  expect(flaws()).not.toContain('by a part of an address');
  expect(flaws()).toContain('leads on to another one for good');
  expect(flaws()).toContain(`${harbour.url}/new-feed`);
  for (let day = 0; day < 8; day++) await run(25 * hour);
  const { library } = house.house;
  const [memory] = [...(await library.memories()).values()].filter(
    ({ movedFrom }) => movedFrom === `${harbour.url}/feed`,
  );
  expect(memory).toMatchObject({
    movedFrom: `${harbour.url}/feed`,
    feedUrl: `${harbour.url}/new-feed`,
    move: undefined,
  });
  expect(flaws()).toContain(`${harbour.url}/new-feed`);
  const written = (await run(2 * hour)).publication?.written ?? [];
  expect(written.filter((path) => path.startsWith('sources/'))).toEqual([]);
});

test('a feed that cannot be read says so, and why, without a word of the machine', async () => {
  await run(0);
  raw = '<html><title>Welcome</title><p>moved</p></html>';
  await run(2 * hour);
  expect(text()).toContain('there is a page where its feed should be');
  expect(text()).toContain('still switched on');
});

test('where its texts were reposted, until one is taken back', async () => {
  reposts = [`Harbour text 1 ${words} 1. Source: Harbour`];
  await run(0);
  expect(pageOf('Harbour')('.passed').text()).toContain('Quay');
  expect(text('Quay')).toContain('Report 1');
  posts = [{ number: 2 }];
  raw = feed().replace(
    '</channel>',
    '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:1" when="2026-11-20T12:00:00Z"/></channel>',
  );
  await run(2 * hour);
  expect(filesWith('Report 1')).toEqual([]);
  expect(pageOf('Quay')('.passed')).toHaveLength(0);
});

test('a text that is credited to it counts though only the copy is held, and one of which nobody says whose it is does not', async () => {
  const [own, lost, nobodys] = [1, 7, 2].map((number) => `Harbour text ${number} ${words} ${number}.`);
  reposts = [`${own} Source: Harbour`, `${nobodys}`];
  await run(0);
  const passed = (): string => pageOf('Harbour')('.passed').text();
  expect(text()).toMatch(/have passed on ?1 text\./);
  expect(passed()).not.toContain('Report 2');
  expect(text('Quay')).toMatch(/have passed on ?1 text\./);
  reposts = [...reposts, `${lost} Source: Harbour`];
  await run(2 * hour);
  expect(text()).toMatch(/have passed on ?2 texts\./);
  expect(passed()).toContain('Copied 2');
});

test('is in the language of the source', async () => {
  language = 'ar';
  await run(0);
  expect(pageOf('Harbour')('html').attr('dir')).toBe('rtl');
  expect(pageOf('Quay')('html').attr('dir')).toBe('ltr');
});

test('is made anew when something of its source changes, and of that alone; and goes with it', async () => {
  await run(0);
  const [own, other] = [pathOf('Harbour') ?? '?', pathOf('Quay') ?? '?'];
  const quiet = await run(2 * hour);
  expect(quiet.publication?.written).toEqual([]);
  posts = [...posts, { number: 3 }];
  const written = (await run(2 * hour)).publication?.written ?? [];
  expect(written).toContain(`sources/${own}`);
  expect(written).not.toContain(`sources/${other}`);
  await run(2 * hour, yaml().replace(/ {4}- .*Harbour.*\n/, ''));
  expect(existsSync(join(house.house.siteFolder, 'sources', own))).toBe(false);
});

test('a name that is an attack stays words', async () => {
  await run(0, yaml().replace('name: Harbour', 'name: "Harbour<script>alert(1)</script>\u202e"'));
  expect(pageOf('Harbour')('script')).toHaveLength(0);
});
