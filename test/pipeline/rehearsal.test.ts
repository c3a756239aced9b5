/** What a run would do is what it does then: tried on a copy, beside the real house, which stays as it is to the last byte. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Config } from '../../src/model.ts';
import { openRehearsal, type RunRehearsed, rehearseRun } from '../../src/rehearsal.ts';
import type { SearchLibrary } from '../../src/search-library.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { storageIn } from '../storage.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const network = 'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n';
const words = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');

let house: TestHouse;
let harbour: Partner;
let quay: Partner;
let posts: readonly string[];
let copies: readonly string[];
let etag: string;

beforeEach(async () => {
  house = await openTestHouse(start);
  posts = ['One'];
  copies = [];
  etag = '"1"';
  harbour = await startPartner((request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { ETag: etag }).end(rss('Harbour', posts));
  });
  quay = await startPartner((_request, response) => void response.end(rss('Quay', copies)));
});
afterEach(async () => {
  await house.close();
  await harbour.close();
  await quay.close();
});

function rss(name: string, titles: readonly string[]): string {
  const items = titles.map(
    (title) =>
      `<item><guid isPermaLink="false">${name}-${title}</guid><title>${title}</title><link>https://${name.toLowerCase()}.example/${title}</link><pubDate>${new Date(start - hour).toUTCString()}</pubDate><description>About ${title}: ${words} ${title}. ${name === 'Quay' ? 'Source: Harbour' : ''}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>https://${name.toLowerCase()}.example/</link>${items.join('')}</channel></rss>`;
}

const yaml = (more = ''): string =>
  `sections:\n  calais:\n    digest: { when: weekly }\n    sources: [ { url: "${harbour.url}/feed", name: Harbour }, { url: "${quay.url}/feed", name: Quay } ]\n${more}`;
const config = (): Config => settings(`${network}${yaml()}`);

/** Every file below a folder, with its bytes; but the one in which SQLite's connections tell each other who reads. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.endsWith('-shm') && statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

const leftBehind = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`relais-rehearsal-${process.pid}-`));

async function rehearse(folder = house.folder, data = storageIn(folder)): Promise<RunRehearsed> {
  const rehearsal = await openRehearsal(config(), data, house.house.clock);
  try {
    return await rehearseRun(config(), rehearsal, { now: 'all' });
  } finally {
    await rehearsal.end();
  }
}

test('what is announced is what the run does, and until then nothing has changed', async () => {
  await house.run(yaml(), { now: 'all' });
  house.clock.set(start + hour);
  etag = '"2"';
  posts = ['One', 'Two'];
  copies = ['One'];
  const before = snapshot(house.folder);
  const dry = await rehearse();
  expect(snapshot(house.folder)).toEqual(before);
  expect(leftBehind()).toEqual([]);
  expect(dry.stories.map(({ what, record }) => [what, record.items.map(({ title }) => title)])).toEqual(
    expect.arrayContaining([
      ['new', ['Two']],
      ['joined', ['One', 'One']],
    ]),
  );
  const real = await house.run(yaml(), { now: 'all' });
  expect(real.outcomes.map(({ source, newItems }) => [source, newItems]).sort()).toEqual([
    ['Harbour', 1],
    ['Quay', 1],
  ]);
  expect(dry.report.outcomes.map(({ source, newItems }) => [source, newItems]).sort()).toEqual(
    real.outcomes.map(({ source, newItems }) => [source, newItems]).sort(),
  );
  expect([...dry.files.added, ...dry.files.changed].sort()).toEqual(real.publication.written.toSorted());
  expect(dry.report.publication).toEqual(real.publication);
  expect(dry.files.removed).toEqual(real.publication.removed);
});

test('a digest that would close, its mail and what the hub would hear are named, and nobody hears of them', async () => {
  await house.run(yaml(), { now: 'all' });
  house.clock.set(start + 8 * 24 * hour);
  const before = await house.house.library.digests();
  const more = settings(
    `${network.replace('/" }', '/", hub: "https://hub.example/" }')}sections:\n  calais:\n    digest: { when: weekly, send: [ { email: reader@lists.example } ], from: relay@news.example }\n    sources: [ { url: "${harbour.url}/feed", name: Harbour } ]\n`,
  );
  const withMail = { ...more, smtp: 'smtp://127.0.0.1:9' };
  const rehearsal = await openRehearsal(withMail, storageIn(house.folder), house.house.clock);
  try {
    const dry = await rehearseRun(withMail, rehearsal);
    expect(dry.digests).toMatchObject([{ section: 'calais', isEmpty: false }]);
    expect(dry.mails).toMatchObject([{ to: 'reader@lists.example' }]);
    expect(dry.hub).toContain('https://news.example/calais/feed.xml');
    expect(dry.report.news).toEqual([]);
  } finally {
    await rehearsal.end();
  }
  expect(await house.house.library.digests()).toEqual(before);
});

test('what readers can search is a copy too: nothing of it is made anew, and nobody finds what was only tried', async () => {
  await house.run(yaml(), { now: 'all' });
  const found = async (search: SearchLibrary): Promise<string[]> =>
    (await search.find({ words: ['harbour'], section: undefined, skip: 0, limit: 9 })).map(({ heading }) => heading);
  expect(await found(house.house.search)).toEqual(['One']);
  house.clock.set(start + hour);
  etag = '"2"';
  posts = ['One', 'Two'];
  const rehearsal = await openRehearsal(config(), storageIn(house.folder), house.house.clock);
  try {
    expect(await rehearsal.house.search.stamp()).toBe(await house.house.search.stamp());
    expect(await found(rehearsal.house.search)).toEqual(['One']);
    await rehearseRun(config(), rehearsal, { now: 'all' });
    expect((await found(rehearsal.house.search)).sort()).toEqual(['One', 'Two']);
  } finally {
    await rehearsal.end();
  }
  expect(await found(house.house.search)).toEqual(['One']);
});

test('a first run is tried where there is no data folder, and makes none', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'relais-none-')), 'data');
  const dry = await rehearse(folder);
  expect(dry.files.added).toContain('calais/index.html');
  expect(dry.files.changed).toEqual([]);
  expect(() => statSync(folder)).toThrow('ENOENT');
  rmSync(join(folder, '..'), { recursive: true });
});

test('a database that nobody has open is copied without a file being made beside it', async () => {
  await house.run(yaml(), { now: 'all' });
  const closed = mkdtempSync(join(tmpdir(), 'relais-closed-'));
  await house.house.library.backup(closed, 'relais.db');
  const before = snapshot(closed);
  house.clock.set(start + hour);
  const dry = await rehearse(closed, { folder: closed, database: undefined });
  expect(dry.report.outcomes.map(({ newItems }) => newItems)).toEqual([0, 0]);
  expect(snapshot(closed)).toEqual(before);
  rmSync(closed, { recursive: true });
});

test('what a killed one has left is removed by the next', async () => {
  const left = join(tmpdir(), 'relais-rehearsal-999999999-abcdef');
  mkdirSync(left);
  writeFileSync(join(left, 'relais.db'), 'words');
  await rehearse();
  expect(readdirSync(tmpdir())).not.toContain('relais-rehearsal-999999999-abcdef');
});
