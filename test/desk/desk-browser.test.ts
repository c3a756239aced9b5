/** The desk in a real browser: by the keyboard alone and without scripts, what is done is done to the site; by axe; and with hostile texts. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasBrowser, openBrowser } from '../journey/browser.ts';
import { touchAll, watched } from '../journey/watched.ts';
import { allPayloads } from '../normalise/payloads.ts';
import { type DeskHouse, password } from './desk-house.ts';
import { call, openDeskWorld, rss } from './desk-world.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(!hasBrowser)('the desk in a browser', () => {
  let browser: Browser;
  let desk: DeskHouse;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    desk = await openDeskWorld();
  });
  afterEach(async () => {
    expect(desk.defects).toEqual([]);
    await desk.close();
  });

  const published = (path: string): string => {
    const file = join(desk.test.house.siteFolder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };

  /** Goes on with Tab until what has the focus is called so. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let step = 0; step < 150; step++) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if ((await focused.count()) === 0) continue;
      const said = await focused.evaluate(
        (element: { textContent: string | null; id: string }) => `${element.textContent ?? ''} #${element.id}`,
      );
      if (name.test(said.replace(/\s+/g, ' '))) return;
    }
    throw new Error(`nothing that is called ${String(name)} can be reached on ${page.url()}`);
  }

  async function press(page: Page, name: RegExp): Promise<void> {
    await tabTo(page, name);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }

  const told = (page: Page): Promise<string> => page.locator('.told').innerText();

  test('login, held, release, same, credit, withdraw, undo: by keys, without scripts, and the site follows', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${desk.url}desk`);
    expect(page.url()).toBe(`${desk.url}desk/login`);
    await tabTo(page, /#password$/);
    await page.keyboard.type('not this one');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await told(page)).toBe('That is not the password.');
    await tabTo(page, /#password$/);
    await page.keyboard.type(password);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url()).toBe(`${desk.url}desk`);
    expect(await page.locator('#wanting + *').count()).toBe(1);

    expect(published('calais/index.html')).not.toContain('Somebody saw it');
    await press(page, /text waits for you/);
    expect(await page.locator('main').innerText()).toContain('a phone number: ');
    await press(page, /Readers may see it/);
    expect(await told(page)).toContain('Released in calais: “Somebody saw it”, Harbour Watch.');
    expect(await page.title()).toBe('Done: Held – desk of Harbour News');
    await desk.follow();
    expect(published('calais/index.html')).toContain('Somebody saw it');
    await page.reload();
    expect(await page.locator('.told').count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toContain('Somebody saw it');

    await press(page, /It is theirs: let it in/);
    expect(await told(page)).toContain('What The Mill has sent is let in');
    await desk.follow();
    expect((await desk.test.house.library.memories()).get(desk.config().sources[2]?.key ?? '')?.held).toBeUndefined();

    await press(page, /^Stories/);
    await tabTo(page, /#q$/);
    await page.keyboard.type('https://copies.example/again');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await page.locator('#beside ~ ul').innerText()).toMatch(/passages in common.*each names other days/);
    await press(page, /^Same story/);
    expect(await told(page)).toMatch(/Ruling 1: .* are one story\.[\s\S]*The site follows within a minute/);
    expect(await page.locator('#posts').innerText()).toBe('The 2 posts');

    await tabTo(page, /^Credit or withdraw/);
    await page.keyboard.press('Enter');
    await tabTo(page, /#name-/);
    await page.keyboard.type('Night Shift');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await told(page)).toMatch(/Ruling 2: .* was written by Night Shift\./);
    await desk.follow();
    expect(published(`story/${page.url().split('/').at(-1)}/index.html`)).toContain('Night Shift');
    await press(page, /^Undo this ruling/);
    expect(await told(page)).toMatch(/Taken back: ruling 2/);

    await press(page, /^Not the same as the others/);
    expect(await told(page)).toContain('This contradicts ruling 1'); // nothing is written
    expect(await page.title()).toMatch(/^Not done: /);
    await press(page, /^Undo ruling 1/);
    expect(await told(page)).toMatch(/Taken back: ruling 1/);
    await desk.follow();

    await page.goto(`${desk.url}desk/stories?q=${encodeURIComponent('https://copies.example/again')}`);
    await tabTo(page, /^Credit or withdraw/);
    await page.keyboard.press('Enter');
    await tabTo(page, /#why-/);
    await page.keyboard.type('asked by a person in it');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await told(page)).toContain('Withdrawn: “Come to the square”, Copies.');
    await desk.follow();
    const feed = (): string => published('calais/feed.xml');
    expect(feed()).not.toContain('9 June');
    await press(page, /^Let it in again/);
    expect(await told(page)).toContain('Shown again: “Come to the square”, Copies.');
    expect(await desk.follow()).toBeGreaterThan(5);
    expect(feed()).toContain('9 June');

    await page.goto(`${desk.url}desk/stories?q=https://copies.example/gate`);
    expect(await page.locator('#posts').innerText()).toBe('The 2 posts');
    expect(await page.locator('.evidence').last().innerText()).toMatch(
      /“Reposted from Harbour Watch.” \(written by Harbour Watch\); 3 of 4/,
    );
    await press(page, /^Not the same as the others: Copies/);
    expect(await told(page)).toMatch(/Ruling \d+: .* are two stories\./);
    expect(await page.locator('#posts').innerText()).toBe('The post');
    await press(page, /^Undo this ruling/);
    expect(await page.locator('#posts').innerText()).toBe('The 2 posts');

    await press(page, /^Log #$/);
    expect(await page.locator('main').innerText()).toMatch(
      /desk withdrew https:\/\/copies\.example\/again[\s\S]*because: asked by a person in it/,
    );
    await press(page, /^Log out/);
    expect(page.url()).toBe(`${desk.url}desk/login`);
    await page.goBack();
    await page.reload();
    expect(page.url()).toBe(`${desk.url}desk/login`);
    await context.close();
  }, 120_000);

  test('sent twice, or from two tabs, what was done is done once, and said so', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const [one, two] = [await context.newPage(), await context.newPage()];
    await logIn(one);
    for (const page of [one, two]) await page.goto(`${desk.url}desk/stories?q=https://copies.example/again`);
    await one.getByRole('button', { name: /^Same story as/ }).click();
    await two.getByRole('button', { name: /^Same story as/ }).click();
    expect(await told(two)).toContain('Said already. Ruling 1:');
    expect(await desk.test.house.library.storyRulings()).toHaveLength(1);
    for (const page of [one, two]) await page.goto(`${desk.url}desk/held`);
    for (const page of [one, two]) await page.getByRole('button', { name: /^Readers may see it/ }).click();
    expect(await told(two)).toContain('is not held back there');
    for (const page of [one, two]) await page.goto(`${desk.url}desk/held`);
    for (const page of [one, two]) await page.getByRole('button', { name: /let it in/ }).click();
    expect(await desk.test.house.library.rulings()).toHaveLength(1);
    await context.close();
  }, 60_000);

  async function logIn(page: Page): Promise<void> {
    await page.goto(`${desk.url}desk`);
    await page.getByLabel('Password of the desk').fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(`${desk.url}desk`);
  }

  const pages = [
    'desk/login',
    'desk',
    'desk/held',
    'desk/stories',
    'desk/stories?q=https://copies.example/gate',
    'desk/stories?q=https://copies.example/again',
    'desk/log',
    'desk/nothing',
  ];

  test.each([
    [320, 'light'],
    [1_280, 'dark'],
  ] as const)(
    'for everybody, as far as axe can tell: %i px wide, %s',
    async (width, colorScheme) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const found: string[] = [];
      for (const path of pages) {
        if (path === 'desk') await logIn(page);
        await page.goto(`${desk.url}${path}`);
        for (const closed of await page.locator('summary').all()) await closed.click();
        await page.addScriptTag({ path: axe });
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const violations: readonly {
          readonly id: string;
          readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
        }[] = await page.evaluate(
          `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then((result) => result.violations)`,
        );
        found.push(
          ...violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${path} ${id} ${html.slice(0, 150)} ${failureSummary}`),
          ),
        );
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (overflow > 0) found.push(`${path} is ${overflow} px too wide`);
        if (process.env.DESK_PICTURES !== undefined)
          await page.screenshot({
            path: `${process.env.DESK_PICTURES}-${path.replace(/\W+/g, '-')}-${width}.png`,
            fullPage: true,
          });
      }
      expect(found).toEqual([]);
      await context.close();
    },
    120_000,
  );
});

describe.skipIf(!hasBrowser)('hostile texts at the desk', () => {
  test('in title, text, link and author of a feed do nothing there, even without the policy, and their links go nowhere else', async () => {
    const items = allPayloads.map((payload, at) => ({
      path: `"><script>alert(${at})</script>`,
      title: `${payload} <script>alert(1)</script>`.replaceAll(']]>', ']]]]><![CDATA[>'),
      html: `${call.replace('14 May', `${(at % 28) + 1} ${at % 2 === 0 ? 'June' : 'July'}`)} ${payload} Reposted from <b>${payload}</b>.`.replaceAll(
        ']]>',
        ']]]]><![CDATA[>',
      ),
      day: 20,
    }));
    const desk = await openDeskWorld({
      hostile: rss('hostile', items).replaceAll(
        /<link>[^<]*<script>[^<]*<\/script><\/link>/g,
        '<link>javascript:alert(2)</link>',
      ),
    });
    const browser = await openBrowser();
    try {
      const { context, deeds } = await watched(browser, new URL(desk.url).host);
      const page = await context.newPage();
      await page.goto(`${desk.url}desk`);
      await page.getByLabel('Password of the desk').fill(password);
      await page.getByRole('button', { name: 'Log in' }).click();
      const { library } = desk.test.house;
      const ids = await library.newestStories(0, 500);
      const uids = (await library.stories(ids)).map(({ uid }) => `desk/story/${uid}`);
      expect(uids.length).toBeGreaterThan(20);
      const some = uids.filter((_, at) => at % 6 === 0);
      for (const path of ['desk', 'desk/held', 'desk/stories', 'desk/stories?page=2', 'desk/log', ...some]) {
        await page.goto(`${desk.url}${path}`, { waitUntil: 'load' });
        await page.evaluate(touchAll);
        const links = await page.$$eval('a[href]', (all) =>
          all.map((one) => ({ href: (one as unknown as { href: string }).href, rel: one.getAttribute('rel') ?? '' })),
        );
        for (const { href, rel } of links.filter((one) => !one.href.startsWith(desk.url))) {
          expect(href).toMatch(/^https?:/);
          expect(rel).toMatch(/noopener noreferrer nofollow/);
        }
        expect(await page.locator('script, iframe, object, embed, img, base, meta[http-equiv]').count(), path).toBe(0);
      }
      expect(deeds).toEqual([]);
      await context.close();
    } finally {
      await browser.close();
      await desk.close();
    }
  }, 180_000);
});
