/**
 * Every kind of page by the rules of WCAG 2.2 AA as far as a machine can judge them (axe), on a small phone and a wide screen, light
 * and dark, in English and Arabic; and by the keyboard alone, at twice the size of letters, and on paper.
 */
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from './browser.ts';
import { type DemoSite, openDemoSite } from './demo-site.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(!hasBrowser)('pages for everybody', () => {
  let browser: Browser;
  let site: DemoSite;
  /** One address of each kind of page. */
  let kinds: readonly string[];

  beforeAll(async () => {
    site = await openDemoSite();
    browser = await openBrowser();
    kinds = await kindsOf(site.url);
  });
  afterAll(async () => {
    expect(site?.defects).toEqual([]);
    await browser?.close();
    await site?.close();
  });

  /** The first page of each kind that is met on the way from the front page: kinds are told apart by the shape of their addresses. */
  async function kindsOf(start: string): Promise<readonly string[]> {
    const found = new Map<string, string>();
    const seen = new Set<string>();
    const queue = [start];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const answer = await fetch(url);
      if (answer.headers.get('content-type')?.startsWith('text/html') !== true) continue;
      const html = await answer.text();
      const shape = new URL(url).pathname
        .replace(/\d{4}-\w+/g, 'DATE')
        .replace(/^\/(calais|mediterranean|reports|channel)\//, '/SECTION/')
        .replace(/^\/(story|sources)\/(?!index|not-shown)[^/]+\//, '/$1/ONE/');
      if (!found.has(shape)) found.set(shape, url);
      for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"#]+)"/g)) {
        const to = new URL(href, url).href;
        if (to.startsWith(start) && !/\.(eml|xml|json|txt|md|ics)$/.test(to)) queue.push(to);
      }
    }
    // Sections differ in what they hold, and stories in what became of them.
    const others = [...seen].filter((url) => /\/(mediterranean|story)\//.test(url) && /index\.html$|\/$/.test(url));
    return [...new Set([...found.values(), ...others.slice(0, 8)])];
  }

  async function judge(page: Page, url: string): Promise<string[]> {
    await page.goto(url);
    await page.addScriptTag({ path: axe });
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const violations: readonly Finding[] = await page.evaluate(
      `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then((result) => result.violations)`,
    );
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${url} ${id}: ${help}\n  ${html.slice(0, 200)}\n  ${failureSummary}`),
    );
  }

  /** The pages forbid scripts, also the judge's. */
  async function openPage(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    return await context.newPage();
  }

  test.each([
    [320, 'light'],
    [1_280, 'dark'],
  ] as const)(
    '%i px wide, %s',
    async (width, scheme) => {
      expect(kinds.length).toBeGreaterThan(12);
      const page = await openPage(width, scheme);
      const found: string[] = [];
      for (const url of kinds) found.push(...(await judge(page, url)));
      expect(found).toEqual([]);
      await page.context().close();
    },
    120_000,
  );

  test('at twice the size nothing is cut off or has to be scrolled sideways', async () => {
    const page = await openPage(640, 'light');
    const wide: string[] = [];
    for (const url of kinds) {
      await page.goto(url);
      await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow > 0) wide.push(`${url} is ${overflow} px too wide`);
    }
    expect(wide).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('by the keyboard alone: first comes the way past the head, and what has the focus is seen', async () => {
    const page = await openPage(1_280, 'light');
    for (const url of kinds) {
      await page.goto(url);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.getAttribute("href")'), url).toBe('#content');
      for (let step = 0; step < 12; step++) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(`(() => {
          const element = document.activeElement;
          if (element === document.body) return true;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const { width, height } = element.getBoundingClientRect();
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 0 && height > 0;
        })()`);
        expect(seen, `${url}, step ${step}`).toBe(true);
      }
    }
    await page.context().close();
  }, 60_000);

  test('on paper there is ink on white, and the address of every link that is printed as a source', async () => {
    const page = await openPage(800, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const url of kinds) {
      await page.goto(url);
      const [ink, paper] = await page.evaluate<[string, string]>(
        '[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]',
      );
      expect([ink, paper], url).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    }
    await page.context().close();
  }, 60_000);

  test('in Arabic too', async () => {
    await site.remake((yaml) => yaml.replace(/^( {2}| {4})lang: en$/gm, '$1lang: ar'));
    const page = await openPage(1_280, 'light');
    const found: string[] = [];
    let turned = 0;
    for (const url of kinds) {
      found.push(...(await judge(page, url)));
      if ((await page.evaluate('document.documentElement.dir')) === 'rtl') turned++;
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow > 0) found.push(`${url} is ${overflow} px too wide`);
    }
    expect(turned).toBeGreaterThan(8); // the page of a story is in the story's own language
    expect(found).toEqual([]);
    await page.context().close();
  }, 120_000);
});
