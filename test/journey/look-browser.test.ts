/**
 * A site that its maintainer has dressed, in a real browser: nothing is asked of another host, nothing complains, nothing jumps, and
 * everybody can still read it.
 */
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accentsOf } from '../../src/publish/look/accent.ts';
import { dot, dressed } from '../look/dress.ts';
import { hasBrowser, openBrowser } from './browser.ts';
import { type DemoSite, openDemoSite } from './demo-site.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const colour = '#e0457b';

/** A drawing that would do all it must not: run a script, ask another host, and style by itself. */
const logo = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 90 30">
<style>rect { fill: #8a1c1c }</style><rect width="90" height="30"/><image href="https://elsewhere.example/x.png" width="9" height="9"/>
<script>document.documentElement.setAttribute('data-ran', 'yes'); fetch('https://elsewhere.example/')</script></svg>`;

const page = `<!DOCTYPE html><html><head><relais-head></relais-head><script>document.title = 'ran'</script></head>
<body class="own"><div class="sheet"><relais-nameplate></relais-nameplate>
<aside class="band" onclick="x()"><p>Read by <a href="about/">three people</a>. <img src="look/paper.png" alt="A grain of paper" width="16" height="16">
<img src="https://tracker.example/x.gif" alt=""><script>document.title = 'ran'</script></p></aside>
<relais-content></relais-content><relais-foot></relais-foot></div></body></html>`;

const look = dressed({
  'logo.svg': logo,
  'paper.png': dot,
  'page.html': page,
  'foot.html': '<p>Imprint: <a href="https://press.example/">Harbour Press</a></p>',
  'about.html': '<h2>Who we are</h2><p>Three people at the harbour.</p>',
  'style.css':
    '.band { border-block-end: 1px solid var(--hair); background-image: url(paper.png); background-size: 0 }',
});

describe.skipIf(!hasBrowser)('a dressed site', () => {
  let browser: Browser;
  let site: DemoSite;
  let paths: readonly string[];

  beforeAll(async () => {
    site = await openDemoSite((yaml) => yaml.replace(/^site:$/m, `site:\n  colour: "${colour}"`), look);
    browser = await openBrowser();
    const front = await (await fetch(site.url)).text();
    const story = /href="(story\/[^"]+)"/.exec(front)?.[1] ?? '';
    paths = ['', 'about/', 'status/', 'sources/', 'search/', 'mediterranean/', 'mediterranean/digest/', story];
  }, 120_000);
  afterAll(async () => {
    expect(site?.defects).toEqual([]);
    await browser?.close();
    await site?.close();
  });

  interface Watched {
    readonly page: Page;
    readonly asked: string[];
    readonly complaints: string[];
  }

  async function watch(context: BrowserContext): Promise<Watched> {
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(`${page.url()} ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`${page.url()} ${String(error)}`));
    page.on('requestfailed', (request) => complaints.push(`${page.url()} ${request.url()} failed`));
    page.on('response', (answer) => {
      if (answer.status() >= 400) complaints.push(`${page.url()} ${answer.url()} ${answer.status()}`);
    });
    return { page, asked, complaints };
  }

  test.each([
    [320, 'light'],
    [1_280, 'dark'],
  ] as const)('%i px wide, %s: nothing from elsewhere, no complaint, legible, its own', async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
    const { page, asked, complaints } = await watch(context);
    const wide: string[] = [];
    for (const path of paths) {
      await page.goto(`${site.url}${path}`, { waitUntil: 'networkidle' });
      expect(await page.title()).not.toBe('ran');
      const shown = await page.evaluate<{ width: number; height: number; natural: number }>(`(() => {
        const { width, height } = document.querySelector('.nameplate .logo').getBoundingClientRect();
        return { width, height, natural: document.querySelector('.nameplate .logo').naturalWidth };
      })()`);
      expect(shown.natural, path).toBeGreaterThan(0);
      expect(shown.width / shown.height, path).toBeCloseTo(3, 1);
      expect(await page.evaluate('document.querySelector(".band img").naturalWidth')).toBe(1);
      const accent = await page.evaluate(
        `getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()`,
      );
      expect(accent).toBe(accentsOf({ colour })[colorScheme]);
      const over = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (over > 0) wide.push(`${path} is ${over} px too wide`);
    }
    expect(asked.filter((url) => !url.startsWith(site.url))).toEqual([]);
    expect([complaints, wide]).toEqual([[], []]);
    await context.close();
  });

  test('room is kept for the logo before it has come', async () => {
    const context = await browser.newContext({ viewport: { width: 400, height: 900 } });
    const page = await context.newPage();
    await page.route('**/look/logo.svg', (route) => route.abort());
    await page.goto(`${site.url}mediterranean/`);
    const [box] = await page.evaluate<[{ height: number }]>(
      '[document.querySelector(".nameplate .logo").getBoundingClientRect().toJSON()]',
    );
    const other = await context.newPage();
    await other.goto(`${site.url}mediterranean/`, { waitUntil: 'networkidle' });
    const [shown] = await other.evaluate<[{ height: number }]>(
      '[document.querySelector(".nameplate .logo").getBoundingClientRect().toJSON()]',
    );
    expect(box.height).toBe(shown.height);
    await context.close();
  });

  test('opened by itself, a drawing runs nothing and asks nobody', async () => {
    const page = await (await browser.newContext()).newPage();
    const refused: (string | undefined)[] = [];
    page.on('requestfailed', (request) => refused.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto(`${site.url}look/logo.svg`, { waitUntil: 'networkidle' });
    expect(await page.evaluate('document.documentElement.getAttribute("data-ran")')).toBe(null);
    expect(refused).toEqual(['https://elsewhere.example/x.png csp']); // by the browser itself, before any name is looked up
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing, %s',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const found: string[] = [];
      for (const path of paths) {
        await page.goto(`${site.url}${path}`);
        await page.addScriptTag({ path: axe });
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const violations = await page.evaluate<readonly { id: string; nodes: readonly { html: string }[] }[]>(
          `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then((result) => result.violations)`,
        );
        for (const { id, nodes } of violations)
          found.push(...nodes.map(({ html }) => `${path} ${id} ${html.slice(0, 150)}`));
      }
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );

  test('in Arabic the logo stands where reading begins', async () => {
    await site.remake((yaml) =>
      yaml.replace(/^site:$/m, `site:\n  colour: "${colour}"`).replace(/^( {2}| {4})lang: en$/gm, '$1lang: ar'),
    );
    const { page, complaints } = await watch(await browser.newContext({ viewport: { width: 320, height: 900 } }));
    await page.goto(`${site.url}about/`);
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
    const [logoRight, nameRight, over] = await page.evaluate<[number, number, number]>(`[
      document.querySelector('.nameplate .logo').getBoundingClientRect().right,
      document.querySelector('.nameplate .name span').getBoundingClientRect().right,
      document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ]`);
    expect(logoRight).toBeGreaterThanOrEqual(nameRight);
    expect([over, complaints]).toEqual([0, []]);
    await page.context().close();
  }, 60_000);
});
