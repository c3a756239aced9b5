/** Feeds opened in a real browser: drawn, explained, with a way to the page, and nothing asked of anybody else. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningWorld, startWorld } from '../../src/demo/world/server.ts';
import { worlds } from '../../src/demo/world/worlds.ts';
import { runOnce } from '../../src/run.ts';
import { openServer, type Server } from '../../src/serve/server.ts';
import { openTestHouse, settings, type TestHouse } from '../pipeline/house.ts';
import { hasBrowser, openBrowser } from './browser.ts';

describe.skipIf(!hasBrowser)('a feed in a browser', () => {
  let browser: Browser;
  let house: TestHouse;
  let running: RunningWorld;
  let server: Server;

  beforeAll(async () => {
    const now = Date.UTC(2026, 10, 23, 12);
    house = await openTestHouse(now);
    running = await startWorld(worlds.today, { now: () => now });
    server = await openServer(house.house.siteFolder, { port: 0, host: '127.0.0.1', clock: Date, onDefect: () => {} });
    for (let tick = 0; tick <= worlds.today.lastTick; tick++) {
      running.setTick(tick);
      await runOnce(settings(running.sourcesYaml({ url: server.url })), house.house, { now: 'all' });
    }
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await running?.close();
    await house?.close();
  });

  /** What is seen of these elements: nothing in a box that is not drawn. */
  const shown = (page: Page, selector: string): Promise<string[]> =>
    page.$$eval(selector, (found) =>
      found
        .map((one) => one as unknown as { textContent: string; getClientRects(): { length: number } })
        .filter((one) => one.getClientRects().length > 0)
        .map((one) => one.textContent.trim()),
    );

  test.each([
    ['calais/feed.xml', 'item', 'calais/'],
    ['calais/atom.xml', 'entry', 'calais/'],
    ['feed.xml', 'item', ''],
    ['atom.xml', 'entry', ''],
  ])('%s', async (path, element, leadsTo) => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(server.url.length)));
    page.on('console', (message) => complaints.push(message.text()));
    const response = await page.goto(`${server.url}${path}`, { waitUntil: 'load' });
    expect(response?.headers()['content-type']).toBe('application/xml; charset=utf-8');
    expect(asked.filter((one) => one !== 'favicon.ico')).toEqual([path, 'feed.css']);
    expect(complaints).toEqual([]);
    expect(await shown(page, 'channel > title, feed > title')).toHaveLength(1);
    expect((await shown(page, 'div > p'))[0]).toMatch(/flux|feed/i);
    const titles = await shown(page, `${element} > title`);
    expect(titles.length).toBeGreaterThan(10);
    expect(await shown(page, `${element} > pubDate, ${element} > published`)).toHaveLength(titles.length);
    expect(await shown(page, 'description, content, summary, guid, id, author, link, generator')).toEqual([]);
    await page.evaluate('document.querySelector("a").click()');
    await page.waitForURL(`${server.url}${leadsTo}`);
    await page.close();
  });
});
