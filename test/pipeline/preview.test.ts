/** What would be taken of a source, shown by the way of every run: as written and as cleaned, with which stories, where and why. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Preview, previewOf } from '../../src/preview.ts';
import { openRehearsal } from '../../src/rehearsal.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { storageIn } from '../storage.ts';
import { openTestHouse, settings, type TestHouse } from './house.ts';

const start = Date.parse('2026-11-20T12:00Z');
const hour = 3_600_000;
const network = 'network: { allow: [127.0.0.1], spacing: 0s }\nsite: { url: "https://news.example/" }\n';
const words =
  'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal and nobody was told where their things would be brought.';

let house: TestHouse;
let harbour: Partner;
let quay: Partner;
let isSilent: boolean;

beforeEach(async () => {
  isSilent = false;
  house = await openTestHouse(start);
  harbour = await startPartner({
    '/feed': (request, response) => {
      if (isSilent) response.writeHead(503).end();
      else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { ETag: '"1"' }).end(feed());
    },
    '/page/2': '<rss version="2.0"><channel><title>Older</title></channel></rss>',
  });
  quay = await startPartner({
    '/feed': rss('Quay', item('quay', 'q1', 'Eviction at the canal', `<p>${words}</p><p>Source: Harbour</p>`, 1)),
    '/list':
      '<html><body><article><h2><a href="/e/1">Open day</a></h2><p class="t">All come <b>early</b>.</p></article></body></html>',
  });
});
afterEach(async () => {
  await house.close();
  await harbour.close();
  await quay.close();
});

function item(host: string, guid: string, title: string, html: string, hours: number): string {
  return `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>https://${host}.example/${guid}?utm_source=rss</link><pubDate>${new Date(start - hours * hour).toUTCString()}</pubDate><description><![CDATA[${html}]]></description></item>`;
}

function rss(name: string, items: string, more = ''): string {
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${name}</title><link>https://${name.toLowerCase()}.example/</link>${more}${items}</channel></rss>`;
}

function feed(): string {
  const dirty = `<p onclick="go()" style="color: red">${words}</p><script>go()</script><img src="https://count.example/p.gif" width="1" height="1"><p>See <a href="https://other.example/a?utm_source=x">this</a>, or call +33 6 12 34 56 78.</p>`;
  return rss(
    'Harbour',
    item('harbour', '1', 'Eviction at the canal', dirty, 2) +
      item('harbour', '2', 'Sport', '<p>We played football.</p>', 3),
    `<atom:link rel="next" href="${harbour.url}/page/2"/>`,
  );
}

const yaml = (): string => `sections:
  all:
    - { url: "${harbour.url}/feed", name: Harbour }
    - { url: "${quay.url}/feed", name: Quay, licence: CC BY-NC 4.0, embargo: 3h }
  camps:
    only: { title: canal }
    skip: { text: FOOTBALL }
    hold: { kinds: phone-numbers }
    sources: [ "${harbour.url}/feed", "${quay.url}/feed" ]
  pages:
    - { url: "${quay.url}/list", name: Page, page: { item: article, title: h2, content: .t } }
`;

function snapshot(): Record<string, string> {
  const files = readdirSync(house.folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.endsWith('-shm') && statSync(join(house.folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(house.folder, name)))
        .digest('hex'),
    ]),
  );
}

async function preview(name: string, most = 10): Promise<Preview> {
  const config = settings(`${network}${yaml()}`);
  const source = config.sources.find((one) => one.name === name);
  if (source === undefined) throw new Error(name);
  const rehearsal = await openRehearsal(config, storageIn(house.folder), house.house.clock);
  try {
    return await previewOf(source, config, rehearsal.house, { most });
  } finally {
    await rehearsal.end();
  }
}

test('of a source that was never asked: what was written, what became of it, and what had to go', async () => {
  const before = snapshot();
  const seen = await preview('Harbour');
  expect(snapshot()).toEqual(before);
  expect(harbour.requests.map(({ path }) => path)).toEqual(['/feed']); // its archive is left alone
  expect(seen).toMatchObject({ listed: 2, outcome: { kind: 'fresh', newItems: 2 }, head: { format: 'rss' } });
  const [first] = seen.items;
  expect(first?.written?.links[0]?.href).toBe('https://harbour.example/1?utm_source=rss');
  expect(first?.written?.summary?.html ?? first?.written?.content?.html).toContain('<script>');
  expect(first?.taken).toMatchObject({
    isNew: true,
    item: { title: 'Eviction at the canal', url: 'https://harbour.example/1', date: start - 2 * hour },
    leftOut: { scripts: 1, styles: 1, pictures: 1, handlers: 1, trackers: 1, frames: 0, forms: 0 },
    view: { show: 'excerpt', credit: expect.stringContaining('Harbour') },
  });
});

test('for each section: taken or left, by which word, and what a person is to look at', async () => {
  const { items } = await preview('Harbour');
  const sections = items.map(({ taken }) =>
    taken?.sections.map(({ section, isShown, because, verdict }) => [section.id, isShown, because, verdict]),
  );
  expect(sections[0]).toEqual([
    ['all', true, undefined, { isWanted: true, hits: [] }],
    [
      'camps',
      false,
      'a-person-looks',
      { isWanted: true, hits: [{ part: 'title', term: 'canal', text: 'Eviction at the canal' }] },
    ],
  ]);
  expect(sections[1]).toMatchObject([
    ['all', true, undefined, { isWanted: true }],
    ['camps', false, undefined, { isWanted: false, hit: { part: 'text', term: 'FOOTBALL' } }],
  ]);
  expect(items[0]?.taken?.sections[1]?.finds).toMatchObject([
    { kind: 'phone-numbers', quote: expect.stringContaining('+33') },
  ]);
});

test('beside stored stories: what is known, which story it joins and why, and until when it waits', async () => {
  await house.run(`sections: { all: [ { url: "${harbour.url}/feed", name: Harbour } ] }`);
  house.clock.set(start + hour);
  const [known] = (await preview('Harbour')).items; // also where its server would say that nothing has changed
  expect(known?.taken).toMatchObject({ isNew: false, item: { seen: start } });
  const [joined] = (await preview('Quay')).items;
  expect(joined?.taken?.statements).toMatchObject([{ kind: 'credit-phrase', quote: 'Source: Harbour' }]);
  expect(joined?.taken?.story.items.map(({ sourceKey }) => sourceKey.replace(/^.*:\d+/, ''))).toEqual([
    '/feed',
    '/feed',
  ]);
  expect(joined?.taken?.view.credit).toContain('reposted by Quay');
  expect((await house.house.library.changedSince(0)).ids).toHaveLength(2);
});

test('an embargo says when it ends', async () => {
  const [own] = (await preview('Quay')).items;
  expect(own?.taken?.sections[0]).toMatchObject({ isShown: false, because: 'embargo', opens: start + 3 * hour });
});

test('of a page without a feed, by its selectors', async () => {
  const { items, head } = await preview('Page');
  expect(head?.format).toBe('page');
  expect(items[0]?.written?.title?.html).toContain('Open day');
  expect(items[0]?.taken?.item).toMatchObject({ title: 'Open day', text: 'All come early.' });
});

test('no more items than are asked for are shown', async () => {
  const { items, listed } = await preview('Harbour', 1);
  expect([items.length, listed]).toEqual([1, 2]);
});

test('a source that cannot be read says why', async () => {
  isSilent = true;
  const { outcome, items } = await preview('Harbour');
  expect(outcome).toMatchObject({ kind: 'failed', problems: [{ code: expect.stringMatching(/^fetch\//) }] });
  expect(items).toEqual([]);
});
