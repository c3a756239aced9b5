/** A digest as mail in a browser, as mail programs show it. */
import { expect, test } from 'vitest';
import { renderDigestMail } from '../../src/publish/pages/digest-page.tsx';
import { calais, digestView, siteView, story } from '../publish/pages-views.ts';
import { hasBrowser, openBrowser } from './browser.ts';

test.skipIf(!hasBrowser)('a title without blanks is no wider than a phone', async () => {
  const heading = 'evictions'.repeat(40);
  const html = renderDigestMail(siteView(), digestView(calais, [story('long', { title: heading, heading })]));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    await page.setContent(html);
    expect(await page.textContent('h2')).toContain(heading);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
  } finally {
    await browser.close();
  }
});
