/** Every payload in every field of an entry: what becomes of it before a browser ever sees it (test/journey/payloads). */
import { describe, expect, test } from 'vitest';
import { cleanHtml } from '../../src/normalise/clean-html.ts';
import { raw } from './entry.ts';
import { asBrowserReads, findHarm } from './judge.ts';
import { allPayloads, payloads } from './payloads.ts';
import { page, saidEverywhere } from './said-everywhere.ts';

const clean = (html: string): string => cleanHtml(raw(html), page).html;
/** A control, a direction that is not closed, or half a character. */
const unreadable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

describe.each(Object.entries(payloads))('%s', (_class, listed) => {
  test.each(listed)('%s', (payload) => {
    const item = saidEverywhere(payload);
    expect(findHarm(item.html)).toEqual([]);
    expect(findHarm(asBrowserReads(item.html))).toEqual([]);
    const cleaned = clean(payload);
    expect(clean(cleaned)).toBe(cleaned);
    expect(clean(asBrowserReads(cleaned))).toBe(cleaned);
    const lines = [item.title, ...item.authors, ...item.categories, item.source?.title ?? '', item.rights ?? ''];
    for (const line of [...lines, ...item.enclosures.map((one) => one.title ?? '')]) {
      expect(line).not.toMatch(unreadable);
      expect(line.length).toBeLessThanOrEqual(500);
    }
    expect(item.text).not.toMatch(unreadable);
    const addresses = [...item.urls, ...item.cites.map((one) => one.url), ...item.enclosures.map((one) => one.url)];
    for (const url of [...addresses, item.source?.home, item.source?.feedUrl]) {
      if (url !== undefined) expect(url).toMatch(/^https?:\/\/[^\s"<>]+$/);
    }
    expect(item.lang).toMatch(/^[a-z]{2,3}(-[\w-]+)?$/);
  });
});

test('the judge of these tests sees harm where there is some', () => {
  expect(allPayloads.filter((html) => findHarm(html).length > 0).length).toBeGreaterThan(allPayloads.length * 0.8);
});
