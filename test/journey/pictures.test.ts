/** Copied pictures in a real browser: they are seen, fit a small phone, and nobody else is asked for them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openServer, type Server } from '../../src/serve/server.ts';
import { photograph } from '../darkroom/pictures.ts';
import { type Partner, startPartner } from '../partner/server.ts';
import { openTestHouse, type TestHouse } from '../pipeline/house.ts';
import { hasBrowser, openBrowser } from './browser.ts';

describe.skipIf(!hasBrowser)('in a browser', () => {
  let browser: Browser;
  let house: TestHouse;
  let partner: Partner;
  let server: Server;

  beforeAll(async () => {
    house = await openTestHouse(Date.UTC(2026, 10, 20, 12));
    const taken = await photograph();
    partner = await startPartner((request, response) => {
      const sea = `http://${request.headers.host}/sea.jpg`;
      const html = `<p>They came at six.</p><figure><a href="${sea}"><img src="${sea}" alt="the sea" width="4000"></a></figure>`;
      const item = `<item><guid>1</guid><title>One</title><description><![CDATA[${html}]]></description></item>`;
      response.end(request.url === '/sea.jpg' ? taken : `<rss version="2.0"><channel>${item}</channel></rss>`);
    });
    await house.run(`sections:\n  quay:\n    - { url: "${partner.url}/feed", show: full, images: copy }\n`);
    server = await openServer(house.house.siteFolder, { port: 0, host: '127.0.0.1', clock: Date, onDefect: () => {} });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await partner?.close();
    await house?.close();
  });

  test.each(['quay/', 'the story'])('%s', async (which) => {
    const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${server.url}quay/`);
    if (which !== 'quay/') await page.getByRole('link', { name: 'How we know' }).click();
    const picture = page.getByAltText('the sea');
    await picture.scrollIntoViewIfNeeded();
    const shown = await picture.evaluate(async (element) => {
      const image = element as unknown as {
        decode(): Promise<void>;
        naturalWidth: number;
        naturalHeight: number;
        getBoundingClientRect(): { width: number; height: number };
      };
      await image.decode();
      const { width, height } = image.getBoundingClientRect();
      return { natural: [image.naturalWidth, image.naturalHeight], width, ratio: height / width };
    });
    expect(shown.natural).toEqual([800, 1_600]);
    expect(shown.width).toBeGreaterThan(200);
    expect(shown.width).toBeLessThanOrEqual(320);
    expect(shown.ratio).toBeCloseTo(2, 1);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBeLessThanOrEqual(0);
    expect(asked.some((url) => url.startsWith(`${server.url}images/`))).toBe(true);
    expect([...new Set(asked.map((url) => new URL(url).host))]).toEqual([new URL(server.url).host]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the server says what they are, and nothing else', async () => {
    const [file = ''] = (await house.house.pictures.files()).slice(0, 1);
    const answer = await fetch(`${server.url}images/${file}`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      200,
      'image/jpeg',
      'nosniff',
    ]);
  });
});
