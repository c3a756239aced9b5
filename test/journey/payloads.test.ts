/**
 * Every payload through the whole house and into a real browser, with the pages' own Content-Security-Policy switched
 * off: nothing runs and nothing is asked of anybody. And what the browser makes of a cleaned text is clean, and cleans to the same.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer, type Server } from '../../src/serve/server.ts';
import { escapeMarkup } from '../../src/text/safe.ts';
import { allPayloads, payloads } from '../normalise/payloads.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from '../pipeline/house.ts';
import { hasBrowser, openBrowser } from './browser.ts';
import { findFailing, touchAll, watched } from './watched.ts';

const now = Date.UTC(2026, 10, 23, 12);

/** Each payload in every field of a JSON Feed that a page shows. */
function jsonFeed(): string {
  const items = allPayloads.map((payload, index) => ({
    id: `json-${index}`,
    url: `https://json.example/post/${index}`,
    title: payload,
    content_html: `${payload} Post number ${index}.`,
    date_published: new Date(now - index * 60_000).toISOString(),
    authors: [{ name: payload, url: payload }],
    tags: [payload],
    attachments: [{ url: `https://json.example/${index}.mp3`, mime_type: 'audio/mpeg', title: payload }],
  }));
  const about = { title: '<img src=x onerror=alert(1)>', home_page_url: 'https://json.example/' };
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', ...about, items });
}

/** Each payload as markup in the fields of RSS, with a source that is named and linked by it. */
function rssFeed(): string {
  const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  const items = allPayloads.map(
    (payload, index) => `<item><guid>rss-${index}</guid><link>https://rss.example/post/${index}</link>
      <title>${cdata(payload)}</title><description>${cdata(`${payload} Another post, number ${index}.`)}</description>
      <pubDate>${new Date(now - index * 60_000).toUTCString()}</pubDate>
      <author>${cdata(payload)}</author><category>${cdata(payload)}</category><source url="https://s.example/">${cdata(payload)}</source></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${cdata('<img src=x onerror=alert(1)>')}</title><link>https://rss.example/</link>${items.join('')}</channel></rss>`;
}

/** Of the story pages, one in so many: the section's pages show every field of every payload. */
const storyPagesBetween = 8;

describe.skipIf(!hasBrowser)('payloads in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });

  describe('published', () => {
    let house: TestHouse;
    let partner: Partner;
    let server: Server;
    beforeAll(async () => {
      house = await openTestHouse(now);
      partner = await startPartner({ '/feed.json': jsonFeed(), '/feed.xml': rssFeed() });
      server = await openServer(house.house.siteFolder, {
        port: 0,
        host: '127.0.0.1',
        clock: Date,
        onDefect: (error) => {
          throw error;
        },
      });
      const sources = ['json', 'xml'].map(
        (kind) => `    - { url: "${partner.url}/feed.${kind}", first_import: 1000, show: full }`,
      );
      const report = await house.run(`sections:\n  calais:\n${sources.join('\n')}\n`);
      expect(report.outcomes.map((one) => one.newItems)).toEqual([allPayloads.length, allPayloads.length]);
    });
    afterAll(async () => {
      await server?.close();
      await partner?.close();
      await house?.close();
    });

    test('nothing runs and nothing is asked of anybody, on any page', async () => {
      const { context, deeds } = await watched(browser, new URL(server.url).host);
      const page = await context.newPage();
      const seen = new Set<string>([server.url]);
      let stories = 0;
      for (const url of seen) {
        const answer = await page.goto(url, { waitUntil: 'load' });
        if (answer?.headers()['content-type']?.startsWith('text/html') !== true) continue;
        await page.evaluate(touchAll);
        const links = await page.$$eval('a[href]', (all) =>
          all.map((one) => (one as unknown as { href: string }).href),
        );
        for (const link of links) {
          const [place = ''] = link.split('#', 1);
          const isNew = place.startsWith(server.url) && !seen.has(place) && !/\.(xml|json|txt|eml)$/.test(place);
          if (isNew && (!place.includes('/story/') || stories++ % storyPagesBetween === 0)) seen.add(place);
        }
      }
      expect(seen.size).toBeGreaterThan(allPayloads.length / storyPagesBetween);
      expect(deeds).toEqual([]);
      await context.close();
    }, 180_000);
  });

  test('read as a post and opened, none runs, asks anybody, or changes when it is read again', async () => {
    expect(await findFailing(browser, allPayloads)).toEqual([]);
  }, 60_000);

  test('the judge sees scripts that run and servers that are asked', async () => {
    const { context, deeds } = await watched(browser, 'partner.example');
    const page = await context.newPage();
    const quiet: string[] = [];
    for (const [name, listed] of Object.entries(payloads)) {
      const before = deeds.length;
      const frames = listed.map((payload) => `<iframe srcdoc="${escapeMarkup(payload)}"></iframe>`);
      await page.goto('about:blank');
      await page.setContent(`<!doctype html><body>${frames.join('')}`);
      for (const frame of page.frames()) {
        await frame.evaluate(touchAll).catch(() => undefined); // some payloads leave their frame
      }
      if (deeds.length === before) quiet.push(name);
    }
    expect(deeds.length).toBeGreaterThan(allPayloads.length / 2);
    expect(quiet).toEqual(['taking over names', 'attributes that hold markup']); // harmful only to a page or cleaner in error
    await context.close();
  }, 120_000);
});
