/** A partner who takes a text off its site without saying so in its feed, over days, through the real network, store and site. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import type { Printer } from '../../src/cli/print.ts';
import { status } from '../../src/cli/status.ts';
import { ruleVanished, vanished } from '../../src/cli/vanished.ts';
import type { MissingItem } from '../../src/library.ts';
import type { RunReport } from '../../src/run.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { settingFor } from '../storage.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
let harbour: Partner;
/** Numbers of the texts that the feed lists. */
let listed: number[];
/** Status of pages that do not answer well; a text leads there. */
let pages: Map<string, number | string>;
/** Texts that have come to stand under another guid, at another address. */
let moved: number[];
/** The feed stops in the middle of its last entry. */
let isCut: boolean;

beforeEach(async () => {
  house = await openTestHouse(start);
  listed = numbers(1, 10);
  pages = new Map();
  isCut = false;
  moved = [];
  harbour = await startPartner((request, response) => {
    const path = request.url ?? '';
    if (path === '/feed')
      response.writeHead(200, { ETag: `"${listed.join()}"` }).end(isCut ? feed().slice(0, -80) : feed());
    else {
      const answer = pages.get(path) ?? 200;
      if (typeof answer === 'string') response.writeHead(302, { Location: answer }).end();
      else response.writeHead(answer).end('a page');
    }
  });
});
afterEach(async () => {
  await house.close();
  await harbour.close();
});

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

const words = (number: number): string => `The words of report ${number} name a witness`;

/** Enough words to be known by. */
const rest = (number: number): string => Array.from({ length: 40 }, (_, at) => `word${number}x${at}`).join(' ');
const placeOf = (number: number): string => `${moved.includes(number) ? 'moved' : 'report'}/${number}`;

function feed(): string {
  const items = [...listed]
    .reverse()
    .map(
      (number) =>
        `<item><guid isPermaLink="false">urn:${placeOf(number)}</guid><title>Report ${number}</title><link>${harbour.url}/${placeOf(number)}</link><pubDate>${new Date(start - 40 * day + number * day + (moved.includes(number) ? 20 * day : 0)).toUTCString()}</pubDate><description>${words(number)}. ${rest(number)}</description></item>`,
    );
  return `<rss version="2.0"><channel><title>Harbour</title><link>${harbour.url}/</link>${items.join('')}</channel></rss>`;
}

const yaml = (): string =>
  `sections:\n  quay:\n    - { url: "${harbour.url}/feed", show: full, every: 1h, first_import: 50 }\n`;

async function later(ms: number): Promise<RunReport> {
  house.clock.set(house.clock.now() + ms);
  const report = await house.run(yaml());
  expect(report.defects).toEqual([]);
  return report;
}

/** Every published file that holds these words. */
function filesWith(text: string): string[] {
  const root = house.house.siteFolder;
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(root, name);
    return statSync(path).isFile() && readFileSync(path, 'utf8').includes(text);
  });
}

const isShown = (number: number): boolean => filesWith(`${words(number)}.`).length > 0;
const missing = async (): Promise<readonly MissingItem[]> => await house.house.library.missing();
const askedFor = (path: string): number => harbour.requests.filter((request) => request.path === path).length;

test('a text that vanishes from the feed and whose page is not there on two days leaves every file', async () => {
  await later(0);
  expect(isShown(5)).toBe(true);
  listed = listed.filter((number) => number !== 5);
  pages.set('/report/5', 404);
  await later(2 * hour);
  expect((await missing()).map(({ title, state }) => [title, state])).toEqual([['Report 5', 'gone']]);
  expect(isShown(5)).toBe(true);
  await later(12 * hour);
  expect(askedFor('/report/5')).toBe(1);
  const report = await later(13 * hour);
  expect(report.outcomes.map(({ withdrawnItems }) => withdrawnItems)).toContain(1);
  expect(filesWith(words(5))).toEqual([]);
  expect(numbers(1, 10).filter(isShown)).toEqual(numbers(1, 10).filter((number) => number !== 5));
  const id = await house.house.library.findStory('urn:report/5');
  const [story] = await house.house.library.stories([id ?? 0]);
  expect(story?.items[0]?.withdrawn).toMatchObject({
    by: 'source',
    because: 'its page is gone (404 on 20 and 21 November)',
  });
  listed = numbers(1, 10);
  await later(2 * hour); // what was taken back never returns by itself
  expect(filesWith(words(5))).toEqual([]);
  await later(3 * day);
  expect(askedFor('/report/5')).toBe(2);
});

describe('nothing is withdrawn', () => {
  /** What becomes of the texts within six days, asked four times a day. */
  async function stays(gone: readonly number[]): Promise<void> {
    await later(0);
    listed = listed.filter((number) => !gone.includes(number));
    for (let turn = 0; turn < 24; turn++) await later(6 * hour);
    expect(numbers(1, 10).filter(isShown)).toEqual(numbers(1, 10));
  }

  test('when it has fallen off the end', async () => {
    pages.set('/report/1', 404);
    await stays([1]);
    expect([await missing(), askedFor('/report/1')]).toEqual([[], 0]);
  });

  test('while its page is there, also where the page says otherwise in words', async () => {
    await stays([5]);
    expect(askedFor('/report/5')).toBeGreaterThan(1);
    expect(askedFor('/report/5')).toBeLessThan(5);
  });

  test.each([403, 429, 500, 503, 451])('where its page answers %s', async (status) => {
    pages.set('/report/5', status);
    await stays([5]);
  });

  test('where its page leads to the home page, or to one that is not there', async () => {
    pages.set('/report/5', '/');
    pages.set('/report/6', '/nowhere');
    pages.set('/nowhere', 404);
    await stays([5, 6]);
  });

  test('where no page of the site is there', async () => {
    for (const number of numbers(1, 10)) pages.set(`/report/${number}`, 404);
    await stays([5]);
    expect((await missing())[0]?.answer).toContain('no page of its site');
  });

  test('where the text has come back at another address, which we may take for another post', async () => {
    await later(0);
    moved = [5, 6];
    for (const number of moved) pages.set(`/report/${number}`, 404);
    const withdrawn: number[] = [];
    for (let turn = 0; turn < 8; turn++)
      withdrawn.push(...(await later(12 * hour)).outcomes.map(({ withdrawnItems }) => withdrawnItems));
    expect(new Set(withdrawn)).toEqual(new Set([0]));
  });

  test('by a document that stops in the middle', async () => {
    pages.set('/report/5', 404);
    await later(0);
    listed = listed.filter((number) => number !== 5);
    isCut = true;
    await later(2 * hour);
    expect([await missing(), askedFor('/report/5')]).toEqual([[], 0]);
    isCut = false;
    await later(2 * hour);
    expect(askedFor('/report/5')).toBe(1);
  });
});

test('what is listed again is forgotten, and begins anew when it vanishes again', async () => {
  await later(0);
  pages.set('/report/5', 404);
  listed = listed.filter((number) => number !== 5);
  await later(2 * hour);
  listed = numbers(1, 10);
  await later(2 * hour);
  expect(await missing()).toEqual([]);
  listed = listed.filter((number) => number !== 5);
  await later(2 * day);
  expect(isShown(5)).toBe(true);
  await later(25 * hour);
  expect(isShown(5)).toBe(false);
});

test('many at once wait for the maintainer, who is told once and decides', async () => {
  listed = numbers(1, 30);
  await later(0);
  const gone = numbers(10, 17);
  for (const number of gone) pages.set(`/report/${number}`, 404);
  listed = listed.filter((number) => !gone.includes(number));
  const told: string[] = [];
  for (let turn = 0; turn < 40; turn++) told.push(...(await later(2 * hour)).news.map(({ kind }) => kind));
  expect(told).toEqual(['vanished']);
  expect(gone.filter(isShown)).toEqual(gone);
  const news = (await house.house.library.news(0)).filter(({ kind }) => kind === 'vanished');
  expect(news.map(({ words: said }) => said.includes('relais vanished withdraw'))).toEqual([true]);
  await house.house.library.rule(
    `${harbour.url.replace('http://', '')}/feed`,
    { kind: 'withdraw-vanished' },
    house.clock.now(),
  );
  await later(hour);
  expect(gone.filter(isShown)).toEqual([]);
  expect(isShown(9) && isShown(18)).toBe(true);
});

test('status, explain and vanished say what is missing; vanished withdraw takes it back', async () => {
  listed = numbers(1, 30);
  await later(0);
  const gone = numbers(10, 17);
  for (const number of gone) pages.set(`/report/${number}`, 404);
  listed = listed.filter((number) => !gone.includes(number));
  for (let turn = 0; turn < 8; turn++) await later(2 * hour);
  const file = join(house.folder, 'sources.yaml');
  writeFileSync(
    file,
    `${settingFor(house.folder)}site: { url: "https://news.example/" }\nnetwork: { allow: [127.0.0.1], spacing: 0s }\n${yaml()}`,
  );
  const lines: string[] = [];
  const line = (text = ''): void => void lines.push(text);
  const printer = { isTerminal: false, width: 100, line, alarm: line, json: () => undefined } satisfies Printer;
  const options = { config: file, data: house.folder };
  const said = (): string => lines.splice(0).join('\n');
  await status(options, printer, house.clock as never);
  expect(said()).toContain('8 items have vanished from its feed:  relais vanished');
  await explain('urn:report/10', options, printer);
  expect(said()).toContain(
    'missing from its feed since 2026-11-20, its page answered 404 on 2026-11-20; looked at again',
  );
  expect(await ruleVanished('withdraw', 'Harbour', options, printer)).toBe(2);
  said();
  for (let turn = 0; turn < 12; turn++) await later(2 * hour);
  await vanished(options, printer);
  expect(said()).toContain("relais vanished withdraw 'Harbour'");
  expect(await ruleVanished('withdraw', 'Harbour', options, printer)).toBe(0);
  expect(said()).toContain('8 items of Harbour withdrawn.');
  expect(gone.filter(isShown)).toEqual([]);
  await vanished(options, printer);
  expect(said()).toContain('Nothing has vanished');
});

test('the maintainer may keep them', async () => {
  listed = numbers(1, 30);
  await later(0);
  const gone = numbers(10, 17);
  for (const number of gone) pages.set(`/report/${number}`, 410);
  listed = listed.filter((number) => !gone.includes(number));
  for (let turn = 0; turn < 20; turn++) await later(2 * hour);
  await house.house.library.rule(
    `${harbour.url.replace('http://', '')}/feed`,
    { kind: 'keep-vanished' },
    house.clock.now(),
  );
  const before = harbour.requests.length;
  await later(hour);
  for (let turn = 0; turn < 4; turn++) await later(day);
  expect(gone.filter(isShown)).toEqual(gone);
  expect(harbour.requests.slice(before).filter(({ path }) => path.startsWith('/report/'))).toEqual([]);
});

test('no more than three pages of a host are asked for in a run', async () => {
  listed = numbers(1, 30);
  await later(0);
  listed = listed.filter((number) => number < 10 || number > 17);
  const before = harbour.requests.length;
  await later(2 * hour);
  expect(harbour.requests.slice(before).filter(({ path }) => path.startsWith('/report/'))).toHaveLength(3);
});

test('a look that was put off under a clock that ran a year ahead is made up for', async () => {
  await later(0);
  listed = listed.filter((number) => number !== 5);
  pages.set('/report/5', 404);
  await later(365 * day);
  expect((await missing()).map(({ state }) => state)).toEqual(['gone']);
  await later(hour - 365 * day);
  await later(day);
  await later(day + hour);
  expect(isShown(5)).toBe(false);
});

test('a source that lets all vanish keeps nobody else waiting', async () => {
  listed = numbers(1, 30);
  await later(0);
  const guid = 'https://other.example/one';
  const days = { zero: 5, one: 4, two: 3 };
  const item = (name: keyof typeof days): string =>
    `<item><guid>https://other.example/${name}</guid><title>${name}</title><link>https://other.example/${name}</link><pubDate>${new Date(start - days[name] * day).toUTCString()}</pubDate><description>${rest(days[name])}</description></item>`;
  let own: (keyof typeof days)[] = ['zero', 'one', 'two'];
  const other = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0"><channel><title>Other</title><link>https://other.example/</link>${own.map(item).join('')}</channel></rss>`,
    ),
  );
  const both = `${yaml()}    - { url: "${other.url}/feed", every: 1h }\n`;
  await house.run(both, { now: 'all' });
  listed = listed.filter((number) => number < 10 || number > 17);
  house.clock.set(start + 2 * hour);
  await house.run(yaml(), { now: 'all' });
  own = ['zero', 'two'];
  house.clock.set(start + 3 * hour);
  await house.run(both, { now: 'all' });
  const { library } = house.house;
  const sources = [...(await library.memories()).keys()];
  const due = await library.dueMissing(sources, start + 30 * day, 2);
  expect(due.map((one) => one.guid)).toContain(guid);
  expect((await library.dueMissing(sources, start + 30 * day, 100)).length).toBeGreaterThan(5);
  await other.close();
});
