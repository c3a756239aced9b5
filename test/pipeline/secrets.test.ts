/** A partner that repeats the key it was asked with, wherever it can: nothing of it is stored, published, said or printed. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read.ts';
import type { PassOptions } from '../../src/pass.ts';
import { type RunReport, runOnce } from '../../src/run.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { storedIn } from '../told-database.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const hour = 3_600_000;
const key = 'tr0mp&tte "$9';
const spelled = encodeURIComponent(key);
const inXml = spelled.replaceAll('&', '&amp;');

let house: TestHouse;
let partner: Partner;
/** What it serves; a number is a status. */
let answer: string | { readonly status: number; readonly headers?: Record<string, string> };

beforeEach(async () => {
  house = await openTestHouse(start);
  partner = await startPartner((_request, response) => {
    if (typeof answer === 'string') response.writeHead(200).end(answer);
    else response.writeHead(answer.status, answer.headers).end();
  });
});
afterEach(async () => {
  await house.close();
  await partner.close();
});

async function run(path = `/feed?key=\${KEY}`, options: PassOptions = {}): Promise<RunReport> {
  const limits = 'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n';
  const yaml = `${limits}sections:\n  calais:\n    - { url: "${partner.url}${path}", show: full, every: 1h }\n`;
  const read = readConfig(yaml, 'sources.yaml', (name) => (name === 'KEY' ? spelled : undefined));
  if (read.kind !== 'config') throw new Error(JSON.stringify(read.problems));
  return await runOnce(read.config, house.house, options);
}

const marks = ['tr0mp', Buffer.from('tr0mp').toString('base64').slice(0, 5)];

/** Where any of it is found: in files of the site, and in the database but for the address to ask. */
async function found(report: RunReport): Promise<string[]> {
  const site = readdirSync(house.house.siteFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(house.house.siteFolder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'utf8')] as const);
  const rows = [...(await storedIn(house.folder))].map(([name, all]) => {
    const shown = all.map((row) => ({ ...row, feed_url: '', asked_url: '', body_url: '', move: '' }));
    return [name, JSON.stringify(shown)] as const;
  });
  return [...site, ...rows, ['the report', JSON.stringify(report)] as const]
    .filter(([, text]) => marks.some((mark) => text.includes(mark)))
    .map(([name]) => name);
}

const repeating = (n: number): string => `
  <item>
    <title>Post ${n} by ${inXml}</title>
    <link>https://harbour.example/${n}?key=${inXml}&amp;page=2</link>
    <guid isPermaLink="false">https://harbour.example/?p=${n}&amp;key=${inXml}</guid>
    <author>${inXml}</author><category>${inXml}</category>
    <source url="https://other.example/?key=${inXml}">${inXml}</source>
    <enclosure url="https://harbour.example/${n}.mp3?key=${inXml}" type="audio/mpeg" length="1"/>
    <description><![CDATA[<p>reposted from ${spelled};</p><p>Text ${n} of ${key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')} and
      <a href="https://harbour.example/more?key=${spelled}" title="${spelled}">more</a>
      <a href="https://harbour.example/${spelled}/more">yet more</a> <img src="https://harbour.example/i.png?key=${spelled}" alt="${spelled}">
      ${Buffer.from(`user:${spelled}`).toString('base64')}</p>]]></description>
  </item>`;
const feed = (
  items: string,
): string => `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
  <title>Harbour Watch (${inXml})</title><link>https://harbour.example/?key=${inXml}</link>
  <atom:link rel="self" href="${'https://harbour.example'}/feed?key=${inXml}"/>
  <copyright>${inXml}</copyright><generator>x ${inXml}</generator>${items}</channel></rss>`;

test('a feed that repeats it everywhere', async () => {
  answer = feed(repeating(1) + repeating(2));
  const report = await run();
  expect(report).toMatchObject({ defects: [], outcomes: [{ kind: 'fresh', newItems: 2 }] });
  expect(await found(report)).toEqual([]);
  expect(JSON.stringify((await storedIn(house.folder)).get('items'))).toContain('Post 1 by […]'); // it was looked for there

  const { library } = house.house;
  const { ids } = await library.changedSince(0);
  const [item] = (await library.stories(ids)).flatMap(({ items }) => items);
  expect(item).toMatchObject({
    title: 'Post 1 by […]',
    url: 'https://harbour.example/1?page=2',
    enclosures: [{ url: 'https://harbour.example/1.mp3' }],
  });
  expect(item?.html).toContain('<a href="https://harbour.example/more"');
  expect(item?.html).toContain('yet more');
  const [memory] = (await library.memories()).values();
  expect(memory).toMatchObject({ title: 'Harbour Watch ([…])', home: 'https://harbour.example/' });

  house.clock.set(start + 2 * hour);
  answer = feed(repeating(1) + repeating(2) + repeating(3)); // known again, under the names that were kept
  const second = await run();
  expect(second.outcomes).toMatchObject([{ kind: 'fresh', newItems: 1, revisedItems: 0 }]);
  expect(await found(second)).toEqual([]);
});

test('a text that is cut in the middle of it', async () => {
  const text = `${'x '.repeat(524_280)}${spelled}`; // a mebibyte is kept of a text
  answer = feed(`<item><guid>1</guid><title>One</title><description>&lt;p>${text}&lt;/p></description></item>`);
  const report = await run();
  expect(report.outcomes).toMatchObject([{ newItems: 1 }]);
  expect(await found(report)).toEqual([]);
});

test('guids that are equal once it is taken out cost nobody the run', async () => {
  const one = (guid: string): string => `<item><guid isPermaLink="false">${guid}</guid><title>${guid}</title></item>`;
  answer = feed(one(`a-${inXml}`) + one('a-[…]') + one('b'));
  const report = await run();
  expect(report).toMatchObject({ defects: [], outcomes: [{ kind: 'fresh' }] });
  expect(await found(report)).toEqual([]);
});

test('a key in the path: links that hold it are left out, and the address is published nowhere', async () => {
  answer = feed(
    `<item><guid>${inXml}/1</guid><title>One</title><link>https://harbour.example/${inXml}/1</link></item>`,
  );
  const report = await run(`/\${KEY}/feed`);
  expect(report.outcomes).toMatchObject([{ newItems: 1 }]);
  expect(await found(report)).toEqual([]);
});

describe('a server that repeats it in', () => {
  test.each([
    ['the title of a page', () => `<html><title>No ${inXml} here</title></html>`],
    ['a title that is cut in the middle of it', () => `<html><title>${'x'.repeat(490)}${inXml}</title></html>`],
    ['a redirect', () => ({ status: 302, headers: { Location: `ftp://x.example/?key=${spelled}` } })],
    [
      'a redirect so long that it is cut',
      () => ({ status: 302, headers: { Location: `ftp://x.example/${'x'.repeat(420)}?key=${spelled}` } }),
    ],
    [
      'an entry that cannot be read',
      () =>
        feed(
          `<item><title></title><pubDate>${inXml}</pubDate></item><item><title>${inXml}</title><pubDate>${inXml}</pubDate></item>`,
        ),
    ],
    ['an entry that comes twice', () => feed(repeating(1) + repeating(1))],
  ])('%s', async (_where, make) => {
    answer = make();
    const report = await run();
    expect(report.defects).toEqual([]);
    expect(await found(report)).toEqual([]);
  });

  test('what is held', async () => {
    answer = feed(repeating(1));
    await run();
    house.clock.set(start + 2 * hour);
    answer = feed(Array.from({ length: 12 }, (_, at) => repeating(50 + at)).join('')).replace('Harbour Watch', 'Slots');
    const report = await run();
    expect(report.outcomes).toMatchObject([{ kind: 'held' }]);
    expect(await found(report)).toEqual([]);
  });
});
