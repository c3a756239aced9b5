/** Payloads before a real browser: what a page does that it should not, and what becomes of each payload that is cleaned. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { plainText, settlePictures } from '../../src/text/safe-html.ts';
import { raw } from '../normalise/entry.ts';
import { asBrowserReads, findHarm } from '../normalise/judge.ts';
import { page as address, saidEverywhere } from '../normalise/said-everywhere.ts';

/** Deeds: scripts that ran, dialogs, and addresses of other hosts that were asked for. No Content-Security-Policy helps. */
export async function watched(
  browser: Browser,
  host: string,
): Promise<{ readonly context: BrowserContext; readonly deeds: string[] }> {
  const deeds: string[] = [];
  const context = await browser.newContext({ bypassCSP: true });
  await context.exposeFunction('tell', (what: string) => deeds.push(what));
  await context.addInitScript(
    "for (const name of ['alert', 'print', 'confirm', 'prompt']) window[name] = () => tell(name)",
  );
  context.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).host !== host) deeds.push(request.url());
  });
  return { context, deeds };
}

/** Sets off all that a hand could: every handler that an element has, and every link that leads to no page. */
export const touchAll = `for (const element of document.querySelectorAll('*')) {
  for (const { name } of [...element.attributes])
    if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2), { bubbles: true, cancelable: true }));
  if (element.protocol !== undefined && !/^(https?|mailto|tel):$/.test(element.protocol)) element.click?.();
}`;

export interface Failing {
  readonly payload: string;
  readonly why: string;
}

/** Payloads that are opened as one page; where it does anything, each of them is opened alone. */
const together = 100;

/**
 * Reads payloads as title and text of a post, and opens them in a browser as a page shows them.
 * @returns those that leave harm, change when they are cleaned or read by a browser again, run, or ask a server
 */
export async function findFailing(browser: Browser, payloads: readonly string[]): Promise<Failing[]> {
  const { context, deeds } = await watched(browser, '');
  try {
    const page = await context.newPage();
    const failing: Failing[] = [];
    for (let start = 0; start < payloads.length; start += together) {
      const part = payloads.slice(start, start + together).map(shownOf);
      failing.push(...part.flatMap(({ failing: own }) => own));
      failing.push(...(await changed(part, page)));
      if ((await deedsOf(part, page, deeds)).length === 0) continue;
      for (const one of part) {
        const done = await deedsOf([one], page, deeds);
        if (done.length > 0) failing.push({ payload: one.payload, why: `does ${done.join(', ')}` });
      }
    }
    return failing;
  } finally {
    await context.close();
  }
}

interface Shown {
  readonly payload: string;
  readonly cleaned: string;
  readonly page: string;
  readonly failing: readonly Failing[];
}

function clean(html: string): string {
  return cleanHtml(raw(html), address).html;
}

function shownOf(payload: string): Shown {
  const { title, html } = saidEverywhere(payload);
  const cleaned = clean(payload);
  const faults = [
    ...findHarm(html),
    ...(clean(cleaned) === cleaned ? [] : [`cleaned again it is ${clean(cleaned)}`]),
    ...faultsOf(asBrowserReads(cleaned), cleaned),
  ];
  const page = `<h2>${plainText(title)}</h2>${settlePictures(html, 'Picture', () => 'link')}`;
  return { payload, cleaned, page, failing: faults.map((why) => ({ payload, why })) };
}

/** What a reading of a cleaned text should not be. */
function faultsOf(reading: string, cleaned: string): string[] {
  const again = clean(reading);
  return [...findHarm(reading), ...(again === cleaned ? [] : [`a browser makes of it ${reading}`])];
}

const readings = `((all) => all.map((html) => {
  const template = document.createElement('template');
  template.innerHTML = html;
  const opened = new DOMParser().parseFromString('<!doctype html><body>' + html, 'text/html'); // white space before a body is lost
  return [template.innerHTML, opened.body.innerHTML];
}))`;

async function changed(part: readonly Shown[], page: Page): Promise<Failing[]> {
  const written = JSON.stringify(part.map(({ cleaned }) => cleaned));
  await page.goto('about:blank');
  const read = (await page.evaluate(`${readings}(${written})`)) as readonly (readonly string[])[];
  return part.flatMap(({ payload, cleaned }, index) =>
    (read[index] ?? []).flatMap((reading) => faultsOf(reading, cleaned)).map((why) => ({ payload, why })),
  );
}

async function deedsOf(part: readonly Shown[], page: Page, deeds: string[]): Promise<readonly string[]> {
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><body>${part.map((one) => `<div>${one.page}</div>`).join('')}`);
  await page.evaluate(touchAll).catch(() => deeds.push('leaves its page'));
  return deeds.splice(0);
}
