/** The pages in a real browser, as a reader has them: no script, nothing asked of any other host. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from './browser.ts';
import { type DemoSite, openDemoSite } from './demo-site.ts';

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser;
  let site: DemoSite;

  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser();
  });
  afterAll(async () => {
    expect(site?.defects).toEqual([]);
    await browser?.close();
    await site?.close();
  });

  /** Every address that the browser asked for, and what it complained of, over all pages that lead from the front. */
  async function walk(
    width: number,
    visit?: (path: string, overflow: number) => void,
  ): Promise<{ asked: string[]; complaints: string[]; broken: string[] }> {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    const broken: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    const seen = new Set<string>();
    const queue = [site.url];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const response = await page.goto(url, { waitUntil: 'load' });
      if (response === null || !response.ok()) broken.push(url);
      if (response?.headers()['content-type']?.startsWith('text/html') !== true) continue;
      visit?.(url, await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
      const links = await page.$$eval('a[href]', (anchors) =>
        anchors.map((anchor) => (anchor as unknown as { href: string }).href),
      );
      queue.push(
        ...links
          .map((link) => link.split('#', 1)[0] ?? '')
          .filter((link) => link.startsWith(site.url) && !/\.(eml|xml|json|txt|md|ics)$/.test(link)),
      );
    }
    await context.close();
    return { asked, complaints, broken };
  }

  test('every page loads, breaks no policy and asks nothing of any other host, also on a small phone', async () => {
    const wide: string[] = [];
    const { asked, complaints, broken } = await walk(320, (path, overflow) => {
      if (overflow > 0) wide.push(`${path} is ${overflow} px too wide`);
    });
    expect(asked.length).toBeGreaterThan(40);
    expect([...new Set(asked.map((url) => new URL(url).host))]).toEqual([new URL(site.url).host]);
    expect(complaints).toEqual([]);
    expect(broken).toEqual([]);
    expect(wide).toEqual([]);
  }, 120_000);

  test('a hostile title stays text', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}calais/`);
    expect(await page.title()).not.toContain('taken over');
    expect(await page.getByText('Somebody wrote <script>').count()).toBeGreaterThan(0);
    await page.close();
  });

  test('the Calais section shows each story once, newest first, its credit linked', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}calais/`);
    const entries = await page.$$eval('.h-entry', (all) =>
      all.map((entry) => {
        const element = entry as unknown as {
          querySelector(selector: string): { textContent: string; getAttribute(name: string): string } | null;
        };
        return {
          title: element.querySelector('h3')?.textContent ?? '',
          published: element.querySelector('.dt-published')?.getAttribute('datetime') ?? '',
          author: element.querySelector('.p-author .p-name')?.getAttribute('value') ?? '',
        };
      }),
    );
    const titles = entries.map((entry) => entry.title).filter((title) => title !== 'Update from Calais'); // a series: three posts
    expect(titles.length).toBeGreaterThan(10);
    expect(new Set(titles).size).toBe(titles.length);
    const times = entries.map((entry) => Date.parse(entry.published));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(entries.every((entry) => entry.author !== '')).toBe(true);
    await page.close();
  });

  test('right-to-left stories run right to left on a left-to-right page', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.url}mediterranean/`);
    const direction = await page.$eval(
      '.h-entry .text[lang="ar"]',
      (entry) =>
        (globalThis as unknown as { getComputedStyle(element: unknown): { direction: string } }).getComputedStyle(entry)
          .direction,
    );
    expect(direction).toBe('rtl');
    await page.close();
  });
});
