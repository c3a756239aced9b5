/** Searching as readers do: on our own server without a script, and on a host that only serves files with one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storageIn } from '../storage.ts';
import { tellServer } from '../told-server.ts';
import { hasBrowser, openBrowser } from './browser.ts';
import { type DemoSite, openDemoSite } from './demo-site.ts';

let site: DemoSite;

beforeAll(async () => {
  site = await openDemoSite();
});
afterAll(async () => {
  expect(site?.defects).toEqual([]);
  await site?.close();
});

describe('on our own server', () => {
  async function ask(question: string): Promise<ReturnType<typeof load>> {
    const answer = await fetch(`${site.searchingUrl}search/?${question}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
    return load(await answer.text());
  }
  const titles = ($: ReturnType<typeof load>): string[] =>
    $('#found a')
      .toArray()
      .map((element) => $(element).text());

  test('a story is found by its words, in any script, and its page is there', async () => {
    const $ = await ask('q=eviction+SPORTS');
    expect(titles($)).toContain('Eviction at the old sports ground, tents taken again');
    expect($('input[name=q]').attr('value')).toBe('eviction SPORTS');
    const href = $('#found a').first().attr('href') ?? '';
    expect((await fetch(new URL(href, `${site.searchingUrl}search/`))).status).toBe(200);
    const arabic = load(await (await fetch(`${site.url}mediterranean/`)).text())('.h-entry .text[lang="ar"]').text();
    const [word = ''] = /[\u0621-\u064a]{5,}/.exec(arabic) ?? [];
    expect((await ask(`q=${encodeURIComponent(word)}`))('#found [lang="ar"]').length).toBeGreaterThan(0);
  });

  test('in one section alone', async () => {
    const all = titles(await ask('q=the'));
    const some = titles(await ask('q=the&section=mediterranean'));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
    expect(titles(await ask('q=the&section=nowhere')).length).toBe(all.length);
  });

  test('the pages of many hits lead to each other, each hit once', async () => {
    const first = await ask('q=a');
    const second = await ask((first('a[rel=next]').attr('href') ?? '').slice(1));
    expect(titles(first)).toHaveLength(25);
    const links = [first, second].flatMap(($) =>
      $('#found a')
        .toArray()
        .map((element) => $(element).attr('href')),
    );
    expect(new Set(links).size).toBe(links.length);
    expect(second('a[rel=prev]')).toHaveLength(1);
  });

  test.each([
    ['nothing', ''],
    ['an empty question', 'q='],
    ['marks of a query language', `q=${encodeURIComponent('") OR * NEAR(" --')}`],
    ['half a letter', 'q=%ff%fe&page=2'],
    ['a page that is none', 'q=the&page=-1e99'],
    ['far too much', `q=${'word+'.repeat(1_000)}`],
  ])('%s breaks nothing', async (_what, question) => {
    expect((await ask(question))('form.seek')).toHaveLength(1);
  });

  test('what is asked and what is found stay text', async () => {
    const hostile = '"><script>alert(1)</script>';
    const $ = await ask(`q=${encodeURIComponent(`${hostile} taken over`)}`);
    expect($('script')).toHaveLength(0);
    expect($('input[name=q]').attr('value')).toContain('<script>');
    expect((await ask('q=taken+over+script'))('#found script')).toHaveLength(0);
  });
});

test('what no page shows is not found, and a text that is shown in part only by that part', async () => {
  const rows = readdirSync(join(site.house.house.siteFolder, 'search'))
    .filter((name) => /^\d{4}-\d\d\.json$/.test(name))
    .flatMap(
      (name) => JSON.parse(readFileSync(join(site.house.house.siteFolder, 'search', name), 'utf8')) as string[][],
    );
  expect(rows.length).toBeGreaterThan(30);
  for (const [uid = '', heading = '', , , , , , words = ''] of rows) {
    const $ = load(readFileSync(join(site.house.house.siteFolder, 'story', uid, 'index.html'), 'utf8'));
    expect($('h1').text()).toBe(heading);
    const shown = $('main')
      .text()
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
    const longest = words.split(' ').filter((word) => /^[a-z]{4,}$/.test(word));
    for (const word of longest) expect(shown.includes(word), `${word} on the page of ${heading}`).toBe(true);
  }
});

describe.skipIf(!hasBrowser)('on a host that only serves files', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function open(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<{
    readonly page: Page;
    readonly asked: string[];
    readonly complaints: string[];
  }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${site.url}search/`);
    return { page, asked, complaints };
  }

  test('words are looked for in the browser, and told to nobody', async () => {
    const { page, asked, complaints } = await open();
    expect(asked.filter((url) => url.endsWith('.json'))).toEqual([]); // nothing before somebody searches
    expect(await page.textContent('#told')).toBe('');
    await page.fill('input[name=q]', 'EVICTION sports');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#found li');
    expect(await page.textContent('#found')).toContain('Eviction at the old sports ground');
    const many = await page.$$eval('#found li', (all) => all.length);
    await page.locator('#told', { hasText: `Found: ${many}` }).waitFor(); // a status: who listens hears it
    expect(await page.textContent('#found time')).toMatch(/^\d+ November 2026$/); // as the other pages write it
    expect(asked.join(' ')).not.toMatch(/eviction|sports/i);
    expect([...new Set(asked.map((url) => new URL(url).host))]).toEqual([new URL(site.url).host]);
    await page.click('#found a');
    expect(await page.textContent('h1')).toContain('Eviction');
    await page.goBack();
    await page.waitForSelector('#found li');
    expect(await page.inputValue('input[name=q]')).toBe('EVICTION sports');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what is found stays text, what is not is said, and older texts come when they are asked for', async () => {
    const { page, complaints } = await open();
    await page.fill('input[name=q]', 'script taken over');
    await page.click('button[type=submit]');
    await page.waitForSelector('#found li');
    expect(await page.$$eval('#found script', (all) => all.length)).toBe(0);
    await page.fill('input[name=q]', 'nobodywroteofthis');
    await page.click('button[type=submit]');
    // Not by an expression: the page's policy lets nobody evaluate one a second time.
    await page.locator('#told', { hasText: 'Nothing was found' }).waitFor();
    await page.waitForSelector('#older', { state: 'hidden' });
    expect(await page.textContent('#told')).toContain('Nothing was found');
    await page.fill('input[name=q]', 'a');
    await page.click('button[type=submit]');
    await page.waitForSelector('#found li');
    const before = await page.locator('#found li').count();
    expect(before).toBeGreaterThanOrEqual(25);
    if (await page.isVisible('#older')) {
      await page.click('#older');
      await page.locator('#found li').nth(before).waitFor();
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([
    [
      'forbids it, as settings of an older version do',
      { headers: { 'content-security-policy': "default-src 'none'" } },
    ],
    ['serves one that the browser does not understand', { contentType: 'text/javascript', body: '/(?<' }],
  ])('where a host %s, it says what to do', async (_what, answer) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('body' in answer ? '**/search.js' : '**/search/', async (route) =>
      route.fulfill('body' in answer ? answer : { response: await route.fetch(), ...answer }),
    );
    await page.goto(`${site.url}search/`);
    expect(await page.isVisible('form.seek')).toBe(false);
    expect(await page.textContent('#told')).toContain('look through the months');
    await context.close();
  });

  test('without scripts it says what to do', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.textContent('main')).toContain('look through the months');
    expect(await page.isVisible('form.seek')).toBe(false);
    await page.context().close();
  });
});

async function indexText(): Promise<string> {
  const { database } = storageIn(site.house.folder);
  if (database === undefined) return readFileSync(join(site.house.folder, 'search.db')).toString('latin1');
  return JSON.stringify(await tellServer(database, 'select line, words from search_entries'));
}

test('a text that is taken back is found no more, by no word and in no file', async () => {
  const names = JSON.parse(await (await fetch(`${site.url}search/files.json`)).text()) as string[];
  const files = await Promise.all(names.map(async (name) => (await fetch(`${site.url}search/${name}.json`)).text()));
  const rows = files.flatMap((file) => JSON.parse(file) as string[][]);
  const gone = rows.find(([, heading]) => heading?.startsWith('Eviction at the old sports ground'));
  const others = rows.flatMap((row) => (row === gone ? [] : [row[7]])).join(' ');
  const own = (gone?.[7]?.split(' ') ?? []).filter((word) => word.length > 6 && !others.includes(word));
  expect(own.length).toBeGreaterThan(3);
  await site.withdraw(`${site.url}story/${gone?.[0]}/`);
  const index = await indexText();
  const file = await (await fetch(`${site.url}search/2026-11.json`)).text();
  for (const word of own) {
    expect(index.includes(word), `${word} in the index`).toBe(false);
    expect(file.includes(word), `${word} in the file of the month`).toBe(false);
    expect(await (await fetch(`${site.searchingUrl}search/?q=${word}`)).text()).toContain(
      `<ul id="found" class="lines"></ul>`,
    );
  }
});
