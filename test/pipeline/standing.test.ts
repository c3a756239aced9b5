/** What a source prints under one text after another: not in feeds and lists, once on the story's page, and no part of the text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from './house.ts';

const start = Date.UTC(2026, 10, 20, 3);
const day = 86_400_000;
const account = 'Donate to the Quayside Trust: account 12 34 56.';

let house: TestHouse;
const partners: Partner[] = [];

beforeEach(async () => {
  house = await openTestHouse(start);
});
afterEach(async () => {
  await house.close();
  for (const partner of partners.splice(0)) await partner.close();
});

async function serving(title: string, items: () => readonly string[]): Promise<string> {
  const partner = await startPartner((_request, response) =>
    response.end(
      `<rss version="2.0"><channel><title>${title}</title><link>https://${title.toLowerCase()}.example/</link>${items().join('')}</channel></rss>`,
    ),
  );
  partners.push(partner);
  return partner.url;
}

const words = (name: string): string =>
  `On the quay at ${name} people met in the morning, and when the ferry came they stood together until everybody who had been taken off it was let go again, which took until the evening of that long day.`;

function item(name: string, footer: string): string {
  return `<item><guid isPermaLink="false">${name}-${footer.length}</guid><title>${name}</title><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;${words(name)}&lt;/p&gt;${footer}</description></item>`;
}

const footer = `&lt;p&gt;${account}&lt;/p&gt;`;

function page(path: string): string {
  return readFileSync(join(house.house.siteFolder, path), 'utf8');
}

const storyOf = (title: string): string => {
  const feed = JSON.parse(page('quay/feed.json')) as {
    items: { title: string; url: string; id: string; content_html: string }[];
  };
  const uid =
    feed.items
      .find((one) => one.title === title)
      ?.id.split('/')
      .at(-1) ?? '';
  return page(`story/${uid}/index.html`);
};

test('is learned from three texts, and then shown on the page of each story alone', async () => {
  let names = ['Pier', 'Mole'];
  const url = await serving('Quayside', () => names.map((name) => item(name, footer)));
  const yaml = `sections:\n  quay:\n    show: full\n    sources: [ ${url} ]\n`;
  await house.run(yaml);
  expect(page('quay/feed.xml')).toContain(account); // two posts may be one and its sequel
  names = ['Pier', 'Mole', 'Yard'];
  house.clock.set(start + day);
  await house.run(yaml, { now: 'all' });
  for (const path of ['quay/feed.xml', 'quay/atom.xml', 'quay/feed.json', 'quay/index.html'])
    expect(page(path), path).not.toContain(account);
  expect(page('quay/feed.xml')).toContain(words('Pier'));
  for (const title of names) expect(storyOf(title)).toContain(`<div class="standing"`);
  house.clock.set(start + 2 * day);
  await house.run(yaml.replace('show: full', 'show: full\n    footers: none'));
  for (const title of names) expect(storyOf(title)).not.toContain(account);
});

test('keeps no copy without it from being the same text', async () => {
  const names = ['Pier', 'Mole', 'Yard'];
  const quay = await serving('Quayside', () => names.map((name) => item(name, footer)));
  const copy = await serving('Harbour', () => [item('Yard', '')]);
  await house.run(`sections:\n  quay: [ ${quay} ]\n`);
  house.clock.set(start + day);
  await house.run(`sections:\n  quay: [ ${quay}, ${copy} ]\n`);
  const feed = JSON.parse(page('quay/feed.json')) as { items: { title: string }[] };
  expect(feed.items.map(({ title }) => title).sort()).toEqual(['Mole', 'Pier', 'Yard']);
});
