/** A partner who says on its own site or in its feed how much may be shown, and takes it back: read from the published files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/run.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const day = 24 * hour;

let house: TestHouse;
let harbour: Partner;
/** The file of its site: its text, or a status. */
let file: string | number;
let home: string;
let channel: string;
let inItem: string;

beforeEach(async () => {
  house = await openTestHouse(start);
  file = 404;
  home = '/';
  channel = '';
  inItem = '';
  harbour = await startPartner(serve, (_request, response) => {
    if (typeof file === 'number') response.writeHead(file).end();
    else response.writeHead(200).end(file);
  });
});
afterEach(async () => {
  await house.close();
  await harbour.close();
});

function serve(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  const etag = `"${channel.length}-${inItem.length}-${home.length}"`;
  if (path !== '/feed') response.writeHead(404).end();
  else if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
  else response.writeHead(200, { ETag: etag }).end(feed());
}

/** The beginning is in an excerpt too. */
const beginning = 'The quay was cleared at dawn by forty officers';
const end = 'and nobody was told where the tents went';
const filler = Array.from({ length: 120 }, (_, at) => `word${at}`).join(' ');

function feed(): string {
  const items = [1, 2].map(
    (number) =>
      `<item><guid isPermaLink="false">urn:${number}</guid><title>Report ${number}</title><link>${harbour.url}/report/${number}</link><pubDate>${new Date(start - number * day).toUTCString()}</pubDate><description>${beginning} (${number}) ${filler} ${end} (${number}).</description>${number === 1 ? inItem : ''}</item>`,
  );
  return `<rss version="2.0" xmlns:relais="urn:relais:wishes"><channel><title>Harbour</title><link>${harbour.url}${home}</link>${channel}${items.join('')}</channel></rss>`;
}

const yaml = (show = 'full'): string =>
  `sections:\n  quay:\n    - { url: "${harbour.url}/feed", name: Harbour, show: ${show}, every: 1h, first_import: 50 }\n`;

async function later(ms: number, show?: string): Promise<RunReport> {
  house.clock.set(house.clock.now() + ms);
  const report = await house.run(yaml(show));
  expect(report.defects).toEqual([]);
  return report;
}

function isPublished(words: string): boolean {
  const root = house.house.siteFolder;
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).some((name) => {
    const path = join(root, name);
    return statSync(path).isFile() && readFileSync(path, 'utf8').includes(words);
  });
}

/** How much of report 1, or another, is in any file. */
function shown(number = 1): 'full' | 'excerpt' | 'link' | 'none' {
  if (isPublished(`${end} (${number})`)) return 'full';
  if (isPublished(`${beginning} (${number})`)) return 'excerpt';
  return isPublished(`Report ${number}`) ? 'link' : 'none';
}

const asked = (): number => harbour.wishRequests.length;
const told = async (): Promise<string[]> =>
  (await house.house.library.news(0)).filter(({ kind }) => kind === 'wish').map(({ words }) => words);

test('a run tells of a wish once, on the site or in the feed, and that it asks nothing any more', async () => {
  const told = async (ms: number): Promise<string[]> => (await later(ms)).news.map(({ words }) => words);
  expect(await told(0)).toEqual([]);
  file = '{ "republish": "excerpt" }';
  expect(await told(25 * hour)).toEqual([expect.stringContaining('no more than beginnings')]);
  expect(await told(25 * hour)).toEqual([]);
  channel = '<relais:republish>none</relais:republish>';
  expect(await told(2 * hour)).toEqual([expect.stringContaining('nothing of its texts')]);
  expect(await told(2 * hour)).toEqual([]);
  channel = '';
  file = 404;
  await told(25 * hour);
  expect(await told(25 * hour)).toEqual([]);
});

describe('the file of its site', () => {
  test('is honoured at the first refresh', async () => {
    file = '{"republish": "none"}';
    await later(0);
    expect(shown()).toBe('none');
    expect(await told()).toEqual([expect.stringContaining('nothing of its texts be republished')]);
  });

  test('is honoured within a day, and restored within a day, also where the feed has not changed', async () => {
    await later(0);
    expect([shown(), asked()]).toEqual(['full', 1]);
    file = '{"republish": "none"}';
    await later(12 * hour);
    expect([shown(), asked()]).toEqual(['full', 1]);
    const report = await later(13 * hour);
    expect(report.outcomes.map(({ kind }) => kind)).toEqual(['unchanged']);
    expect([shown(), asked()]).toEqual(['none', 2]);
    await later(25 * hour);
    expect(await told()).toHaveLength(1);
    file = 404;
    await later(25 * hour);
    expect([shown(), asked()]).toEqual(['full', 4]);
    expect(await told()).toHaveLength(2);
  });

  test('that is in trouble leaves what was known', async () => {
    file = '{"republish": "link"}';
    await later(0);
    for (const trouble of [500, 403, '<html>a page</html>', `{"republish": "full", "x": "${'x'.repeat(70_000)}"}`]) {
      file = trouble;
      await later(25 * hour);
      expect(shown()).toBe('link');
    }
    file = '{}';
    await later(25 * hour);
    expect(shown()).toBe('full');
  });

  test('cannot make us show more than the settings allow', async () => {
    file = '{"republish": "full", "images": "copy"}';
    await later(0, 'link');
    expect([shown(), await told()]).toEqual(['link', []]);
  });

  test('on a platform means those whose home is its root, and feeds that it names', async () => {
    home = '/harbour/';
    file = '{"republish": "none"}';
    await later(0);
    expect(shown()).toBe('full');
    file = '{"republish": "none", "feeds": {"/feed": "link"}}';
    await later(25 * hour);
    expect(shown()).toBe('link');
  });

  test('is asked for once for all sources of a host in a run', async () => {
    const two = yaml().replace('/feed"', '/feed?a"') + yaml().slice(yaml().indexOf('    - '));
    await house.run(two.replace('name: Harbour', 'name: Pier'));
    expect([harbour.requests.length, asked()]).toEqual([2, 1]);
  });
});

describe('the feed', () => {
  test('says it itself, until it does not', async () => {
    channel = '<relais:republish>excerpt</relais:republish>';
    await later(0);
    expect(shown()).toBe('excerpt');
    channel = '';
    await later(2 * hour);
    expect(shown()).toBe('full');
  });

  test('says it of one item', async () => {
    await later(0);
    inItem = '<relais:republish>link</relais:republish>';
    await later(2 * hour);
    expect([shown(1), shown(2)]).toEqual(['link', 'full']);
    inItem = '';
    await later(2 * hour);
    expect([shown(1), shown(2)]).toEqual(['full', 'full']);
  });

  test('of one item that is not to be shown: nothing of it is, and its page goes', async () => {
    await later(0);
    const pages = (): number => readdirSync(join(house.house.siteFolder, 'story')).length;
    const before = pages();
    inItem = '<relais:republish>none</relais:republish>';
    await later(2 * hour);
    expect([shown(1), shown(2), pages()]).toEqual(['none', 'full', before - 1]);
    inItem = '';
    await later(2 * hour);
    expect([shown(1), pages()]).toEqual(['full', before]);
  });

  test('under another prefix and in a wrong vocabulary', async () => {
    channel = '<r:republish xmlns:r="urn:relais:wishes">link</r:republish>';
    await later(0);
    expect(shown()).toBe('link');
    channel = '<x:republish xmlns:x="urn:other:words">none</x:republish>';
    await later(2 * hour);
    expect(shown()).toBe('full');
  });
});
